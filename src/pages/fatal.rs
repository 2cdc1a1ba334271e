//! The page shown when the console cannot start.

use crate::config::ConfigFault;
use crate::lazy::lazy;
use crate::state::config_file::ConfigProblem;
use crate::text::{config as words, problem};
use leptos::prelude::*;
use runboard_core::config::shown;

/// Says what is wrong with the configuration. It works without any context.
#[component]
pub fn FatalPage(problem: ConfigProblem) -> impl IntoView {
    let why = match &problem {
        ConfigProblem::NotRead(why) => words::not_read(&problem::description(why)),
        ConfigProblem::Fault(ConfigFault::NotJson(parser)) => words::not_json(parser),
        ConfigProblem::Fault(ConfigFault::BadValue { key, expected, found }) => {
            words::bad_value(key, expected, &shown(found))
        }
    };
    view! {
        <main class="fatal card">
            <h1 class="heading">{words::TITLE}</h1>
            <div role="alert">
                <p>{why}</p>
            </div>
            <p>{words::HINT}</p>
            <button type="button" class="button" on:click=|_| crate::browser::page::reload()>{words::RELOAD}</button>
        </main>
    }
}

lazy! {
    /// Loads [`FatalPage`].
    pub fn fatal_page(problem: ConfigProblem) -> AnyView {
        view! { <FatalPage problem=problem /> }.into_any()
    }
}

//! The banner.

use super::{ThemeSelect, UpdatesSelect, ZoneSelect};
use crate::components::shared::{Icon, IconName};
use crate::config::AuthSource;
use crate::context::use_ui;
use crate::state::navigation::Page;
use crate::text::{list, shell};
use leptos::prelude::*;

/// Name, environment, the link to the list, zone, theme, how often things are read, and the end of the session.
#[component]
pub fn Banner(
    /// Whether the person is signed in
    #[prop(into)]
    inside: Signal<bool>,
    /// Whether a portal is around the console: what it has itself is left out
    embedded: bool,
    /// The person signs out
    #[prop(into)]
    sign_out: Callback<()>,
) -> impl IntoView {
    let ui = use_ui();
    let config = ui.config.get();
    let environment = config.environment.clone().map(|name| {
        view! {
            <span class="environment">
                <span class="unseen">{shell::ENVIRONMENT} " "</span>
                <bdi>{name}</bdi>
            </span>
        }
    });
    let may_create = config.may_create;
    let new_run = move || {
        (inside.get() && may_create).then(|| {
            view! {
                <a class="button primary" href=new_run_href()>
                    <Icon name=IconName::Plus />
                    {list::NEW_RUN}
                </a>
            }
        })
    };
    let portal_signs_in = embedded && config.auth == AuthSource::Host;
    let leave = move || {
        (inside.get() && !portal_signs_in).then(|| view! { <button type="button" class="button quiet" on:click=move |_| sign_out.run(())>{shell::SIGN_OUT}</button> })
    };
    let at_list = Memo::new(move |_| ui.navigation.page() == Page::Runs);
    view! {
        <header class="banner">
            <div class="banner-name">
                {(!embedded).then(|| view! { <Name title=config.title.clone() /> })}
                {environment}
            </div>
            <nav class="banner-links" aria-label=shell::NAVIGATION>
                <a href=move || ui.navigation.last_list().href() aria-current=move || at_list.get().then_some("page")>{shell::RUNS}</a>
                {new_run}
            </nav>
            <div class="banner-choices">
                {move || (!ui.settings.set_by_host().0).then(|| view! { <ZoneSelect /> })}
                {move || (!ui.settings.set_by_host().1).then(|| view! { <ThemeSelect /> })}
                {move || inside.get().then(|| view! { <UpdatesSelect /> })}
                {leave}
            </div>
        </header>
    }
}

/// The console's sign and name.
#[component]
fn Name(title: String) -> impl IntoView {
    view! {
        <svg class="mark" aria-hidden="true" focusable="false">
            <use href=mark()></use>
        </svg>
        <bdi class="console-title">{title}</bdi>
    }
}

fn mark() -> &'static str {
    "#icon-mark"
}

fn new_run_href() -> String {
    crate::address::Address::New { job: None, name: None, from: None }.href()
}

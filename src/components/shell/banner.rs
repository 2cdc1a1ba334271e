//! The banner at the top of every page.

use super::settings_menu::{MenuActions, SettingsMenu};
use crate::address::Address;
use crate::components::shared::{Icon, IconName};
use crate::config::AuthSource;
use crate::context::use_ui;
use crate::state::navigation::Page;
use crate::text::{list, notify, shell};
use leptos::prelude::*;

/// Name, environment, navigation, "New run", and the menu of settings.
#[component]
pub fn Banner(
    /// Whether there is a session, even if its token has just been refused
    #[prop(into)]
    has_session: Signal<bool>,
    /// Leaves out what the embedding page shows itself
    embedded: bool,
    /// Called for "Sign out"
    #[prop(into)]
    on_sign_out: Callback<()>,
    /// Called for "Keyboard shortcuts"
    #[prop(into)]
    on_shortcuts: Callback<()>,
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
        (has_session.get() && may_create).then(|| {
            view! {
                <a class="button primary" href=Address::New { job: None, name: None, from: None }.href()>
                    <Icon name=IconName::Plus />
                    <span>{list::NEW_RUN}</span>
                </a>
            }
        })
    };
    let host_signs_in = embedded && config.auth == AuthSource::Host;
    let menu = MenuActions { has_session, may_sign_out: !host_signs_in, on_sign_out, on_shortcuts };
    let at_activity = Memo::new(move |_| ui.navigation.page() == Page::Activity);
    let at_list = Memo::new(move |_| ui.navigation.page() == Page::Runs);
    view! {
        <header class="banner">
            <div class="banner-name">
                {(!embedded).then(|| view! { <Name title=config.title.clone() /> })}
                {environment}
            </div>
            <nav class="banner-links" aria-label=shell::NAVIGATION>
                <a
                    href=move || ui.navigation.last_list().href()
                    aria-current=move || at_list.get().then_some("page")
                >
                    {shell::RUNS}
                </a>
                {move || has_session.get().then(|| view! {
                    <a href=Address::activity().href() aria-current=move || at_activity.get().then_some("page")>
                        {shell::ACTIVITY}
                        {move || Some(ui.unseen.get()).filter(|count| *count > 0).map(|count| view! {
                            <span class="badge-count">" " {count} <span class="unseen">" " {notify::unseen(count)}</span></span>
                        })}
                    </a>
                })}
            </nav>
            <div class="banner-actions">
                {new_run}
                <SettingsMenu actions=menu />
            </div>
        </header>
    }
}

/// The console's logo and name.
#[component]
fn Name(title: String) -> impl IntoView {
    view! {
        <svg class="mark" aria-hidden="true" focusable="false">
            <use href=LOGO></use>
        </svg>
        <bdi class="console-title">{title}</bdi>
    }
}

/// Its id in the sprite. A constant, since Leptos would set a literal with `innerHTML`, which strict policies forbid.
const LOGO: &str = "#icon-mark";

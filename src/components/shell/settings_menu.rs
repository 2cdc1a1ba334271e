//! The menu behind "Settings".

use super::{ThemeSelect, UpdatesSelect, ZoneSelect};
use crate::address::Address;
use crate::browser::dialog;
use crate::components::shared::{Icon, IconName, LazyView};
use crate::context::use_ui;
use crate::lazy::lazy;
use crate::text::{keys, shell};
use leptos::html;
use leptos::prelude::*;
use web_sys::MouseEvent;

/// The id that connects the button and its menu.
const MENU: &str = "settings-menu";

/// What the menu offers besides the settings, and what it does.
#[derive(Clone, Copy)]
pub struct MenuActions {
    /// Whether there is a session.
    pub has_session: Signal<bool>,
    /// Whether the person can sign out; not where the host page signs in.
    pub may_sign_out: bool,
    /// Called for "Sign out".
    pub on_sign_out: Callback<()>,
    /// Called for "Keyboard shortcuts".
    pub on_shortcuts: Callback<()>,
}

/// The button "Settings" and its menu, a popover: the browser closes it on Escape or on a press elsewhere. What is in it is loaded
/// when it is first opened.
#[component]
pub fn SettingsMenu(
    /// What the menu does
    actions: MenuActions,
) -> impl IntoView {
    let menu = NodeRef::<html::Div>::new();
    let opened = RwSignal::new(false);
    let close = Callback::new(move |()| {
        if let Some(menu) = menu.get_untracked() {
            dialog::hide_popover(&menu);
        }
    });
    view! {
        <button type="button" class="button quiet settings-button" popovertarget=MENU on:click=move |_| opened.set(true)>
            <Icon name=IconName::Settings />
            <span class="settings-label">{shell::SETTINGS}</span>
        </button>
        <div id=MENU class="menu" popover="auto" role="group" aria-label=shell::SETTINGS node_ref=menu>
            {move || opened.get().then(|| view! { <LazyView load=move || menu_items(actions, close) /> })}
        </div>
    }
}

lazy! {
    /// The settings, and what is offered below them.
    fn menu_items(actions: MenuActions, close: Callback<()>) -> AnyView {
        let ui = use_ui();
        let MenuActions { has_session, may_sign_out, on_sign_out, on_shortcuts } = actions;
        let and_close = move |action: Callback<()>| {
            move |_: MouseEvent| {
                close.run(());
                action.run(());
            }
        };
        view! {
            <div class="menu-settings">
                {move || (!ui.settings.set_by_host().0).then(|| view! { <ZoneSelect /> })}
                {move || (!ui.settings.set_by_host().1).then(|| view! { <ThemeSelect /> })}
                {move || has_session.get().then(|| view! { <UpdatesSelect /> })}
            </div>
            <div class="menu-links">
                <button type="button" class="menu-item" on:click=and_close(on_shortcuts)>{keys::TITLE}</button>
                <a class="menu-item" href=Address::Diagnostics.href() on:click=move |_| close.run(())>
                    {shell::DIAGNOSTICS}
                </a>
                {move || (may_sign_out && has_session.get()).then(|| view! {
                    <button type="button" class="menu-item" on:click=and_close(on_sign_out)>{shell::SIGN_OUT}</button>
                })}
            </div>
        }
        .into_any()
    }
}

//! The menu behind "Settings".

use super::{ThemeSelect, UpdatesSelect, ZoneSelect};
use crate::address::Address;
use crate::components::shared::{CloseMenu, IconName, MenuButton};
use crate::context::use_ui;
use crate::lazy::lazy;
use crate::text::{keys, shell};
use leptos::prelude::*;
use web_sys::MouseEvent;

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

/// The button "Settings" and its menu.
#[component]
pub fn SettingsMenu(
    /// What the menu does
    actions: MenuActions,
) -> impl IntoView {
    view! {
        <MenuButton
            id="settings-menu"
            icon=IconName::Settings
            label=shell::SETTINGS
            load=move |menu| settings(actions, menu)
        />
    }
}

lazy! {
    /// The settings, and what is offered below them.
    fn settings(actions: MenuActions, menu: CloseMenu) -> AnyView {
        let ui = use_ui();
        let MenuActions { has_session, may_sign_out, on_sign_out, on_shortcuts } = actions;
        let and_close = move |action: Callback<()>| {
            move |_: MouseEvent| {
                menu.close();
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
                <a class="menu-item" href=Address::Diagnostics.href() on:click=move |_| menu.close()>
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

//! A button that opens a menu.

use crate::browser::{dialog, viewport};
use crate::components::shared::{Icon, IconName, LazyView};
use crate::lazy::LoadError;
use leptos::html;
use leptos::prelude::*;
use std::future::Future;

/// Closes the menu that its content is in.
#[derive(Clone, Copy)]
pub struct CloseMenu(Callback<()>);

impl CloseMenu {
    /// Closes it; the focus returns to its button.
    pub fn close(self) {
        self.0.run(());
    }
}

/// A button and its menu, a popover below it: the browser closes it on Escape or on a press elsewhere. On a phone it is a sheet at
/// the bottom of the screen. What is in it is loaded when it is first opened.
#[component]
pub fn MenuButton<F, L>(
    /// Connects the button and its menu
    id: &'static str,
    /// The button's icon
    #[prop(into)]
    icon: Signal<IconName>,
    /// The button's name, and the menu's
    #[prop(into)]
    label: Signal<String>,
    /// Left out of the order of the Tab key: a button of a toolbar, which the arrow keys reach
    #[prop(optional)]
    in_toolbar: bool,
    /// Whether there is nothing in the menu now
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Loads the content
    load: F,
) -> impl IntoView
where
    F: Fn(CloseMenu) -> L + Copy + Send + Sync + 'static,
    L: Future<Output = Result<AnyView, LoadError>> + 'static,
{
    let (button, menu) = (NodeRef::<html::Button>::new(), NodeRef::<html::Div>::new());
    let opened = RwSignal::new(false);
    // Where the menu hangs: the distances of the button's lower right corner from the top and the right of the viewport.
    let corner = RwSignal::new((0_i32, 0_i32));
    let open = move |_| {
        if let Some(button) = button.get_untracked() {
            corner.set(viewport::lower_right_corner(&button));
        }
        opened.set(true);
    };
    let close = CloseMenu(Callback::new(move |()| {
        if let Some(menu) = menu.get_untracked() {
            dialog::hide_popover(&menu);
        }
    }));
    view! {
        <button
            type="button"
            class="button menu-button"
            popovertarget=id
            tabindex=in_toolbar.then_some("-1")
            disabled=move || disabled.get()
            on:click=open
            node_ref=button
        >
            {move || view! { <Icon name=icon.get() /> }}
            <span class="menu-label">{move || label.get()}</span>
        </button>
        <div
            id=id
            class="menu"
            popover="auto"
            role="group"
            aria-label=move || label.get()
            style=("--menu-top", move || format!("{}px", corner.get().0))
            style=("--menu-right", move || format!("{}px", corner.get().1))
            node_ref=menu
        >
            // Opened again, it still has what was typed into it.
            <Show when=move || opened.get()>
                <LazyView load=move || load(close) />
            </Show>
        </div>
    }
}

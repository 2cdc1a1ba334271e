//! Links past the banner, for people who use the keyboard.

use crate::browser::{focus, keys, table_rows};
use crate::context::use_ui;
use crate::state::navigation::Page;
use crate::text::shell;
use leptos::prelude::*;

/// The first stops of the Tab key, seen only while they have the focus: on the list they lead to the search and to the first row
/// or, on the timeline, the first bar; on other pages to the content.
#[component]
pub fn SkipLinks(
    /// Whether the pages are shown, rather than the sign-in alone
    #[prop(into)]
    shows_pages: Signal<bool>,
) -> impl IntoView {
    let ui = use_ui();
    let at_list = Memo::new(move |_| shows_pages.get() && ui.navigation.page() == Page::Runs);
    let is_timeline = Memo::new(move |_| ui.navigation.is_timeline());
    let link = |text: &'static str, target: &'static str, go: fn()| {
        let on_click = move |event: web_sys::MouseEvent| {
            event.prevent_default();
            go();
        };
        view! { <a class="skip" href=target on:click=on_click>{text}</a> }
    };
    move || {
        if at_list.get() {
            view! {
                {link(shell::SKIP_TO_SEARCH, "#search", || keys::focus_field("search"))}
                {if is_timeline.get() {
                    link(shell::SKIP_TO_TIMELINE, "#main", to_timeline).into_any()
                } else {
                    link(shell::SKIP_TO_TABLE, "#main", to_table).into_any()
                }}
            }
            .into_any()
        } else {
            link(shell::SKIP, "#main", to_content).into_any()
        }
    }
}

fn to_content() {
    focus::first("#main");
}

/// Without runs there is no table.
fn to_table() {
    if !table_rows::focus_first_row() {
        to_content();
    }
}

/// Without bars there are still the lanes, and without runs the content.
fn to_timeline() {
    if !focus::first(table_rows::TIMELINE_BAR) && !focus::first(".tl-canvas") {
        to_content();
    }
}

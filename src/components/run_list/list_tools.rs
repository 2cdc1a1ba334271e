//! The toolbar of the list.

use crate::browser::toolbar;
use crate::text::list as words;
use leptos::html;
use leptos::prelude::*;

/// Groups the buttons above the table into one stop of the Tab key: the arrow keys lead from one to the next. Otherwise a dozen stops
/// would come before the table. Its first button has a tab stop; the others are written with `tabindex="-1"`.
///
/// <https://www.w3.org/WAI/ARIA/apg/patterns/toolbar/>
#[component]
pub(super) fn ListTools(children: Children) -> impl IntoView {
    let bar = NodeRef::<html::Div>::new();
    let on_keydown = move |event: web_sys::KeyboardEvent| {
        if let Some(bar) = bar.get_untracked()
            && toolbar::handle_key(&bar, &event)
        {
            event.prevent_default();
        }
    };
    view! {
        <div class="tools" role="toolbar" aria-label=words::TOOLS node_ref=bar on:keydown=on_keydown>
            {children()}
        </div>
    }
}

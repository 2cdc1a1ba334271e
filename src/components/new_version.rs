//! The notice that another build is hosted than the one that is on screen.

use super::{Notice, NoticeKind};
use crate::browser::page;
use crate::dom::{IntoNode, Node, component, tracked, view};
use crate::reactive::{RwSignal, Signal};
use crate::text::shell;

/// Says so, and leaves it to the person when to reload.
#[component]
pub fn NewVersion(
    /// Whether it is so
    #[prop(into)]
    replaced: Signal<bool>,
) -> Node {
    let seen = RwSignal::new(false);
    tracked(move || {
        (replaced.get() && !seen.get()).then(|| {
            view! {
                <Notice kind=NoticeKind::Info>
                    <p>{shell::NEW_VERSION}</p>
                    <div class="actions">
                        <button type="button" class="button" on:click=move |_| page::reload()>{shell::RELOAD}</button>
                        <button type="button" class="button quiet" on:click=move |_| seen.set(true)>{shell::DISMISS}</button>
                    </div>
                </Notice>
            }
        })
    })
    .into_node()
}

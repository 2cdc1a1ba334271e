//! Says that what another tab left is not being checked here, or not yet.

use crate::components::shared::{Notice, NoticeKind};
use crate::text::{left as words, shell};
use leptos::prelude::*;
use runboard_core::policy::unfinished::Waiting;

/// Quiet notes; nothing while nothing waits.
#[component]
pub fn LeftNote(
    /// Why something that another tab left is not being checked yet
    #[prop(into)]
    waiting: Signal<Option<Waiting>>,
    /// Whether another tab checks what was left here at sign-out
    #[prop(into)]
    taken_elsewhere: Signal<bool>,
    /// Called when that is dismissed
    #[prop(into)]
    on_dismiss: Callback<()>,
) -> impl IntoView {
    let waiting = move || {
        let why = waiting.get()?;
        Some(view! { <Notice kind=NoticeKind::Info><p>{words::waiting(why)}</p></Notice> })
    };
    let taken = move || {
        taken_elsewhere.get().then(|| {
            view! {
                <Notice kind=NoticeKind::Info>
                    <p>{words::TAKEN_ELSEWHERE}</p>
                    <div class="actions">
                        <button type="button" class="button quiet" on:click=move |_| on_dismiss.run(())>
                            {shell::DISMISS}
                        </button>
                    </div>
                </Notice>
            }
        })
    };
    view! { <div class="notices">{waiting} {taken}</div> }
}

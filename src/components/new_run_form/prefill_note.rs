//! The note that says where a prefilled form comes from.

use super::Prefill;
use crate::browser::focus;
use crate::components::shared::{Notice, NoticeKind, RunLink};
use crate::text::form as words;
use leptos::prelude::*;
use runboard_core::draft::{Draft, EndChoice, StartChoice};

/// Says where what stands in the form comes from, and offers to run a repeated run now, or to begin anew.
#[component]
pub(super) fn PrefillNote(
    /// Where the form was filled in from
    prefill: Signal<Prefill>,
    /// The draft, for "Run now"
    draft: RwSignal<Draft>,
    /// Called to discard a draft that was restored
    on_start_over: Callback<()>,
) -> impl IntoView {
    let is_untouched = Memo::new(move |_| draft.with(|draft| *draft == Draft::default()));
    move || match prefill.get() {
        // While the run is loading or where that failed, there is no form.
        Prefill::None | Prefill::Loading | Prefill::Failed(_) | Prefill::Over(..) => ().into_any(),
        Prefill::FromRun { name, length, shifted } => {
            let run_now = length.map(|length| {
                let run_now = move |_| {
                    draft.update(|draft| {
                        (draft.start, draft.end) = (StartChoice::Now, EndChoice::After);
                        draft.after_text = length.exact_words();
                    });
                };
                view! { <button type="button" class="button" on:click=run_now>{words::START_NOW_INSTEAD}</button> }
            });
            view! {
                <Notice kind=if shifted { NoticeKind::Warning } else { NoticeKind::Info }>
                    <p>{words::filled_from(&name)}</p>
                    {shifted.then(|| view! { <p>{words::TIME_SHIFTED}</p> })}
                    <div class="actions">{run_now}</div>
                </Notice>
            }
            .into_any()
        }
        Prefill::Scheduled { id, name } => {
            // It is about the run that was, not about the one being typed.
            is_untouched
                .get()
                .then(|| {
                    view! {
                        <Notice kind=NoticeKind::Info>
                            <p>{words::SCHEDULED_FROM_HERE}</p>
                            <ul><RunLink name=name id=id /></ul>
                        </Notice>
                    }
                })
                .into_any()
        }
        Prefill::Draft => (!is_untouched.get())
            .then(|| {
                let start_over = move |_| {
                    on_start_over.run(());
                    focus::heading();
                };
                view! {
                    <Notice kind=NoticeKind::Info>
                        <p>{words::DRAFT_RESTORED}</p>
                        <div class="actions">
                            <button type="button" class="button" on:click=start_over>
                                {words::START_OVER}
                            </button>
                        </div>
                    </Notice>
                }
            })
            .into_any(),
        Prefill::Missing => view! {
            <Notice kind=NoticeKind::Warning>
                <p>{words::RUN_NOT_READ}</p>
            </Notice>
        }
        .into_any(),
    }
}

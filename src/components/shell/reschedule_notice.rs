//! How the moving of a run goes, told wherever the person is.

use crate::components::shared::{Notice, NoticeKind, run_links};
use crate::text::{reschedule as words, shell};
use leptos::prelude::*;
use runboard_core::policy::reschedule::{Event, RescheduleState, Stage};

/// The step, which of the two runs exist, and what the person may decide.
#[component]
pub fn RescheduleNotice(
    /// Where it stands, and what the old run is called
    #[prop(into)]
    pair: Signal<Option<(RescheduleState, String)>>,
    /// The person decides
    #[prop(into)]
    on_decide: Callback<Event>,
    /// The person has seen how it ended
    #[prop(into)]
    on_seen: Callback<()>,
) -> impl IntoView {
    let pair = Memo::new(move |_| pair.get());
    let notice = move || {
        let (pair, name) = pair.get()?;
        let button = |label: &'static str, event: Event| {
            view! { <button type="button" class="button" on:click=move |_| on_decide.run(event.clone())>{label}</button> }.into_any()
        };
        let stage = pair.stage();
        let mut buttons: Vec<_> = Vec::new();
        if pair.needs_decision() {
            if !matches!(stage, Stage::NewEnded(_)) {
                buttons.push(button(words::STOP_OLD_RUN, Event::Continue));
            }
            buttons.push(button(words::READ_AGAIN, Event::ReadAgain));
            buttons.push(button(words::KEEP_BOTH, Event::KeepBoth));
        }
        // What came of the new run is told by its own notice, too: nobody has to keep this one for ever.
        if matches!(stage, Stage::Done | Stage::BothKept | Stage::NotCreated | Stage::Unclear) {
            buttons.push(
                view! { <button type="button" class="button quiet" on:click=move |_| on_seen.run(())>{shell::DISMISS}</button> }.into_any(),
            );
        }
        let kind = match stage {
            _ if pair.needs_decision() => NoticeKind::Error,
            Stage::NotCreated | Stage::StopUnclear | Stage::Unclear => NoticeKind::Error,
            _ => NoticeKind::Info,
        };
        let ((old, old_exists), (new, new_exists)) = (pair.old(), pair.new_run());
        let (old, new) = (run_links(&name, std::iter::once(old)), run_links(words::NEW_RUN, new.into_iter()));
        let said = words::stage(stage);
        Some(view! {
            <Notice kind=kind>
                <p class="notice-title">{words::TITLE}</p>
                <p>{said}</p>
                <p>{words::new_run(new_exists)}</p>
                <ul>{new}</ul>
                <p>{words::old_run(old_exists)}</p>
                <ul>{old}</ul>
                <div class="actions">{buttons}</div>
            </Notice>
        })
    };
    view! { <div class="notices">{notice}</div> }
}

//! How the moving of a run goes, told wherever the person is.

use super::new_run_form::outcome::links;
use super::{Notice, NoticeKind};
use crate::dom::{Node, component, tracked, view};
use crate::reactive::{Signal, memo};
use crate::text::{reschedule as words, shell};
use leptos::prelude::*;
use runboard_core::policy::rescheduling::{Event, Rescheduling, Stage};

/// The step, which of the two runs exist, and what the person may decide.
#[component]
pub fn RescheduleNotice(
    /// Where it stands, and what the old run is called
    #[prop(into)]
    pair: Signal<Option<(Rescheduling, String)>>,
    /// The person decides
    #[prop(into)]
    on_decide: Callback<Event>,
    /// The person has seen how it ended
    #[prop(into)]
    on_seen: Callback<()>,
) -> Node {
    let pair = memo(move || pair.get());
    tracked_notice(move || {
        let (pair, name) = pair.get()?;
        let button = |label: &'static str, event: Event| {
            view! { <button type="button" class="button" on:click=move |_| on_decide.run(event.clone())>{label}</button> }
        };
        let stage = pair.stage();
        let mut buttons: Vec<Node> = Vec::new();
        if pair.waits() {
            if !matches!(stage, Stage::NewEnded(_)) {
                buttons.push(button(words::GO_ON, Event::GoOn));
            }
            buttons.push(button(words::LOOK_AGAIN, Event::LookAgain));
            buttons.push(button(words::KEEP_BOTH, Event::KeepBoth));
        }
        // What came of the new run is told by its own notice, too: nobody has to keep this one for ever.
        if matches!(stage, Stage::Done | Stage::BothKept | Stage::NotCreated | Stage::Unclear) {
            buttons.push(
                view! { <button type="button" class="button quiet" on:click=move |_| on_seen.run(())>{shell::DISMISS}</button> },
            );
        }
        let kind = match stage {
            _ if pair.waits() => NoticeKind::Error,
            Stage::NotCreated | Stage::StopUnclear | Stage::Unclear => NoticeKind::Error,
            _ => NoticeKind::Info,
        };
        let ((old, old_exists), (new, new_exists)) = (pair.old(), pair.new_run());
        let (old, new) = (links(&name, std::iter::once(old)), links(words::NEW_RUN, new.into_iter()));
        let said = words::stage(stage);
        Some(view! {
            <Notice kind=kind>
                <p class="notice-title">{words::TITLE}</p>
                <p>{said}</p>
                <p>{words::new(new_exists)}</p>
                <ul>{new}</ul>
                <p>{words::old(old_exists)}</p>
                <ul>{old}</ul>
                <div class="actions">{buttons}</div>
            </Notice>
        })
    })
}

fn tracked_notice(draw: impl FnMut() -> Option<Node> + 'static) -> Node {
    view! { <div class="notices">{tracked(draw)}</div> }
}

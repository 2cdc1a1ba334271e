//! The report of a reschedule that needs a decision or is unclear, shown on every page. What goes on by itself is a toast.

use crate::browser::focus;
use crate::components::shared::{DismissButton, Notice, NoticeKind, RunLink};
use crate::context::use_ui;
use crate::text::reschedule as words;
use leptos::prelude::*;
use runboard_core::policy::reschedule::{Event, RescheduleState, Stage};

/// What happened, which of the two runs exist, and what the user can decide.
#[component]
pub fn RescheduleNotice(
    /// The state of the reschedule, and the old run's name
    #[prop(into)]
    reschedule: Signal<Option<(RescheduleState, String)>>,
    /// Called with each decision of the user
    #[prop(into)]
    on_decide: Callback<Event>,
    /// Called when the result is dismissed
    #[prop(into)]
    on_dismiss: Callback<()>,
) -> impl IntoView {
    let settings = use_ui().settings;
    let reschedule = Memo::new(move |_| reschedule.get());
    let notice = move || {
        let (reschedule, name) = reschedule.get()?;
        let stage = reschedule.stage();
        if reschedule.is_under_way() {
            return None;
        }
        let needs_decision = reschedule.needs_decision();
        let button = |label: &'static str, event: Event| {
            let decide = move |_| {
                on_decide.run(event.clone());
                focus::heading();
            };
            view! { <button type="button" class="button" on:click=decide>{label}</button> }
        };
        let stop_old_run = reschedule.can_continue().then(|| button(words::STOP_OLD_RUN, Event::Continue));
        let decisions = needs_decision.then(|| {
            view! {
                {button(words::READ_AGAIN, Event::ReadAgain)}
                {button(words::KEEP_BOTH, Event::KeepBoth)}
            }
        });
        let dismiss = reschedule.can_dismiss().then(|| view! { <DismissButton on_dismiss=on_dismiss /> });
        let kind = match stage {
            _ if needs_decision => NoticeKind::Error,
            Stage::NotCreated | Stage::StopUnclear { .. } | Stage::Unclear => NoticeKind::Error,
            _ => NoticeKind::Info,
        };
        let text = words::stage(stage, &|at| settings.print(at));
        let ((old, old_exists), (new, new_exists)) = (reschedule.old(), reschedule.new_run());
        let old = view! { <RunLink name=name id=old.clone() /> };
        let new = new.map(|id| view! { <RunLink name=words::NEW_RUN id=id.clone() /> });
        Some(view! {
            <Notice kind=kind>
                <p class="notice-title">{words::TITLE}</p>
                <p>{text}</p>
                <p>{words::new_run(new_exists, new.is_some())}</p>
                <ul>{new}</ul>
                <p>{words::old_run(old_exists)}</p>
                <ul>{old}</ul>
                <div class="actions">{stop_old_run} {decisions} {dismiss}</div>
            </Notice>
        })
    };
    view! { <div class="notices">{notice}</div> }
}

//! Runs that were found after their request seemed settled: late, or a second time.

use crate::browser::number;
use crate::components::shared::{DismissButton, Notice, NoticeKind, RunLink};
use crate::context::use_ui;
use crate::state::navigation::Page;
use crate::text::create as words;
use leptos::prelude::*;
use runboard_core::policy::create::CreateState;
use runboard_core::policy::intent::{Intent, Made};
use runboard_core::run::{KnownStatus, Run, RunId, Status};
use std::sync::Arc;

/// Names each run with its id and the time of its creation. Of a run that was created more than once, says which one is kept, which
/// would be stopped, and which has been.
#[component]
pub fn LateFinds(
    /// The state of creates
    state: Memo<CreateState>,
    /// A run as it was last read, if it was; tracked
    run: Callback<RunId, Option<Arc<Run>>>,
    /// Called when the note is dismissed
    on_dismiss: Callback<()>,
    /// Called with the duplicates of a run, to stop them; asks for confirmation first
    on_stop_duplicates: Callback<Vec<RunId>>,
) -> impl IntoView {
    let ui = use_ui();
    let (navigation, settings) = (ui.navigation, ui.settings);
    let may_stop = ui.config.get().may_stop;
    let shown = Memo::new(move |_| match navigation.page() {
        Page::Run(id) => Some(id),
        _ => None,
    });
    let is_stopped = move |id: &RunId| {
        let status = run.run(id.clone()).and_then(|run| run.status.clone());
        status.as_ref().and_then(Status::known) == Some(KnownStatus::Stopped)
    };
    // Only runs of this one request: another run like it may be the one that is wanted.
    let not_stopped = move |intent: &Intent| -> Vec<RunId> {
        intent.made.iter().map(|made| made.id.clone()).filter(|id| !is_stopped(id)).collect()
    };
    let item = move |intent: &Intent, made: &Made| {
        let created_at = run.run(made.id.clone()).and_then(|run| run.created_at);
        let fate = if is_stopped(&made.id) {
            Some(words::WAS_STOPPED)
        } else if intent.made.len() < 2 {
            None
        } else if not_stopped(intent).first() == Some(&made.id) {
            Some(words::IS_KEPT)
        } else {
            intent.made.contains(made).then_some(words::IS_DUPLICATE)
        };
        let note: Vec<String> = [
            created_at.map(|at| words::created_at(&settings.print(at))),
            fate.map(ToOwned::to_owned),
            (shown.get().as_ref() == Some(&made.id)).then(|| words::IS_SHOWN.to_owned()),
        ]
        .into_iter()
        .flatten()
        .collect();
        view! { <RunLink name=&intent.run.name id=made.id.clone() note=note.join("; ") /> }
    };
    let title = move |intent: &Intent, runs: &[&Made]| {
        let name = &intent.run.name;
        if let [_] = runs {
            let at = settings.print(intent.asked_at);
            return view! { <p>{words::late_find(name, &at)}</p> }.into_any();
        }
        let count = number::group(runs.len() as u64);
        let left = runs.iter().filter(|made| !is_stopped(&made.id)).count();
        view! { <p class="notice-title">{words::duplicates(name, runs.len(), &count, left)}</p> }.into_any()
    };
    let dismiss = move || view! { <DismissButton on_dismiss=on_dismiss /> };
    move || {
        let state = state.get();
        let intents: Vec<&Intent> = state.late_finds().collect();
        let last = intents.len().checked_sub(1)?;
        let mut is_settled = true;
        let found: Vec<_> = intents
            .into_iter()
            .enumerate()
            .map(|(index, intent)| {
                let runs = state.runs_for_same_request(intent);
                is_settled &= runs.len() > 1 && runs.iter().filter(|made| !is_stopped(&made.id)).count() < 2;
                // The first that is left is kept.
                let duplicates = not_stopped(intent).into_iter().skip(1).collect::<Vec<_>>();
                let stop = (may_stop && !duplicates.is_empty()).then(|| {
                    let label = words::stop_duplicates(duplicates.len());
                    let stop = move |_| on_stop_duplicates.run(duplicates.clone());
                    view! { <button type="button" class="button danger" on:click=stop>{label}</button> }
                });
                let actions = (stop.is_some() || index == last)
                    .then(|| view! { <div class="actions">{stop} {(index == last).then(dismiss)}</div> });
                view! {
                    {title(intent, &runs)}
                    <ul>{runs.iter().map(|made| item(intent, made)).collect_view()}</ul>
                    {actions}
                }
            })
            .collect();
        // Once nobody is reached twice any more, it is no alarm.
        let kind = if is_settled { NoticeKind::Info } else { NoticeKind::Error };
        Some(view! { <Notice kind=kind>{found}</Notice> })
    }
}

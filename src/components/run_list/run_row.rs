//! One row.

use super::super::{MaybeTime, PhaseBadge, ui};
use super::arrivals::Shown;
use super::drawn_rows::Drawn;
use super::select_box::SelectBox;
use crate::dom::{IntoNode, Node, component, tracked, view};
use crate::reactive::{Memo, memo};
use crate::route::Address;
use crate::store::Store;
use crate::text::list as words;
use runboard_core::phase::{Disagreement, Phase};
use runboard_core::query::{Sort, job_term};
use runboard_core::run::{JobId, RunId};
use runboard_core::time::print::Precision;

/// A run in the table. Every cell follows its own memo: an answer that changes nothing writes nothing.
#[component]
pub fn RunRow(
    /// All runs
    store: Store,
    /// Which one
    id: RunId,
    /// What is shown with it
    shown: Memo<Shown>,
    /// What is drawn of the table: its number stands there
    drawn: Memo<Drawn>,
) -> Node {
    let ui = ui();
    let href = Address::Run { id: id.clone() }.href();
    let (key, selected) = (id.shared(), id.clone());
    let run = memo(move || store.track(&id));
    let name = memo(move || {
        run.with(|run| run.as_ref().map(|run| run.name.to_string()).filter(|name| !name.trim().is_empty()))
    });
    let phase = memo(move || {
        let now = ui.clock.tick();
        run.with(|run| run.as_ref().map_or(Phase::Unknown, |run| Phase::of(run, now)))
    });
    let disagreement = memo(move || {
        let now = ui.clock.tick();
        run.with(|run| run.as_ref().and_then(|run| Disagreement::of(run, now)))
    });
    let status = memo(move || run.with(|run| run.as_ref().and_then(|run| run.status.clone())));
    let job = memo(move || run.with(|run| run.as_ref().and_then(|run| run.job_id.clone())));
    let start = memo(move || run.with(|run| run.as_ref().and_then(|run| run.start_at)));
    let end = memo(move || run.with(|run| run.as_ref().and_then(|run| run.end_at)));
    let created = memo(move || run.with(|run| run.as_ref().and_then(|run| run.created_at)));
    view! {
        <tr role="row" aria-rowindex=tracked(move || drawn.with(|drawn| drawn.row_index(&key)))>
            <td role="cell" class="cell-name" data-label=words::NAME>
                {ui.config.get().may_stop.then(|| view! { <SelectBox id=selected name=name shown=shown /> })}
                <a href=href title=tracked(move || name.get())>
                    <bdi>{tracked(move || name.get().unwrap_or_else(|| words::UNNAMED.to_owned()))}</bdi>
                </a>
            </td>
            <td role="cell" data-label=words::STATUS>
                <PhaseBadge phase=phase status=status disagreement=disagreement />
            </td>
            <td role="cell" class="cell-job" data-label=words::JOB>
                {tracked(move || job.get().map_or_else(missing, |job| job_view(&job, ui.config.job_label(&job))))}
            </td>
            <td role="cell" class="cell-time" data-label=words::START>
                <MaybeTime at=start precision=Precision::Minutes />
            </td>
            <td role="cell" class="cell-time" data-label=words::END>
                <MaybeTime at=end precision=Precision::Minutes />
            </td>
            <td role="cell" class="cell-time" data-label=words::CREATED>
                <MaybeTime at=created precision=Precision::Minutes />
            </td>
        </tr>
    }
}

fn job_view(job: &JobId, label: Option<String>) -> Node {
    let (id, title) = (job.as_str().to_owned(), job.as_str().to_owned());
    let href = Address::Runs { q: job_term(&id), sort: Sort::default() }.href();
    match label {
        Some(label) => view! { <a href=href><bdi title=words::label_and_id(&label, &id)>{label}</bdi></a> }.into_node(),
        None => view! { <a href=href><bdi class="id" title=title>{id}</bdi></a> }.into_node(),
    }
}

fn missing() -> Node {
    view! { <span class="missing">{words::MISSING}</span> }.into_node()
}

//! The form: fills in what the address asks for, suggests jobs, and hands the run to the application.

use crate::app::{Console, console};
use crate::components::{Heading, Listing, NewRunForm, Notice, NoticeKind, Prefill};
use crate::dom::{IntoNode, Node, component, view};
use crate::reactive::{RwSignal, Signal, StoredValue, effect, memo};
use crate::route::Address;
use crate::text::form as words;
use leptos::prelude::on_cleanup;
use leptos::task::spawn_local_scoped_with_cancellation;
use runboard_core::draft::{Draft, EndChoice, NewRun, StartChoice};
use runboard_core::run::{Run, RunId};
use runboard_core::time::again::{Move, moved};
use runboard_core::time::print::field_text;

/// The page that schedules a run.
#[component]
pub fn NewPage(
    /// What to fill in
    address: Address,
) -> Node {
    let console = console();
    let Console { ui, api, store, actions, .. } = console;
    let draft = actions.draft();
    let prefill = RwSignal::new(Prefill::None);
    // An outcome that was seen belongs to the run before.
    actions.leave_created();
    let back = actions.draft_is_back();
    let replaces = match &address {
        Address::Replace { id } => Some(id.clone()),
        _ => None,
    };
    if let Some(id) = replaces.clone().filter(|_| !back) {
        fill_from(console, id, draft, prefill, true);
    }
    if let Address::New { job, name, from } = address
        && !back
    {
        if job.is_some() || name.is_some() {
            draft.update(|draft| {
                draft.job_id = job.unwrap_or_default();
                draft.name = name.unwrap_or_default();
            });
        }
        if let Some(from) = from {
            fill_from(console, from, draft, prefill, false);
        }
    }
    // Jobs are suggested from the runs that are known; the list may not have been read in this tab.
    if store.is_empty_untracked() {
        spawn_local_scoped_with_cancellation(async move {
            if let Ok(page) = api.list().await {
                store.put_page(page.runs);
            }
        });
    }
    if !ui.config.get().may_create {
        return view! {
            <Heading text=words::TITLE.to_owned() />
            <Notice kind=NoticeKind::Warning>
                <p>{words::NO_CREATE}</p>
            </Notice>
        }
        .into_node();
    }
    let old_name = replaces.clone().map(|id| {
        Signal::derive(move || {
            store.track(&id).map(|run| run.name.to_string()).unwrap_or_else(|| id.as_str().to_owned())
        })
    });
    let old = StoredValue::new(replaces);
    let typing = actions.typing();
    effect(move || {
        let (now, zone) = (ui.clock.tick(), ui.settings.zone());
        let idle = actions.creating().current().is_none();
        match draft.with(|draft| draft.check(now, &|at| zone.offset(at))) {
            Ok(run) if idle => typing.stands(&run),
            _ => typing.leaves(),
        }
    });
    on_cleanup(move || typing.leaves());
    let jobs = memo(move || Listing::jobs(store));
    view! {
        <NewRunForm
            draft=draft
            prefill=prefill
            jobs=jobs
            store=store
            creating=Signal::derive(move || actions.creating())
            fingerprint=Signal::derive(move || actions.fingerprint())
            twin=move |run: NewRun| actions.twin(&run)
            replaces=old_name
            on_submit=move |new_run| match old.get_value() {
                Some(old) => actions.replace(old, new_run),
                None => actions.submit(new_run),
            }
            on_again=move |new_run| actions.send_again(new_run)
            on_seen=move |()| actions.see_outcome()
        />
    }
    .into_node()
}

/// Fills in from a run: the one in the store, else the one the API gives. Its window is moved ahead, or kept to be changed.
fn fill_from(console: Console, from: RunId, draft: RwSignal<Draft>, prefill: RwSignal<Prefill>, keep: bool) {
    let fill = move |run: &Run| {
        let (filled, shifted) = filled(console, run, keep);
        let length = run.start_at.zip(run.end_at).map(|(start, end)| end.since(start));
        draft.try_set(filled);
        prefill.try_set(Prefill::From { name: run.name.to_string(), length: length.filter(|_| !keep), shifted });
    };
    if let Some(run) = console.store.get(&from) {
        fill(&run);
        return;
    }
    spawn_local_scoped_with_cancellation(async move {
        match console.api.run(&from).await {
            Ok(answer) => {
                fill(&answer.run);
                console.store.put(answer.run);
            }
            Err(_) => {
                prefill.try_set(Prefill::Missing);
            }
        }
    });
}

/// The same job, name, length and time of day, on the first day on which that still lies ahead: never a past window. And
/// whether the zone's clock then shows another time of day. Kept, the window is the same.
fn filled(console: Console, run: &Run, keep: bool) -> (Draft, bool) {
    let Console { ui, .. } = console;
    let zone = ui.settings.zone_untracked();
    let offset = |at| zone.offset(at);
    let mut draft = Draft {
        job_id: run.job_id.as_ref().map(|job| job.as_str().to_owned()).unwrap_or_default(),
        name: run.name.to_string(),
        start: StartChoice::At,
        end: EndChoice::At,
        ..Draft::default()
    };
    let Some((start, end)) = run.start_at.zip(run.end_at) else { return (draft, false) };
    let window = match moved(start, end, ui.clock.now(), Move::SameClock, &offset).filter(|_| !keep) {
        Some(moved) => (moved.start_at, moved.end_at, moved.start_shifted || moved.end_shifted),
        None => (start, end, false),
    };
    let (start, end, shifted) = window;
    if keep || end > ui.clock.now() {
        draft.start_text = field_text(start, offset(start));
        draft.end_text = field_text(end, offset(end));
    }
    (draft, shifted)
}

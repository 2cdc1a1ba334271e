//! The form: fills in what the address asks for, suggests jobs, and hands the run to the application.

use crate::address::Address;
use crate::api::concurrent;
use crate::browser::zones::Zone;
use crate::components::{Heading, KnownRuns, NewRunForm, Notice, NoticeKind, Prefill, ProblemNotice, ReplacedRun};
use crate::context::{AppContext, use_app};
use crate::lazy::lazy;
use crate::state::clashes::clashes;
use crate::state::list;
use crate::text::{form as words, problem as problem_words, reschedule, run as run_words, shell};
use leptos::prelude::*;
use leptos::task::{spawn_local, spawn_local_scoped_with_cancellation};
use runboard_core::draft::{Draft, EndChoice, NewRun, StartChoice, rezone};
use runboard_core::problem::Problem;
use runboard_core::run::{Run, RunId};
use runboard_core::time::Span;
use runboard_core::time::print::field_text;
use runboard_core::window::shift::{ShiftTo, shift_window};

/// The page that schedules a run.
#[component]
pub fn NewPage(
    /// What to fill in
    address: Address,
) -> impl IntoView {
    let app = use_app();
    let AppContext { ui, store, actions, .. } = app;
    let draft = actions.drafts.current();
    let prefill = RwSignal::new(Prefill::None);
    // An outcome that was seen belongs to the run before.
    if !actions.drafts.take_reloaded() {
        actions.create.leave_created();
    }
    let typed = actions.drafts.open();
    let (replaces, from) = match &address {
        Address::Replace { id } => (Some(id.clone()), Some(id.clone())),
        Address::New { from, .. } => (None, from.clone()),
        _ => (None, None),
    };
    if let Address::New { job, name, .. } = address
        && !typed
        && (job.is_some() || name.is_some())
    {
        actions.drafts.prefill(Draft {
            job_id: job.unwrap_or_default(),
            name: name.unwrap_or_default(),
            ..Draft::default()
        });
    }
    let moves = replaces.is_some();
    // A run that is to be replaced has to be known, whatever was typed.
    let fill = Callback::new(move |()| {
        if let Some(from) = from.clone().filter(|_| moves || !typed) {
            fill_from(app, from, prefill, moves, typed);
        }
    });
    fill.run(());
    let others = read_others(app);
    if !ui.config.get().may_create {
        return view! {
            <Heading text=words::TITLE.to_owned() />
            <Notice kind=NoticeKind::Warning>
                <p>{words::NO_CREATE}</p>
            </Notice>
        }
        .into_any();
    }
    keep_zone(app, draft);
    let old = StoredValue::new(replaces);
    let typing = actions.tabs.typing();
    Effect::new(move |_| {
        let (now, zone) = (ui.clock.tick(), ui.settings.zone());
        let idle = actions.create.state().current().is_none();
        match draft.with(|draft| draft.validate(now, &|at| zone.offset(at))) {
            Ok(run) if idle => typing.announce(&run),
            _ => typing.withdraw(),
        }
    });
    on_cleanup(move || typing.withdraw());
    let jobs = Memo::new(move |_| list::jobs(store).into_iter().map(|(job, _)| job).collect::<Vec<_>>());
    let form = move || {
        let replaces = old.get_value().map(|id| {
            let run_id = id.clone();
            ReplacedRun { id, run: Memo::new(move |_| store.track(&run_id)).into() }
        });
        view! {
            <NewRunForm
                draft=draft
                prefill=prefill
                jobs=jobs
                clashes=move |new_run: NewRun| clashes(store, &new_run, old.get_value().as_ref())
                known_runs=others
                create_state=Signal::derive(move || actions.create.state())
                fingerprint=Signal::derive(move || actions.create.fingerprint())
                other_tab=move |run: NewRun| actions.create.twin(&run)
                replaces=replaces
                on_submit=move |new_run| match old.get_value() {
                    Some(old) => actions.reschedule.submit(old, new_run),
                    None => actions.create.submit(new_run),
                }
                on_send_again=move |new_run| actions.create.send_again(new_run)
                on_dismiss=move |()| actions.create.acknowledge()
            />
        }
        .into_any()
    };
    #[derive(Clone, PartialEq)]
    enum Face {
        Waiting,
        Unread(Problem),
        Form,
    }
    let face = Memo::new(move |_| match prefill.get() {
        Prefill::Loading => Face::Waiting,
        Prefill::Failed(problem) => Face::Unread(problem),
        _ => Face::Form,
    });
    let title = if moves { reschedule::TITLE } else { words::TITLE };
    (move || match face.get() {
        // Nothing can be sent, and nothing typed that would be overwritten, before it is known what is filled in.
        Face::Waiting => view! {
            <Heading text=title.to_owned() />
            <p class="waiting" role="status">{words::FROM_WAITING}</p>
        }
        .into_any(),
        Face::Unread(problem) => view! {
            <Heading text=title.to_owned() />
            <ProblemNotice title=reschedule::UNREAD next_step=problem_words::next_by_hand(&problem) problem=problem>
                <button type="button" class="button" on:click=move |_| fill.run(())>{shell::TRY_AGAIN}</button>
                <a class="button" href=move || ui.router.back_to_list().href()>{run_words::TO_LIST}</a>
            </ProblemNotice>
        }
        .into_any(),
        Face::Form => form(),
    })
    .into_any()
}

/// All runs are read where they are not known: an overlap that nobody warned of reaches people twice.
fn read_others(app: AppContext) -> RwSignal<KnownRuns> {
    let AppContext { ui, api, store, .. } = app;
    let begun_at = ui.clock.now();
    let known = store.whole_at().is_some_and(|at| begun_at.since(at) <= STILL_KNOWN);
    let others = RwSignal::new(if known { KnownRuns::All } else { KnownRuns::Loading });
    if !known {
        spawn_local_scoped_with_cancellation(async move {
            let outcome = concurrent::read_all(api, |page| store.take_in(page.runs, true)).await;
            store.tell();
            others.try_set(match outcome {
                Ok(true) => {
                    store.note_whole(begun_at);
                    KnownRuns::All
                }
                Ok(false) => KnownRuns::Partial(None),
                Err(problem) => KnownRuns::Partial(Some(problem)),
            });
        });
    }
    others
}

/// What was known so short a time ago is not read again.
const STILL_KNOWN: Span = Span::from_seconds(60);

/// The draft's times stay the same instants, whatever zone they were typed in: it may have been changed elsewhere.
fn keep_zone(app: AppContext, draft: RwSignal<Draft>) {
    let AppContext { ui, actions, .. } = app;
    let zone = ui.settings.zone_untracked();
    let other = actions.drafts.zone().filter(|name| name != zone.name());
    if let Some(before) = other.and_then(|name| Zone::named(&name)) {
        let now = ui.clock.now();
        draft.update(|draft| {
            for text in [&mut draft.start_text, &mut draft.end_text] {
                *text = rezone(text, now, &|at| before.offset(at), &|at| zone.offset(at));
            }
        });
    }
    Effect::new(move |_| actions.drafts.set_zone(ui.settings.zone().name()));
}

/// Fills in from a run: the one in the store, else the one the API gives. Its window is moved ahead, or kept to be changed.
/// What was typed already stays.
fn fill_from(app: AppContext, from: RunId, prefill: RwSignal<Prefill>, keep: bool, typed: bool) {
    let fill = move |run: &Run| {
        if typed {
            prefill.try_set(Prefill::None);
            return;
        }
        let (filled, shifted) = filled(app, run, keep);
        let length = run.start_at.zip(run.end_at).map(|(start, end)| end.since(start));
        app.actions.drafts.prefill(filled);
        prefill.try_set(Prefill::FromRun { name: run.name.to_string(), length: length.filter(|_| !keep), shifted });
    };
    if let Some(run) = app.store.get(&from) {
        fill(&run);
        return;
    }
    prefill.set(Prefill::Loading);
    // From a button, too, which belongs to no page; the page may have gone when the answer comes.
    spawn_local(async move {
        let outcome = app.api.run(&from).await;
        if prefill.is_disposed() {
            return;
        }
        match outcome {
            Ok(answer) => {
                app.store.put(answer.run.clone());
                fill(&answer.run);
            }
            Err(problem) => {
                prefill.try_set(if keep { Prefill::Failed(problem) } else { Prefill::Missing });
            }
        }
    });
}

/// The same job, name, length and time of day, on the first day on which that still lies ahead: never a past window. And
/// whether the zone's clock then shows another time of day. Kept, the window is the same.
fn filled(app: AppContext, run: &Run, keep: bool) -> (Draft, bool) {
    let AppContext { ui, .. } = app;
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
    let window = match shift_window(start, end, ui.clock.now(), ShiftTo::SameTimeOfDay, &offset).filter(|_| !keep) {
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

lazy! {
    /// Loads [`NewPage`].
    pub fn new_page(address: Address) -> AnyView {
        view! { <NewPage address=address /> }.into_any()
    }
}

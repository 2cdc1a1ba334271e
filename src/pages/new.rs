//! The form that schedules a run: fills in what the address asks for, suggests jobs, and passes the run to the actions.

mod prefill;

use crate::actions::{OpenedDraft, SentRun};
use crate::address::Address;
use crate::browser::zones::Zone;
use crate::components::{Heading, KnownRuns, NewRunForm, Notice, NoticeKind, Prefill, ProblemNotice, ReplacedRun};
use crate::context::{AppContext, use_app};
use crate::lazy::lazy;
use crate::state::clashes::clashes;
use crate::state::known_runs;
use crate::state::list;
use crate::state::planning::surroundings;
use crate::text::{create, form as words, problem as problem_words, reschedule, run as run_words, shell, status};
use leptos::prelude::*;
use prefill::{PrefillWindow, draft_of_request, fill_from_run};
use runboard_core::draft::{Draft, JobOptions, NewRun};
use runboard_core::problem::Problem;
use runboard_core::run_state::RunState;

/// The page that schedules a run.
#[component]
pub fn NewPage(
    /// What to fill in
    address: Address,
) -> impl IntoView {
    let app = use_app();
    let AppContext { ui, store, .. } = app;
    let actions = app.actions.get_or_start();
    let draft = actions.drafts.current();
    let prefill = RwSignal::new(Prefill::None);
    if !actions.drafts.take_restored() {
        actions.create.clear_created();
    }
    let opened = actions.drafts.open();
    let sent_run = actions.drafts.sent_run(ui.navigation.came_by_history());
    let was_typed = sent_run.is_some() || opened != OpenedDraft::Empty;
    if let Some(SentRun { id, name }) = sent_run {
        prefill.set(Prefill::Scheduled { id, name });
    } else if opened == OpenedDraft::Typed {
        prefill.set(Prefill::Draft);
    }
    let (replaces, from) = match &address {
        Address::Replace { id } => (Some(id.clone()), Some(id.clone())),
        Address::New { from, .. } => (None, from.clone()),
        Address::Planned { replaces, .. } => (replaces.clone(), replaces.clone()),
        _ => (None, None),
    };
    let planned = if let Address::Planned { window, .. } = &address { Some(*window) } else { None };
    let fill_from_address = move |address: &Address| match address {
        Address::Planned { job, replaces: None, window } => {
            let zone = ui.settings.zone_untracked();
            let mut draft = Draft { job_id: job.clone().unwrap_or_default(), ..Draft::default() };
            draft.set_window(window.start, window.end, ui.clock.now(), &|at| zone.offset(at));
            actions.drafts.prefill(draft);
        }
        Address::New { job, name, .. } if job.is_some() || name.is_some() => actions.drafts.prefill(Draft {
            job_id: job.clone().unwrap_or_default(),
            name: name.clone().unwrap_or_default(),
            ..Draft::default()
        }),
        _ => {}
    };
    if !was_typed {
        fill_from_address(&address);
    }
    let is_reschedule = replaces.is_some();
    let repeats_run = from.is_some();
    // The run to replace must be known, even if the form was typed into before.
    let keep = PrefillWindow { is_kept: is_reschedule, planned };
    let run_to_fill_from = from.clone();
    let fill = Callback::new(move |()| {
        if let Some(from) = run_to_fill_from.clone().filter(|_| is_reschedule || !was_typed) {
            fill_from_run(app, from, prefill, keep, was_typed);
        }
    });
    let start_over = Callback::new(move |()| {
        prefill.set(Prefill::None);
        actions.drafts.prefill(Draft::default());
        fill_from_address(&address);
        if let Some(from) = from.clone() {
            fill_from_run(app, from, prefill, keep, false);
        }
    });
    fill.run(());
    let others = follow_others(app);
    let config = ui.config.get();
    let disabled = match () {
        () if !config.may_create => Some((words::TITLE, words::CREATE_DISABLED)),
        // Its last step stops the old run.
        () if is_reschedule && !config.may_stop => Some((reschedule::TITLE, words::STOP_DISABLED)),
        () => None,
    };
    if let Some((title, why)) = disabled {
        return view! {
            <Heading text=title.to_owned() />
            <Notice kind=NoticeKind::Warning>
                <p>{why}</p>
            </Notice>
        }
        .into_any();
    }
    rezone_draft(app, draft);
    let jobs = Memo::new(move |_| {
        let config = ui.config.get();
        let configured: Vec<_> = config.jobs.iter().map(|(id, label)| (id.to_owned(), label.to_owned())).collect();
        JobOptions::new(list::recent_jobs(store), &configured)
    });
    // The form shows a request of another tab with its own data, unless something else was typed: "Send again" sends what it holds.
    Effect::new(move |_| {
        let request = actions.create.request_without_form().filter(|_| !repeats_run);
        if let Some(run) = request.filter(|_| draft.with_untracked(|draft| *draft == Draft::default())) {
            actions.drafts.prefill(draft_of_request(app, &run));
            actions.create.show_in_form();
        }
    });
    let old = StoredValue::new(replaces);
    let announcer = actions.tabs.form_announcer();
    Effect::new(move |_| {
        let (now, zone) = (ui.clock.tick(), ui.settings.zone());
        let idle = actions.create.state().current().is_none();
        let meant = jobs.with(|jobs| draft.with(|draft| draft.with_job_meant(jobs)));
        match meant.validate(now, &|at| zone.offset(at)) {
            Ok(run) if idle => announcer.announce(&run),
            _ => announcer.withdraw(),
        }
    });
    on_cleanup(move || announcer.withdraw());
    let form = move || {
        let replaces = old.get_value().map(|id| {
            let run_id = id.clone();
            let other_unfinished = Memo::new(move |_| actions.reschedule.blocks_another()).into();
            ReplacedRun { id, run: Memo::new(move |_| store.get(&run_id)).into(), other_unfinished }
        });
        view! {
            <NewRunForm
                draft=draft
                prefill=prefill
                jobs=jobs
                clashes=move |new_run: NewRun| clashes(store, &new_run, old.get_value().as_ref())
                known_runs=others
                around=Callback::new(move |job| surroundings(store, job, old.get_value()))
                create_state=Signal::derive(move || actions.create.state())
                fingerprint=Signal::derive(move || actions.create.fingerprint())
                other_tab=move |run: NewRun| actions.create.other_tab(&run)
                replaces=replaces
                on_submit=move |new_run| match old.get_value() {
                    Some(old) => actions.reschedule.submit(old, new_run),
                    None => actions.create.submit(new_run),
                }
                on_send_again=move |new_run| match old.get_value() {
                    Some(old) => actions.reschedule.send_again(old, new_run),
                    None => actions.create.send_again(new_run),
                }
                on_start_over=start_over
                on_dismiss=move |()| actions.create.dismiss_with_draft()
            />
        }
        .into_any()
    };
    #[derive(Clone, PartialEq)]
    enum PageState {
        Loading,
        Failed(Problem),
        Over(String, RunState),
        Form,
    }
    let state = Memo::new(move |_| match prefill.get() {
        Prefill::Loading => PageState::Loading,
        Prefill::Failed(problem) => PageState::Failed(problem),
        Prefill::Over(name, state) => PageState::Over(name, state),
        _ => PageState::Form,
    });
    let title = if is_reschedule { reschedule::TITLE } else { words::TITLE };
    (move || match state.get() {
        // No form yet: what is typed into it now would be overwritten.
        PageState::Loading => view! {
            <Heading text=title.to_owned() />
            <p class="waiting" role="status">{words::READING_RUN}</p>
        }
        .into_any(),
        PageState::Failed(problem) => view! {
            <Heading text=title.to_owned() />
            <ProblemNotice title=reschedule::OLD_RUN_NOT_READ next_step=problem_words::manual_next_step(&problem) problem=problem>
                <button type="button" class="button" on:click=move |_| fill.run(())>{shell::TRY_AGAIN}</button>
                <a class="button" href=move || ui.navigation.last_list().href()>{run_words::GO_TO_LIST}</a>
            </ProblemNotice>
        }
        .into_any(),
        PageState::Over(name, state) => view! {
            <Heading text=title.to_owned() />
            <Notice kind=NoticeKind::Info>
                <p>{reschedule::already_over(&name, status::state(state))}</p>
                <div class="actions">
                    {old.get_value().map(|id| view! {
                        <a class="button" href=Address::Run { id: id.clone() }.href()>{create::OPEN_RUN}</a>
                        <a class="button" href=Address::New { job: None, name: None, from: Some(id) }.href()>{run_words::RUN_AGAIN}</a>
                    })}
                    <a class="button quiet" href=move || ui.navigation.last_list().href()>{run_words::GO_TO_LIST}</a>
                </div>
            </Notice>
        }
        .into_any(),
        PageState::Form => form(),
    })
    .into_any()
}

/// Reads all runs, unless they are known, and then again at each interval: without them the form could not warn of an overlap, and
/// recipients might be reached twice.
fn follow_others(app: AppContext) -> Memo<KnownRuns> {
    let AppContext { ui, store, .. } = app;
    let list = app.list.follow();
    list.decline_offers();
    let state = list.state();
    // A long list is read in parts: what has not been read for long is read for the form.
    let needs_full_read = Memo::new(move |_| {
        let is_loaded =
            state.with(|state| state.as_of.is_some() && state.reading.is_none() && state.incomplete.is_none());
        is_loaded && list.is_read_in_parts() && !known_runs::are_current(store, ui.clock)
    });
    let was_read = StoredValue::new(known_runs::are_current(store, ui.clock));
    Effect::new(move |_| {
        if needs_full_read.get() && !was_read.get_value() {
            was_read.set_value(true);
            list.read_in_full();
        }
    });
    Memo::new(move |before| {
        let (problem, incomplete, is_reading) =
            state.with(|state| (state.problem.clone(), state.incomplete.is_some(), state.reading.is_some()));
        let was_known = before == Some(&KnownRuns::All);
        let is_current = known_runs::are_current(store, ui.clock);
        match problem {
            // Known a moment ago, or still known to be all of them.
            _ if is_current => KnownRuns::All,
            Some(problem) => KnownRuns::Partial(Some(problem)),
            None if was_known => KnownRuns::All,
            None if incomplete && !is_reading => KnownRuns::Partial(None),
            None => KnownRuns::Loading,
        }
    })
}

/// Rewrites the draft's times to the same instants in the current zone, which may have been changed on another page.
fn rezone_draft(app: AppContext, draft: RwSignal<Draft>) {
    let AppContext { ui, .. } = app;
    let actions = app.actions.get_or_start();
    let zone = ui.settings.zone_untracked();
    let typed_in = actions.drafts.zone().filter(|name| name != zone.name());
    if let Some(before) = typed_in.and_then(|name| Zone::named(&name)) {
        let now = ui.clock.now();
        draft.update(|draft| draft.rezone(now, &|at| before.offset(at), &|at| zone.offset(at)));
    }
    Effect::new(move |_| actions.drafts.set_zone(ui.settings.zone().name()));
}

lazy! {
    /// Loads [`NewPage`].
    pub fn new_page(address: Address) -> AnyView {
        view! { <NewPage address=address /> }.into_any()
    }
}

//! The form that schedules a run.

mod form_state;
mod free_slots;
mod job_fields;
mod job_picker;
mod new_clashes;
mod outcome;
mod pinned_zones;
mod planning;
mod prefill_note;
mod preview;
mod quick_choices;
mod quiet_hours;
mod time_field;
mod warnings;
mod window_change;
mod window_fields;

use crate::address::Address;
use crate::browser::focus;
use crate::browser::viewport::PublishedHeight;
use crate::components::shared::{Heading, Icon, IconName, Notice, NoticeKind};
use crate::context::use_ui;
pub use crate::state::known_runs::KnownRuns;
use crate::text::{create, form as words, reschedule, run as run_words};
use form_state::FormState;
use job_fields::JobFields;
use leptos::html;
use leptos::prelude::*;
use new_clashes::NewClashes;
use outcome::Outcome;
pub use planning::FindSurroundings;
use planning::Planning;
use prefill_note::PrefillNote;
use preview::Preview;
use runboard_core::draft::warning::Warning;
use runboard_core::draft::{Draft, JobOptions, NewRun};
use runboard_core::policy::create::{BlockReason, CreateState, Stage};
use runboard_core::policy::intent::Fingerprint;
use runboard_core::policy::reschedule::changes_nothing;
use runboard_core::policy::tabs::TabActivity;
use runboard_core::problem::Problem;
use runboard_core::run::{Run, RunId};
use runboard_core::run_state::RunState;
use runboard_core::time::Span;
use std::sync::Arc;
use warnings::{WarningSources, form_warnings};
use window_fields::WindowFields;

/// Where a prefilled form comes from.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Prefill {
    /// Not prefilled, or prefilled by the address
    #[default]
    None,
    /// Prefilled from a run
    FromRun {
        /// Its name
        name: String,
        /// The length of its window, where the run can also be repeated right now
        length: Option<Span>,
        /// Whether the window's times of day differ from the run's, because the clocks change in between
        shifted: bool,
    },
    /// What was in the form became this run; the form is empty again
    Scheduled {
        /// The run's id
        id: RunId,
        /// Its name
        name: String,
    },
    /// What was typed here before and not sent
    Draft,
    /// The run to repeat could not be read; the form is empty
    Missing,
    /// The run is being read; until then there is no form
    Loading,
    /// The run to replace could not be read, so there is no form
    Failed(Problem),
    /// The run to replace has ended or was stopped, so there is no form; with its name
    Over(String, RunState),
}

/// The run that the new one replaces.
#[derive(Clone)]
pub struct ReplacedRun {
    /// Its id
    pub id: RunId,
    /// The run as it was last read
    pub run: Signal<Option<Arc<Run>>>,
    /// Whether another reschedule has to be finished first
    pub other_unfinished: Signal<bool>,
}

impl ReplacedRun {
    /// Its name, or its id where the run has not been read; tracked.
    fn name(&self) -> String {
        self.run.with(|run| run.as_ref().map_or_else(|| self.id.as_str().to_owned(), |run| run.name.to_string()))
    }
}

/// The form. The draft is validated as a whole; a field shows its error once the user has left it or tried to submit.
#[component]
pub fn NewRunForm(
    /// What has been entered; it outlives the form
    draft: RwSignal<Draft>,
    /// Where the form was filled in from
    #[prop(into)]
    prefill: Signal<Prefill>,
    /// The run that the new one replaces
    replaces: Option<ReplacedRun>,
    /// The jobs to choose from
    #[prop(into)]
    jobs: Signal<JobOptions>,
    /// Warnings about runs that a new run clashes with; tracked
    #[prop(into)]
    clashes: Callback<NewRun, Vec<Warning>>,
    /// How many of those runs are known
    #[prop(into)]
    known_runs: Signal<KnownRuns>,
    /// Finds the runs around the window
    #[prop(optional, into)]
    around: Option<FindSurroundings>,
    /// The state of creates
    #[prop(into)]
    create_state: Signal<CreateState>,
    /// The milliseconds by which the run of the next request will be recognised
    #[prop(into)]
    fingerprint: Signal<Fingerprint>,
    /// What another tab of this browser is doing with the same run; tracked
    #[prop(into)]
    other_tab: Callback<NewRun, Option<TabActivity>>,
    /// Called with the run to schedule
    #[prop(into)]
    on_submit: Callback<NewRun>,
    /// Called to send the run again, although the outcome of the earlier request is unknown
    #[prop(into)]
    on_send_again: Callback<NewRun>,
    /// Called to discard a draft that was restored, and to fill in what the address asks for
    #[prop(into)]
    on_start_over: Callback<()>,
    /// Called when the outcome is dismissed
    #[prop(into)]
    on_dismiss: Callback<()>,
) -> impl IntoView {
    let ui = use_ui();
    let form = FormState::new(draft, jobs, create_state);
    keep_instants_when_zone_changes(draft);
    let sending = Memo::new(move |_| create_state.with(CreateState::is_sending));
    let searching = Memo::new(move |_| create_state.with(|state| matches!(state.stage(), Stage::Searching(_))));
    let block = Memo::new(move |_| {
        let block_reason = |run: &NewRun| create_state.with(|state| state.block_reason(run));
        form.checked.with(|checked| checked.as_ref().ok().and_then(block_reason))
    });
    let old_run = replaces.as_ref().map(|replaced| replaced.run);
    let changes_nothing = Memo::new(move |_| {
        let old = old_run.and_then(|run| run.get());
        form.checked.with(|new| new.as_ref().ok().zip(old).is_some_and(|(new, old)| changes_nothing(new, &old)))
    });
    let other_reschedule = replaces.as_ref().map(|replaced| replaced.other_unfinished);
    let other_unfinished = move || other_reschedule.is_some_and(|unfinished| unfinished.get());
    // Why the button does nothing. It stays focusable, so that the focus is not lost and the reason can be heard.
    let blocked = Memo::new(move |_| match block.get() {
        Some(BlockReason::Busy) => None,
        _ if other_unfinished() => Some(reschedule::OTHER_UNFINISHED),
        Some(BlockReason::Unclear) => Some(words::ASKED_ABOVE),
        Some(BlockReason::AlreadyCreated) => Some(words::SCHEDULED_ALREADY),
        None => changes_nothing.get().then_some(reschedule::NOTHING_CHANGED),
    });
    let is_disabled = Memo::new(move |_| sending.get() || searching.get() || blocked.get().is_some());
    let sent_before = Memo::new(move |_| {
        let asked_at = |run: &NewRun| create_state.with(|state| state.sent_before(run).map(|intent| intent.asked_at));
        form.checked.with(|checked| checked.as_ref().ok().and_then(asked_at))
    });
    let is_about_draft = Memo::new(move |_| {
        let is_about = |run: &NewRun| create_state.with(|state| state.is_about(run));
        form.checked.with(|checked| checked.as_ref().is_ok_and(is_about))
    });
    let sources = WarningSources { jobs, block, clashes, known_runs, replaces: replaces.clone(), other_tab };
    let warnings = form_warnings(form, sources);
    let new_clashes = NewClashes::watch(form, warnings, known_runs);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if sending.get_untracked() || searching.get_untracked() {
            return;
        }
        if untrack(other_unfinished) {
            ui.announcer.say(reschedule::OTHER_UNFINISHED);
            return;
        }
        if changes_nothing.get_untracked() {
            ui.announcer.say(reschedule::NOTHING_CHANGED);
            return;
        }
        form.note_submit();
        form.replace_label();
        match form.validate_now() {
            Ok(new_run) if create_state.with_untracked(|state| state.block_reason(&new_run).is_some()) => {
                ui.announcer.say(create::READ_OUTCOME_FIRST);
                focus::first("#create-outcome");
            }
            Ok(_) if new_clashes.hold_back() => {
                ui.announcer.say(create::CHECK_CLASH_FIRST);
                focus::first("#preview-title");
            }
            Ok(new_run) => {
                form.note_sent();
                on_submit.run(new_run);
            }
            Err(errors) => {
                ui.announcer.say(words::CHECK_FIELDS);
                if let Some((field, _)) = errors.first() {
                    form.focus(*field);
                }
            }
        }
    };
    let send_again = Callback::new(move |()| {
        if untrack(other_unfinished) {
            ui.announcer.say(reschedule::OTHER_UNFINISHED);
            return;
        }
        if let Ok(new_run) = form.validate_now() {
            on_send_again.run(new_run);
        }
    });
    let actions = NodeRef::<html::Div>::new();
    let actions_height = StoredValue::new_local(None);
    Effect::new(move |_| {
        actions_height.set_value(actions.get().and_then(|bar| PublishedHeight::of(bar.into(), "--bar-height")));
    });
    let hint = move || blocked.get().or_else(|| new_clashes.is_held().then_some(create::CHECK_CLASH_FIRST));
    let reschedules = replaces.is_some();
    let replaced_id = replaces.as_ref().map(|replaced| replaced.id.clone());
    let cancel_href = move || match &replaced_id {
        Some(id) => Address::Run { id: id.clone() }.href(),
        None => ui.navigation.last_list().href(),
    };
    let note = match replaces.clone() {
        Some(replaced) => view! {
            <Notice kind=NoticeKind::Info>
                <p>{move || reschedule::procedure(&replaced.name())}</p>
            </Notice>
            {move || (prefill.get() == Prefill::Draft).then(|| view! { <PrefillNote prefill=prefill draft=draft on_start_over=on_start_over /> })}
        }
        .into_any(),
        None => view! { <PrefillNote prefill=prefill draft=draft on_start_over=on_start_over /> }.into_any(),
    };
    let submit_label = move || match () {
        () if sending.get() => words::SENDING,
        () if searching.get() => create::SEARCHING_BUTTON,
        () if reschedules => reschedule::SUBMIT,
        () => words::SUBMIT,
    };
    view! {
        <p class="crumbs">
            <a href=move || ui.navigation.last_list().href()>{run_words::GO_TO_LIST}</a>
        </p>
        <div class="page-head">
            <Heading text=if reschedules { reschedule::TITLE } else { words::TITLE }.to_owned() />
        </div>
        {note}
        <form class="new-run" novalidate aria-label=words::TITLE on:submit=submit>
            <div class="form-fields card">
                <JobFields form=form known_runs=known_runs />
                <WindowFields form=form />
            </div>
            <div class="form-side">
                <Preview
                    form=form
                    warnings=warnings
                    clash_appeared=Signal::derive(move || new_clashes.appeared())
                    block=block
                    known_runs=known_runs
                    replaces=replaces
                    fingerprint=fingerprint
                />
                <Outcome
                    create_state=create_state
                    block=block
                    is_about_draft=is_about_draft
                    sent_before=sent_before
                    on_send_again=send_again
                    on_dismiss=on_dismiss
                />
            </div>
            <div class="form-actions" node_ref=actions>
                <button
                    type="submit"
                    class="button primary"
                    aria-disabled=move || is_disabled.get().then_some("true")
                    aria-describedby=move || blocked.get().map(|_| BLOCKED_ID)
                >
                    {submit_label}
                </button>
                <a class="button quiet" href=cancel_href>{words::CANCEL}</a>
                // Where the preview is not beside the fields, it may be out of sight.
                {move || {
                    let count = warnings.with(Vec::len);
                    (count > 0).then(|| {
                        let show = move |_| {
                            focus::first("#preview-title");
                        };
                        view! {
                            <button type="button" class="button quiet form-warnings" on:click=show>
                                <Icon name=IconName::Alert />
                                {words::show_warnings(count)}
                            </button>
                        }
                    })
                }}
                <p id=BLOCKED_ID class="hint form-blocked">{hint}</p>
            </div>
            // After the button, so that the many links of the strip are not between the fields and it.
            {around.map(|around| view! { <Planning form=form around=around known_runs=known_runs block=block /> })}
        </form>
    }
}

const BLOCKED_ID: &str = "submit-blocked";

/// Rewrites the times that have been entered when the zone changes, so that they stay the same instants.
fn keep_instants_when_zone_changes(draft: RwSignal<Draft>) {
    let ui = use_ui();
    let zone = Memo::new(move |_| ui.settings.zone());
    Effect::watch(
        move || zone.get(),
        move |zone, before, _| {
            let Some(before) = before else { return };
            let now = ui.clock.now();
            draft.update(|draft| draft.rezone(now, &|at| before.offset(at), &|at| zone.offset(at)));
        },
        false,
    );
}

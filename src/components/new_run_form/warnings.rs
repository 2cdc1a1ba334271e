//! What a person should look at before the run is scheduled.

use super::form_state::FormState;
use super::{KnownRuns, ReplacedRun};
use crate::context::use_ui;
use leptos::prelude::*;
use runboard_core::draft::warning::{Warning, warnings};
use runboard_core::draft::{Draft, JobOptions, NewRun};
use runboard_core::policy::create::BlockReason;
use runboard_core::policy::tabs::TabActivity;
use runboard_core::problem::Problem;
use runboard_core::time::Span;

/// Something to look at before scheduling. None of them forbids it.
#[derive(Clone, PartialEq)]
pub(super) enum FormWarning {
    /// Another tab is doing something with the same run
    OtherTab(TabActivity),
    /// No run and no configuration has the job
    UnknownJob,
    /// The job is not the one of the run to replace
    OtherJob,
    /// The start is so much before the one of the run to replace
    StartsEarlier(Span),
    /// Not all runs that it may clash with are known, and why
    RunsUnknown(Option<Problem>),
    /// A warning about the window, the name or other runs
    Run(Warning),
}

/// What the warnings depend on, apart from the draft.
pub(super) struct WarningSources {
    /// The jobs that are known
    pub(super) jobs: Signal<JobOptions>,
    /// Why the draft would not be sent. There are no warnings about clashes then: the other run may be this very one.
    pub(super) block: Memo<Option<BlockReason>>,
    /// Warnings about runs that a new run clashes with; tracked
    pub(super) clashes: Callback<NewRun, Vec<Warning>>,
    /// How many of those runs are known
    pub(super) known_runs: Signal<KnownRuns>,
    /// The run that the new one replaces
    pub(super) replaces: Option<ReplacedRun>,
    /// What another tab is doing with the same run; tracked
    pub(super) other_tab: Callback<NewRun, Option<TabActivity>>,
}

/// The warnings about the draft, none unless it is valid.
pub(super) fn form_warnings(form: FormState, sources: WarningSources) -> Memo<Vec<FormWarning>> {
    let ui = use_ui();
    let WarningSources { jobs, block, clashes, known_runs, replaces, other_tab } = sources;
    let valid = form.valid();
    // Apart from the clashes, which would otherwise be looked for among all runs with every tick of the clock.
    let time_warnings = Memo::new(move |_| {
        let now = ui.clock.tick();
        valid.with(|run| run.as_ref().map(|run| warnings(run, now, &mut std::iter::empty())).unwrap_or_default())
    });
    let to_compare = Memo::new_with_compare(
        move |_| {
            let is_moving = form.draft.with(Draft::is_start_moving);
            valid.get().map(|run| (run, is_moving))
        },
        |before, after| !matches!((before, after), (Some(Some(before)), Some(Some(after))) if is_same(before, after)),
    );
    let clash_warnings = Memo::new(move |_| match block.get() {
        Some(_) => Vec::new(),
        None => to_compare.get().map(|(run, _)| clashes.run(run)).unwrap_or_default(),
    });
    let changes_job = move |run: &NewRun| {
        let old = replaces.as_ref().and_then(|replaced| replaced.run.get());
        old.is_some_and(|old| old.job_id.as_ref() != Some(&run.job_id))
    };
    // To the second: milliseconds may be a fingerprint.
    let starts_earlier = move |run: &NewRun| {
        let (old, new) = (form.replaced_start.get()?.second(), run.start_at.second());
        (new < old).then(|| Span::from_seconds(old.saturating_sub(new)))
    };
    // Before all runs are read, another one may still have the job.
    let is_unknown_job =
        move |run: &NewRun| known_runs.get() == KnownRuns::All && !jobs.with(|jobs| jobs.knows(run.job_id.as_str()));
    // Without all runs, the absence of a warning means nothing, and that has to be said.
    let runs_unknown = move || match known_runs.get() {
        KnownRuns::Partial(why) if block.get().is_none() => Some(why),
        _ => None,
    };
    Memo::new(move |_| {
        let Some(run) = valid.get() else { return Vec::new() };
        let mut all = Vec::new();
        all.extend(other_tab.run(run.clone()).map(FormWarning::OtherTab));
        all.extend(is_unknown_job(&run).then_some(FormWarning::UnknownJob));
        all.extend(changes_job(&run).then_some(FormWarning::OtherJob));
        all.extend(starts_earlier(&run).map(FormWarning::StartsEarlier));
        all.extend(runs_unknown().map(FormWarning::RunsUnknown));
        all.extend(time_warnings.get().into_iter().chain(clash_warnings.get()).map(FormWarning::Run));
        all
    })
}

/// Whether a run has the same clashes as before: where its times move with the clock, seconds do not matter.
fn is_same((before, was_moving): &(NewRun, bool), (after, is_moving): &(NewRun, bool)) -> bool {
    let minutes = |run: &NewRun| [run.start_at, run.end_at].map(|at| at.second().div_euclid(60));
    if !(*was_moving && *is_moving) {
        return before == after;
    }
    before.job_id == after.job_id && before.name == after.name && minutes(before) == minutes(after)
}

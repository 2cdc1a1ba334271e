//! The preview of the run that the form would schedule.

use super::form_state::FormState;
use super::window_change::WindowChange;
use super::{KnownRuns, ReplacedRun};
use crate::address::Address;
use crate::browser::number;
use crate::browser::zones::Zone;
use crate::components::shared::{Notice, NoticeKind};
use crate::context::use_ui;
use crate::text::{counted, create, form as words, list, reschedule};
use leptos::prelude::*;
use runboard_core::draft::warning::{Clash, Clashes, Warning, warnings};
use runboard_core::draft::{Draft, Field, FieldError, JobOptions, NewRun};
use runboard_core::policy::create::BlockReason;
use runboard_core::policy::intent::Fingerprint;
use runboard_core::policy::tabs::TabActivity;
use runboard_core::run::is_visible;
use runboard_core::time::print::{clock_words, day_words, offset_words};
use runboard_core::time::{Span, Timestamp};

/// A sentence that says what will happen, warnings to check before submitting, and the exact request.
#[component]
pub(super) fn Preview(
    /// The draft
    form: FormState,
    /// The jobs that are known
    jobs: Signal<JobOptions>,
    /// Why the draft would not be sent. There are no warnings about clashes then: the other run may be this very one.
    block: Memo<Option<BlockReason>>,
    /// Warnings about runs that a new run clashes with; tracked
    clashes: Callback<NewRun, Vec<Warning>>,
    /// How many of those runs are known
    known_runs: Signal<KnownRuns>,
    /// The run that the new one replaces
    replaces: Option<ReplacedRun>,
    /// The milliseconds by which the run will be recognised
    fingerprint: Signal<Fingerprint>,
    /// What another tab is doing with the same run; tracked
    other_tab: Callback<NewRun, Option<TabActivity>>,
) -> impl IntoView {
    let ui = use_ui();
    let checked = form.checked;
    let sentence = Memo::new(move |_| match form.window() {
        (Ok(from), Ok(Some(to))) => {
            let (start, end) = window_words(&ui.settings.zone(), from, to);
            let wait = from.since(ui.clock.tick());
            let starts = if wait.millis() > 0 { words::starts_in(&wait.words()) } else { words::STARTS_NOW.to_owned() };
            words::preview(&to.since(from).exact_words(), &start, &end, &starts)
        }
        (start, end) => {
            let errors = [(Field::Start, start.err()), (Field::End, end.err())];
            let wrong =
                errors.into_iter().find_map(|(field, error)| Some((field, error.filter(|of| !is_unfinished(*of))?)));
            let print = |at| ui.settings.print(at);
            wrong.map_or_else(
                || words::PREVIEW_EMPTY.to_owned(),
                |(field, error)| words::field_error(field, error, &print),
            )
        }
    });
    let valid = Memo::new(move |_| checked.with(|checked| checked.as_ref().ok().cloned()));
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
    let change = replaces.clone().map(|replaced| view! { <WindowChange checked=checked replaced=replaced /> });
    let changes_job = Memo::new(move |_| {
        let old = replaces.as_ref().and_then(|replaced| replaced.run.get());
        valid.with(|run| run.as_ref().zip(old).is_some_and(|(run, old)| old.job_id.as_ref() != Some(&run.job_id)))
    });
    // To the second: milliseconds may be a fingerprint.
    let starts_earlier = Memo::new(move |_| {
        let old = form.replaced_start.get()?.second();
        let new = valid.with(|run| run.as_ref().map(|run| run.start_at.second()))?;
        (new < old).then(|| Span::from_seconds(old.saturating_sub(new)))
    });
    // Without all runs, the absence of a warning means nothing, and that has to be said.
    let unknown_runs = Memo::new(move |_| match known_runs.get() {
        _ if valid.with(Option::is_none) || block.get().is_some() => None,
        KnownRuns::All => None,
        known_runs => Some(known_runs),
    });
    // Before all runs are read, another one may still have the job.
    let is_unknown_job = Memo::new(move |_| {
        let is_known = |run: &NewRun| jobs.with(|jobs| jobs.knows(run.job_id.as_str()));
        known_runs.get() == KnownRuns::All && valid.with(|run| run.as_ref().is_some_and(|run| !is_known(run)))
    });
    let other_tab = Memo::new(move |_| valid.get().and_then(|run| other_tab.run(run)));
    let json = Memo::new(move |_| {
        let run = valid.get()?;
        Some(runboard_core::raw::pretty(&fingerprint.get().apply_to(&run).to_json()))
    });
    let notice = move || {
        let mut items: Vec<AnyView> = Vec::new();
        if let Some(doing) = other_tab.get() {
            items.push(view! { <p>{create::other_tab(doing)}</p> }.into_any());
        }
        if is_unknown_job.get() {
            items.push(view! { <p>{words::UNKNOWN_JOB}</p> }.into_any());
        }
        if changes_job.get() {
            items.push(view! { <p>{reschedule::OTHER_JOB_WARNING}</p> }.into_any());
        }
        if let Some(by) = starts_earlier.get() {
            items.push(view! { <p>{reschedule::starts_earlier(by)}</p> }.into_any());
        }
        if let Some(KnownRuns::Partial(why)) = unknown_runs.get() {
            items.push(view! { <p>{create::other_runs_unknown(why.as_ref())}</p> }.into_any());
        }
        let print_window = |clash: &Clash| Some(window_words(&ui.settings.zone(), clash.start_at?, clash.end_at?));
        let warnings = time_warnings.get().into_iter().chain(clash_warnings.get());
        items.extend(warnings.map(|warning| warning_view(&warning, &print_window)));
        (!items.is_empty()).then(|| view! { <Notice kind=NoticeKind::Warning>{items}</Notice> })
    };
    let loading = move || {
        (unknown_runs.get() == Some(KnownRuns::Loading))
            .then(|| view! { <p class="hint" role="status">{create::CHECKING_OTHER_RUNS}</p> })
    };
    let request = move || {
        json.get().map(|json| {
            view! {
                <details class="exact">
                    <summary>{words::EXACT_REQUEST}</summary>
                    <pre class="code wrap">
                        <code>{json}</code>
                    </pre>
                </details>
            }
        })
    };
    view! {
        <div class="preview" role="group" aria-labelledby="preview-title">
            <h2 id="preview-title">{words::PREVIEW}</h2>
            <p class="preview-sentence">
                {move || sentence.get()}
            </p>
            {change}
            {notice}
            {loading}
            {request}
        </div>
    }
}

/// Whether a run has the same clashes as before: where its times move with the clock, seconds do not matter.
fn is_same((before, was_moving): &(NewRun, bool), (after, is_moving): &(NewRun, bool)) -> bool {
    let minutes = |run: &NewRun| [run.start_at, run.end_at].map(|at| at.second().div_euclid(60));
    if !(*was_moving && *is_moving) {
        return before == after;
    }
    before.job_id == after.job_id && before.name == after.name && minutes(before) == minutes(after)
}

/// Whether a time is incomplete rather than wrong, as while it is being typed.
const fn is_unfinished(error: FieldError) -> bool {
    use FieldError::{EitherDay, Empty, NoTimeOfDay, UnreadableLength, UnreadableTime};
    matches!(error, Empty | UnreadableTime | UnreadableLength | NoTimeOfDay | EitherDay)
}

/// Start and end in words, with the zone's offset once where it is the same, and the day once where it is.
fn window_words(zone: &Zone, from: Timestamp, to: Timestamp) -> (String, String) {
    let (from_offset, to_offset) = (zone.offset(from), zone.offset(to));
    let same_day = day_words(from, from_offset) == day_words(to, to_offset);
    let mut start = format!("{} {}", day_words(from, from_offset), clock_words(from, from_offset));
    if from_offset != to_offset {
        start.push_str(&format!(" {}", offset_words(from_offset)));
    }
    let mut end = if same_day { String::new() } else { format!("{} ", day_words(to, to_offset)) };
    end.push_str(&format!("{} {}", clock_words(to, to_offset), offset_words(to_offset)));
    (start, end)
}

/// A warning with the runs that it is about, each with its window.
fn warning_view(warning: &Warning, print_window: &dyn Fn(&Clash) -> Option<(String, String)>) -> AnyView {
    let Some(Clashes { runs, total }) = warning.clashes() else {
        return view! { <p>{create::warning(warning, 1, "")}</p> }.into_any();
    };
    let group = |count: usize| number::group(count as u64);
    let more = total.saturating_sub(runs.len());
    let link = |clash: &Clash| {
        let window = print_window(clash).map(|(start, end)| {
            view! { <span class="clash-window">{words::window(&start, &end)}</span> }
        });
        let name = if is_visible(&clash.name) { &*clash.name } else { list::UNNAMED };
        view! {
            <li>
                <a href=Address::Run { id: clash.id.clone() }.href()><bdi>{name.to_owned()}</bdi></a>
                " "
                {window}
            </li>
        }
    };
    let links = runs.iter().map(link).collect_view();
    view! {
        <div>
            <p>{create::warning(warning, *total, &counted(&group(*total), words::RUN, words::RUNS))}</p>
            <ul>{links} {(more > 0).then(|| view! { <li>{create::and_more(&group(more))}</li> })}</ul>
        </div>
    }
    .into_any()
}

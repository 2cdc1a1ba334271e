//! What will happen.

use super::Others;
use crate::browser::number;
use crate::components::shared::{Notice, NoticeKind, run_links};
use crate::context::use_ui;
use crate::state::run_store::RunStore;
use crate::text::{counted, create, form as words, reschedule};
use leptos::prelude::*;
use runboard_core::draft::warning::{Clashes, Warning, warnings};
use runboard_core::draft::{Field, FieldError, NewRun};
use runboard_core::policy::create::BlockReason;
use runboard_core::policy::intent::Fingerprint;
use runboard_core::policy::tabs::Doing;
use runboard_core::run::RunId;
use runboard_core::time::print::{clock_words, day_words, offset_words};

/// A sentence that says what will happen, what to think about before sending, and the exact request.
#[component]
pub fn Preview(
    /// The draft as checked now
    checked: Memo<Result<NewRun, Vec<(Field, FieldError)>>>,
    /// Why it would not be sent: then what it clashes with may be its own run
    block: Memo<Option<BlockReason>>,
    /// All runs: those it may clash with
    store: RunStore,
    /// Whether all of them are known
    others: Signal<Others>,
    /// The run that it replaces: with that one it does not clash
    instead_of: Option<RunId>,
    /// The milliseconds that it will carry
    fingerprint: Signal<Fingerprint>,
    /// Whether another tab is at the same run
    twin: Callback<NewRun, Option<Doing>>,
) -> impl IntoView {
    let ui = use_ui();
    let replaced = instead_of.clone();
    let sentence = Memo::new(move |_| {
        let (now, zone) = (ui.clock.tick(), ui.settings.zone());
        checked.with(|checked| {
            let run = checked.as_ref().ok()?;
            let (from, to) = (run.start_at, run.end_at);
            let (from_offset, to_offset) = (zone.offset(from), zone.offset(to));
            let same_day = day_words(from, from_offset) == day_words(to, to_offset);
            let mut start = format!("{} {}", day_words(from, from_offset), clock_words(from, from_offset));
            if from_offset != to_offset {
                start.push_str(&format!(" {}", offset_words(from_offset)));
            }
            let mut end = if same_day { String::new() } else { format!("{} ", day_words(to, to_offset)) };
            end.push_str(&format!("{} {}", clock_words(to, to_offset), offset_words(to_offset)));
            let wait = from.since(now);
            let starts = if wait.millis() > 0 { words::starts_in(&wait.words()) } else { words::STARTS_NOW.to_owned() };
            Some(words::preview(&to.since(from).exact_words(), &start, &end, &starts))
        })
    });
    let valid = Memo::new(move |_| checked.with(|checked| checked.as_ref().ok().cloned()));
    // What the clock has to say changes with every tick; the runs are looked through only when one of them or the draft has changed.
    let timely = Memo::new(move |_| {
        let now = ui.clock.tick();
        valid.with(|run| run.as_ref().map(|run| warnings(run, now, &mut std::iter::empty())).unwrap_or_default())
    });
    let clashing = Memo::new(move |_| {
        if block.get().is_some() {
            return Vec::new();
        }
        let runs = store.all();
        let mut runs = runs.iter().map(|run| &**run).filter(|run| Some(&run.id) != instead_of.as_ref());
        valid.with(|run| {
            let Some(run) = run else { return Vec::new() };
            let mut found = warnings(run, run.start_at, &mut runs);
            found.retain(|warning| matches!(warning, Warning::Overlaps(_) | Warning::NameInUse(_)));
            found
        })
    });
    let other_job = Memo::new(move |_| {
        let old = replaced.as_ref().and_then(|id| store.track(id));
        valid.with(|run| run.as_ref().zip(old).is_some_and(|(run, old)| old.job_id.as_ref() != Some(&run.job_id)))
    });
    // An all-clear is only one where all runs are known.
    let unseen = Memo::new(move |_| match others.get() {
        _ if valid.with(Option::is_none) || block.get().is_some() => None,
        Others::Known => None,
        others => Some(others),
    });
    let neighbour = Memo::new(move |_| valid.get().and_then(|run| twin.run(run)));
    let json = Memo::new(move |_| {
        let run = valid.get()?;
        Some(runboard_core::raw::pretty(&fingerprint.get().apply_to(&run).to_json()))
    });
    view! {
        <div class="preview" role="group" aria-label=words::PREVIEW>
            <p class="preview-sentence">{move || sentence.get().unwrap_or_else(|| words::PREVIEW_EMPTY.to_owned())}</p>
            {move || {
                let twin = neighbour.get().map(|doing| view! { <p>{create::other_tab(doing)}</p> }.into_any());
                let other_job = other_job.get().then(|| view! { <p>{reschedule::OTHER_JOB_WARNING}</p> }.into_any());
                let unread = match unseen.get() {
                    Some(Others::Unknown(why)) => Some(view! { <p>{create::other_runs_unknown(why.as_ref())}</p> }.into_any()),
                    _ => None,
                };
                let found: Vec<_> = (twin.into_iter().chain(other_job).chain(unread))
                    .chain(timely.get().iter().chain(&clashing.get()).map(warning))
                    .collect();
                (!found.is_empty()).then(|| view! { <Notice kind=NoticeKind::Warning>{found}</Notice> })
            }}
            {move || (unseen.get() == Some(Others::Reading)).then(|| view! { <p class="hint" role="status">{create::CHECKING_OTHER_RUNS}</p> })}
            {move || json.get().map(|json| view! {
                <details class="exact">
                    <summary>{words::EXACT_REQUEST}</summary>
                    <pre class="code wrap">
                        <code>{json}</code>
                    </pre>
                </details>
            })}
        </div>
    }
}

fn warning(warning: &Warning) -> AnyView {
    let (Warning::Overlaps(clashes) | Warning::NameInUse(clashes)) = warning else {
        return view! { <p>{create::warning(warning, "")}</p> }.into_any();
    };
    let Clashes { runs, total } = clashes;
    let count = |number: usize| number::group(number as u64);
    let more = total.saturating_sub(runs.len());
    let items: Vec<_> = runs.iter().flat_map(|clash| run_links(&clash.name, std::iter::once(&clash.id))).collect();
    view! {
        <div>
            <p>{create::warning(warning, &counted(&count(*total), words::RUN, words::RUNS))}</p>
            <ul>{items} {(more > 0).then(|| view! { <li>{create::and_more(&count(more))}</li> })}</ul>
        </div>
    }
    .into_any()
}

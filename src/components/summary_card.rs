//! What came of a run.

mod trend;

use crate::browser::number;
use crate::text::summary as words;
use leptos::prelude::*;
use runboard_core::summary::{Deliveries, Responses, Summary};
use runboard_core::summary_history::{Metric, SummaryHistory};
use trend::Trend;

/// The summary's five counts in their two groups. They are not parts of one whole, so no picture adds them up.
#[component]
pub fn SummaryCard(
    /// The summary; `None` while it is read for the first time
    #[prop(into)]
    summary: Signal<Option<Summary>>,
    /// What this browser has seen of it since the page was opened
    #[prop(into)]
    samples: Signal<SummaryHistory>,
    /// Whether the last reading failed; what is to be said of that comes as children
    #[prop(into)]
    failed: Signal<bool>,
    /// Whether it is read again and again
    #[prop(into)]
    live: Signal<bool>,
    /// Whether what is shown is old
    #[prop(into)]
    stale: Signal<bool>,
    /// What is to be said above it: old data, a failure
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let responses = Memo::new(move |_| summary.with(|summary| summary.as_ref().and_then(|summary| summary.responses)));
    let deliveries =
        Memo::new(move |_| summary.with(|summary| summary.as_ref().and_then(|summary| summary.deliveries)));
    let other =
        Memo::new(move |_| summary.with(|summary| summary.as_ref().and_then(|summary| summary.other_run.clone())));
    let changes = Memo::new(move |_| samples.with(|samples| Metric::ALL.map(|measure| change_of(samples, measure))));
    let known = Memo::new(move |_| summary.with(Option::is_some));
    let body = move || {
        if !known.get() && failed.get() {
            return ().into_any();
        }
        if !known.get() {
            return view! { <p class="waiting" role="status">{words::LOADING}</p> }.into_any();
        }
        view! {
            {move || other.get().map(|id| view! { <p class="caution"><bdi>{words::other_run(id.as_str())}</bdi></p> })}
            <div class="groups" class:stale=move || stale.get()>
                <div class="group" role="group" aria-labelledby="summary-responses" aria-describedby="summary-responses-hint">
                    <h3 id="summary-responses">{words::RESPONSES}</h3>
                    <p id="summary-responses-hint" class="hint">{words::RESPONSES_HINT}</p>
                    {move || responses_view(responses.get(), &changes.get())}
                </div>
                <div class="group wide" role="group" aria-labelledby="summary-deliveries" aria-describedby="summary-deliveries-hint">
                    <h3 id="summary-deliveries">{words::DELIVERIES}</h3>
                    <p id="summary-deliveries-hint" class="hint">{words::DELIVERIES_HINT}</p>
                    {move || deliveries_view(deliveries.get(), &changes.get())}
                </div>
            </div>
            <Trend samples=samples />
        }
        .into_any()
    };
    view! {
        <section class="summary card" aria-labelledby="summary-title">
            <div class="card-head">
                <h2 id="summary-title">{words::TITLE}</h2>
                {move || live.get().then(|| view! { <p class="live">{words::LIVE}</p> })}
            </div>
            {children.map(|children| children())}
            {body}
        </section>
    }
}

/// How each count has changed, in words; none where nothing has.
type Changes = [Option<String>; 5];

fn change_of(samples: &SummaryHistory, measure: Metric) -> Option<String> {
    let opened = samples.change_since_opened(measure).filter(|change| *change != 0)?;
    let last = samples.change_since_last(measure).unwrap_or_default();
    Some(words::change_since(&signed(opened), &signed(last)))
}

/// `+1,200`, `−3`.
fn signed(change: i64) -> String {
    let sign = if change < 0 { "−" } else { "+" };
    [sign, &number::group(change.unsigned_abs())].concat()
}

fn responses_view(block: Option<Responses>, changes: &Changes) -> AnyView {
    let [responders, ..] = changes;
    match block {
        None => no_data(),
        Some(block) => {
            view! { <dl class="counts">{count(words::RECIPIENTS, block.recipients, "plain", responders)}</dl> }
                .into_any()
        }
    }
}

fn deliveries_view(block: Option<Deliveries>, changes: &Changes) -> AnyView {
    let [_, recipients, succeeded, failed, info] = changes;
    let Some(block) = block else { return no_data() };
    let rate = block.success_rate().map(|rate| {
        view! {
            <dl class="rate">
                <dt>{words::RATE}</dt>
                <dd>
                    <span class="rate-value">{rate.words(&number::group)}</span>
                    <span class="hint">{words::RATE_HINT}</span>
                </dd>
            </dl>
        }
    });
    view! {
        <dl class="counts">
            {count(words::RECIPIENTS, block.recipients, "plain", recipients)}
            {count(words::SUCCEEDED, block.succeeded, "succeeded", succeeded)}
            {count(words::FAILED, block.failed, "failed", failed)}
            {count(words::INFO, block.info, "info", info)}
        </dl>
        {rate}
    }
    .into_any()
}

fn count(term: &'static str, count: Option<u64>, kind: &'static str, change: &Option<String>) -> AnyView {
    let change = change.as_ref().map(|change| view! { <dd class="change">{change.clone()}</dd> });
    let (class, words) = match count {
        Some(count) => ("number", number::group(count)),
        None => ("number missing", words::NO_COUNT.to_owned()),
    };
    view! {
        <div class="count" data-kind=kind>
            <dt>{term}</dt>
            <dd class=class>{words}</dd>
            {change}
        </div>
    }
    .into_any()
}

fn no_data() -> AnyView {
    view! { <p class="no-data">{words::NO_DATA}</p> }.into_any()
}

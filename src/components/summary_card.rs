//! The summary of a run.

mod trend;

use crate::browser::number;
use crate::text::summary as words;
use leptos::prelude::*;
use runboard_core::summary::{Deliveries, Responses, Summary};
use runboard_core::summary_history::{Metric, SummaryHistory};
use std::sync::Arc;
use trend::Trend;

/// The five counts of the summary in two groups. They are not parts of one total, so no chart stacks them.
#[component]
pub fn SummaryCard(
    /// The summary; `None` until it has been read
    #[prop(into)]
    summary: Signal<Option<Summary>>,
    /// The summaries that were read since the page was opened
    #[prop(into)]
    history: Signal<SummaryHistory>,
    /// Whether the last read failed; the children say why
    #[prop(into)]
    failed: Signal<bool>,
    /// Whether it is being refreshed automatically
    #[prop(into)]
    live: Signal<bool>,
    /// Whether the data is out of date
    #[prop(into)]
    stale: Signal<bool>,
    /// Notices above the counts, such as a failed read
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let responses = Memo::new(move |_| summary.with(|summary| summary.as_ref().and_then(|summary| summary.responses)));
    let deliveries =
        Memo::new(move |_| summary.with(|summary| summary.as_ref().and_then(|summary| summary.deliveries)));
    let other_run =
        Memo::new(move |_| summary.with(|summary| summary.as_ref().and_then(|summary| summary.other_run.clone())));
    let unreadable = Memo::new(move |_| {
        summary.with(|summary| summary.as_ref().map(|summary| summary.unreadable.clone()).unwrap_or_default())
    });
    let changes = Memo::new(move |_| history.with(|history| Metric::ALL.map(|metric| change_of(history, metric))));
    let known = Memo::new(move |_| summary.with(Option::is_some));
    let body = move || {
        if !known.get() && failed.get() {
            return ().into_any();
        }
        if !known.get() {
            return view! { <p class="waiting" role="status">{words::LOADING}</p> }.into_any();
        }
        view! {
            {move || other_run.get().map(|id| view! {
                <p class="caution">{words::other_run(id.as_str())}</p>
            })}
            <div class="groups" class:stale=move || stale.get()>
                <div
                    class="group"
                    role="group"
                    aria-labelledby="summary-responses"
                    aria-describedby="summary-responses-hint"
                >
                    <h3 id="summary-responses">{words::RESPONSES}</h3>
                    <p id="summary-responses-hint" class="hint">{words::RESPONSES_HINT}</p>
                    {move || responses_view(responses.get(), &unreadable.get(), &changes.get())}
                </div>
                <div
                    class="group wide"
                    role="group"
                    aria-labelledby="summary-deliveries"
                    aria-describedby="summary-deliveries-hint"
                >
                    <h3 id="summary-deliveries">{words::DELIVERIES}</h3>
                    <p id="summary-deliveries-hint" class="hint">{words::DELIVERIES_HINT}</p>
                    {move || deliveries_view(deliveries.get(), &unreadable.get(), &changes.get())}
                </div>
            </div>
            <Trend history=history />
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

/// What stands in place of each count that cannot be read.
type Unreadable = [Option<Arc<str>>; 5];

/// How each count has changed, as a sentence; `None` where it has not.
type Changes = [Option<String>; 5];

fn change_of(history: &SummaryHistory, metric: Metric) -> Option<String> {
    let since_opened = history.change_since_opened(metric).filter(|change| *change != 0)?;
    let since_last = history.change_since_last(metric).unwrap_or_default();
    Some(words::change_since(&signed(since_opened), &signed(since_last)))
}

/// `+1,200`, `−3`.
fn signed(change: i64) -> String {
    let sign = if change < 0 { "−" } else { "+" };
    [sign, &number::group(change.unsigned_abs())].concat()
}

fn responses_view(responses: Option<Responses>, unreadable: &Unreadable, changes: &Changes) -> AnyView {
    let ([given, ..], [responders, ..]) = (unreadable, changes);
    let Some(responses) = responses else { return no_data() };
    view! { <dl class="counts">{count(words::RECIPIENTS, responses.recipients, given, "plain", responders)}</dl> }
        .into_any()
}

fn deliveries_view(deliveries: Option<Deliveries>, unreadable: &Unreadable, changes: &Changes) -> AnyView {
    let [_, given_recipients, given_succeeded, given_failed, given_info] = unreadable;
    let [_, recipients, succeeded, failed, info] = changes;
    let Some(deliveries) = deliveries else { return no_data() };
    let rate = deliveries.success_rate().map(|rate| {
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
            {count(words::RECIPIENTS, deliveries.recipients, given_recipients, "plain", recipients)}
            {count(words::SUCCEEDED, deliveries.succeeded, given_succeeded, "succeeded", succeeded)}
            {count(words::FAILED, deliveries.failed, given_failed, "failed", failed)}
            {count(words::INFO, deliveries.info, given_info, "info", info)}
        </dl>
        {rate}
    }
    .into_any()
}

fn count(
    term: &'static str,
    count: Option<u64>,
    given: &Option<Arc<str>>,
    kind: &'static str,
    change: &Option<String>,
) -> impl IntoView + use<> {
    let change = change.as_ref().map(|change| view! { <dd class="change">{change.clone()}</dd> });
    let (class, text) = match count {
        Some(count) => ("number", number::group(count)),
        None => ("number missing", words::no_count(given.as_deref()).to_owned()),
    };
    view! {
        <div class="count" data-kind=kind>
            <dt>{term}</dt>
            <dd class=class title=given.as_deref().map(ToOwned::to_owned)>{text}</dd>
            {change}
        </div>
    }
}

fn no_data() -> AnyView {
    view! { <p class="no-data">{words::NO_DATA}</p> }.into_any()
}

//! The summary of a run.

mod trend;

use crate::browser::number;
use crate::components::shared::TimeText;
use crate::text::summary as words;
use leptos::prelude::*;
use runboard_core::summary::{SuccessRate, Summary};
use runboard_core::summary_history::{Metric, SummaryHistory};
use runboard_core::time::Timestamp;
use std::sync::Arc;
use trend::Trend;

/// The five counts of the summary in two groups. Only the reports that say success or failure are parts of one whole, so only they
/// share a bar.
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
    /// When it was read
    #[prop(into)]
    as_of: Signal<Option<Timestamp>>,
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
    let known = Memo::new(move |_| summary.with(Option::is_some));
    let body = move || {
        if !known.get() && failed.get() {
            return ().into_any();
        }
        if !known.get() {
            return view! {
                <div class="skeleton" aria-hidden="true"><i></i><i></i><i></i></div>
                <p class="unseen" role="status">{words::LOADING}</p>
            }
            .into_any();
        }
        let count = move |term, metric, kind| view! { <Count term=term metric=metric kind=kind summary=summary history=history /> };
        let deliveries_view = move || {
            let Some(deliveries) = deliveries.get() else { return no_data() };
            view! {
                {deliveries.success_rate().map(success_rate)}
                <dl class="counts">
                    {count(words::RECIPIENTS, Metric::Recipients, "plain")}
                    {count(words::SUCCEEDED, Metric::Succeeded, "succeeded")}
                    {count(words::FAILED, Metric::Failed, "failed")}
                    {count(words::INFO, Metric::Info, "info")}
                </dl>
            }
            .into_any()
        };
        let responses_view = move || {
            if responses.get().is_none() {
                return no_data();
            }
            view! { <dl class="counts">{count(words::RECIPIENTS, Metric::Responders, "plain")}</dl> }.into_any()
        };
        view! {
            {move || other_run.get().map(|id| view! {
                <p class="caution">{words::other_run(id.as_str())}</p>
            })}
            <div class="groups" class:stale=move || stale.get()>
                <div
                    class="group wide"
                    role="group"
                    aria-labelledby="summary-deliveries"
                    aria-describedby="summary-deliveries-hint"
                >
                    <h3 id="summary-deliveries">{words::DELIVERIES}</h3>
                    <p id="summary-deliveries-hint" class="hint">{words::DELIVERIES_HINT}</p>
                    {deliveries_view}
                </div>
                <div
                    class="group"
                    role="group"
                    aria-labelledby="summary-responses"
                    aria-describedby="summary-responses-hint"
                >
                    <h3 id="summary-responses">{words::RESPONSES}</h3>
                    <p id="summary-responses-hint" class="hint">{words::RESPONSES_HINT}</p>
                    {responses_view}
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
                <p class="hint as-of" class:live=move || live.get() title=move || live.get().then_some(words::LIVE)>
                    {move || as_of.get().map(|at| view! { {words::AS_OF} " " <TimeText at=at clock_only=true /> })}
                </p>
            </div>
            {children.map(|children| children())}
            {body}
        </section>
    }
}

/// The one figure that matters, with what it is made of.
fn success_rate(rate: SuccessRate) -> impl IntoView {
    let (succeeded, failed) = (rate.succeeded, rate.of.saturating_sub(rate.succeeded));
    let width = f64::from(rate.permille()) / 10.0;
    view! {
        <dl class="rate">
            <dt>{words::RATE}</dt>
            <dd>
                <span class="rate-value">{rate.percent()}</span>
                " "
                <span class="hint">{words::rate_parts(&number::group(rate.succeeded), &number::group(rate.of))}</span>
            </dd>
        </dl>
        <div
            class="rate-bar"
            role="img"
            aria-label=words::rate_bar(&number::group(succeeded), &number::group(failed))
        >
            <div class="rate-succeeded" style:width=format!("{width}%")></div>
        </div>
    }
}

/// How a count has changed, as a sentence; `None` where it has not.
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

/// One count, and how it has changed. Where it cannot be read, the tooltip has what the API gave.
#[component]
fn Count(
    term: &'static str,
    metric: Metric,
    kind: &'static str,
    summary: Signal<Option<Summary>>,
    history: Signal<SummaryHistory>,
) -> impl IntoView {
    let read = move |part: fn(Metric, &Summary) -> Option<Arc<str>>| {
        summary.with(|summary| summary.as_ref().and_then(|summary| part(metric, summary)))
    };
    let given = Memo::new(move |_| read(|metric, summary| metric.unreadable(summary).map(Arc::from)));
    let count = Memo::new(move |_| read(|metric, summary| metric.of(summary).map(|count| number::group(count).into())));
    let change = Memo::new(move |_| history.with(|history| change_of(history, metric)));
    view! {
        <div class="count" data-kind=kind>
            <dt>{term}</dt>
            <dd class="number" class:missing=move || count.with(Option::is_none) title=move || given.get().map(|given| given.to_string())>
                {move || match count.get() {
                    Some(count) => count.to_string(),
                    None => words::no_count(given.get().as_deref()).to_owned(),
                }}
            </dd>
            {move || change.get().map(|change| view! { <dd class="change">{change}</dd> })}
        </div>
    }
}

fn no_data() -> AnyView {
    view! { <p class="no-data">{words::NO_DATA}</p> }.into_any()
}

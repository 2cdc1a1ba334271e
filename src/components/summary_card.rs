//! The summary of a run.

mod trend;

use crate::browser::number;
use crate::components::shared::TimeText;
use crate::text::summary as words;
use leptos::prelude::*;
use runboard_core::summary::{SuccessRate, Summary};
use runboard_core::summary_history::{Metric, SummaryHistory};
use runboard_core::time::Timestamp;
use runboard_core::time::print::Precision;
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
    let change_of = move |metric| Memo::new(move |_| history.with(|history| change_of(history, metric)));
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
        let deliveries_view = move || {
            let Some(deliveries) = deliveries.get() else { return no_data() };
            view! {
                {deliveries.success_rate().map(success_rate)}
                <dl class="counts">
                    {count(words::RECIPIENTS, deliveries.recipients, "plain", change_of(Metric::Recipients))}
                    {count(words::SUCCEEDED, deliveries.succeeded, "succeeded", change_of(Metric::Succeeded))}
                    {count(words::FAILED, deliveries.failed, "failed", change_of(Metric::Failed))}
                    {count(words::INFO, deliveries.info, "info", change_of(Metric::Info))}
                </dl>
            }
            .into_any()
        };
        let responses_view = move || {
            let Some(responses) = responses.get() else { return no_data() };
            let recipients =
                count(words::RECIPIENTS, responses.recipients, "plain", change_of(Metric::Responders));
            view! { <dl class="counts">{recipients}</dl> }.into_any()
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
                    {move || as_of.get().map(|at| view! { {words::AS_OF} " " <TimeText at=at precision=Precision::ClockSeconds /> })}
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

fn count(
    term: &'static str,
    count: Option<u64>,
    kind: &'static str,
    change: Memo<Option<String>>,
) -> impl IntoView + use<> {
    let (class, text) = match count {
        Some(count) => ("number", number::group(count)),
        None => ("number missing", words::NO_COUNT.to_owned()),
    };
    view! {
        <div class="count" data-kind=kind>
            <dt>{term}</dt>
            <dd class=class>{text}</dd>
            {move || change.get().map(|change| view! { <dd class="change">{change}</dd> })}
        </div>
    }
}

fn no_data() -> AnyView {
    view! { <p class="no-data">{words::NO_DATA}</p> }.into_any()
}

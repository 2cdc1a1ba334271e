//! How the counts have changed while the page was open.

use crate::browser::number;
use crate::context::use_ui;
use crate::state::settings::Settings;
use crate::text::summary as words;
use leptos::prelude::*;
use runboard_core::summary_history::{Metric, Sample, SummaryHistory};
use runboard_core::time::Span;

/// The size of the chart in its own units, as in `viewBox`.
const WIDTH: f64 = 300.0;
const HEIGHT: f64 = 60.0;
/// The table shows so many of the latest samples.
const MAX_ROWS: usize = 20;
/// Counts that have not changed for so long are said to be unchanged.
const UNCHANGED_AFTER: Span = Span::from_minutes(1);

/// The rate of change, or how long nothing has changed, and a small chart with a table. All of it comes from this browser's own
/// samples, and says so.
#[component]
pub fn Trend(
    /// The summaries that were read since the page was opened
    history: Signal<SummaryHistory>,
) -> impl IntoView {
    let settings = use_ui().settings;
    let sentence = Memo::new(move |_| history.with(sentence));
    let samples = Memo::new(move |_| history.with(|history| history.samples().to_vec()));
    let chart = move || {
        let samples = samples.get();
        let points = points(&samples);
        if points.is_empty() {
            return ().into_any();
        }
        let heads = words::TABLE_COLUMNS.map(|name| view! { <th scope="col">{name}</th> });
        let rows = samples.iter().rev().take(MAX_ROWS).map(|sample| row(sample, settings)).collect_view();
        view! {
            <svg
                class="trend-line"
                viewBox="0 0 300 60"
                preserveAspectRatio="none"
                aria-hidden="true"
                focusable="false"
            >
                <polyline points=points></polyline>
            </svg>
            <details class="trend-table">
                <summary>{words::TABLE_TITLE}</summary>
                <div class="table-frame" tabindex="0" role="group" aria-label=words::TABLE_TITLE>
                    <table class="requests">
                        <thead><tr>{heads}</tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </details>
        }
        .into_any()
    };
    view! {
        <div class="trend">
            <p class="hint">{move || sentence.get()}</p>
            {chart}
        </div>
    }
}

/// How long the counts have been unchanged, or else how fast they grow; empty where neither is known.
fn sentence(history: &SummaryHistory) -> String {
    if let Some(span) = history.unchanged_for().filter(|span| *span >= UNCHANGED_AFTER) {
        return words::unchanged(&span.words());
    }
    let Some(rate) = history.rate(Metric::Recipients).filter(|rate| rate.tenths_per_minute > 0) else {
        return String::new();
    };
    let (whole, tenth) = (rate.tenths_per_minute / 10, rate.tenths_per_minute % 10);
    let per_minute = [&number::group(whole), ".", &number::group(tenth)].concat();
    words::recipients_per_minute(&per_minute, &number::group(rate.samples as u64), &rate.over.words())
}

fn row(sample: &Sample, settings: &'static Settings) -> impl IntoView + use<> {
    let at = settings.print(sample.at);
    let cells = Metric::ALL.map(|metric| {
        let given = metric.unreadable(&sample.summary);
        let count = metric.of(&sample.summary).map_or_else(|| words::no_count(given).to_owned(), number::group);
        view! { <td class="figure" title=given.map(ToOwned::to_owned)>{count}</td> }
    });
    view! {
        <tr>
            <th scope="row">{at}</th>
            {cells}
        </tr>
    }
}

/// The recipients over time as the points of an SVG line; empty where they do not form one.
fn points(samples: &[Sample]) -> String {
    let known: Vec<(i64, u64)> = samples
        .iter()
        .filter_map(|sample| Some((sample.at.millis(), Metric::Recipients.of(&sample.summary)?)))
        .collect();
    let (Some((from, low)), Some((to, high))) = (known.first().copied(), known.last().copied()) else {
        return String::new();
    };
    if to <= from || high <= low {
        return String::new();
    }
    let mut points = String::new();
    for (at, count) in known {
        let x = (at - from) as f64 / (to - from) as f64 * WIDTH;
        let y = HEIGHT - count.saturating_sub(low) as f64 / (high - low) as f64 * HEIGHT;
        for (number, end) in [(x, ","), (y, " ")] {
            points.push_str(&(number.clamp(0.0, WIDTH) as u32).to_string());
            points.push_str(end);
        }
    }
    points
}

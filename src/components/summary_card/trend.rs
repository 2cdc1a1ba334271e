//! How the counts went on while this browser looked.

use crate::browser::number;
use crate::context::use_ui;
use crate::text::summary as words;
use leptos::prelude::*;
use runboard_core::summary_history::{Metric, Sample, SummaryHistory};
use runboard_core::time::print::Precision;

/// The drawing's own units.
const WIDTH: f64 = 300.0;
const HEIGHT: f64 = 60.0;
/// Rows of the table: the latest.
const ROWS: usize = 20;

/// Rate, standstill, and a small chart with a table behind it: from this browser's own samples, and labelled so.
#[component]
pub fn Trend(
    /// What was seen
    samples: Signal<SummaryHistory>,
) -> impl IntoView {
    let settings = use_ui().settings;
    let sentence = Memo::new(move |_| {
        samples.with(|samples| {
            let still = samples.unchanged_for().filter(|span| span.millis() >= 60_000);
            if let Some(still) = still {
                return words::unchanged(&still.words());
            }
            let rate = samples.rate(Metric::Recipients).filter(|rate| rate.tenths_per_minute > 0);
            let Some(rate) = rate else { return String::new() };
            let (whole, tenth) = (rate.tenths_per_minute / 10, rate.tenths_per_minute % 10);
            let figure = [&number::group(whole), ".", &number::group(tenth)].concat();
            words::recipients_per_minute(&figure, &number::group(rate.samples as u64), &rate.over.words())
        })
    });
    let seen = Memo::new(move |_| samples.with(|samples| samples.samples().to_vec()));
    let chart = move || {
        let seen = seen.get();
        let points = line(&seen);
        if points.is_empty() {
            return ().into_any();
        }
        let rows: Vec<_> = seen.iter().rev().take(ROWS).map(|sample| row(sample, settings)).collect();
        let heads: Vec<_> =
            words::TABLE_COLUMNS.into_iter().map(|name| view! { <th scope="col">{name}</th> }).collect();
        view! {
            <svg class="trend-line" viewBox="0 0 300 60" preserveAspectRatio="none" aria-hidden="true" focusable="false">
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

fn row(sample: &Sample, settings: crate::state::settings::Settings) -> AnyView {
    let at = settings.print(sample.at, Precision::Seconds);
    let cells: Vec<_> = Metric::ALL
        .into_iter()
        .map(|measure| {
            let count = measure.of(&sample.summary).map_or_else(|| words::NO_COUNT.to_owned(), number::group);
            view! { <td class="figure">{count}</td> }
        })
        .collect();
    view! {
        <tr>
            <th scope="row">{at}</th>
            {cells}
        </tr>
    }
    .into_any()
}

/// The recipients handled as the points of a line, from the first sample to the last; empty while there is none to draw.
fn line(seen: &[Sample]) -> String {
    let known: Vec<(i64, u64)> =
        seen.iter().filter_map(|sample| Some((sample.at.millis(), Metric::Recipients.of(&sample.summary)?))).collect();
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

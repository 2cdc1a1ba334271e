//! The success rates of a job's last runs.

use crate::address::Address;
use crate::components::rate_text;
use crate::context::use_ui;
use crate::state::job_rates::Rates;
use crate::text::{list, planning as words};
use leptos::prelude::*;
use runboard_core::run::{Run, RunId};
use runboard_core::summary::SuccessRate;
use std::sync::Arc;

/// The height of a bar that means 100 %, and where it starts: below the figures.
const TALL: f64 = 64.0;
const TOP: f64 = 18.0;

/// A small chart, the oldest run first, and the table of what it shows.
#[component]
pub fn LastRuns(
    /// The job's last finished runs, the latest first
    #[prop(into)]
    runs: Signal<Vec<Arc<Run>>>,
    /// Their summaries, as far as they have been read
    #[prop(into)]
    rates: Signal<Rates>,
    /// The run whose page this is
    this_run: RunId,
) -> impl IntoView {
    let ui = use_ui();
    let this_run = StoredValue::new(this_run);
    let is_this = move |id: &RunId| this_run.with_value(|this| this == id);
    let row = move |run: Arc<Run>| {
        let (id, now) = (run.id.clone(), ui.clock.now());
        let end = run.end_at.map(|at| ui.settings.print_readable(at, now));
        let rate = move || rates.with(|rates| rate_text(rates.iter().find(|(of, _)| *of == id).map(|(_, read)| read)));
        let name = run.visible_name().unwrap_or(list::UNNAMED).to_owned();
        let name = if is_this(&run.id) {
            view! { <bdi>{name}</bdi> " " <span class="hint">{words::THIS_RUN}</span> }.into_any()
        } else {
            view! { <a href=Address::Run { id: run.id.clone() }.href()><bdi>{name}</bdi></a> }.into_any()
        };
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td>{end}</td>
                <td>{rate}</td>
            </tr>
        }
    };
    move || {
        let shown: Vec<_> = runs.get().into_iter().rev().collect();
        if shown.is_empty() {
            return view! { <p class="hint">{list::JOB_NO_FINISHED_RUNS}</p> }.into_any();
        }
        let ids: Vec<RunId> = shown.iter().map(|run| run.id.clone()).collect();
        let chart = move || {
            let column = |(at, id): (usize, &RunId)| column(at, rate_of(id, rates), is_this(id));
            ids.iter().enumerate().map(column).collect_view()
        };
        let heads = words::LAST_RUNS_COLUMNS.map(|name| view! { <th scope="col">{name}</th> });
        view! {
            <svg class="rates-chart" width="100%" height=(TOP + TALL).to_string() aria-hidden="true" focusable="false">{chart}</svg>
            <p class="hint">{words::LAST_RUNS_ORDER}</p>
            <div class="table-frame" tabindex="0" role="group" aria-label=words::LAST_RUNS>
                <table class="requests"><thead><tr>{heads}</tr></thead><tbody>{shown.into_iter().map(row).collect_view()}</tbody></table>
            </div>
        }
        .into_any()
    }
}

/// The rate of a run; `None` if it is not known, or there is none.
fn rate_of(id: &RunId, rates: Signal<Rates>) -> Option<SuccessRate> {
    rates.with(|rates| rates.iter().find(|(of, _)| of == id)?.1.as_ref().ok()?.deliveries?.success_rate())
}

/// One of ten places: what succeeded below what failed, with the figure above; a dash where there is none.
fn column(at: usize, rate: Option<SuccessRate>, is_this: bool) -> impl IntoView {
    let x = |by: f64| format!("{}%", at as f64 * 10.0 + by);
    let bars = rate.map(|rate| {
        let succeeded = f64::from(rate.permille()) / 1000.0 * TALL;
        view! {
            <rect class="rates-failed" x=x(1.0) y=TOP.to_string() width="8%" height=TALL.to_string()></rect>
            <rect
                class="rates-succeeded"
                x=x(1.0)
                y=(TOP + TALL - succeeded).to_string()
                width="8%"
                height=succeeded.to_string()
            ></rect>
        }
    });
    // Without the percent sign and rounded down: 99.9 % is not 100 %.
    let figure = rate.map_or_else(|| "–".to_owned(), |rate| (rate.permille() / 10).to_string());
    view! {
        <g class="rates-column" class:rates-this=is_this>
            {bars}
            <text x=x(5.0) y="12">{figure}</text>
        </g>
    }
}

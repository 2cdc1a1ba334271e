//! The success rates of a job's last runs.

use crate::address::Address;
use crate::components::rate_text;
use crate::context::use_ui;
use crate::state::job_rates::Rates;
use crate::text::{list, planning as words};
use leptos::prelude::*;
use runboard_core::run::{Run, RunId};
use runboard_core::summary::Summary;
use std::sync::Arc;

/// A small chart, the oldest run first, and the table of what it shows.
#[component]
pub fn LastRuns(
    /// The job's last finished runs, the latest first
    #[prop(into)]
    runs: Signal<Vec<Arc<Run>>>,
    /// Their summaries, as far as they have been read
    #[prop(into)]
    rates: Signal<Rates>,
) -> impl IntoView {
    let ui = use_ui();
    let permille = move |id: &RunId| {
        let of = |summary: &Summary| Some(summary.deliveries?.success_rate()?.permille());
        rates.with(|rates| rates.iter().find(|(other, _)| other == id).and_then(|(_, read)| of(read.as_ref().ok()?)))
    };
    let row = move |run: Arc<Run>| {
        let (id, now) = (run.id.clone(), ui.clock.now());
        let end = run.end_at.map(|at| ui.settings.print_readable(at, now));
        let rate = move || rates.with(|rates| rate_text(rates.iter().find(|(of, _)| *of == id).map(|(_, read)| read)));
        let name = run.visible_name().unwrap_or(list::UNNAMED).to_owned();
        view! {
            <tr>
                <th scope="row"><a href=Address::Run { id: run.id.clone() }.href()><bdi>{name}</bdi></a></th>
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
        let chart = {
            let shown = shown.clone();
            move || {
                let bar = |(at, run): (usize, &Arc<Run>)| {
                    let tall = f64::from(permille(&run.id)?) * 0.06;
                    let (x, y) = (at as f64 * 30.0 + 3.0, 60.0 - tall);
                    Some(
                        view! { <rect class="rate-bar" x=x.to_string() y=y.to_string() width="24" height=tall.to_string()></rect> },
                    )
                };
                shown.iter().enumerate().map(bar).collect_view()
            }
        };
        let heads = words::LAST_RUNS_COLUMNS.map(|name| view! { <th scope="col">{name}</th> });
        view! {
            <svg class="rate-chart" viewBox="0 0 300 60" preserveAspectRatio="none" aria-hidden="true" focusable="false">{chart}</svg>
            <div class="table-frame" tabindex="0" role="group" aria-label=words::LAST_RUNS>
                <table class="requests"><thead><tr>{heads}</tr></thead><tbody>{shown.into_iter().map(row).collect_view()}</tbody></table>
            </div>
        }
        .into_any()
    }
}

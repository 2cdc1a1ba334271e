//! The card about a job, above the list of its runs.

use crate::address::Address;
use crate::browser::number;
use crate::context::use_ui;
use crate::state::job_rates::Rates;
use crate::text::{list as words, problem};
use leptos::prelude::*;
use runboard_core::job::JobFacts;
use runboard_core::problem::Problem;
use runboard_core::run::Run;
use runboard_core::summary::Summary;

/// How many runs the job has, and the success rates of its latest runs side by side.
#[component]
pub fn JobCard(
    /// The job, where the query asks for exactly one
    #[prop(into)]
    job: Signal<Option<JobFacts>>,
    /// The summaries of its latest runs
    #[prop(into)]
    rates: Signal<Rates>,
) -> impl IntoView {
    let ui = use_ui();
    let facts = Memo::new(move |_| job.get());
    let item = move |run: &Run| {
        let (id, href) = (run.id.clone(), Address::Run { id: run.id.clone() }.href());
        let end = run.end_at.map(|at| ui.settings.print_readable(at, ui.clock.now()));
        let rate =
            move || rates.with(|rates| rate_text(rates.iter().find(|(of, _)| *of == id).map(|(_, summary)| summary)));
        view! {
            <li>
                <a href=href><bdi>{run.name.to_string()}</bdi></a>
                " "
                <span class="hint">{end}</span>
                " "
                <span class="job-rate">{rate}</span>
            </li>
        }
    };
    move || {
        let facts = facts.get()?;
        let name = ui.config.job_label(&facts.id).unwrap_or_else(|| facts.id.as_str().to_owned());
        let list = if facts.last.is_empty() {
            view! { <p class="hint">{words::JOB_NO_FINISHED_RUNS}</p> }.into_any()
        } else {
            let items = facts.last.iter().map(|run| item(run)).collect_view();
            view! { <ul class="job-rates" aria-label=words::JOB_RATES>{items}</ul> }.into_any()
        };
        Some(view! {
            <section class="job-card card" aria-labelledby="job-title">
                <div class="card-head">
                    <h2 id="job-title">{words::job_title(&name)}</h2>
                    <p class="hint">{words::job_runs(&number::count(facts.runs))}</p>
                </div>
                {list}
            </section>
        })
    }
}

/// A success rate in words, or why there is none.
pub(crate) fn rate_text(summary: Option<&Result<Summary, Problem>>) -> String {
    match summary {
        None => words::RATE_LOADING.to_owned(),
        Some(Err(problem)) => words::rate_failed(&problem::description(problem)),
        Some(Ok(summary)) => {
            let rate = summary.deliveries.and_then(|deliveries| deliveries.success_rate());
            rate.map_or_else(|| words::NO_RATE.to_owned(), |rate| rate.words(&number::group))
        }
    }
}

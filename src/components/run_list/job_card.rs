//! What is known of a job when its runs are listed.

use crate::address::Address;
use crate::browser::number;
use crate::context::use_ui;
use crate::lazy::lazy;
use crate::text::{list as words, problem};
use leptos::prelude::*;
use runboard_core::job::JobFacts;
use runboard_core::problem::Problem;
use runboard_core::run::{Run, RunId};
use runboard_core::summary::Summary;
use runboard_core::time::print::Precision;

/// The summaries that were read, or why not.
pub type Rates = Vec<(RunId, Result<Summary, Problem>)>;

/// Above a list that asks for one job: how many runs it has, and the success rates of the last ones side by side.
#[component]
pub fn JobCard(
    /// The job, if the list asks for one
    #[prop(into)]
    job: Signal<Option<JobFacts>>,
    /// What was read of its last runs
    #[prop(into)]
    rates: Signal<Rates>,
) -> impl IntoView {
    let ui = use_ui();
    let facts = Memo::new(move |_| job.get());
    let one = move |run: &Run| {
        let (id, href) = (run.id.clone(), Address::Run { id: run.id.clone() }.href());
        let end = run.end_at.map(|at| ui.settings.print(at, Precision::Minutes));
        let said = move || rates.with(|rates| rate_words(rates.iter().find(|(of, _)| *of == id).map(|(_, read)| read)));
        view! {
            <li>
                <a href=href><bdi>{run.name.to_string()}</bdi></a>
                " "
                <span class="hint">{end}</span>
                " "
                <span class="job-rate">{said}</span>
            </li>
        }
    };
    (move || {
        let facts = facts.get()?;
        let name = ui.config.job_label(&facts.id).unwrap_or_else(|| facts.id.as_str().to_owned());
        let list = if facts.last.is_empty() {
            view! { <p class="hint">{words::JOB_NO_FINISHED_RUNS}</p> }.into_any()
        } else {
            let items: Vec<_> = facts.last.iter().map(|run| one(run)).collect();
            view! { <ul class="job-rates" aria-label=words::JOB_RATES>{items}</ul> }.into_any()
        };
        Some(view! {
            <section class="job-card card" aria-labelledby="job-title">
                <div class="card-head">
                    <h2 id="job-title"><bdi>{words::job_title(&name)}</bdi></h2>
                    <p class="hint">{words::job_runs(&number::count(facts.runs))}</p>
                </div>
                {list}
            </section>
        })
    })
    .into_any()
}

fn rate_words(read: Option<&Result<Summary, Problem>>) -> String {
    match read {
        None => words::RATE_LOADING.to_owned(),
        Some(Err(why)) => words::rate_failed(&problem::description(why)),
        Some(Ok(summary)) => {
            let rate = summary.deliveries.and_then(|block| block.success_rate());
            rate.map_or_else(|| words::NO_RATE.to_owned(), |rate| rate.words(&number::group))
        }
    }
}

lazy! {
    /// Loads [`JobCard`].
    pub(super) fn job_card(job: Signal<Option<JobFacts>>, rates: Signal<Rates>) -> AnyView {
        view! { <JobCard job=job rates=rates /> }.into_any()
    }
}

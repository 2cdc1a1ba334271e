//! The details of a run.

use crate::address::Address;
use crate::components::shared::{CopyButton, MaybeTime};
use crate::text::{list, run as words};
use leptos::prelude::*;
use runboard_core::query::{Sort, job_term};
use runboard_core::run::{Run, RunTime};
use std::sync::Arc;

/// Exact times and ids, folded. The ids have copy buttons.
#[component]
pub fn Facts(
    /// The run
    run: Signal<Arc<Run>>,
) -> impl IntoView {
    let job = Memo::new(move |_| run.with(|run| run.job_id.clone()));
    let id = Memo::new(move |_| run.with(|run| run.id.as_str().to_owned()));
    let length = Memo::new(move |_| run.with(|run| run.length()).filter(|length| length.millis() > 0));
    let time = move |term: &'static str, time: RunTime| {
        let at = Memo::new(move |_| run.with(|run| time.of(run)));
        let instead = Memo::new(move |_| {
            run.with(|run| {
                let (word, given) = list::no_time(run.said(time));
                Some((word, given.map(ToOwned::to_owned)))
            })
        });
        view! {
            <div class="fact">
                <dt>{term}</dt>
                <dd>
                    <MaybeTime at=at instead=instead />
                </dd>
            </div>
        }
    };
    let job_id = move || match job.get() {
        Some(job) => {
            let text = job.as_str().to_owned();
            view! {
                <bdi class="id">{text.clone()}</bdi>
                <CopyButton what=JOB_ID text=text />
            }
            .into_any()
        }
        None => view! { <span class="missing">{list::NOT_GIVEN}</span> }.into_any(),
    };
    let job_runs = move || {
        job.get().map(|job| {
            let href = Address::Runs { q: job_term(job.as_str()), sort: Sort::default() }.href();
            view! { <p><a href=href>{list::ALL_RUNS_OF_JOB}</a></p> }
        })
    };
    view! {
        <details class="facts">
            <summary>{words::FACTS}</summary>
            <dl>
                {time(words::START, RunTime::Start)}
                {time(words::END, RunTime::End)}
                {move || length.get().map(|length| view! {
                    <div class="fact">
                        <dt>{words::LENGTH}</dt>
                        <dd>{length.words()}</dd>
                    </div>
                })}
                {time(words::CREATED, RunTime::Created)}
                {time(words::UPDATED, RunTime::Updated)}
                <div class="fact">
                    <dt>{words::RUN_ID}</dt>
                    <dd>
                        <bdi class="id">{move || id.get()}</bdi>
                        <CopyButton what=RUN_ID text=id />
                    </dd>
                </div>
                <div class="fact">
                    <dt>{words::JOB_ID}</dt>
                    <dd>{job_id}</dd>
                </div>
            </dl>
            {job_runs}
        </details>
    }
}

const RUN_ID: &str = "run ID";
const JOB_ID: &str = "job ID";

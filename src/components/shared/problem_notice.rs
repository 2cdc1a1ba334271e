//! An error message for a failed request.

use crate::components::shared::{Notice, NoticeKind};
use crate::text;
use leptos::prelude::*;
use runboard_core::problem::Problem;

/// What went wrong, what to do next, what the server said, and the trace id to report.
#[component]
pub fn ProblemNotice(
    /// What could not be done
    title: &'static str,
    /// Why
    problem: Problem,
    /// What to do next, where that is not the usual advice for a failed read
    #[prop(optional)]
    next_step: Option<&'static str>,
    /// Buttons and links
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let next_step = next_step.unwrap_or_else(|| text::problem::next_step(&problem));
    let (said, trace) = (problem.said.clone(), problem.trace.clone());
    let speaker = text::problem::speaker(&problem);
    view! {
        <Notice kind=NoticeKind::Error>
            <p class="notice-title">{title}</p>
            <p>{text::problem::description(&problem)} " " {next_step}</p>
            {said.map(|said| view! { <p class="said">{speaker} " " <bdi>{said}</bdi></p> })}
            {trace.map(|trace| view! { <p class="trace">{text::problem::TRACE_ID} " " <bdi>{trace}</bdi></p> })}
            {children.map(|children| view! { <div class="actions">{children()}</div> })}
        </Notice>
    }
}

//! Messages in the page.

use crate::components::shared::{Icon, IconName};
use crate::text;
use leptos::prelude::*;
use runboard_core::problem::Problem;

/// What kind of message.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NoticeKind {
    /// Something failed: read out at once.
    Error,
    /// Something to think about.
    Warning,
    /// It worked, or it is just so.
    Info,
}

impl NoticeKind {
    const fn class(self) -> &'static str {
        match self {
            Self::Error => "notice error",
            Self::Warning => "notice warning",
            Self::Info => "notice info",
        }
    }

    const fn icon(self) -> IconName {
        match self {
            Self::Error | Self::Warning => IconName::Alert,
            Self::Info => IconName::Info,
        }
    }

    /// Errors are alerts; the rest is said politely.
    const fn role(self) -> &'static str {
        match self {
            Self::Error => "alert",
            Self::Warning | Self::Info => "status",
        }
    }
}

/// A message with what can be done about it.
#[component]
pub fn Notice(
    /// Its kind
    kind: NoticeKind,
    /// Sentences, and the buttons or links of the next step
    children: Children,
) -> impl IntoView {
    view! {
        <div class=kind.class() role=kind.role()>
            <Icon name=kind.icon() />
            <div class="notice-body">{children()}</div>
        </div>
    }
}

/// What went wrong, what the server said, the next step, and the trace id.
#[component]
pub fn ProblemNotice(
    /// What was not possible: a title
    title: &'static str,
    /// Why
    problem: Problem,
    /// The next step in words, where it is not that of a reading
    #[prop(optional)]
    next: Option<&'static str>,
    /// Buttons and links
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let next = next.unwrap_or_else(|| text::problem::next_step(&problem));
    view! {
        <Notice kind=NoticeKind::Error>
            <p class="notice-title">{title}</p>
            <p>{text::problem::description(&problem)} " " {next}</p>
            {problem.said.as_deref().map(|said| view! { <p class="said"><bdi>{text::problem::api_message(said)}</bdi></p> })}
            {problem.trace.as_deref().map(|trace| view! { <p class="trace"><bdi>{text::problem::trace_id(trace)}</bdi></p> })}
            {children.map(|children| view! { <div class="actions">{children()}</div> })}
        </Notice>
    }
}

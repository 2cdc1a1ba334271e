//! A message in the page.

use crate::components::shared::{Icon, IconName};
use leptos::prelude::*;

/// How serious a message is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NoticeKind {
    /// Something failed. Screen readers interrupt to read it.
    Error,
    /// Something to check.
    Warning,
    /// Good to know.
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

    const fn role(self) -> &'static str {
        match self {
            Self::Error => "alert",
            Self::Warning | Self::Info => "status",
        }
    }
}

/// A message and what can be done about it.
#[component]
pub fn Notice(
    /// How serious it is
    kind: NoticeKind,
    /// In a frame, where notices of the shell stand above the page, it lies over the banner instead: nothing moves for it
    #[prop(optional)]
    over_banner: bool,
    /// The sentences, then the buttons or links for the next step
    children: Children,
) -> impl IntoView {
    view! {
        <div class=kind.class() class:over-banner=over_banner role=kind.role()>
            <Icon name=kind.icon() />
            <div class="notice-body">{children()}</div>
        </div>
    }
}

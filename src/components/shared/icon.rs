//! Icons: a closed set over one sprite.

use leptos::prelude::*;

/// The icons in the sprite.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum IconName {
    /// A plus
    Plus,
    /// A magnifying glass
    Search,
    /// A circle with an exclamation mark
    Alert,
    /// A circle with an i
    Info,
    /// A tick
    Check,
    /// Two sheets
    Copy,
    /// An arrow upwards
    Up,
    /// An arrow downwards
    Down,
    /// A square: stop
    Stop,
    /// A circular arrow
    Refresh,
    /// Two arrows: once more
    Again,
    /// A cross
    Close,
    /// A calendar
    Calendar,
    /// Clock
    Clock,
}

impl IconName {
    const fn href(self) -> &'static str {
        match self {
            Self::Plus => "#icon-plus",
            Self::Search => "#icon-search",
            Self::Alert => "#icon-alert",
            Self::Info => "#icon-info",
            Self::Check => "#icon-check",
            Self::Copy => "#icon-copy",
            Self::Up => "#icon-up",
            Self::Down => "#icon-down",
            Self::Stop => "#icon-stop",
            Self::Refresh => "#icon-refresh",
            Self::Again => "#icon-again",
            Self::Close => "#icon-close",
            Self::Calendar => "#icon-calendar",
            Self::Clock => "#icon-clock",
        }
    }
}

/// An icon. Decoration only: the words stand beside it.
#[component]
pub fn Icon(
    /// Which one
    name: IconName,
) -> impl IntoView {
    view! {
        <svg class="icon" aria-hidden="true" focusable="false">
            <use href=name.href()></use>
        </svg>
    }
}

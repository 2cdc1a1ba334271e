//! Icons from the one sprite (`style/icons.svg`).

use leptos::prelude::*;

/// The icons in the sprite.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum IconName {
    /// A plus sign
    Plus,
    /// A minus sign
    Minus,
    /// A magnifying glass
    Search,
    /// A circle with an exclamation mark
    Alert,
    /// A circle with an i
    Info,
    /// A check mark
    Check,
    /// Two sheets of paper
    Copy,
    /// An arrow pointing up
    Up,
    /// An arrow pointing down
    Down,
    /// A filled square
    Stop,
    /// A circular arrow
    Refresh,
    /// Two arrows in a loop
    Again,
    /// A cross
    Close,
    /// A calendar
    Calendar,
    /// A clock
    Clock,
    /// Sliders
    Settings,
    /// A circle with a question mark
    Help,
    /// A bookmark
    Views,
    /// Columns
    Display,
    /// An arrow pointing down to a line
    Download,
    /// Lines that get shorter
    Filter,
    /// A bell
    Bell,
    /// A filled bell
    BellOn,
    /// Three dots
    More,
}

impl IconName {
    const fn href(self) -> &'static str {
        match self {
            Self::Plus => "#icon-plus",
            Self::Minus => "#icon-minus",
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
            Self::Settings => "#icon-settings",
            Self::Help => "#icon-help",
            Self::Views => "#icon-views",
            Self::Display => "#icon-display",
            Self::Download => "#icon-download",
            Self::Filter => "#icon-filter",
            Self::Bell => "#icon-bell",
            Self::BellOn => "#icon-bell-on",
            Self::More => "#icon-more",
        }
    }
}

/// An icon, hidden from screen readers: a visible or accessible text always goes with it.
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

//! Icons: a closed set over one sprite.

use crate::dom::{Node, component, view};

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
            Self::Plus => "icons.svg#plus",
            Self::Search => "icons.svg#search",
            Self::Alert => "icons.svg#alert",
            Self::Info => "icons.svg#info",
            Self::Check => "icons.svg#check",
            Self::Copy => "icons.svg#copy",
            Self::Up => "icons.svg#up",
            Self::Down => "icons.svg#down",
            Self::Stop => "icons.svg#stop",
            Self::Refresh => "icons.svg#refresh",
            Self::Again => "icons.svg#again",
            Self::Close => "icons.svg#close",
            Self::Calendar => "icons.svg#calendar",
            Self::Clock => "icons.svg#clock",
        }
    }
}

/// An icon. Decoration only: the words stand beside it.
#[component]
pub fn Icon(
    /// Which one
    name: IconName,
) -> Node {
    view! {
        <svg class="icon" aria-hidden="true" focusable="false">
            <use href=name.href()></use>
        </svg>
    }
}

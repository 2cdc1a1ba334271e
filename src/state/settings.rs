//! What a person chose for themselves: zone, theme, and how often what is shown is read again; kept in this browser.

mod list_preferences;

use crate::browser::{self, zones::Zone};
use leptos::prelude::*;
pub use list_preferences::{OPTIONAL, Saved};
use runboard_core::config::{Config, Theme};
use runboard_core::list::saved_views::View;
use runboard_core::query::SortKey;
use runboard_core::time::Timestamp;
use runboard_core::time::print::{Precision, print};

const ZONE_KEY: &str = "runboard.zone";
const THEME_KEY: &str = "runboard.theme";

const UPDATES_KEY: &str = "runboard.updates";
const PAUSED: &str = "paused";

/// How often what is shown is read again.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Updates {
    /// Only when the person asks.
    Paused,
    /// Every so many seconds, 5 to 300, while nothing else calls for it.
    Every(u32),
}

impl Updates {
    /// As it is kept: a word or a number.
    pub fn word(self) -> String {
        match self {
            Self::Paused => PAUSED.to_owned(),
            Self::Every(seconds) => seconds.to_string(),
        }
    }

    /// Reads that.
    pub fn from_word(word: &str) -> Option<Self> {
        if word == PAUSED {
            return Some(Self::Paused);
        }
        word.parse().ok().filter(|seconds| (5..=300).contains(seconds)).map(Self::Every)
    }
}

/// Zone, theme, and how often things are read again.
#[derive(Clone, Copy)]
pub struct Settings {
    zone: RwSignal<Zone>,
    theme: RwSignal<Theme>,
    updates: RwSignal<Updates>,
    /// Whether the embedding page says which zone and theme it is.
    given: RwSignal<(bool, bool)>,
    configured_seconds: u32,
    views: RwSignal<Vec<View>>,
    hidden: RwSignal<Vec<SortKey>>,
    compact: RwSignal<bool>,
    shortcuts: RwSignal<bool>,
}

impl Settings {
    /// What was saved in this browser, else what is configured, else UTC and the system's colours.
    pub fn load(config: &Config) -> Self {
        let zone = browser::storage::local_get(ZONE_KEY)
            .and_then(|name| Zone::named(&name))
            .or_else(|| Zone::named(&config.zone))
            .unwrap_or_else(Zone::utc);
        let theme =
            browser::storage::local_get(THEME_KEY).and_then(|word| Theme::from_word(&word)).unwrap_or(config.theme);
        browser::page::set_theme(theme.word());
        let updates = browser::storage::local_get(UPDATES_KEY)
            .and_then(|word| Updates::from_word(&word))
            .unwrap_or(Updates::Every(config.poll_seconds));
        let kept = list_preferences::load();
        Self {
            zone: RwSignal::new(zone),
            theme: RwSignal::new(theme),
            updates: RwSignal::new(updates),
            given: RwSignal::new((false, false)),
            configured_seconds: config.poll_seconds,
            views: RwSignal::new(kept.views),
            hidden: RwSignal::new(kept.hidden),
            compact: RwSignal::new(kept.compact),
            shortcuts: RwSignal::new(kept.shortcuts),
        }
    }

    /// The zone that times are shown in; tracked.
    pub fn zone(self) -> Zone {
        self.zone.get()
    }

    /// The zone; not tracked.
    pub fn zone_untracked(self) -> Zone {
        self.zone.get_untracked()
    }

    /// Shows times in another zone, from now on and in this browser.
    pub fn set_zone(self, zone: Zone) {
        browser::storage::local_set(ZONE_KEY, zone.name());
        self.zone.set(zone);
    }

    /// The theme; tracked.
    pub fn theme(self) -> Theme {
        self.theme.get()
    }

    /// Uses another theme, from now on and in this browser.
    pub fn set_theme(self, theme: Theme) {
        browser::storage::local_set(THEME_KEY, theme.word());
        browser::page::set_theme(theme.word());
        self.theme.set(theme);
    }

    /// Follows the embedding page from now on in what it says; nothing of it is kept in this browser. Says whether the zone
    /// is one that this browser knows.
    pub fn follow(self, zone: Option<&str>, theme: Option<Theme>) -> bool {
        let known = zone.map(Zone::named);
        self.given.set((matches!(known, Some(Some(_))), theme.is_some()));
        if let Some(theme) = theme {
            browser::page::set_theme(theme.word());
            self.theme.set(theme);
        }
        match known {
            Some(Some(zone)) => self.zone.set(zone),
            Some(None) => return false,
            None => {}
        }
        true
    }

    /// Whether the embedding page says which zone and which theme it is; tracked. Then there is nothing to choose.
    pub fn given(self) -> (bool, bool) {
        self.given.get()
    }

    /// How often what is shown is read again; tracked.
    pub fn updates(self) -> Updates {
        self.updates.get()
    }

    /// The interval that was chosen, or else configured; not tracked.
    pub fn interval_seconds(self) -> u32 {
        match self.updates.get_untracked() {
            Updates::Every(seconds) => seconds,
            Updates::Paused => self.configured_seconds,
        }
    }

    /// What is configured, for the choice.
    pub fn configured_seconds(self) -> u32 {
        self.configured_seconds
    }

    /// Reads again as often as this, from now on and in this browser.
    pub fn set_updates(self, updates: Updates) {
        browser::storage::local_set(UPDATES_KEY, &updates.word());
        self.updates.set(updates);
    }

    /// Prints a time in the chosen zone; tracked. Every printed time comes from here.
    pub fn print(self, at: Timestamp, precision: Precision) -> String {
        self.zone.with(|zone| print(at, zone.offset(at), precision))
    }
}

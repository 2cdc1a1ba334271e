//! The person's choices, stored in this browser: time zone, theme, refresh interval, and how the list looks.

mod list_preferences;

use crate::browser::page;
use crate::browser::storage::{local_get, local_set};
use crate::browser::zones::Zone;
use crate::leak::leak;
use crate::text::planning as words;
use leptos::prelude::*;
pub(crate) use list_preferences::{FormerView, SaveOutcome};
use runboard_core::config::{Config, Theme};
use runboard_core::list::columns::Columns;
use runboard_core::list::row_height::RowHeight;
use runboard_core::list::saved_views::SavedView;
use runboard_core::time::Timestamp;
use runboard_core::time::print::{clock, clock_in_zone, in_words, readable, readable_end};
use runboard_core::window::Window;

const ZONE_KEY: &str = "runboard.zone";
const THEME_KEY: &str = "runboard.theme";

const UPDATES_KEY: &str = "runboard.updates";
const PAUSED: &str = "paused";

/// How often what is on screen is refreshed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Updates {
    /// Only when the person asks.
    Paused,
    /// Every so many seconds (5 to 300); the poll policy may refresh more often.
    Every(u32),
}

impl Updates {
    /// The stored form: `paused`, or the seconds.
    pub(crate) fn word(self) -> String {
        match self {
            Self::Paused => PAUSED.to_owned(),
            Self::Every(seconds) => seconds.to_string(),
        }
    }

    /// Parses the stored form.
    pub(crate) fn from_word(word: &str) -> Option<Self> {
        if word == PAUSED {
            return Some(Self::Paused);
        }
        word.parse().ok().filter(|seconds| (5..=300).contains(seconds)).map(Self::Every)
    }
}

/// The person's choices.
pub struct Settings {
    zone: RwSignal<Zone>,
    theme: RwSignal<Theme>,
    updates: RwSignal<Updates>,
    /// Whether the host page has set the zone and the theme.
    set_by_host: RwSignal<(bool, bool)>,
    configured_seconds: u32,
    views: RwSignal<Vec<SavedView>>,
    columns: RwSignal<Columns>,
    row_height: RwSignal<RowHeight>,
    shortcuts: RwSignal<bool>,
}

impl Settings {
    /// Loads the choices stored in this browser; those not made are taken from the configuration.
    pub(crate) fn load(config: &Config) -> &'static Self {
        let zone = local_get(ZONE_KEY)
            .and_then(|name| Zone::named(&name))
            .or_else(|| Zone::named(config.zone.as_deref()?))
            .unwrap_or_else(Zone::local);
        let theme = local_get(THEME_KEY).and_then(|word| Theme::from_word(&word)).unwrap_or(config.theme);
        page::set_theme(theme.word());
        let updates = local_get(UPDATES_KEY)
            .and_then(|word| Updates::from_word(&word))
            .unwrap_or(Updates::Every(config.poll_seconds));
        let list = list_preferences::load();
        let settings = leak(Self {
            zone: RwSignal::new(zone),
            theme: RwSignal::new(theme),
            updates: RwSignal::new(updates),
            set_by_host: RwSignal::new((false, false)),
            configured_seconds: config.poll_seconds,
            views: RwSignal::new(list.views),
            columns: RwSignal::new(list.columns),
            row_height: RwSignal::new(list.row_height),
            shortcuts: RwSignal::new(list.shortcuts),
        });
        settings.follow_other_tabs();
        settings
    }

    /// The zone that times are shown in; tracked.
    pub(crate) fn zone(&'static self) -> Zone {
        self.zone.get()
    }

    /// The zone; not tracked.
    pub fn zone_untracked(&'static self) -> Zone {
        self.zone.get_untracked()
    }

    /// Sets and stores the zone.
    pub fn set_zone(&'static self, zone: Zone) {
        local_set(ZONE_KEY, zone.name());
        self.zone.set(zone);
    }

    /// The theme; tracked.
    pub fn theme(&'static self) -> Theme {
        self.theme.get()
    }

    /// Sets and stores the theme.
    pub(crate) fn set_theme(&'static self, theme: Theme) {
        local_set(THEME_KEY, theme.word());
        page::set_theme(theme.word());
        self.theme.set(theme);
    }

    /// Uses the zone and theme that the host page asks for, without storing them. Returns false if this browser does not know the
    /// zone.
    pub fn apply_host_appearance(&'static self, zone: Option<&str>, theme: Option<Theme>) -> bool {
        let zone = zone.map(Zone::named);
        self.set_by_host.set((matches!(zone, Some(Some(_))), theme.is_some()));
        if let Some(theme) = theme {
            page::set_theme(theme.word());
            self.theme.set(theme);
        }
        match zone {
            Some(Some(zone)) => self.zone.set(zone),
            Some(None) => return false,
            None => {}
        }
        true
    }

    /// Whether the host page has set the zone and the theme, so that the person cannot choose them; tracked.
    pub(crate) fn set_by_host(&'static self) -> (bool, bool) {
        self.set_by_host.get()
    }

    /// The refresh interval; tracked.
    pub(crate) fn updates(&'static self) -> Updates {
        self.updates.get()
    }

    /// The refresh interval in seconds, while paused the configured one; not tracked.
    pub(crate) fn interval_seconds(&'static self) -> u32 {
        match self.updates.get_untracked() {
            Updates::Every(seconds) => seconds,
            Updates::Paused => self.configured_seconds,
        }
    }

    /// The configured refresh interval in seconds.
    pub(crate) fn configured_seconds(&'static self) -> u32 {
        self.configured_seconds
    }

    /// Sets and stores the refresh interval.
    pub(crate) fn set_updates(&'static self, updates: Updates) {
        local_set(UPDATES_KEY, &updates.word());
        self.updates.set(updates);
    }

    /// Formats a time as people read it (`Mon 30 Nov 09:00`), without the zone, which is named once beside a group of times;
    /// tracked. `now`: the year is left out where it is the same.
    pub(crate) fn print_readable(&'static self, at: Timestamp, now: Timestamp) -> String {
        self.zone.with(|zone| readable(at, zone.offset(at), now))
    }

    /// Formats a time for a column whose width is that of `Mon 30 Nov 09:00`: where the year is told, the weekday is left out;
    /// tracked.
    pub(crate) fn print_in_column(&'static self, at: Timestamp, now: Timestamp) -> String {
        let text = self.print_readable(at, now);
        let with_year = text.splitn(5, ' ').count() > 4;
        let short = text.split_once(' ').filter(|_| with_year).map(|(_, rest)| rest.to_owned());
        short.unwrap_or(text)
    }

    /// Formats a time of today (`14:05:10`), without the zone; tracked.
    pub(crate) fn print_clock(&'static self, at: Timestamp) -> String {
        self.zone.with(|zone| clock(at, zone.offset(at)))
    }

    /// Formats the end of a window whose start stands before it, shorter where both are on one day; tracked.
    pub(crate) fn print_readable_end(&'static self, window: Window, now: Timestamp) -> String {
        let Window { start, end, .. } = window;
        self.zone.with(|zone| readable_end(start, end, (zone.offset(start), zone.offset(end)), now))
    }

    /// Formats a window: `Mon 30 Nov 09:00 – 17:00`; tracked.
    pub(crate) fn print_window(&'static self, window: Window, now: Timestamp) -> String {
        words::window(&self.print_readable(window.start, now), &self.print_readable_end(window, now))
    }

    /// Formats a time in the chosen zone; tracked. Every time on screen is formatted here or in one of the functions above.
    pub(crate) fn print(&'static self, at: Timestamp) -> String {
        self.zone.with(|zone| in_words(at, zone.offset(at)))
    }

    /// Formats a time of today with the zone (`14:05:10 UTC`), for where the zone is not named beside it; tracked.
    pub(crate) fn print_clock_in_zone(&'static self, at: Timestamp) -> String {
        self.zone.with(|zone| clock_in_zone(at, zone.offset(at)))
    }
}

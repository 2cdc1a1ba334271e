//! What a person chose for themselves: zone and theme, kept in this browser.

use crate::browser::{self, zones::Zone};
use crate::lasting::lasting;
use crate::reactive::RwSignal;
use runboard_core::config::{Config, Theme};
use runboard_core::time::Timestamp;
use runboard_core::time::print::{Precision, print};

const ZONE_KEY: &str = "runboard.zone";
const THEME_KEY: &str = "runboard.theme";

/// Zone and theme.
pub struct Settings(&'static Parts);

/// What it is made of.
pub struct Parts {
    zone: RwSignal<Zone>,
    theme: RwSignal<Theme>,
}

lasting!(Settings, Parts);

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
        Self::keep(Parts { zone: RwSignal::new(zone), theme: RwSignal::new(theme) })
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

    /// Prints a time in the chosen zone; tracked. Every printed time comes from here.
    pub fn print(self, at: Timestamp, precision: Precision) -> String {
        self.zone.with(|zone| print(at, zone.offset(at), precision))
    }
}

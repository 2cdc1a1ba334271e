//! Whether what happens to the runs is noticed now, or why it is not.

use super::clock::Clock;
use super::list_feed::ListFeed;
use super::poller::{Feed, Poller};
use super::settings::{Settings, Updates};

/// Why nothing is noticed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Obstacle {
    /// The computer is offline.
    Offline,
    /// The person has paused updates.
    Paused,
    /// The last read failed.
    NotLoaded,
}

/// Knows whether the runs are being read, and how that went.
#[derive(Clone, Copy)]
pub struct Noticing {
    pub(crate) clock: &'static Clock,
    pub(crate) settings: &'static Settings,
    pub(crate) poller: &'static Poller,
    pub(crate) list: &'static ListFeed,
}

impl Noticing {
    /// Why nothing is noticed now, if that is so; tracked.
    pub fn obstacle(self) -> Option<Obstacle> {
        let Self { clock, settings, poller, list } = self;
        // Bells need the list. Where nothing asks for it, the run that is shown says whether the API answers.
        let is_failing = || list.is_failing().or_else(|| poller.is_failing(Feed::Run)).unwrap_or_default();
        if !clock.online() {
            Some(Obstacle::Offline)
        } else if settings.updates() == Updates::Paused {
            Some(Obstacle::Paused)
        } else {
            is_failing().then_some(Obstacle::NotLoaded)
        }
    }
}

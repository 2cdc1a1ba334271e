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
    /// The last read of the list failed.
    NotLoaded,
    /// The last read of the run that is shown failed, and nothing else is read.
    RunNotLoaded,
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
        if !clock.online() {
            Some(Obstacle::Offline)
        } else if settings.updates() == Updates::Paused {
            Some(Obstacle::Paused)
        } else {
            match list.is_failing() {
                Some(is_failing) => is_failing.then_some(Obstacle::NotLoaded),
                None => poller.is_failing(Feed::Run)?.then_some(Obstacle::RunNotLoaded),
            }
        }
    }
}

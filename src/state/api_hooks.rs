//! What the API client learns from and tells the session, the clock and the host page.

use super::clock::Clock;
use super::embed_host::EmbedHost;
use super::session::Session;
use crate::api::transport::Call;
use crate::api::{AuthorizedRequest, Hooks};
use crate::text::problem as words;
use runboard_core::embed::Said;
use runboard_core::problem::Problem;
use runboard_core::time::Timestamp;
use runboard_core::time::server_clock::ClockReading;

/// Connects the client with the state.
pub struct ApiHooks {
    session: Session,
    clock: Clock,
    host: EmbedHost,
}

impl ApiHooks {
    /// For this session.
    pub fn new(session: Session, clock: Clock, host: EmbedHost) -> Self {
        Self { session, clock, host }
    }
}

impl Hooks for ApiHooks {
    fn authorize(&self, call: Call) -> Option<AuthorizedRequest> {
        let clock = self.clock;
        self.session.authorize(call.on_date(move |asked, received, date| clock.observe_date(asked, received, date)))
    }

    fn token_accepted(&self, number: u32) {
        self.session.token_accepted(number);
    }

    fn token_refused(&self, number: u32, expired: bool) {
        self.session.token_refused(number, expired);
    }

    fn action_dated(&self, [asked, received]: [ClockReading; 2], stamp: Timestamp, created: bool) {
        self.clock.observe_action(asked, received, stamp, created);
    }

    fn request_failed(&self, problem: &Problem) {
        self.host.say(Said::Error("api", &words::what(problem)));
    }
}

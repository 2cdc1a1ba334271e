//! Connects the API client with the session, the clock and the host page.

use super::clock::Clock;
use super::embed_host::EmbedHost;
use super::session::Session;
use crate::api::transport::HttpRequest;
use crate::api::{AuthorizedRequest, Hooks};
use crate::text::problem as words;
use runboard_core::problem::Problem;
use runboard_core::time::Timestamp;
use runboard_core::time::server_clock::ClockReading;

/// The client's [`Hooks`].
pub(crate) struct ApiHooks {
    session: &'static Session,
    clock: &'static Clock,
    host: &'static EmbedHost,
}

impl ApiHooks {
    pub(crate) fn new(session: &'static Session, clock: &'static Clock, host: &'static EmbedHost) -> Self {
        Self { session, clock, host }
    }
}

impl Hooks for ApiHooks {
    fn authorize(&self, request: HttpRequest) -> Option<AuthorizedRequest> {
        let clock = self.clock;
        self.session.authorize(request.on_date(move |sent, received, date| clock.observe_date(sent, received, date)))
    }

    fn token_accepted(&self, number: u32) {
        self.session.token_accepted(number);
    }

    fn token_refused(&self, number: u32, expired: bool) {
        self.session.token_refused(number, expired);
    }

    fn action_stamped(&self, [sent, received]: [ClockReading; 2], stamp: Timestamp, created: bool) {
        self.clock.observe_action(sent, received, stamp, created);
    }

    fn request_failed(&self, problem: &Problem) {
        self.host.report(|| words::description(problem));
    }
}

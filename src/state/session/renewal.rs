//! Tokens from a portal are renewed without the person: before they expire, and when the API refuses one that it accepted before.

use super::{Refused, SIGNED_OUT_KEY, Session, SessionState, SignedOut, Token, portal_token};
use crate::browser::storage;
use crate::config::AuthSource;
use leptos::prelude::*;
use leptos::task::spawn_local;
use runboard_core::claims::Claims;
use runboard_core::time::{Span, Timestamp};

/// The least time between two attempts to renew a token ahead of its expiry, in milliseconds.
const MIN_RENEWAL_INTERVAL: i64 = 30_000;

impl Session {
    /// Renews the token if it expires soon; to be called with every tick of the clock.
    pub(crate) fn renew_if_due(&'static self, now: Timestamp) {
        if !self.can_renew() || self.state.with_untracked(|state| *state != SessionState::SignedIn) {
            return;
        }
        let due_at = self.claims.with_untracked(|claims| claims.as_ref().and_then(renewal_due_at));
        // `abs`, because the clock may have been set back.
        let may_try = self.fetched_at.get_value().is_none_or(|at| now.since(at).millis().abs() >= MIN_RENEWAL_INTERVAL);
        if may_try && due_at.is_some_and(|due_at| now >= due_at) {
            self.fetch_token();
        }
    }

    /// Whether tokens come from a token endpoint or the host page, so that they can be renewed without the person.
    pub(crate) fn can_renew(&'static self) -> bool {
        !matches!(self.config.get().auth, AuthSource::Paste)
    }

    /// Asks the token endpoint or the host page for a token, because the person wants to sign in (again).
    pub(crate) fn sign_in_with_portal(&'static self) {
        storage::session_remove(SIGNED_OUT_KEY);
        let refused = self.state.with_untracked(|state| matches!(state, SessionState::Refused(_)));
        self.state.set(if refused { SessionState::Refused(Refused::Renewing) } else { SessionState::Starting });
        self.fetch_token();
    }

    /// Fetches a token, unless that is under way already.
    pub(super) fn fetch_token(&'static self) {
        let config = self.config.get();
        if config.auth == AuthSource::Paste {
            return;
        }
        if self.fetching.try_update_value(|fetching| std::mem::replace(fetching, true)) != Some(false) {
            return;
        }
        self.fetched_at.set_value(Some(self.clock.now()));
        match &config.auth {
            AuthSource::Endpoint { token_url } => {
                let url = token_url.clone();
                spawn_local(async move {
                    let outcome = portal_token::fetch(&url, self.clock).await;
                    self.on_fetched(outcome);
                });
            }
            _ => self.host.request_token(move |answer| {
                self.on_fetched(answer.map_err(SignedOut::FromHost).and_then(|text| portal_token::parse(&text)));
            }),
        }
    }

    fn on_fetched(&'static self, outcome: Result<(Token, Claims), SignedOut>) {
        self.fetching.try_update_value(|fetching| *fetching = false);
        let Some(state) = self.state.try_get_untracked() else { return };
        // The person signed out meanwhile.
        if matches!(
            state,
            SessionState::SignedOut(SignedOut::ByPerson | SignedOut::InAnotherTab | SignedOut::Idle { .. })
        ) {
            return;
        }
        match outcome {
            Ok((token, claims)) => self.accept(token, claims),
            Err(why) => match state {
                // A renewal ahead of time failed, but the token is still good: a later tick tries again.
                SessionState::SignedIn if self.is_valid() => {}
                SessionState::SignedIn | SessionState::Refused(_) => {
                    self.state.set(SessionState::Refused(Refused::CannotRenew(Box::new(why))));
                }
                _ => self.state.set(SessionState::SignedOut(why)),
            },
        }
    }

    fn is_valid(&'static self) -> bool {
        self.claims
            .with_untracked(|claims| claims.as_ref().is_some_and(|claims| claims.check(self.clock.now()).is_ok()))
    }
}

/// When a token is renewed: a fifth of its lifetime before it expires, kept within 30 s and 2 min, but at most half its lifetime.
fn renewal_due_at(claims: &Claims) -> Option<Timestamp> {
    let expires_at = claims.expires_at?;
    let lifetime = claims.issued_at.map_or(Span::from_minutes(15), |issued_at| expires_at.since(issued_at));
    let ahead = (lifetime.millis() / 5).clamp(30_000, 120_000).min(lifetime.millis() / 2);
    Some(expires_at.plus(Span::from_millis(-ahead)))
}

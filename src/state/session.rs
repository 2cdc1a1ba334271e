//! The session: the token, where it comes from, where it is kept, and when it ends.
//!
//! The token is opaque: only [`Session::authorize`] puts it on a request, it has no `Debug` that shows it, and it is never part of
//! an address, a message or an error.

mod source;
mod token;

use crate::api::AuthorizedRequest;
use crate::api::transport::Call;
use crate::browser::storage;
use crate::config::{AuthSource, ConfigHandle, TokenStorage};
use crate::state::clock::Clock;
use crate::state::embed_host::{EmbedHost, NoToken};
use leptos::prelude::*;
use leptos::task::spawn_local;
use runboard_core::claims::{self, Claims, TokenFault};
use runboard_core::problem::Problem;
use runboard_core::time::{Span, Timestamp};
use token::Token;

const TOKEN_KEY: &str = "runboard.token";
const SIGNED_OUT_KEY: &str = "runboard.signed-out";

/// Where the session stands.
#[derive(Clone, PartialEq, Debug)]
pub enum SessionState {
    /// The token endpoint is being asked for the first token.
    Starting,
    /// No token; nothing of the API is on screen.
    SignedOut(SignedOut),
    /// There is a token that the API has not refused.
    SignedIn,
    /// The API refused the token; what is on screen stays until there is a new one.
    Refused(Refused),
}

/// Why there is no token.
#[derive(Clone, PartialEq, Debug)]
pub enum SignedOut {
    /// None was given yet.
    NotYet,
    /// The one kept for this tab had expired.
    Expired(Timestamp),
    /// The person signed out.
    ByPerson,
    /// The person signed out in another tab.
    InAnotherTab,
    /// The token endpoint says that the person is not signed in to the portal.
    PortalFirst,
    /// The token endpoint failed.
    EndpointFailed(Problem),
    /// The token endpoint or the embedding page gave something that is not a usable token.
    EndpointToken(TokenFault),
    /// The embedding page gave none.
    FromHost(NoToken),
}

/// Why a new token is needed.
#[derive(Clone, PartialEq, Debug)]
pub enum Refused {
    /// A new one is being fetched; nothing to do.
    Renewing,
    /// The API refused it.
    ByApi {
        /// Whether it said that the token has expired.
        expired: bool,
    },
    /// The token endpoint could not give a new one.
    CannotRenew(Box<SignedOut>),
}

/// What became of a new token.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Taken {
    /// First token, or one that speaks for the same application and subject.
    Same,
    /// It speaks for another application or subject: what was loaded before has to go.
    Other,
}

/// The session.
#[derive(Clone, Copy)]
pub struct Session {
    config: ConfigHandle,
    clock: Clock,
    portal: EmbedHost,
    state: RwSignal<SessionState>,
    token: StoredValue<Option<Token>>,
    claims: RwSignal<Option<Claims>>,
    epoch: RwSignal<u32>,
    proved: StoredValue<bool>,
    fetching: StoredValue<bool>,
    tried_at: StoredValue<Option<Timestamp>>,
    kept: RwSignal<bool>,
    on_other: StoredValue<Option<Callback<()>>>,
    switched: RwSignal<bool>,
}

impl Session {
    /// A session without a token.
    pub fn new(config: ConfigHandle, clock: Clock, portal: EmbedHost) -> Self {
        Self {
            config,
            clock,
            portal,
            state: RwSignal::new(SessionState::Starting),
            token: StoredValue::new(None),
            claims: RwSignal::new(None),
            epoch: RwSignal::new(0),
            proved: StoredValue::new(false),
            fetching: StoredValue::new(false),
            tried_at: StoredValue::new(None),
            kept: RwSignal::new(true),
            on_other: StoredValue::new(None),
            switched: RwSignal::new(false),
        }
    }

    /// Starts: takes the token kept for this tab, or asks the endpoint. `forget` clears all that was loaded with the token before.
    pub fn start(self, forget: Callback<()>) {
        self.on_other.set_value(Some(forget));
        if storage::session_get(SIGNED_OUT_KEY).is_some() {
            self.state.set(SessionState::SignedOut(SignedOut::ByPerson));
            return;
        }
        let mut why = SignedOut::NotYet;
        if let Some(kept) = storage::session_get(TOKEN_KEY) {
            match claims::read(&kept).and_then(|claims| claims.check(self.clock.now()).map(|()| claims)) {
                Ok(claims) => {
                    self.take(Token::new(kept), claims);
                    return;
                }
                Err(fault) => {
                    storage::session_remove(TOKEN_KEY);
                    if let TokenFault::Expired(at) = fault {
                        why = SignedOut::Expired(at);
                    }
                }
            }
        }
        if self.renews_itself() {
            self.fetch_token();
        } else {
            self.state.set(SessionState::SignedOut(why));
        }
    }

    /// Renews the token before it expires, where it can; call it with every tick of the clock.
    pub fn tend(self, now: Timestamp) {
        if !self.renews_itself() || self.state.with_untracked(|state| *state != SessionState::SignedIn) {
            return;
        }
        let due = self.claims.with_untracked(|claims| claims.as_ref().and_then(renewal_due));
        // Whatever the clocks say (one of them may be wrong), the endpoint is asked at most twice a minute.
        let rested = self.tried_at.get_value().is_none_or(|tried| now.since(tried).millis().abs() >= 30_000);
        if rested && due.is_some_and(|due| now >= due) {
            self.fetch_token();
        }
    }

    /// Where it stands; tracked.
    pub fn state(self) -> SessionState {
        self.state.get()
    }

    /// Whether the views are shown: signed in, or refused with the last state kept on screen; tracked.
    pub fn inside(self) -> bool {
        self.state.with(|state| matches!(state, SessionState::SignedIn | SessionState::Refused(_)))
    }

    /// The same; not tracked.
    pub fn inside_untracked(self) -> bool {
        let inside = |state: &SessionState| matches!(state, SessionState::SignedIn | SessionState::Refused(_));
        self.state.try_with_untracked(inside).unwrap_or(false)
    }

    /// What the token says of itself; tracked.
    pub fn claims(self) -> Option<Claims> {
        self.claims.get()
    }

    /// What the token says of itself; not tracked.
    pub fn claims_untracked(self) -> Option<Claims> {
        self.claims.get_untracked()
    }

    /// Rises with every new token; tracked. Reads that were refused go on when it does.
    pub fn epoch(self) -> u32 {
        self.epoch.get()
    }

    /// Rises with every new token; not tracked.
    pub fn epoch_untracked(self) -> u32 {
        self.epoch.get_untracked()
    }

    /// Whether the token survives a reload of this tab; tracked.
    pub fn kept(self) -> bool {
        self.kept.get()
    }

    /// Whether the last token spoke for another application or subject than the one before; tracked.
    pub fn switched(self) -> bool {
        self.switched.get()
    }

    /// The person has read that.
    pub fn acknowledge_switch(self) {
        self.switched.set(false);
    }

    /// Whether a token endpoint or the embedding page gives the tokens.
    pub fn renews_itself(self) -> bool {
        !matches!(self.config.get().auth, AuthSource::Paste)
    }

    /// Signs in with what a person pasted. Nothing is sent.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn sign_in(self, pasted: &str) -> Result<Taken, TokenFault> {
        let text = claims::clean(pasted);
        let claims = claims::read(&text)?;
        claims.check(self.clock.now())?;
        Ok(self.take(Token::new(text), claims))
    }

    /// Asks the token endpoint or the embedding page (again).
    pub fn sign_in_by_endpoint(self) {
        storage::session_remove(SIGNED_OUT_KEY);
        let refused = self.state.with_untracked(|state| matches!(state, SessionState::Refused(_)));
        self.state.set(if refused { SessionState::Refused(Refused::Renewing) } else { SessionState::Starting });
        self.fetch_token();
    }

    /// Forgets the token and everything loaded with it, because of the person's wish here or in another tab.
    pub fn sign_out(self, why: SignedOut) {
        storage::session_remove(TOKEN_KEY);
        storage::session_set(SIGNED_OUT_KEY, "1");
        self.token.set_value(None);
        self.claims.set(None);
        self.switched.set(false);
        self.state.set(SessionState::SignedOut(why));
        self.forget();
    }

    /// Whether there is a token; not tracked.
    pub fn has_token(self) -> bool {
        self.token.try_with_value(Option::is_some).unwrap_or(false)
    }

    /// Puts the token on a request to the API, if there is one.
    pub fn authorize(self, call: Call) -> Option<AuthorizedRequest> {
        let token = self.token.try_get_value().flatten()?;
        Some(AuthorizedRequest { call: token.attach(call), token_number: self.epoch.try_get_untracked()? })
    }

    /// The API accepted this token.
    pub fn token_accepted(self, number: u32) {
        if self.epoch.try_get_untracked() == Some(number) {
            self.proved.set_value(true);
        }
    }

    /// The API answered 401 to this token.
    pub fn token_refused(self, number: u32, expired: bool) {
        let current = self.epoch.try_get_untracked() == Some(number);
        let inside = self.state.try_with_untracked(|state| *state == SessionState::SignedIn).unwrap_or(false);
        if !current || !inside {
            return;
        }
        // A token that was refused before it ever worked would be refused again: asking for another would never end.
        if self.renews_itself() && self.proved.get_value() {
            self.state.set(SessionState::Refused(Refused::Renewing));
            self.fetch_token();
        } else {
            storage::session_remove(TOKEN_KEY);
            self.state.set(SessionState::Refused(Refused::ByApi { expired }));
        }
    }

    fn take(self, token: Token, claims: Claims) -> Taken {
        let taken = match self.claims.get_untracked() {
            Some(before) if !before.same_identity(&claims) => Taken::Other,
            _ => Taken::Same,
        };
        if taken == Taken::Other {
            self.forget();
        }
        self.switched.set(taken == Taken::Other);
        storage::session_remove(SIGNED_OUT_KEY);
        let keep = self.config.get().storage == TokenStorage::Session;
        self.kept.set(keep && token.keep(TOKEN_KEY));
        self.token.set_value(Some(token));
        self.claims.set(Some(claims));
        self.proved.set_value(false);
        self.state.set(SessionState::SignedIn);
        self.epoch.update(|epoch| *epoch = epoch.wrapping_add(1));
        taken
    }

    fn forget(self) {
        if let Some(forget) = self.on_other.get_value() {
            forget.run(());
        }
    }

    /// Single flight: a request under way serves everyone who asks meanwhile.
    fn fetch_token(self) {
        let config = self.config.get();
        if config.auth == AuthSource::Paste {
            return;
        }
        if self.fetching.try_update_value(|fetching| std::mem::replace(fetching, true)) != Some(false) {
            return;
        }
        self.tried_at.set_value(Some(self.clock.now()));
        match &config.auth {
            AuthSource::Endpoint { token_url } => {
                let url = token_url.clone();
                spawn_local(async move {
                    let outcome = source::fetch(&url, self.clock).await;
                    self.fetched(outcome);
                });
            }
            _ => self.portal.ask(move |given| {
                self.fetched(given.map_err(SignedOut::FromHost).and_then(|text| source::read(&text)));
            }),
        }
    }

    fn fetched(self, outcome: Result<(Token, Claims), SignedOut>) {
        self.fetching.try_update_value(|fetching| *fetching = false);
        self.settle(outcome);
    }

    fn settle(self, outcome: Result<(Token, Claims), SignedOut>) {
        let Some(state) = self.state.try_get_untracked() else { return };
        if matches!(state, SessionState::SignedOut(SignedOut::ByPerson | SignedOut::InAnotherTab)) {
            return;
        }
        match outcome {
            Ok((token, claims)) => {
                self.take(token, claims);
            }
            Err(why) => match state {
                // A renewal ahead of time may fail: the token is still good, and the next tick tries again.
                SessionState::SignedIn if self.still_valid() => {}
                SessionState::SignedIn | SessionState::Refused(_) => {
                    self.state.set(SessionState::Refused(Refused::CannotRenew(Box::new(why))));
                }
                _ => self.state.set(SessionState::SignedOut(why)),
            },
        }
    }

    fn still_valid(self) -> bool {
        self.claims
            .with_untracked(|claims| claims.as_ref().is_some_and(|claims| claims.check(self.clock.now()).is_ok()))
    }
}

/// A fifth of its life, and at least 30 s but at most 2 min, before it ends.
fn renewal_due(claims: &Claims) -> Option<Timestamp> {
    let ends = claims.expires_at?;
    let life = claims.issued_at.map_or(Span::from_minutes(15), |issued| ends.since(issued));
    let ahead = (life.millis() / 5).clamp(30_000, 120_000).min(life.millis() / 2);
    Some(ends.plus(Span::from_millis(-ahead)))
}

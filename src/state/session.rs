//! The session: the token, where it comes from, where it is stored, and when it ends.
//!
//! The token is opaque: only [`Session::authorize`] puts it on a request, it has no `Debug`, and it is never part of an address, a
//! message or an error.

mod portal_token;
mod renewal;
mod state;
mod token;

pub use state::{Refused, SessionState, SignedOut};

use crate::api::AuthorizedRequest;
use crate::api::transport::HttpRequest;
use crate::browser::storage;
use crate::config::{ConfigHandle, TokenStorage};
use crate::leak::leak;
use crate::state::clock::Clock;
use crate::state::embed_host::EmbedHost;
use leptos::prelude::*;
use runboard_core::claims::{self, Claims, TokenFault};
use runboard_core::time::Timestamp;
use token::Token;

const TOKEN_KEY: &str = "runboard.token";
/// Set after the person has signed out, so that the tab stays signed out.
const SIGNED_OUT_KEY: &str = "runboard.signed-out";

/// The session.
pub struct Session {
    config: &'static ConfigHandle,
    clock: &'static Clock,
    host: &'static EmbedHost,
    state: RwSignal<SessionState>,
    token: StoredValue<Option<Token>>,
    claims: RwSignal<Option<Claims>>,
    token_number: RwSignal<u32>,
    /// Whether the API has accepted the current token.
    accepted_by_api: StoredValue<bool>,
    fetching: StoredValue<bool>,
    /// When a token was last asked for.
    fetched_at: StoredValue<Option<Timestamp>>,
    token_is_stored: RwSignal<bool>,
    /// Clears everything that was loaded with the previous token.
    clear_loaded: StoredValue<Option<Callback<bool>>>,
    switched: RwSignal<bool>,
}

impl Session {
    pub(crate) fn new(config: &'static ConfigHandle, clock: &'static Clock, host: &'static EmbedHost) -> &'static Self {
        leak(Self {
            config,
            clock,
            host,
            state: RwSignal::new(SessionState::Starting),
            token: StoredValue::new(None),
            claims: RwSignal::new(None),
            token_number: RwSignal::new(0),
            accepted_by_api: StoredValue::new(false),
            fetching: StoredValue::new(false),
            fetched_at: StoredValue::new(None),
            token_is_stored: RwSignal::new(true),
            clear_loaded: StoredValue::new(None),
            switched: RwSignal::new(false),
        })
    }

    /// Starts the session with the token stored for this tab, or by fetching one from the portal. `clear_loaded` is called when the
    /// person signs out or becomes another one, to clear everything that was loaded before; with `true`, drafts and reports stay stored.
    pub fn start(&'static self, clear_loaded: Callback<bool>) {
        self.clear_loaded.set_value(Some(clear_loaded));
        if storage::session_get(SIGNED_OUT_KEY).is_some() {
            self.state.set(SessionState::SignedOut(SignedOut::ByPerson));
            return;
        }
        let mut why = SignedOut::NotYet;
        if let Some(stored) = storage::session_get(TOKEN_KEY) {
            match claims::read(&stored).and_then(|claims| claims.check(self.clock.now()).map(|()| claims)) {
                Ok(claims) => return self.accept(Token::new(stored), claims),
                Err(fault) => {
                    storage::session_remove(TOKEN_KEY);
                    if let TokenFault::Expired(at) = fault {
                        why = SignedOut::Expired(at);
                    }
                }
            }
        }
        if self.can_renew() {
            self.fetch_token();
        } else {
            self.state.set(SessionState::SignedOut(why));
        }
    }

    /// The state; tracked.
    pub fn state(&'static self) -> SessionState {
        self.state.get()
    }

    /// Whether the pages are shown, because somebody is signed in or was until the token was refused; tracked.
    pub(crate) fn shows_pages(&'static self) -> bool {
        self.state.with(SessionState::shows_pages)
    }

    /// Whether the pages are shown; not tracked.
    pub(crate) fn shows_pages_untracked(&'static self) -> bool {
        self.state.try_with_untracked(SessionState::shows_pages).unwrap_or(false)
    }

    /// The claims of the token; tracked.
    pub(crate) fn claims(&'static self) -> Option<Claims> {
        self.claims.get()
    }

    /// The claims of the token; not tracked.
    pub(crate) fn claims_untracked(&'static self) -> Option<Claims> {
        self.claims.get_untracked()
    }

    /// Rises with every new token; tracked. Reads that were refused are tried again when it does.
    pub(crate) fn token_number(&'static self) -> u32 {
        self.token_number.get()
    }

    /// Rises with every new token; not tracked.
    pub(crate) fn token_number_untracked(&'static self) -> u32 {
        self.token_number.get_untracked()
    }

    /// Whether the token is stored, so that it survives a reload of this tab; tracked.
    pub fn token_is_stored(&'static self) -> bool {
        self.token_is_stored.get()
    }

    /// Whether the current token is for another application or person than the one before, and that was not acknowledged; tracked.
    pub(crate) fn switched(&'static self) -> bool {
        self.switched.get()
    }

    /// The person has seen the notice about the switch.
    pub(crate) fn acknowledge_switch(&'static self) {
        self.switched.set(false);
    }

    /// Signs in with a pasted token. Nothing is sent.
    ///
    /// # Errors
    /// What is wrong with the token.
    pub fn sign_in(&'static self, pasted: &str) -> Result<(), TokenFault> {
        let text = claims::clean(pasted);
        let claims = claims::read(&text)?;
        claims.check(self.clock.now())?;
        self.accept(Token::new(text), claims);
        Ok(())
    }

    /// Removes the token and everything that was loaded with it, because the person signed out here or in another tab.
    pub fn sign_out(&'static self, why: SignedOut) {
        storage::session_remove(TOKEN_KEY);
        storage::session_set(SIGNED_OUT_KEY, "1");
        self.token.set_value(None);
        self.claims.set(None);
        self.switched.set(false);
        // Nobody chose to leave.
        let keeps_rest = matches!(why, SignedOut::Idle { .. });
        self.state.set(SessionState::SignedOut(why));
        self.clear_loaded(keeps_rest);
    }

    /// Whether there is a token; not tracked.
    pub fn has_token(&'static self) -> bool {
        self.token.try_with_value(Option::is_some).unwrap_or(false)
    }

    /// Attaches the token to a request to the API; `None` without a token.
    pub(crate) fn authorize(&'static self, request: HttpRequest) -> Option<AuthorizedRequest> {
        let token = self.token.try_get_value().flatten()?;
        let token_number = self.token_number.try_get_untracked()?;
        Some(AuthorizedRequest { request: token.attach(request), token_number })
    }

    /// The API accepted the token with this number.
    pub(crate) fn token_accepted(&'static self, number: u32) {
        if self.token_number.try_get_untracked() == Some(number) {
            self.accepted_by_api.set_value(true);
        }
    }

    /// The API answered 401 to the token with this number.
    pub(crate) fn token_refused(&'static self, number: u32, expired: bool) {
        let is_current = self.token_number.try_get_untracked() == Some(number);
        let is_signed_in = self.state.try_with_untracked(|state| *state == SessionState::SignedIn).unwrap_or(false);
        if !is_current || !is_signed_in {
            return;
        }
        // A token that the API never accepted is not renewed: the next one would be refused as well, without end.
        if self.can_renew() && self.accepted_by_api.get_value() {
            self.state.set(SessionState::Refused(Refused::Renewing));
            self.fetch_token();
        } else {
            storage::session_remove(TOKEN_KEY);
            self.state.set(SessionState::Refused(Refused::ByApi { expired }));
        }
    }

    fn accept(&'static self, token: Token, claims: Claims) {
        let switched = self.claims.get_untracked().is_some_and(|before| !before.same_identity(&claims));
        if switched {
            self.clear_loaded(false);
        }
        self.switched.set(switched);
        storage::session_remove(SIGNED_OUT_KEY);
        let may_store = self.config.get().storage == TokenStorage::Session;
        self.token_is_stored.set(may_store && token.store(TOKEN_KEY));
        self.token.set_value(Some(token));
        self.claims.set(Some(claims));
        self.accepted_by_api.set_value(false);
        self.state.set(SessionState::SignedIn);
        self.token_number.update(|number| *number = number.wrapping_add(1));
    }

    fn clear_loaded(&'static self, keeps_rest: bool) {
        if let Some(clear_loaded) = self.clear_loaded.get_value() {
            clear_loaded.run(keeps_rest);
        }
    }
}

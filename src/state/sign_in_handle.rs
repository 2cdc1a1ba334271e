//! What the sign-in components can do with the session.

use crate::state::session::{Session, SessionState};
use runboard_core::claims::TokenFault;
use runboard_core::time::Timestamp;

/// Signs in. It gives no access to the token or to requests.
#[derive(Clone, Copy)]
pub struct SignInHandle {
    session: &'static Session,
}

impl SignInHandle {
    /// Signs in to this session.
    pub fn new(session: &'static Session) -> Self {
        Self { session }
    }

    /// Signs in with a pasted token. Sends nothing.
    ///
    /// # Errors
    /// What is wrong with the token.
    pub fn with_pasted_token(self, pasted: &str) -> Result<(), TokenFault> {
        self.session.sign_in(pasted)?;
        Ok(())
    }

    /// Asks the token endpoint or the embedding page for a token.
    pub fn request_token(self) {
        self.session.sign_in_with_portal();
    }

    /// Whether tokens come from an endpoint or from the embedding page rather than from the clipboard.
    pub fn renews_itself(self) -> bool {
        self.session.can_renew()
    }

    /// When the token in use expires, if it was pasted and the API has not refused it; tracked.
    pub fn pasted_token_expiry(self) -> Option<Timestamp> {
        let expires_at = self.session.claims().and_then(|claims| claims.expires_at);
        expires_at.filter(|_| self.session.state() == SessionState::SignedIn && !self.renews_itself())
    }
}

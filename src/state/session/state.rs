//! The states of a session.

use runboard_core::claims::TokenFault;
use runboard_core::embed::NoToken;
use runboard_core::problem::Problem;
use runboard_core::time::Timestamp;

/// Whether somebody is signed in.
#[derive(Clone, PartialEq, Debug)]
pub enum SessionState {
    /// The first token is being fetched.
    Starting,
    /// There is no token, and nothing from the API is on screen.
    SignedOut(SignedOut),
    /// There is a token that the API has not refused.
    SignedIn,
    /// The API refused the token. What is on screen stays until there is a new one.
    Refused(Refused),
}

impl SessionState {
    /// Whether the pages are shown: also after the token was refused, so that nothing is lost from the screen.
    pub(super) const fn shows_pages(&self) -> bool {
        matches!(self, Self::SignedIn | Self::Refused(_))
    }
}

/// Why there is no token.
#[derive(Clone, PartialEq, Debug)]
pub enum SignedOut {
    /// Nobody has signed in in this tab yet.
    NotYet,
    /// The token stored for this tab had expired at that time.
    Expired(Timestamp),
    /// The person signed out.
    ByPerson,
    /// The person signed out in another tab.
    InAnotherTab,
    /// There was no key or pointer for so long (`auth.idleMinutes`).
    Idle {
        /// How long, in minutes.
        minutes: u32,
    },
    /// The token endpoint says that the person is not signed in to the portal.
    PortalFirst,
    /// The token endpoint failed.
    EndpointFailed(Problem),
    /// The token endpoint or the host page gave something that is not a usable token.
    EndpointToken(TokenFault),
    /// The host page gave no token.
    FromHost(NoToken),
}

/// What is done about a refused token.
#[derive(Clone, PartialEq, Debug)]
pub enum Refused {
    /// A new one is being fetched; the person has nothing to do.
    Renewing,
    /// The person has to sign in again.
    ByApi {
        /// Whether the API said that the token has expired.
        expired: bool,
    },
    /// The token endpoint or the host page could not give a new one.
    CannotRenew(Box<SignedOut>),
}

//! What a token says of itself. Decoded for display and expiry only: never verified here, never used to decide access.

use crate::time::Timestamp;

/// The claims this console shows. Every one may be missing.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Claims {
    /// `application_id`
    pub application_id: Option<String>,
    /// `sub`
    pub subject: Option<String>,
    /// `iat`
    pub issued_at: Option<Timestamp>,
    /// `exp`; a number or digits in a string (both were seen), seconds since the epoch
    pub expires_at: Option<Timestamp>,
    /// `nbf`
    pub not_before: Option<Timestamp>,
}

/// What is wrong with a pasted token.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TokenFault {
    /// Nothing was pasted.
    Empty,
    /// A private key was pasted (PEM): it must never enter a browser.
    PrivateKey,
    /// Not three parts with dots between them; how many there are.
    NotThreeParts(usize),
    /// A part is not base64url, or the header or payload is not a JSON object: cut off or altered.
    Damaged,
    /// Expired at that instant.
    Expired(Timestamp),
    /// Not valid before that instant.
    NotYet(Timestamp),
}

/// Removes what gets pasted along: `Authorization:`, `Bearer `, quotes, white space anywhere (line breaks of a mail included).
pub fn clean(pasted: &str) -> String {
    todo!()
}

/// Reads the claims of a cleaned token.
///
/// # Errors
/// What is wrong with its form; expiry is not looked at.
pub fn read(token: &str) -> Result<Claims, TokenFault> {
    todo!()
}

impl Claims {
    /// Whether the token can be used now (no leeway: the server decides, this only explains ahead).
    ///
    /// # Errors
    /// [`TokenFault::Expired`] or [`TokenFault::NotYet`].
    pub fn check(&self, now: Timestamp) -> Result<(), TokenFault> {
        todo!()
    }

    /// Whether both tokens speak for the same application and subject: what is on screen may stay.
    pub fn same_identity(&self, other: &Self) -> bool {
        self.application_id == other.application_id && self.subject == other.subject
    }
}

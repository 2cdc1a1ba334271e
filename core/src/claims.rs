//! The claims of a token, decoded for display and expiry only: never verified here, never used to decide access.

use crate::clean::comparable;
use crate::time::Timestamp;
use crate::wire::{claims as wire, read as read_json};
use serde::de::DeserializeOwned;

/// The claims this console shows. Any of them may be missing.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Claims {
    /// `application_id`
    pub application_id: Option<String>,
    /// `sub`
    pub subject: Option<String>,
    /// `iat`
    pub issued_at: Option<Timestamp>,
    /// `exp`, seconds since the epoch: a number, or digits in a string (both exist)
    pub expires_at: Option<Timestamp>,
    /// `nbf`
    pub not_before: Option<Timestamp>,
}

/// What is wrong with a pasted token.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TokenFault {
    /// Nothing was pasted.
    Empty,
    /// A private key (PEM) was pasted: it must never enter a browser.
    PrivateKey,
    /// Not three parts separated by dots; the number of parts.
    NotThreeParts(usize),
    /// A part is not base64url, or the header or payload is not a JSON object: the token was truncated or altered.
    Damaged,
    /// Expired at that instant.
    Expired(Timestamp),
    /// Not valid before that instant.
    NotYet(Timestamp),
}

/// Removes what is often pasted along: `Authorization:`, `Bearer `, quotes, and white space and invisible characters anywhere
/// (such as the line breaks of an email). Full-width letters become plain ones.
pub fn clean(pasted: &str) -> String {
    let kept: String = comparable(pasted).filter(|c| !is_litter(*c)).collect();
    let mut rest = kept.as_str();
    while let Some(after) = ["authorization:", "bearer"].iter().find_map(|prefix| strip_prefix(rest, prefix)) {
        rest = after;
    }
    String::from(rest)
}

/// White space and quotes: never part of a token.
fn is_litter(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '"' | '\'' | '`' | '\u{ab}' | '\u{bb}')
}

/// The rest after an ASCII prefix in any letter case.
fn strip_prefix<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let (head, tail) = text.split_at_checked(prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then_some(tail)
}

/// Reads the claims of a cleaned token.
///
/// # Errors
/// What is wrong with its form; expiry is not checked.
pub fn read(token: &str) -> Result<Claims, TokenFault> {
    if token.trim().is_empty() {
        return Err(TokenFault::Empty);
    }
    if is_private_key(token) {
        return Err(TokenFault::PrivateKey);
    }
    let mut parts = token.split('.');
    let (Some(header), Some(payload), Some(signature), None) = (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(TokenFault::NotThreeParts(token.split('.').count()));
    };
    let _: wire::Header = object(header)?;
    let claims: wire::Claims = object(payload)?;
    if signature.is_empty() {
        return Err(TokenFault::Damaged);
    }
    decode(signature)?;
    Ok(claims.into())
}

/// The token in the answer of a token endpoint; empty where there is none.
pub fn token_in(answer: &str) -> String {
    read_json(answer).and_then(|answer: wire::TokenAnswer| answer.token).unwrap_or_default()
}

impl From<wire::Claims> for Claims {
    fn from(claims: wire::Claims) -> Self {
        Self {
            application_id: claims.application_id,
            subject: claims.sub,
            issued_at: claims.iat,
            expires_at: claims.exp,
            not_before: claims.nbf,
        }
    }
}

/// Whether the text holds a private key in PEM, cleaned of white space or not.
fn is_private_key(text: &str) -> bool {
    let begins = text.contains("-----BEGIN");
    begins && (text.contains("PRIVATEKEY-----") || text.contains("PRIVATE KEY-----"))
}

/// base64url (RFC 4648, section 5), with or without padding. Written by hand because every visit would pay for the tables of
/// a library.
fn decode(part: &str) -> Result<Vec<u8>, TokenFault> {
    let digits = part.trim_end_matches('=');
    let padding = part.len() - digits.len();
    // A single digit is less than a byte.
    if digits.len() % 4 == 1 || padding > digits.len().wrapping_neg() % 4 {
        return Err(TokenFault::Damaged);
    }
    let mut bytes = Vec::with_capacity(digits.len() / 4 * 3 + 2);
    let (mut held, mut bits) = (0_u32, 0_u32);
    for digit in digits.bytes() {
        let value = match digit {
            b'A'..=b'Z' => digit - b'A',
            b'a'..=b'z' => digit - b'a' + 26,
            b'0'..=b'9' => digit - b'0' + 52,
            b'-' => 62,
            b'_' => 63,
            _ => return Err(TokenFault::Damaged),
        };
        held = (held << 6) | u32::from(value);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits) as u8);
            held &= (1 << bits) - 1;
        }
    }
    // The unused bits of the last digit must be zero: otherwise two texts would encode the same bytes.
    if held == 0 { Ok(bytes) } else { Err(TokenFault::Damaged) }
}

/// The JSON object in a part.
fn object<T: DeserializeOwned>(part: &str) -> Result<T, TokenFault> {
    let text = String::from_utf8(decode(part)?).map_err(|_| TokenFault::Damaged)?;
    read_json(&text).ok_or(TokenFault::Damaged)
}

impl Claims {
    /// Whether the token can be used now. There is no leeway: the server decides, this only explains in advance.
    ///
    /// # Errors
    /// [`TokenFault::Expired`] or [`TokenFault::NotYet`].
    pub fn check(&self, now: Timestamp) -> Result<(), TokenFault> {
        if let Some(end) = self.expires_at.filter(|end| *end <= now) {
            return Err(TokenFault::Expired(end));
        }
        match self.not_before.filter(|start| now < *start) {
            Some(start) => Err(TokenFault::NotYet(start)),
            None => Ok(()),
        }
    }

    /// Whether both tokens identify the same application and subject, so that what is on screen may stay.
    pub fn same_identity(&self, other: &Self) -> bool {
        self.application_id == other.application_id && self.subject == other.subject
    }
}

#[cfg(test)]
mod tests;

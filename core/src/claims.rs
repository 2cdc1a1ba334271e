//! What a token says of itself. Decoded for display and expiry only: never verified here, never used to decide access.

use crate::json;
use crate::time::Timestamp;
use serde_json::Value;

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
    let kept: String = pasted.chars().filter(|c| !is_litter(*c)).collect();
    let mut rest = kept.as_str();
    while let Some(after) = ["authorization:", "bearer"].iter().find_map(|prefix| strip_prefix(rest, prefix)) {
        rest = after;
    }
    String::from(rest)
}

/// White space, quotes of any kind, and what cannot be seen; none of these is ever part of a token.
fn is_litter(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '"' | '\'' | '`' | '\u{ab}' | '\u{bb}' | '\u{ad}' | '\u{feff}')
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2018}'..='\u{201f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}')
}

/// What follows an ASCII prefix, letter case aside.
fn strip_prefix<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let (head, tail) = text.split_at_checked(prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then_some(tail)
}

/// Reads the claims of a cleaned token.
///
/// # Errors
/// What is wrong with its form; expiry is not looked at.
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
    object(header)?;
    let payload = object(payload)?;
    if signature.is_empty() {
        return Err(TokenFault::Damaged);
    }
    decode(signature)?;
    let text = |key: &str| json::id(payload.get(key)?).map(String::from);
    let time = |key: &str| instant(payload.get(key)?);
    Ok(Claims {
        application_id: text("application_id"),
        subject: text("sub"),
        issued_at: time("iat"),
        expires_at: time("exp"),
        not_before: time("nbf"),
    })
}

/// Whether the text holds a private key in PEM, cleaned of white space or not.
fn is_private_key(text: &str) -> bool {
    let begins = text.contains("-----BEGIN");
    begins && (text.contains("PRIVATEKEY-----") || text.contains("PRIVATE KEY-----"))
}

/// base64url (RFC 4648, section 5), with or without its padding. By hand, because a library's tables are bytes that every
/// visit pays for.
fn decode(part: &str) -> Result<Vec<u8>, TokenFault> {
    let digits = part.trim_end_matches('=');
    let padding = part.len() - digits.len();
    // One digit alone is less than a byte.
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
    // What is left of the last digit has to be zero: otherwise two texts would stand for the same bytes.
    if held == 0 { Ok(bytes) } else { Err(TokenFault::Damaged) }
}

/// The JSON object in a part.
fn object(part: &str) -> Result<Value, TokenFault> {
    let text = String::from_utf8(decode(part)?).map_err(|_| TokenFault::Damaged)?;
    json::parse(&text).filter(Value::is_object).ok_or(TokenFault::Damaged)
}

/// A NumericDate (RFC 7519, 2): seconds since the epoch, possibly with a fraction, possibly as digits in a text.
fn instant(value: &Value) -> Option<Timestamp> {
    let whole = |seconds: i64| Timestamp::from_millis(seconds.saturating_mul(1000)).printable();
    match value {
        Value::Number(number) => match number.as_i64() {
            Some(seconds) => Some(whole(seconds)),
            // A conversion to an integer saturates.
            None => Some(Timestamp::from_millis((number.as_f64()? * 1000.0).floor() as i64).printable()),
        },
        Value::String(_) => Some(whole(i64::try_from(json::count(value)?).unwrap_or(i64::MAX))),
        _ => None,
    }
}

impl Claims {
    /// Whether the token can be used now (no leeway: the server decides, this only explains ahead).
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

    /// Whether both tokens speak for the same application and subject: what is on screen may stay.
    pub fn same_identity(&self, other: &Self) -> bool {
        self.application_id == other.application_id && self.subject == other.subject
    }
}

#[cfg(test)]
mod tests;

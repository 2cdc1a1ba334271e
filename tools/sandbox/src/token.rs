//! Tokens: JWTs signed with RS256 by the sandbox's own key, and really verified.

use std::path::Path;

use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use rsa::pkcs1::{EncodeRsaPrivateKey, EncodeRsaPublicKey};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::hash::uuid;
use crate::time::Millis;

pub mod acl;
mod key;

/// How long a token lives when nobody says otherwise, and when it carries no `exp` at all, in seconds.
pub const DEFAULT_LIFETIME: i64 = 900;
/// The longest lifetime that can be asked for, in seconds.
pub const LONGEST_LIFETIME: i64 = 86_400;
/// The application of a token that names none.
pub const DEFAULT_APPLICATION: &str = "5ad1f7c4-6c0e-4f0e-9d57-2b7b1e6f3a10";

/// The sandbox's key pair.
pub struct Keys {
    signing: EncodingKey,
    verifying: DecodingKey,
}

/// What `POST /sandbox/token` takes; every key may be left out.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TokenRequest {
    /// `exp` minus now, in seconds. Negative for a token that has already expired.
    pub lifetime_seconds: Option<i64>,
    /// The claim `application_id`.
    pub application_id: Option<String>,
    /// The claim `sub`.
    pub sub: Option<String>,
    /// `nbf` minus now, in seconds.
    pub not_before_seconds: Option<i64>,
    /// Merged in last; `null` takes a claim away.
    pub claims: Option<Map<String, Value>>,
}

/// What `POST /sandbox/token` answers.
#[derive(Clone, Debug, Serialize)]
pub struct TokenAnswer {
    /// The signed token.
    pub token: String,
}

/// Why a token was not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No JWT, another algorithm, or another key's signature.
    Invalid,
    /// `exp` has passed.
    Expired,
    /// `nbf` has not come yet.
    NotYet,
}

impl Keys {
    /// The key pair in the PEM file at `path`, made and written there first when there is none. Without a path the
    /// pair lives as long as the process.
    ///
    /// # Errors
    /// A sentence when the file cannot be read or written, or holds no RSA private key.
    pub fn load_or_create(path: Option<&Path>) -> Result<Self, String> {
        let key = key::load_or_create(path)?;
        let private = key.to_pkcs1_der().map_err(|error| error.to_string())?;
        let public = key.to_public_key().to_pkcs1_der().map_err(|error| error.to_string())?;
        Ok(Self {
            signing: EncodingKey::from_rsa_der(private.as_bytes()),
            verifying: DecodingKey::from_rsa_der(public.as_bytes()),
        })
    }

    /// A token as asked for, its times by the sandbox's clock.
    ///
    /// # Errors
    /// A sentence when the lifetime is longer than [`LONGEST_LIFETIME`] or signing failed.
    pub fn issue(&self, request: &TokenRequest, now: Millis) -> Result<String, String> {
        let lifetime = request.lifetime_seconds.unwrap_or(DEFAULT_LIFETIME);
        if lifetime > LONGEST_LIFETIME {
            return Err(format!("lifetime_seconds must not be greater than {LONGEST_LIFETIME}"));
        }
        let now = now.seconds();
        let mut claims = Map::new();
        let application = request.application_id.as_deref().unwrap_or(DEFAULT_APPLICATION);
        claims.insert("application_id".into(), application.into());
        claims.insert("iat".into(), now.into());
        claims.insert("jti".into(), uuid(rand::random(), rand::random()).into());
        claims.insert("exp".into(), now.saturating_add(lifetime).into());
        if let Some(sub) = &request.sub {
            claims.insert("sub".into(), sub.as_str().into());
        }
        if let Some(seconds) = request.not_before_seconds {
            claims.insert("nbf".into(), now.saturating_add(seconds).into());
        }
        for (name, value) in request.claims.iter().flatten() {
            if value.is_null() {
                claims.remove(name);
            } else {
                claims.insert(name.clone(), value.clone());
            }
        }
        jsonwebtoken::encode(&Header::new(Algorithm::RS256), &claims, &self.signing).map_err(|error| error.to_string())
    }

    /// The claims of a token that this sandbox signed and that is valid at `now`.
    ///
    /// # Errors
    /// Why it is refused.
    pub fn verify(&self, token: &str, now: Millis) -> Result<Map<String, Value>, Refusal> {
        let mut rules = Validation::new(Algorithm::RS256);
        // The library would compare with the machine's clock; the sandbox has its own.
        rules.validate_exp = false;
        rules.validate_nbf = false;
        rules.validate_aud = false;
        rules.required_spec_claims.clear();
        let claims = jsonwebtoken::decode::<Map<String, Value>>(token, &self.verifying, &rules)
            .map_err(|_| Refusal::Invalid)?
            .claims;
        // Fractions of a second are allowed in a NumericDate, so the comparison is in milliseconds.
        let expires = match claims.get("exp") {
            Some(value) => instant(value),
            None => claims.get("iat").and_then(instant).map(|issued| issued + DEFAULT_LIFETIME as f64),
        };
        let now = now.get() as f64 / 1000.0;
        if expires.ok_or(Refusal::Invalid)? <= now {
            return Err(Refusal::Expired);
        }
        match claims.get("nbf").map(instant) {
            Some(None) => Err(Refusal::Invalid),
            Some(Some(begins)) if now < begins => Err(Refusal::NotYet),
            _ => Ok(claims),
        }
    }
}

/// Seconds since the epoch; as text too, since the service once printed `exp` that way.
fn instant(value: &Value) -> Option<f64> {
    let seconds = match value {
        Value::String(text) => text.parse().ok(),
        other => other.as_f64(),
    };
    seconds.filter(|seconds| seconds.is_finite())
}

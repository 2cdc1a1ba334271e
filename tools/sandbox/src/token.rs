//! Access tokens: JWTs signed with RS256 by the sandbox's own key, and actually verified.

use std::path::Path;

use acl::Acl;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use rsa::pkcs1::{EncodeRsaPrivateKey, EncodeRsaPublicKey};
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::timestamp::Timestamp;

mod acl;
mod key_file;

/// The lifetime of a token in seconds when the request names none, and when the token has no `exp`.
const DEFAULT_LIFETIME: u32 = 900;
/// The longest lifetime that a request may ask for, in seconds.
const MAX_LIFETIME: i64 = 86_400;
const DEFAULT_APPLICATION: &str = "5ad1f7c4-6c0e-4f0e-9d57-2b7b1e6f3a10";

/// The sandbox's key pair.
pub(crate) struct TokenKeys {
    signing: EncodingKey,
    verifying: DecodingKey,
}

/// The body of `POST /sandbox/token`; every key is optional.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TokenRequest {
    /// Seconds from now to `exp`. Negative for a token that has already expired.
    lifetime_seconds: Option<i64>,
    application_id: Option<String>,
    sub: Option<String>,
    /// Seconds from now to `nbf`.
    not_before_seconds: Option<i64>,
    /// Added last; `null` removes a claim.
    claims: Option<Map<String, Value>>,
}

/// The answer to `POST /sandbox/token`.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct TokenResponse {
    pub(crate) token: String,
}

/// The claims of a new token.
#[derive(Serialize)]
struct NewClaims<'a> {
    application_id: &'a str,
    iat: i64,
    jti: String,
    exp: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    sub: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nbf: Option<i64>,
}

/// The claims that decide what a token may do. All others are ignored.
#[derive(Debug, Deserialize)]
pub(crate) struct Claims {
    exp: Option<NumericDate>,
    iat: Option<NumericDate>,
    nbf: Option<NumericDate>,
    acl: Option<Acl>,
}

/// Seconds since the epoch, with fractions allowed (RFC 7519). Also as text, because the service once printed `exp` so.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum NumericDate {
    Number(f64),
    Text(String),
    Unreadable(IgnoredAny),
}

/// Why a token was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenError {
    /// Not a JWT, or signed with another algorithm or key.
    Invalid,
    /// `exp` has passed.
    Expired,
    /// `nbf` has not been reached.
    NotYetValid,
}

impl TokenKeys {
    /// The key pair in the PEM file at `path`, which is created when it is missing. Without a path, a new key pair that
    /// is lost when the process ends.
    pub(crate) fn load_or_create(path: Option<&Path>) -> Result<Self, String> {
        let key = key_file::load_or_create(path)?;
        let private = key.to_pkcs1_der().map_err(|error| error.to_string())?;
        let public = key.to_public_key().to_pkcs1_der().map_err(|error| error.to_string())?;
        Ok(Self {
            signing: EncodingKey::from_rsa_der(private.as_bytes()),
            verifying: DecodingKey::from_rsa_der(public.as_bytes()),
        })
    }

    /// # Errors
    /// A sentence when the lifetime is too long or signing failed.
    pub(crate) fn issue(&self, request: &TokenRequest, now: Timestamp) -> Result<String, String> {
        let lifetime = request.lifetime_seconds.unwrap_or(DEFAULT_LIFETIME.into());
        if lifetime > MAX_LIFETIME {
            return Err(format!("lifetime_seconds must not be greater than {MAX_LIFETIME}"));
        }
        let now = now.seconds();
        let claims = NewClaims {
            application_id: request.application_id.as_deref().unwrap_or(DEFAULT_APPLICATION),
            iat: now,
            jti: Uuid::new_v4().to_string(),
            exp: now.saturating_add(lifetime),
            sub: request.sub.as_deref(),
            nbf: request.not_before_seconds.map(|seconds| now.saturating_add(seconds)),
        };
        let mut claims = serde_json::to_value(claims).map_err(|error| error.to_string())?;
        if let (Value::Object(claims), Some(changes)) = (&mut claims, &request.claims) {
            claims.extend(changes.clone());
            claims.retain(|_, value| !value.is_null());
        }
        jsonwebtoken::encode(&Header::new(Algorithm::RS256), &claims, &self.signing).map_err(|error| error.to_string())
    }

    /// The claims of a token that this sandbox has signed and that is valid at `now`.
    pub(crate) fn verify(&self, token: &str, now: Timestamp) -> Result<Claims, TokenError> {
        let mut validation = Validation::new(Algorithm::RS256);
        // The library would compare the times with the machine's clock instead of the sandbox's.
        validation.validate_exp = false;
        validation.validate_nbf = false;
        validation.validate_aud = false;
        validation.required_spec_claims.clear();
        let claims = jsonwebtoken::decode::<Claims>(token, &self.verifying, &validation)
            .map_err(|_| TokenError::Invalid)?
            .claims;
        let expires = match &claims.exp {
            Some(exp) => exp.seconds(),
            None => claims.iat.as_ref().and_then(NumericDate::seconds).map(|iat| iat + f64::from(DEFAULT_LIFETIME)),
        };
        let now = now.millis() as f64 / 1000.0;
        if expires.ok_or(TokenError::Invalid)? <= now {
            return Err(TokenError::Expired);
        }
        match claims.nbf.as_ref().map(NumericDate::seconds) {
            Some(None) => Err(TokenError::Invalid),
            Some(Some(begins)) if now < begins => Err(TokenError::NotYetValid),
            _ => Ok(claims),
        }
    }
}

impl Claims {
    /// Whether the token may use `method` on `path`. A token without `acl.paths` may use everything.
    pub(crate) fn allow(&self, method: &str, path: &str) -> bool {
        self.acl.as_ref().is_none_or(|acl| acl.allows(method, path))
    }
}

impl NumericDate {
    fn seconds(&self) -> Option<f64> {
        let seconds = match self {
            Self::Number(seconds) => Some(*seconds),
            Self::Text(text) => text.parse().ok(),
            Self::Unreadable(_) => None,
        };
        seconds.filter(|seconds| seconds.is_finite())
    }
}

//! The parts of a token, and the answer of a token endpoint.

use super::fields::{id, numeric_date, text};
use crate::time::Timestamp;
use serde::Deserialize;

/// The claims of a JWT that are shown (RFC 7519, section 4.1; `application_id` is the API's own).
#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Claims {
    #[serde(deserialize_with = "id")]
    pub(crate) application_id: Option<String>,
    #[serde(deserialize_with = "id")]
    pub(crate) sub: Option<String>,
    #[serde(deserialize_with = "numeric_date")]
    pub(crate) iat: Option<Timestamp>,
    /// Sometimes a text.
    #[serde(deserialize_with = "numeric_date")]
    pub(crate) exp: Option<Timestamp>,
    #[serde(deserialize_with = "numeric_date")]
    pub(crate) nbf: Option<Timestamp>,
}

/// The header of a JWT. It only has to be an object: the console does not verify signatures.
#[derive(Deserialize)]
pub(crate) struct Header {}

/// The answer of `auth.tokenUrl`.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct TokenAnswer {
    #[serde(deserialize_with = "text")]
    pub(crate) token: Option<String>,
}

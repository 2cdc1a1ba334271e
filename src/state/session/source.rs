//! What a portal gives as a token. Its token endpoint: `POST`, cookies sent, answers `{"token": "<jwt>"}`.

use super::{SignedOut, Token};
use crate::api::transport::{self, Call};
use crate::state::clock::Clock;
use runboard_core::claims::{self, Claims};
use runboard_core::problem::ProblemKind;
use serde_json::Value;

/// Asks once.
pub(super) async fn fetch(url: &str, clock: Clock) -> Result<(Token, Claims), SignedOut> {
    let answer = transport::send(
        Call::post(url).with_cookies().on_date(move |asked, received, date| clock.observe_date(asked, received, date)),
    )
    .await
    .map_err(|problem| match problem.kind {
        ProblemKind::Unauthorised { .. } | ProblemKind::Forbidden => SignedOut::PortalFirst,
        _ => SignedOut::EndpointFailed(problem),
    })?;
    let body: Option<Value> = serde_json::from_str(&answer.body).ok();
    let text = body.as_ref().and_then(|body| body.get("token")).and_then(Value::as_str).unwrap_or_default();
    read(text)
}

/// Takes the text that a portal gives for a token.
pub(super) fn read(text: &str) -> Result<(Token, Claims), SignedOut> {
    let text = claims::clean(text);
    // Expiry is not looked at: the token is fresh from the portal and this machine's clock may be wrong. The API decides.
    match claims::read(&text) {
        Ok(claims) => Ok((Token::new(text), claims)),
        Err(fault) => Err(SignedOut::EndpointToken(fault)),
    }
}

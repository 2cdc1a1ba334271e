//! Tokens from a portal. Its token endpoint takes a `POST` with the origin's cookies and answers `{"token": "<jwt>"}`.

use super::{SignedOut, Token};
use crate::api::transport::{self, HttpRequest};
use crate::state::clock::Clock;
use runboard_core::claims::{self, Claims};
use runboard_core::problem::ProblemKind;

/// Asks the token endpoint once.
pub(super) async fn fetch(url: &str, clock: &'static Clock) -> Result<(Token, Claims), SignedOut> {
    let request = HttpRequest::post(url)
        .with_cookies()
        .on_date(move |sent, received, date| clock.observe_date(sent, received, date));
    let response = transport::send(request).await.map_err(|problem| match problem.kind {
        ProblemKind::Unauthorised { .. } | ProblemKind::Forbidden => SignedOut::PortalFirst,
        _ => SignedOut::EndpointFailed(problem),
    })?;
    parse(&claims::token_in(&response.body))
}

/// Parses a token that a portal gave. Its expiry is left to the API: the token is fresh, and this machine's clock may be wrong.
pub(super) fn parse(text: &str) -> Result<(Token, Claims), SignedOut> {
    let text = claims::clean(text);
    match claims::read(&text) {
        Ok(claims) => Ok((Token::new(text), claims)),
        Err(fault) => Err(SignedOut::EndpointToken(fault)),
    }
}

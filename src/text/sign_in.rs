//! Signing in.

use crate::state::embed_host::NoToken;
use crate::text::problem;
use runboard_core::claims::TokenFault;
use runboard_core::embed::Refusal;
use runboard_core::problem::Problem;

/// Heading and button.
pub const TITLE: &str = "Sign in";
/// Heading when a new token is needed and the page stays.
pub const AGAIN: &str = "Sign in to go on";
/// The field.
pub const TOKEN: &str = "Access token";
/// What it is.
pub const TOKEN_HINT: &str =
    "Paste the token (a JWT) you were given for the runs API. It stays in this tab and is sent to that API only.";
/// What happens after signing in.
pub const ADDRESS_STAYS: &str = "After signing in you are where you wanted to go.";
/// A tab opened from another one.
pub const PER_TAB: &str = "Signing in counts for one tab: a tab opened from a link starts signed out.";
/// The tab of a person who signed out.
pub const SIGNED_OUT: &str = "You are signed out. The token and everything loaded with it were removed from this tab.";
/// The endpoint's 401 or 403.
pub const PORTAL_FIRST: &str =
    "The portal says you are not signed in there. Sign in to the portal, then press “Sign in”.";
/// With a token endpoint, after signing out.
pub const BY_PORTAL: &str = "The portal signs you in: press “Sign in”.";
/// The embedding page gives the tokens.
pub const BY_HOST: &str = "This console gets its token from the page it is embedded in. Open it there.";
/// A token is being fetched.
pub const STARTING: &str = "Signing in";
/// A new token is being fetched.
pub const RENEWING: &str = "Your sign-in is being renewed…";
/// 401, expired.
pub const REFUSED_EXPIRED: &str =
    "Your token has expired. Everything on screen and all you typed is kept; paste a new token to go on.";
/// 401.
pub const REFUSED: &str =
    "The API no longer accepts your token. Everything on screen and all you typed is kept; paste a new token to go on.";
/// 401, and the endpoint gives the tokens.
pub const REFUSED_RENEWED: &str = "The API does not accept the token that the portal gave. Everything on screen is kept; try again, or ask those who run the portal.";
/// Waiting for the person.
pub const TRY_AGAIN: &str = "Try again";
/// What the token holds.
pub fn holds(application: &str, expiry: &str) -> String {
    format!("Application {application}, {expiry}.")
}
/// No application in it.
pub const NO_APPLICATION: &str = "not named";
/// Its expiry.
pub fn expires(at: &str) -> String {
    format!("valid until {at}")
}
/// It has none.
pub const NO_EXPIRY: &str = "no expiry in the token";
/// The kept token had expired.
pub fn expired(at: &str) -> String {
    format!("Your token expired {at}. Paste a new one.")
}
/// The endpoint failed.
pub fn endpoint_failed(why: &Problem) -> String {
    format!("The portal could not give a token. {}", problem::what(why))
}
/// The endpoint's answer holds no token.
pub const ENDPOINT_TOKEN: &str = "The portal’s answer holds no usable token. Ask those who run the portal.";
/// The embedding page gave none.
pub fn from_host(why: &NoToken) -> String {
    let silent = "The page that this console is embedded in did not answer.";
    match why {
        NoToken::NotFramed => BY_HOST.to_owned(),
        NoToken::NoneAllowed => "No page is allowed to sign you in here: the configuration of this console (embed.allowedOrigins) names none. Tell those who host this console.".to_owned(),
        NoToken::Said(said) => format!("The portal could not give a token. It says: {said}"),
        NoToken::Silent(Some(Refusal::Origin(origin))) => format!(
            "The page that this console is embedded in is at {origin}. The configuration of this console (embed.allowedOrigins) does not name it, so nothing is taken from it. Tell those who host this console."
        ),
        NoToken::Silent(Some(Refusal::Version)) => format!("{silent} Its embedding script is of another version than this console. Tell those who run the portal."),
        NoToken::Silent(Some(_)) => format!("{silent} What it sent could not be used. Tell those who run the portal."),
        NoToken::Silent(None) => format!("{silent} Reload that page. If it stays like this, tell those who run the portal."),
    }
}
/// What is wrong with a pasted token.
pub fn fault(fault: TokenFault, print: &dyn Fn(runboard_core::time::Timestamp) -> String) -> String {
    match fault {
        TokenFault::Empty => "Paste an access token first.".to_owned(),
        TokenFault::PrivateKey => "This is a private key. Never paste it anywhere; make a token with it and paste that. If it left your machine, replace the key.".to_owned(),
        TokenFault::NotThreeParts(parts) => format!("This is not a token: a JWT has three parts with dots between them, this has {parts}. Copy it again, whole."),
        TokenFault::Damaged => "This token is damaged: a part of it cannot be read. Copy it again, whole.".to_owned(),
        TokenFault::Expired(at) => format!("This token expired {}. Get a new one.", print(at)),
        TokenFault::NotYet(from) => format!("This token is not valid before {}. Wait until then, or get another.", print(from)),
    }
}
/// It ends soon.
pub fn ends_soon(left: &str) -> String {
    format!(
        "Your sign-in ends in {left}. With a new token you go on without a break; without one everything stays on screen and you are asked then."
    )
}
/// Takes a new one ahead of time.
pub const RENEW: &str = "Paste a new token now";
/// Another tab.
pub const OTHER_TAB: &str = "You signed out in another tab of this browser, so you are signed out here, too.";

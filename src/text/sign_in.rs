//! Signing in.

use super::problem;
use runboard_core::claims::TokenFault;
use runboard_core::embed::{NoToken, Refusal};
use runboard_core::isolate::isolate;
use runboard_core::problem::Problem;

pub const TITLE: &str = "Sign in";
pub const SIGN_IN_AGAIN: &str = "Sign in to continue";
pub const TOKEN: &str = "Access token";
pub const TOKEN_HINT: &str =
    "Paste the token (a JWT) you were given for the runs API. It stays in this tab and is sent to that API only.";
pub const ADDRESS_STAYS: &str = "You’ll return to this page after signing in.";
pub const PER_TAB: &str = "Sign-in applies to this tab only: a tab opened from a link starts signed out.";
pub const SIGNED_OUT: &str = "You are signed out. The token and everything loaded with it were removed from this tab.";

/// The token endpoint answered 401 or 403.
pub const PORTAL_FIRST: &str =
    "The portal says you are not signed in there. Sign in to the portal, then press “Sign in”.";
pub const SIGN_IN_WITH_PORTAL: &str = "The portal signs you in: press “Sign in”.";
pub const TOKEN_FROM_HOST: &str = "This console gets its token from the page it is embedded in. Open it there.";
pub const OPEN_PORTAL: &str = "Open the portal";
pub const STARTING: &str = "Signing in";
pub const RENEWING: &str = "Your sign-in is being renewed…";
pub const REFUSED_EXPIRED: &str =
    "Your token has expired. Everything on screen and all you typed is kept; paste a new token to continue.";
pub const REFUSED: &str = "The API no longer accepts your token. Everything on screen and all you typed is kept; paste a new token to continue.";
pub const PORTAL_TOKEN_REFUSED: &str = "The API does not accept the token that the portal gave. Everything on screen is kept; try again, or ask your administrator.";
pub const TRY_AGAIN: &str = "Try again";

pub fn token_content(application: &str, expiry: &str) -> String {
    let application = isolate(application);
    format!("Application {application}, {expiry}.")
}

pub const NO_APPLICATION: &str = "not named";

pub fn valid_until(at: &str) -> String {
    format!("valid until {at}")
}

pub const NO_EXPIRY: &str = "no expiry in the token";

pub fn token_expired(at: &str) -> String {
    format!("Your token expired {at}. Paste a new one.")
}

pub fn endpoint_failed(why: &Problem) -> String {
    format!("The portal could not give a token. {}", problem::description(why))
}

pub const UNUSABLE_PORTAL_TOKEN: &str = "The portal’s answer holds no usable token. Ask your administrator.";

pub fn no_token_from_host(why: &NoToken) -> String {
    let silent = "The page that this console is embedded in did not answer.";
    match why {
        NoToken::NotFramed => TOKEN_FROM_HOST.to_owned(),
        NoToken::NoneAllowed => "No page is allowed to sign you in here: the configuration of this console (embed.allowedOrigins) names none. Tell your administrator.".to_owned(),
        NoToken::Said(said) => format!("The portal could not give a token. It says: {}", isolate(said)),
        NoToken::Silent(Some(Refusal::Origin(origin))) => format!(
            "The page that this console is embedded in is at {}. The configuration of this console (embed.allowedOrigins) does not name it, so nothing is taken from it. Tell your administrator.",
            isolate(origin)
        ),
        NoToken::Silent(Some(Refusal::Version)) => format!("{silent} Its embedding script is of another version than this console. Tell your administrator."),
        NoToken::Silent(Some(_)) => format!("{silent} What it sent could not be used. Tell your administrator."),
        NoToken::Silent(None) => format!("{silent} Reload that page. If it stays like this, tell your administrator."),
    }
}

pub fn token_fault(fault: TokenFault, print: &dyn Fn(runboard_core::time::Timestamp) -> String) -> String {
    match fault {
        TokenFault::Empty => "Paste an access token first.".to_owned(),
        TokenFault::PrivateKey => "This is a private key. Never paste it anywhere; make a token with it and paste that. If it left your machine, replace the key.".to_owned(),
        TokenFault::NotThreeParts(parts) => format!("This is not a token: a JWT has three parts with dots between them, this has {parts}. Copy it again, whole."),
        TokenFault::Damaged => "This token is damaged: a part of it cannot be read. Copy it again, whole.".to_owned(),
        TokenFault::Expired(at) => format!("This token expired {}. Get a new one.", print(at)),
        TokenFault::NotYet(from) => format!("This token is not valid before {}. Wait until then, or get another.", print(from)),
    }
}

pub fn ends_soon(left: &str) -> String {
    format!(
        "Your sign-in ends in {left}. Paste a new token now to continue without a break. Otherwise everything stays on screen and you are asked then."
    )
}

pub fn idle_ends_soon(left: &str) -> String {
    format!("You will be signed out in {left}, because nothing has been pressed or moved for a while.")
}

pub const STAY_SIGNED_IN: &str = "Stay signed in";

pub fn signed_out_idle(minutes: u32) -> String {
    format!(
        "You were signed out after {minutes} minutes without activity. The token and everything loaded with it were removed from this tab."
    )
}

pub const PASTE_NEW_TOKEN: &str = "Paste a new token now";
pub const SIGNED_OUT_IN_OTHER_TAB: &str =
    "You signed out in another tab of this browser, so you are signed out here, too.";

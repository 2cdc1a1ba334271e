//! Checks for dangerous values. Browsers read `\` as `/`, drop tabs and line breaks, and take `%2e` for a dot, so an address
//! from a file may contain none of these.

pub(super) const API_BASE: &str = "a path or an absolute http(s) URL, without credentials, query, fragment or \"..\"";
pub(super) const TOKEN_URL: &str = "a path on this page's own origin";
pub(super) const ORIGINS: &str = "a list of exact origins such as \"https://portal.example\"";
pub(super) const LINK: &str = "a path or an http(s) URL";
pub(super) const JOB_LINK: &str = "a path or an http(s) URL with {jobId} in it";
pub(super) const ZONE: &str = "the name of a time zone such as \"Europe/Berlin\", \"UTC\", or \"browser\"";

/// Whether an operation concerns all runs or one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Operation {
    OnAll,
    OnOne,
}

impl Operation {
    pub(super) const fn expected(self) -> &'static str {
        match self {
            Self::OnAll => "a path below the API base, without \"..\" and without {id}",
            Self::OnOne => "a path below the API base, without \"..\", with {id} in it once",
        }
    }
}

/// A text that is not empty, trimmed.
pub(super) fn not_empty(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| String::from(text))
}

/// At most 80 characters.
pub(super) fn cut(text: &str) -> String {
    match text.char_indices().nth(80) {
        None => String::from(text),
        Some(_) => text.chars().take(79).chain(['…']).collect(),
    }
}

/// Without the trailing slash; `/` becomes empty, because a `/` and the operation's path always follow.
pub(super) fn api_base(text: &str) -> Option<String> {
    let plain = is_plain(text) && !text.contains(['?', '#', '{', '}']) && !climbs(text);
    let base = text.trim_end_matches('/');
    let known = match after_scheme(text) {
        Some(rest) => is_authority(rest.split('/').next().unwrap_or_default()),
        None => is_relative(text) && !base.contains("//"),
    };
    (plain && known && !text.is_empty()).then(|| String::from(base))
}

/// A path below the API base, without a leading slash.
pub(super) fn path(text: &str, operation: Operation) -> Option<String> {
    let path = text.strip_prefix('/').unwrap_or(text);
    let before_query = path.split('?').next().unwrap_or_default();
    let plain = is_plain(path) && !path.contains('#') && !climbs(before_query);
    let stays = is_relative(path) && !before_query.contains("//");
    let ids = path.matches("{id}").count();
    let braces = path.matches(['{', '}']).count();
    let expected = usize::from(operation == Operation::OnOne);
    let fits = ids == expected && braces == 2 * expected;
    (plain && stays && fits && !before_query.is_empty() && !path.starts_with('/')).then(|| String::from(path))
}

pub(super) fn token_url(text: &str) -> Option<String> {
    let fits = is_plain(text) && is_relative(text) && !text.contains('#') && !text.is_empty();
    fits.then(|| String::from(text))
}

/// The address of a page outside the console: relative to this one, or an absolute http(s) URL.
pub(super) fn link(text: &str) -> Option<String> {
    let known = match after_scheme(text) {
        Some(rest) => is_authority(rest.split(['/', '?', '#']).next().unwrap_or_default()),
        None => is_relative(text),
    };
    (is_plain(text) && known && !text.is_empty()).then(|| String::from(text))
}

pub(super) fn job_link(text: &str) -> Option<String> {
    link(text).filter(|link| link.contains("{jobId}"))
}

/// An origin as a browser writes it: lower case, no path, no default port.
pub(super) fn is_origin(text: &str) -> bool {
    let (rest, default_port) = match (text.strip_prefix("https://"), text.strip_prefix("http://")) {
        (Some(rest), _) => (rest, ":443"),
        (_, Some(rest)) => (rest, ":80"),
        _ => return false,
    };
    let exact = !rest.ends_with(default_port) && !rest.ends_with(':') && !rest.contains('/');
    exact && is_authority(rest) && !rest.bytes().any(|byte| byte.is_ascii_uppercase())
}

/// Letters, digits, and the separators of IANA names. Only the browser knows whether the zone exists.
pub(super) fn zone(text: &str) -> Option<String> {
    let named = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/_+-".contains(&byte));
    (named && !text.is_empty() && text.len() <= 64).then(|| String::from(text))
}

/// Whether it contains nothing that a browser would drop or read as something else.
fn is_plain(text: &str) -> bool {
    !text.chars().any(|c| c.is_control() || c.is_whitespace() || c == '\\')
}

/// The rest after `http://` or `https://`.
fn after_scheme(text: &str) -> Option<&str> {
    ["http://", "https://"].into_iter().find_map(|scheme| {
        let (head, tail) = text.split_at_checked(scheme.len())?;
        head.eq_ignore_ascii_case(scheme).then_some(tail)
    })
}

/// A reference that cannot leave the origin: no scheme, no `//host`.
fn is_relative(text: &str) -> bool {
    let first = text.split(['/', '?', '#']).next().unwrap_or_default();
    !first.contains(':') && !text.starts_with("//")
}

/// Whether a segment is `..`, in any spelling that a browser understands, or a server that decodes the path once more or drops
/// path parameters (`..;x`).
fn climbs(path: &str) -> bool {
    let mut decoded = path.to_ascii_lowercase();
    while decoded.contains("%25") {
        decoded = decoded.replace("%25", "%");
    }
    let decoded = decoded.replace("%2e", ".").replace("%2f", "/").replace("%5c", "/");
    decoded.split('/').any(|segment| segment.split(';').next() == Some(".."))
}

/// `host`, `host:port`, `[::1]:port`; no credentials.
fn is_authority(text: &str) -> bool {
    let (host, port) = match text.split_once(']') {
        Some((host, after)) => match host.strip_prefix('[') {
            Some(inside) => (inside, after),
            None => return false,
        },
        None => text.split_at(text.find(':').unwrap_or(text.len())),
    };
    let literal = text.starts_with('[');
    let named = |byte: u8| match literal {
        true => byte.is_ascii_hexdigit() || byte == b':' || byte == b'.',
        false => byte.is_ascii_alphanumeric() || b"-._".contains(&byte),
    };
    let port_fits = port.is_empty()
        || port.strip_prefix(':').is_some_and(|digits| {
            digits.len() <= 5 && digits.bytes().all(|byte| byte.is_ascii_digit()) && digits.parse::<u16>().is_ok()
        });
    !host.is_empty() && host.bytes().all(named) && port_fits
}

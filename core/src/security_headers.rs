//! Checks the headers that the console's page was served with: what is missing, too wide or too narrow.
//!
//! What the console needs is the policy in the files under `hosting/`; docs/security.md explains each part. Policies
//! are read as in Content Security Policy Level 3, sections 2.2 (several policies all apply) and 6.7 (fallbacks).

/// The response headers of the page itself; `None` for a header that was not sent. Repeated headers are joined by
/// commas, as `fetch` does.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ServedHeaders {
    /// `Content-Security-Policy`
    pub content_security_policy: Option<String>,
    /// `Referrer-Policy`
    pub referrer_policy: Option<String>,
    /// `X-Content-Type-Options`
    pub content_type_options: Option<String>,
    /// `Permissions-Policy`
    pub permissions_policy: Option<String>,
}

/// What depends on the configuration of this console.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct HeaderRequirements {
    /// The page's own origin.
    pub origin: String,
    /// The API's origin, which may be the page's own.
    pub api_origin: String,
    /// The configured origins of host pages.
    pub host_origins: Vec<String>,
}

/// A problem with the headers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum HeaderProblem {
    /// A header or directive is missing: its name.
    Missing(&'static str),
    /// A directive allows more than the console needs: its name and the source.
    TooWide(&'static str, String),
    /// A directive forbids what the console needs: its name and the source.
    TooNarrow(&'static str, String),
}

const SELF: &str = "'self'";

/// What each directive may allow at most; `connect-src` and `frame-ancestors` depend on the configuration.
const ALLOWED: [(&str, &[&str]); 7] = [
    ("default-src", &[]),
    ("script-src", &[SELF, "'wasm-unsafe-eval'"]),
    ("style-src", &[SELF]),
    ("img-src", &[SELF, "data:"]),
    ("base-uri", &[]),
    ("form-action", &[]),
    ("object-src", &[]),
];

/// All problems, in the order of the headers.
pub fn check_headers(served: &ServedHeaders, needs: &HeaderRequirements) -> Vec<HeaderProblem> {
    let mut found = Vec::new();
    match &served.content_security_policy {
        None => found.push(HeaderProblem::Missing("Content-Security-Policy")),
        Some(text) => read(text, needs, &mut found),
    }
    let said = |header: &Option<String>, fine: &[&str]| {
        let last = header.as_deref().unwrap_or_default().rsplit(',').next().unwrap_or_default().trim();
        fine.iter().any(|word| last.eq_ignore_ascii_case(word))
    };
    // An address may name a run, which is no other server's business.
    if !said(&served.referrer_policy, &["no-referrer", "same-origin"]) {
        found.push(HeaderProblem::Missing("Referrer-Policy"));
    }
    if !said(&served.content_type_options, &["nosniff"]) {
        found.push(HeaderProblem::Missing("X-Content-Type-Options"));
    }
    if served.permissions_policy.as_deref().is_none_or(|text| text.trim().is_empty()) {
        found.push(HeaderProblem::Missing("Permissions-Policy"));
    }
    found
}

/// One policy: its directives with their sources. Of a repeated directive, the first counts.
struct Policy<'a>(Vec<(String, Vec<&'a str>)>);

impl<'a> Policy<'a> {
    fn of(text: &'a str) -> Self {
        let directive = |part: &'a str| {
            let mut words = part.split_ascii_whitespace();
            Some((words.next()?.to_ascii_lowercase(), words.collect()))
        };
        Self(text.split(';').filter_map(directive).collect())
    }

    fn get(&self, name: &str) -> Option<&[&'a str]> {
        self.0.iter().find(|(found, _)| found == name).map(|(_, sources)| sources.as_slice())
    }

    /// The sources of a directive, or those of its fallback.
    fn sources(&self, name: &str) -> Option<&[&'a str]> {
        let falls_back = name.ends_with("-src");
        self.get(name).or_else(|| falls_back.then(|| self.get("default-src")).flatten())
    }
}

fn read(text: &str, needs: &HeaderRequirements, found: &mut Vec<HeaderProblem>) {
    let policies: Vec<_> = text.split(',').map(Policy::of).collect();
    let own = if needs.api_origin == needs.origin { SELF } else { needs.api_origin.as_str() };
    let portals: Vec<&str> = needs.host_origins.iter().map(String::as_str).collect();
    let mut check = |name: &'static str, allowed: &[&str], needed: &[&str]| {
        // The strictest of several policies decides.
        let mut strictest: Option<Vec<&str>> = None;
        for sources in policies.iter().filter_map(|policy| policy.sources(name)) {
            for need in needed.iter().filter(|need| !sources.iter().any(|source| covers(source, need, &needs.origin))) {
                found.push(HeaderProblem::TooNarrow(name, (*need).to_owned()));
            }
            let fine = |source: &str| {
                source.eq_ignore_ascii_case("'none'")
                    || allowed.iter().any(|one| same(source, one))
                    || (same(source, &needs.origin) && allowed.contains(&SELF))
            };
            let wide: Vec<_> = sources.iter().copied().filter(|source| !fine(source)).collect();
            if strictest.as_ref().is_none_or(|before| wide.len() < before.len()) {
                strictest = Some(wide);
            }
        }
        match strictest {
            None => found.push(HeaderProblem::Missing(name)),
            Some(wide) => found.extend(wide.into_iter().map(|source| HeaderProblem::TooWide(name, source.to_owned()))),
        }
    };
    for (name, allowed) in ALLOWED {
        check(name, allowed, &[]);
    }
    let reached = if own == SELF { &[SELF][..] } else { &[SELF, own] };
    check("connect-src", reached, reached);
    check("frame-ancestors", &portals, &portals);
    if !policies
        .iter()
        .any(|policy| policy.get("require-trusted-types-for").is_some_and(|what| what.contains(&"'script'")))
    {
        found.push(HeaderProblem::Missing("require-trusted-types-for"));
    }
}

/// Whether a source allows what is needed: exactly, or because it is wider.
fn covers(source: &str, need: &str, origin: &str) -> bool {
    let scheme = need.split_once("//").map_or("", |(scheme, _)| scheme);
    same(source, need)
        || source == "*"
        || (!scheme.is_empty() && same(source, scheme))
        || (need == SELF && same(source, origin))
}

/// Compares sources. Origins may end in a slash; hosts and schemes are case-insensitive.
fn same(one: &str, other: &str) -> bool {
    one.trim_end_matches('/').eq_ignore_ascii_case(other.trim_end_matches('/'))
}

#[cfg(test)]
mod tests;

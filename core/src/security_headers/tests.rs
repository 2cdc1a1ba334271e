use super::*;
use proptest::prelude::*;

const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
    connect-src 'self'; base-uri 'none'; form-action 'none'; object-src 'none'; frame-ancestors 'none'; \
    require-trusted-types-for 'script'; trusted-types 'none'";

fn served(policy: &str) -> ServedHeaders {
    ServedHeaders {
        content_security_policy: Some(policy.into()),
        referrer_policy: Some("no-referrer".into()),
        content_type_options: Some("nosniff".into()),
        permissions_policy: Some("camera=()".into()),
    }
}

fn needs() -> HeaderRequirements {
    HeaderRequirements {
        origin: "https://console.example".into(),
        api_origin: "https://console.example".into(),
        host_origins: Vec::new(),
    }
}

fn of(policy: &str) -> Vec<HeaderProblem> {
    check_headers(&served(policy), &needs())
}

fn wide(name: &'static str, source: &str) -> HeaderProblem {
    HeaderProblem::TooWide(name, source.into())
}

fn narrow(name: &'static str, source: &str) -> HeaderProblem {
    HeaderProblem::TooNarrow(name, source.into())
}

#[test]
fn shipped_policy_has_no_problem() {
    assert_eq!(of(POLICY), []);
    assert_eq!(of(&POLICY.to_ascii_uppercase().replace("'SCRIPT'", "'script'")), []);
}

#[test]
fn policy_of_every_hosting_file_has_no_problem() {
    for text in [
        include_str!("../../../hosting/netlify/_headers"),
        include_str!("../../../hosting/caddy/Caddyfile"),
        include_str!("../../../hosting/apache/runboard.conf"),
    ] {
        // The API's answers have a policy of their own, with `sandbox`.
        let policies: Vec<&str> = text.lines().filter_map(|line| Some(line.split_once("default-src")?.1)).collect();
        let pages: Vec<&&str> = policies.iter().filter(|policy| !policy.contains("sandbox")).collect();
        assert_eq!(pages.len(), 1, "{policies:?}");
        for policy in pages {
            assert_eq!(of(&format!("default-src{}", policy.trim_end_matches('"'))), []);
        }
    }
}

#[test]
fn all_headers_missing_are_all_reported() {
    let missing = ["Content-Security-Policy", "Referrer-Policy", "X-Content-Type-Options", "Permissions-Policy"];
    assert_eq!(check_headers(&ServedHeaders::default(), &needs()), missing.map(HeaderProblem::Missing));
}

#[test]
fn missing_directive_is_reported_unless_a_fallback_applies() {
    for (part, name) in [
        ("base-uri 'none'; ", "base-uri"),
        ("form-action 'none'; ", "form-action"),
        ("frame-ancestors 'none'; ", "frame-ancestors"),
        ("require-trusted-types-for 'script'; ", "require-trusted-types-for"),
    ] {
        assert_eq!(of(&POLICY.replace(part, "")), [HeaderProblem::Missing(name)]);
    }
    assert_eq!(of(&POLICY.replace("object-src 'none'; ", "")), [], "default-src holds for it");
    assert_eq!(of(&POLICY.replace("default-src 'none'; ", "")), [HeaderProblem::Missing("default-src")]);
}

#[test]
fn too_wide_source_is_reported() {
    for (from, to, found) in [
        ("script-src 'self'", "script-src 'self' 'unsafe-inline'", wide("script-src", "'unsafe-inline'")),
        ("script-src 'self'", "script-src 'self' 'unsafe-eval'", wide("script-src", "'unsafe-eval'")),
        ("script-src 'self'", "script-src 'self' https://cdn.example", wide("script-src", "https://cdn.example")),
        ("style-src 'self'", "style-src 'self' 'unsafe-inline'", wide("style-src", "'unsafe-inline'")),
        ("connect-src 'self'", "connect-src 'self' *", wide("connect-src", "*")),
        ("frame-ancestors 'none'", "frame-ancestors *", wide("frame-ancestors", "*")),
        ("frame-ancestors 'none'", "frame-ancestors 'self'", wide("frame-ancestors", "'self'")),
        ("base-uri 'none'", "base-uri 'self'", wide("base-uri", "'self'")),
        ("img-src 'self' data:", "img-src https:", wide("img-src", "https:")),
    ] {
        assert_eq!(of(&POLICY.replace(from, to)), [found], "{to}");
    }
    // The page's own origin by name is equivalent to 'self'.
    assert_eq!(of(&POLICY.replace("connect-src 'self'", "connect-src https://console.example")), []);
}

#[test]
fn cross_origin_api_and_host_pages_must_be_allowed_and_no_one_else() {
    let needs = HeaderRequirements {
        api_origin: "https://api.example".into(),
        host_origins: vec!["https://portal.example".into(), "https://other.example:8443".into()],
        ..needs()
    };
    let lacking = [
        narrow("connect-src", "https://api.example"),
        narrow("frame-ancestors", "https://portal.example"),
        narrow("frame-ancestors", "https://other.example:8443"),
    ];
    assert_eq!(check_headers(&served(POLICY), &needs), lacking);
    let fitting = POLICY
        .replace("connect-src 'self'", "connect-src 'self' https://api.example/")
        .replace("frame-ancestors 'none'", "frame-ancestors https://Portal.example https://other.example:8443");
    assert_eq!(check_headers(&served(&fitting), &needs), []);
    let wider = fitting.replace("connect-src 'self'", "connect-src https: 'self'");
    assert_eq!(check_headers(&served(&wider), &needs), [wide("connect-src", "https:")]);
    let without_self = fitting.replace("connect-src 'self'", "connect-src");
    assert_eq!(check_headers(&served(&without_self), &needs), [narrow("connect-src", "'self'")]);
}

#[test]
fn stricter_of_two_policies_applies_and_either_may_be_too_narrow() {
    assert_eq!(of(&format!("{POLICY}, script-src *")), []);
    assert_eq!(of(&format!("script-src * 'unsafe-inline', {POLICY}")), []);
    assert_eq!(of(&format!("{POLICY}, connect-src 'none'")), [narrow("connect-src", "'self'")]);
}

#[test]
fn other_headers_are_checked_by_value() {
    let with = |change: fn(&mut ServedHeaders)| {
        let mut served = served(POLICY);
        change(&mut served);
        check_headers(&served, &needs())
    };
    assert_eq!(with(|served| served.referrer_policy = Some("same-origin".into())), []);
    assert_eq!(
        with(|served| served.referrer_policy = Some("no-referrer, unsafe-url".into())),
        [HeaderProblem::Missing("Referrer-Policy")]
    );
    assert_eq!(
        with(|served| served.content_type_options = Some("sniff".into())),
        [HeaderProblem::Missing("X-Content-Type-Options")]
    );
    assert_eq!(
        with(|served| served.permissions_policy = Some(" ".into())),
        [HeaderProblem::Missing("Permissions-Policy")]
    );
}

proptest! {
    #[test]
    fn any_policy_parses_and_reports_only_its_own_sources(text in ".{0,200}") {
        for lapse in of(&text) {
            if let HeaderProblem::TooWide(_, source) = lapse {
                prop_assert!(text.contains(&source));
            }
        }
    }

    #[test]
    fn unneeded_source_is_always_reported(host in "[a-z]{3,12}\\.test") {
        let source = format!("https://{host}");
        for name in ["script-src", "style-src", "img-src", "connect-src", "base-uri", "frame-ancestors"] {
            let policy = POLICY.replace(&format!("{name} "), &format!("{name} {source} "));
            prop_assert!(of(&policy).contains(&HeaderProblem::TooWide(name, source.clone())));
        }
    }
}

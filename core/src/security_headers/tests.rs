use super::*;
use proptest::prelude::*;

const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
    connect-src 'self'; base-uri 'none'; form-action 'none'; object-src 'none'; frame-ancestors 'none'; \
    require-trusted-types-for 'script'; trusted-types 'none'";

fn served(policy: &str) -> Served {
    Served {
        policy: Some(policy.into()),
        referrer: Some("no-referrer".into()),
        types: Some("nosniff".into()),
        permissions: Some("camera=()".into()),
    }
}

fn needs() -> Needs {
    Needs { origin: "https://console.example".into(), api: "https://console.example".into(), portals: Vec::new() }
}

fn of(policy: &str) -> Vec<Lapse> {
    lapses(&served(policy), &needs())
}

fn wide(name: &'static str, source: &str) -> Lapse {
    Lapse::Wide(name, source.into())
}

fn narrow(name: &'static str, source: &str) -> Lapse {
    Lapse::Narrow(name, source.into())
}

#[test]
fn the_shipped_policy_has_no_lapse() {
    assert_eq!(of(POLICY), []);
    assert_eq!(of(&POLICY.to_ascii_uppercase().replace("'SCRIPT'", "'script'")), []);
}

#[test]
fn the_policy_of_every_host_file_has_no_lapse() {
    for text in [
        include_str!("../../../hosting/netlify/_headers"),
        include_str!("../../../hosting/caddy/Caddyfile"),
        include_str!("../../../hosting/apache/runboard.conf"),
    ] {
        let (_, policy) = text.split_once("default-src").unwrap();
        let policy = policy.lines().next().unwrap().trim_end_matches('"');
        assert_eq!(of(&format!("default-src{policy}")), []);
    }
}

#[test]
fn without_any_header_each_is_missing() {
    let missing = ["Content-Security-Policy", "Referrer-Policy", "X-Content-Type-Options", "Permissions-Policy"];
    assert_eq!(lapses(&Served::default(), &needs()), missing.map(Lapse::Missing));
}

#[test]
fn each_directive_that_is_left_out_is_named_unless_another_holds_for_it() {
    for (part, name) in [
        ("base-uri 'none'; ", "base-uri"),
        ("form-action 'none'; ", "form-action"),
        ("frame-ancestors 'none'; ", "frame-ancestors"),
        ("require-trusted-types-for 'script'; ", "require-trusted-types-for"),
    ] {
        assert_eq!(of(&POLICY.replace(part, "")), [Lapse::Missing(name)]);
    }
    assert_eq!(of(&POLICY.replace("object-src 'none'; ", "")), [], "default-src holds for it");
    assert_eq!(of(&POLICY.replace("default-src 'none'; ", "")), [Lapse::Missing("default-src")]);
}

#[test]
fn what_is_wider_than_needed_is_named_with_its_source() {
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
    // Named by its own name, an origin is no more than 'self'.
    assert_eq!(of(&POLICY.replace("connect-src 'self'", "connect-src https://console.example")), []);
}

#[test]
fn an_api_elsewhere_and_the_portals_have_to_be_allowed_and_nobody_else() {
    let needs = Needs {
        api: "https://api.example".into(),
        portals: vec!["https://portal.example".into(), "https://other.example:8443".into()],
        ..needs()
    };
    let lacking = [
        narrow("connect-src", "https://api.example"),
        narrow("frame-ancestors", "https://portal.example"),
        narrow("frame-ancestors", "https://other.example:8443"),
    ];
    assert_eq!(lapses(&served(POLICY), &needs), lacking);
    let fitting = POLICY
        .replace("connect-src 'self'", "connect-src 'self' https://api.example/")
        .replace("frame-ancestors 'none'", "frame-ancestors https://Portal.example https://other.example:8443");
    assert_eq!(lapses(&served(&fitting), &needs), []);
    let wider = fitting.replace("connect-src 'self'", "connect-src https: 'self'");
    assert_eq!(lapses(&served(&wider), &needs), [wide("connect-src", "https:")]);
    let without_self = fitting.replace("connect-src 'self'", "connect-src");
    assert_eq!(lapses(&served(&without_self), &needs), [narrow("connect-src", "'self'")]);
}

#[test]
fn of_two_policies_the_stricter_holds_and_either_may_be_too_narrow() {
    assert_eq!(of(&format!("{POLICY}, script-src *")), []);
    assert_eq!(of(&format!("script-src * 'unsafe-inline', {POLICY}")), []);
    assert_eq!(of(&format!("{POLICY}, connect-src 'none'")), [narrow("connect-src", "'self'")]);
}

#[test]
fn other_headers_count_by_what_they_say() {
    let with = |change: fn(&mut Served)| {
        let mut served = served(POLICY);
        change(&mut served);
        lapses(&served, &needs())
    };
    assert_eq!(with(|served| served.referrer = Some("same-origin".into())), []);
    assert_eq!(
        with(|served| served.referrer = Some("no-referrer, unsafe-url".into())),
        [Lapse::Missing("Referrer-Policy")]
    );
    assert_eq!(with(|served| served.types = Some("sniff".into())), [Lapse::Missing("X-Content-Type-Options")]);
    assert_eq!(with(|served| served.permissions = Some(" ".into())), [Lapse::Missing("Permissions-Policy")]);
}

proptest! {
    #[test]
    fn any_text_is_read_and_no_source_is_invented(text in ".{0,200}") {
        for lapse in of(&text) {
            if let Lapse::Wide(_, source) = lapse {
                prop_assert!(text.contains(&source));
            }
        }
    }

    #[test]
    fn a_source_that_is_not_needed_is_always_named(host in "[a-z]{3,12}\\.test") {
        let source = format!("https://{host}");
        for name in ["script-src", "style-src", "img-src", "connect-src", "base-uri", "frame-ancestors"] {
            let policy = POLICY.replace(&format!("{name} "), &format!("{name} {source} "));
            prop_assert!(of(&policy).contains(&Lapse::Wide(name, source.clone())));
        }
    }
}

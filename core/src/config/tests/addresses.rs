//! What an address in the file may be, so that no token goes elsewhere.

use super::*;

#[test]
fn api_base_is_a_plain_path_or_an_http_url() {
    for (base, kept) in [
        ("/beta", "/beta"),
        ("/beta/", "/beta"),
        ("beta", "beta"),
        ("./beta", "./beta"),
        (".", "."),
        ("/", ""),
        ("/a/b.c/..d", "/a/b.c/..d"),
        ("https://api.example", "https://api.example"),
        ("HTTPS://api.example/", "HTTPS://api.example"),
        ("http://127.0.0.1:8787/beta", "http://127.0.0.1:8787/beta"),
        ("https://[2001:db8::1]/beta", "https://[2001:db8::1]/beta"),
        ("/käse", "/käse"),
    ] {
        assert_eq!(good(json!({"apiBase": base})).api_base, kept, "{base}");
    }
    for base in [
        "",
        " ",
        "//evil.example",
        "///x",
        "/a//b",
        "/\\evil.example",
        "\\\\evil",
        "/\t/evil.example",
        " /beta",
        "/be ta",
        "/beta?x=1",
        "/beta#x",
        "/../beta",
        "/a/..",
        "..",
        "/a/%2e%2E/b",
        "/a/.%2e",
        "/a/%252e%252e/b",
        "/a/..%2fb",
        "/a%2F..%5Cb",
        "/a/..;x/b",
        "https://",
        "https:///x",
        "https://:80",
        "https://user:pass@api.example",
        "https://user@api.example",
        "https://api.example:port",
        "https://api.example:99999",
        "https://api.example/../x",
        "https://api.example?x",
        "https://a b",
        "https://{id}.example",
        "https:/api.example",
        "https:api.example",
        "javascript:alert(1)",
        "data:text/plain,x",
        "ftp://api.example",
        "file:///x",
        "/{id}",
    ] {
        assert_eq!(bad(json!({"apiBase": base})).as_deref(), Some("apiBase"), "{base}");
    }
}

#[test]
fn operation_path_stays_below_the_base_and_has_the_id_if_needed() {
    for path in ["runs", "/runs", "a/b-c_d.e", "runs:all", "x/..y"] {
        let fits = bad(json!({"paths": {"list": path}})).is_none();
        assert_eq!(fits, path != "runs:all", "{path}");
    }
    for path in [
        "",
        "/",
        "//x",
        "/a//b",
        "../x",
        "a/../b",
        "a/%2e%2e/b",
        "a\\b",
        "a b",
        "a#b",
        "http://x/y",
        "javascript:x",
        "?a",
        "a/{id}",
        "a/{x}",
    ] {
        for key in ["create", "list"] {
            assert_eq!(bad(json!({"paths": {key: path}})), Some(format!("paths.{key}")), "{path}");
        }
    }
    for path in
        ["runs", "runs/{id}/{id}", "runs/{ID}", "runs/{id", "//{id}", "../{id}", "{id}/..", "{id}#x", "{id}/{x}"]
    {
        for key in ["run", "stop", "summary"] {
            assert_eq!(bad(json!({"paths": {key: path}})), Some(format!("paths.{key}")), "{path}");
        }
    }
}

#[test]
fn token_url_is_on_the_same_origin() {
    let url = |url: &str| json!({"auth": {"source": "endpoint", "tokenUrl": url}});
    for same in ["/token", "token", "../token", "./token?x=1:2"] {
        assert_eq!(good(url(same)).auth, AuthSource::Endpoint { token_url: String::from(same) });
    }
    for other in [
        "",
        "//evil.example/token",
        "https://evil.example",
        "https:token",
        "/\\evil",
        "\\\\evil",
        "/\n/evil",
        " /token",
        "javascript:x",
        "/token#x",
    ] {
        assert_eq!(bad(url(other)).as_deref(), Some("auth.tokenUrl"), "{other}");
    }
    assert_eq!(bad(json!({"auth": {"source": "endpoint"}})).as_deref(), Some("auth.tokenUrl"));
}

#[test]
fn allowed_origins_are_exact() {
    for origin in [
        "*",
        "null",
        "",
        "portal.example",
        "//portal.example",
        "https://portal.example/",
        "https://portal.example/x",
        "https://*.example",
        "https://Portal.example",
        "HTTPS://portal.example",
        "https://portal.example:443",
        "http://portal.example:80",
        "https://portal.example:",
        "https://a@portal.example",
        "https://",
        "ftp://portal.example",
        "https://portal.example?x",
        "https://portal.example#x",
        "https://portal example",
        "chrome-extension://abc",
    ] {
        let value = json!({"embed": {"allowedOrigins": ["https://ok.example", origin]}});
        assert_eq!(bad(value).as_deref(), Some("embed.allowedOrigins"), "{origin}");
    }
    assert_eq!(
        bad(json!({"embed": {"allowedOrigins": "https://portal.example"}})).as_deref(),
        Some("embed.allowedOrigins")
    );
}

#[test]
fn job_link_is_a_path_or_an_http_url() {
    for link in ["https://p.example/{jobId}", "http://p.example?j={jobId}", "/jobs/{jobId}", "jobs#{jobId}"] {
        assert_eq!(good(json!({"links": {"job": link}})).job_link.as_deref(), Some(link));
    }
    for link in [
        "https://p.example/",
        "javascript:alert('{jobId}')",
        "JAVASCRIPT:{jobId}",
        " javascript:{jobId}",
        "java\nscript:{jobId}",
        "data:text/html,{jobId}",
        "{jobId}:x",
        "//p.example/{jobId}",
        "https://{jobId}/",
        "https://{jobId}.example/",
        "https://u:p@x/{jobId}",
        "/\\x/{jobId}",
        "",
    ] {
        assert_eq!(bad(json!({"links": {"job": link}})).as_deref(), Some("links.job"), "{link}");
    }
}

proptest! {
    #[test]
    fn addresses_are_refused_or_kept_unchanged(text in "[a-z:/\\\\.%2e@?#{}\\[\\] \t]{0,20}|https?://\\PC{0,20}") {
        let kept = read(json!({"apiBase": text}));
        if let Ok((config, _)) = kept {
            prop_assert_eq!(config.api_base, text.trim_end_matches('/'));
        }
        for value in [
            json!({"auth": {"tokenUrl": text}}),
            json!({"embed": {"allowedOrigins": [text]}}),
            json!({"links": {"job": format!("{text}{{jobId}}")}}),
            json!({"links": {"portal": text}}),
            json!({"paths": {"run": format!("{text}{{id}}")}}),
        ] {
            let _ = read(value);
        }
    }
}

#[test]
fn portal_link_is_a_path_or_an_http_url() {
    for link in ["https://p.example", "HTTP://p.example:8080/runs?a=b#c", "/campaigns", "../", "?page=runs"] {
        assert_eq!(good(json!({"links": {"portal": link}})).portal_link.as_deref(), Some(link));
    }
    for link in [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "blob:https://p.example/1",
        "ftp://p.example/",
        "https:p.example",
        "https://",
        "https://u:p@p.example/",
        "//p.example/",
        "\\\\p.example/",
        "/a b",
        "",
    ] {
        assert_eq!(bad(json!({"links": {"portal": link}})).as_deref(), Some("links.portal"), "{link}");
    }
}

//! The built console: contents, media types, headers, and nothing from outside its folder.

use std::path::Path;

use reqwest::Method;
use runboard_sandbox::ConsoleConfig;
use serde_json::json;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::harness::{Answer, Sandbox, console, options, send};

const HASHED: &str = "runboard-0123456789abcdef";

pub(crate) fn dist() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("dist");
    std::fs::create_dir_all(site.join("style")).unwrap();
    let write = |name: &str, text: &str| std::fs::write(site.join(name), text).unwrap();
    write("index.html", "<!doctype html><title>Runboard</title>");
    write("boot.js", "boot()");
    write("version.json", "{}");
    write("config.json", r#"{"environment":"from the folder"}"#);
    write(&format!("{HASHED}.js"), "plain script");
    write(&format!("{HASHED}.js.br"), "brotli script");
    write(&format!("{HASHED}.js.gz"), "gzip script");
    write(&format!("{HASHED}_bg.wasm"), "wasm");
    write("style/app.css", "css");
    write("icons.svg", "<svg/>");
    write("unknown.runboard", "?");
    write("gzip-only.css", "plain style");
    write("gzip-only.css.gz", "gzip style");
    write(".hidden", "hidden");
    std::fs::write(folder.path().join("secret.txt"), "secret").unwrap();
    folder
}

pub(crate) async fn serving(folder: &Path) -> Sandbox {
    let mut options = options();
    options.console = Some(console(&folder.join("dist")));
    Sandbox::start_with(options).await
}

pub(crate) async fn get(sandbox: &Sandbox, path: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = sandbox.bare(Method::GET, path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    send(request).await
}

#[tokio::test]
async fn files_have_media_types_and_cache_lifetimes() {
    let folder = dist();
    let sandbox = serving(folder.path()).await;
    let hashed = |ending: &str| format!("/{HASHED}{ending}");
    const FOR_GOOD: &str = "public, max-age=31536000, immutable";
    for (path, kind, caching) in [
        ("/".to_owned(), "text/html; charset=utf-8", "no-cache"),
        ("/?run=1".to_owned(), "text/html; charset=utf-8", "no-cache"),
        ("/index.html".to_owned(), "text/html; charset=utf-8", "no-cache"),
        ("/boot.js".to_owned(), "text/javascript; charset=utf-8", "no-cache"),
        ("/version.json".to_owned(), "application/json", "no-cache"),
        ("/config.json".to_owned(), "application/json", "no-cache"),
        (hashed(".js"), "text/javascript; charset=utf-8", FOR_GOOD),
        (hashed("_bg.wasm"), "application/wasm", FOR_GOOD),
        ("/style/app.css".to_owned(), "text/css; charset=utf-8", "no-cache"),
        ("/icons.svg".to_owned(), "image/svg+xml", "no-cache"),
        ("/unknown.runboard".to_owned(), "application/octet-stream", "no-cache"),
    ] {
        let answer = get(&sandbox, &path, &[]).await;
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(
            (answer.header("content-type"), answer.header("cache-control")),
            (Some(kind), Some(caching)),
            "{path}"
        );
    }
}

#[tokio::test]
async fn every_response_has_the_security_headers() {
    let folder = dist();
    let sandbox = serving(folder.path()).await;
    for (path, status) in [("/", 200), ("/boot.js", 200), ("/missing.js", 404), ("/config.json", 200)] {
        let answer = get(&sandbox, path, &[]).await;
        assert_eq!(answer.status, status);
        assert_eq!(
            answer.header("content-security-policy"),
            Some(
                "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
                 connect-src 'self'; base-uri 'none'; form-action 'none'; object-src 'none'; frame-ancestors 'none'; \
                 require-trusted-types-for 'script'; trusted-types 'none'"
            )
        );
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"));
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        let permissions = answer.header("permissions-policy").unwrap();
        assert!(permissions.contains("clipboard-write=(self)") && permissions.contains("camera=()"), "{permissions}");
        assert_eq!(permissions.matches("=(self)").count(), 1);
    }
    assert_eq!(get(&sandbox, "/beta/runs/", &[]).await.header("content-security-policy"), None);
}

#[tokio::test]
async fn flags_add_sources_to_the_policy() {
    let folder = dist();
    let mut options = options();
    let mut console = console(&folder.path().join("dist"));
    console.frame_ancestors = vec!["https://portal.example".into(), "'self'".into()];
    console.connect_src = vec!["https://api.example".into()];
    options.console = Some(console);
    let sandbox = Sandbox::start_with(options).await;
    let answer = get(&sandbox, "/", &[]).await;
    let policy = answer.header("content-security-policy").unwrap();
    assert!(policy.contains("frame-ancestors https://portal.example 'self';"), "{policy}");
    assert!(policy.contains("connect-src 'self' https://api.example;"), "{policy}");
}

#[tokio::test]
async fn a_missing_file_is_404_and_not_the_index() {
    let folder = dist();
    let sandbox = serving(folder.path()).await;
    for path in
        ["/missing", "/missing/", "/runboard-fedcba9876543210.js", "/style", "/style/", "/index.html/", "/.hidden"]
    {
        let answer = get(&sandbox, path, &[]).await;
        answer.problem(404);
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
    }
    send(sandbox.bare(Method::POST, "/index.html")).await.problem(405);
    for path in ["/beta/nothing", "/sandbox/nothing"] {
        get(&sandbox, path, &[]).await.problem(404);
    }
}

#[tokio::test]
async fn nothing_outside_the_folder_is_served() {
    let folder = dist();
    let site = folder.path().join("dist");
    #[cfg(unix)]
    std::os::unix::fs::symlink(folder.path().join("secret.txt"), site.join("link.txt")).unwrap();
    let sandbox = serving(folder.path()).await;
    // Not with the client library, which would normalize the path first.
    for path in [
        "/../secret.txt",
        "/style/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e%2fsecret.txt",
        "/..%5csecret.txt",
        "/link.txt",
        "//etc/passwd",
        "/%2fetc%2fpasswd",
        "/boot.js%00",
        "/%",
        "/./boot.js",
    ] {
        let mut stream = tokio::net::TcpStream::connect(sandbox.address()).await.unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 404"), "{path}: {answer}");
        assert!(!answer.contains("secret\r\n") && !answer.ends_with("secret"), "{path}");
    }
    #[cfg(unix)]
    std::fs::remove_file(site.join("link.txt")).unwrap();
}

#[tokio::test]
async fn precompressed_siblings_follow_accept_encoding() {
    let folder = dist();
    let sandbox = serving(folder.path()).await;
    let path = format!("/{HASHED}.js");
    let mut tags = std::collections::HashSet::new();
    for (accept, encoding) in [
        (None, None),
        (Some(""), None),
        (Some("gzip, deflate, br, zstd"), Some("br")),
        (Some("gzip"), Some("gzip")),
        (Some("x-gzip"), Some("gzip")),
        (Some("GZIP;Q=0.5"), Some("gzip")),
        (Some("br;q=0.5, gzip;q=0.9"), Some("gzip")),
        (Some("gzip;q=1.0, br;q=0.1"), Some("gzip")),
        (Some("br;q=0, gzip;q=0.001"), Some("gzip")),
        (Some("br;q=0"), None),
        (Some("*;q=0"), None),
        (Some("*, br;q=0, gzip"), Some("gzip")),
        (Some("br;q=0.2, identity;q=0.8"), None),
        (Some("identity"), None),
        (Some("br;q=nonsense"), None),
        (Some("deflate"), None),
    ] {
        let headers: Vec<_> = accept.map(|value| ("accept-encoding", value)).into_iter().collect();
        let answer = get(&sandbox, &path, &headers).await;
        let body = match encoding {
            Some("br") => "brotli script",
            Some(_) => "gzip script",
            None => "plain script",
        };
        assert_eq!((answer.header("content-encoding"), answer.text.as_str()), (encoding, body), "{accept:?}");
        assert_eq!(answer.header("content-length"), Some(body.len().to_string().as_str()));
        assert_eq!(answer.header("content-type"), Some("text/javascript; charset=utf-8"));
        assert_eq!(answer.header("vary"), Some("accept-encoding"), "also without an encoding");
        tags.insert(answer.header("etag").unwrap().to_owned());
    }
    assert_eq!(tags.len(), 3, "each encoding has its own tag");
}

#[tokio::test]
async fn a_missing_sibling_is_not_chosen_and_a_sibling_is_not_a_file() {
    let folder = dist();
    let sandbox = serving(folder.path()).await;
    let gzip_only = get(&sandbox, "/gzip-only.css", &[("accept-encoding", "br, gzip")]).await;
    assert_eq!((gzip_only.header("content-encoding"), gzip_only.text.as_str()), (Some("gzip"), "gzip style"));
    let none = get(&sandbox, "/boot.js", &[("accept-encoding", "br, gzip")]).await;
    assert_eq!((none.header("content-encoding"), none.text.as_str()), (None, "boot()"));
    for name in [&format!("/{HASHED}.js.br"), "/gzip-only.css.gz"] {
        get(&sandbox, name, &[]).await.problem(404);
    }
}

#[tokio::test]
async fn a_known_tag_is_304_and_head_has_no_body() {
    let folder = dist();
    let sandbox = serving(folder.path()).await;
    let first = get(&sandbox, "/boot.js", &[]).await;
    let tag = first.header("etag").unwrap();
    for known in [tag.to_owned(), format!("W/{tag}"), format!("\"x\", {tag}"), "*".to_owned()] {
        let again = get(&sandbox, "/boot.js", &[("if-none-match", &known)]).await;
        assert_eq!((again.status.as_u16(), again.text.as_str(), again.header("etag")), (304, "", Some(tag)), "{known}");
        assert!(again.header("content-security-policy").is_some());
    }
    assert_eq!(get(&sandbox, "/boot.js", &[("if-none-match", "\"x\"")]).await.status, 200);
    let head = send(sandbox.bare(Method::HEAD, "/boot.js")).await;
    assert_eq!((head.status.as_u16(), head.text.as_str(), head.header("content-length")), (200, "", Some("6")));
}

#[tokio::test]
async fn only_the_answer_with_a_file_may_be_cached_for_good() {
    let folder = dist();
    let sandbox = serving(folder.path()).await;
    let path = format!("/{HASHED}.js");
    for (name, value, status, caching) in [
        ("range", "bytes=0-4", 206, "public, max-age=31536000, immutable"),
        ("range", "bytes=9999-", 416, "no-store"),
        ("if-match", "\"x\"", 412, "no-store"),
    ] {
        let answer = get(&sandbox, &path, &[(name, value)]).await;
        assert_eq!(
            (answer.status.as_u16(), answer.header("cache-control")),
            (status, Some(caching)),
            "{name}: {value}"
        );
    }
}

#[tokio::test]
async fn config_json_is_generated_or_given_or_the_file() {
    let folder = dist();
    let sandbox = serving(folder.path()).await;
    let generated = get(&sandbox, "/config.json", &[]).await.json();
    assert_eq!(generated["apiBase"], "/beta");
    assert_eq!(generated["auth"], json!({"source": "endpoint", "tokenUrl": "/sandbox/token"}));
    assert_eq!(generated["environment"], "sandbox");
    assert_eq!(generated["jobs"].as_object().unwrap().len(), 40);
    assert_eq!(generated["jobs"]["12345678"], "Pizza campaign");

    for (config, expected) in
        [(ConsoleConfig::Given(r#"{"environment":"given"}"#.into()), "given"), (ConsoleConfig::File, "from the folder")]
    {
        let mut options = options();
        let mut console = console(&folder.path().join("dist"));
        console.config = config;
        options.console = Some(console);
        let sandbox = Sandbox::start_with(options).await;
        assert_eq!(get(&sandbox, "/config.json", &[]).await.json()["environment"], expected);
    }
}

#[tokio::test]
async fn only_paths_below_the_mount_are_served_and_none_is_redirected() {
    let folder = dist();
    let mut options = options();
    let mut console = console(&folder.path().join("dist"));
    console.mount = "/a/b/".into();
    options.console = Some(console);
    let sandbox = Sandbox::start_with(options).await;
    for path in ["/a/b/", "/a/b/index.html", "/a/b/style/app.css", "/a/b/config.json"] {
        assert_eq!(get(&sandbox, path, &[]).await.status, 200, "{path}");
    }
    for path in ["/", "/a/b", "/a/", "/index.html", "/a/bc/index.html", "/config.json"] {
        get(&sandbox, path, &[]).await.problem(404);
    }
    assert_eq!(sandbox.get("/beta/runs/").await.status, 200);
}

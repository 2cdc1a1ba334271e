//! A page around the console, on an origin of its own.

use reqwest::Method;
use runboard_sandbox::{HostPageOptions, Options};
use tempfile::TempDir;

use crate::files::{dist, get};
use crate::harness::{Sandbox, console, options, send};

fn options_with_page(folder: &TempDir) -> Options {
    let page = folder.path().join("page");
    std::fs::create_dir_all(&page).unwrap();
    std::fs::write(page.join("index.html"), r#"<run-board src="https://console.example.com/"></run-board>"#).unwrap();
    std::fs::write(page.join("host-page.js"), "fetchToken()").unwrap();
    let mut console = console(&folder.path().join("dist"));
    console.mount = "/a/b/".to_owned();
    console.host_page = Some(HostPageOptions { folder: page, address: "127.0.0.1:0".parse().unwrap() });
    Options { console: Some(console), ..options() }
}

#[tokio::test]
async fn the_page_names_this_console_and_allows_nothing_else() {
    let folder = dist();
    let sandbox = Sandbox::start_with(options_with_page(&folder)).await;
    let console = sandbox.url("");
    for path in ["/", "/index.html"] {
        let page = send(sandbox.elsewhere(Method::GET, &format!("{}{path}", sandbox.host_page()))).await;
        assert_eq!(page.status, 200);
        assert_eq!(page.text, format!(r#"<run-board src="{console}/a/b/"></run-board>"#));
        let policy = page.header("content-security-policy").unwrap();
        for directive in [
            "default-src 'none'".to_owned(),
            format!("script-src 'self' {console}"),
            format!("frame-src {console}"),
            "require-trusted-types-for 'script'".to_owned(),
            "trusted-types 'none'".to_owned(),
        ] {
            assert!(policy.split("; ").any(|found| found == directive), "{directive} in {policy}");
        }
    }
    let script = send(sandbox.elsewhere(Method::GET, &format!("{}/host-page.js", sandbox.host_page()))).await;
    assert_eq!((script.status.as_u16(), script.text.as_str()), (200, "fetchToken()"));
}

#[tokio::test]
async fn the_console_takes_its_tokens_from_the_page_and_lets_it_embed() {
    let folder = dist();
    let sandbox = Sandbox::start_with(options_with_page(&folder)).await;
    let config = get(&sandbox, "/a/b/config.json", &[]).await.json();
    assert_eq!(config["auth"], serde_json::json!({"source": "host"}));
    assert_eq!(config["embed"]["allowedOrigins"][0], sandbox.host_page());
    assert_eq!(config["links"]["portal"], format!("{}/", sandbox.host_page()));
    let index = get(&sandbox, "/a/b/", &[]).await;
    let policy = index.header("content-security-policy").unwrap();
    assert!(policy.contains(&format!("frame-ancestors {} ", sandbox.host_page())), "{policy}");
}

#[tokio::test]
async fn tokens_of_the_page_are_the_sandbox_s_and_other_sites_get_none() {
    let folder = dist();
    let sandbox = Sandbox::start_with(options_with_page(&folder)).await;
    let ask = || sandbox.elsewhere(Method::POST, &format!("{}/portal/token", sandbox.host_page()));
    let answer = send(ask()).await;
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let token = answer.json()["token"].as_str().unwrap().to_owned();
    assert_eq!(send(sandbox.bare(Method::GET, "/beta/runs/").bearer_auth(token)).await.status, 200);
    assert_eq!(send(ask().header("origin", "https://evil.example")).await.status, 403);
    assert_eq!(send(ask().header("host", "evil.example")).await.status, 403);
}

#[tokio::test]
async fn a_folder_without_a_page_is_refused_with_its_name() {
    let folder = dist();
    let mut options = options_with_page(&folder);
    std::fs::remove_file(folder.path().join("page/index.html")).unwrap();
    options.clock = None;
    let error = runboard_sandbox::start(&options).await.err().unwrap().to_string();
    assert!(error.ends_with("it has no index.html"), "{error}");
}

//! A page that embeds the console, on a port of its own and so on another origin: `--host-page`. It plays the part of a portal,
//! which serves a page and issues tokens.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use axum::Router;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

use crate::api;
use crate::app::SharedApp;
use crate::middleware;

/// The address of the console in the files, which are shown and shipped as examples.
const PLACEHOLDER: &str = "https://console.example.com/";

/// The origins that the host page can be opened at. For a browser, `localhost` and `127.0.0.1` are two sites, so at the first
/// the console is embedded as in production: from another site.
pub(crate) fn origins(address: SocketAddr) -> [String; 2] {
    ["localhost", "127.0.0.1"].map(|host| format!("http://{host}:{}", address.port()))
}

/// The files of `folder`, whose `index.html` embeds the console at `console`, and a token endpoint.
///
/// # Errors
/// A sentence when the folder has no `index.html`.
pub(crate) fn router(app: SharedApp, folder: &Path, console: String) -> Result<Router, String> {
    let index = folder.join("index.html");
    if !index.is_file() {
        return Err(format!("cannot serve {}: it has no index.html", folder.display()));
    }
    let policy = HeaderValue::try_from(policy(&console)).map_err(|error| format!("the host page's policy: {error}"))?;
    let page = get(move || page(index.clone(), console.clone()));
    Ok(Router::new()
        .route("/", page.clone())
        .route("/index.html", page)
        .route("/portal/token", api::token_route())
        .fallback_service(ServeDir::new(folder))
        .layer(SetResponseHeaderLayer::overriding(header::CONTENT_SECURITY_POLICY, policy))
        .layer(SetResponseHeaderLayer::if_not_present(header::CACHE_CONTROL, HeaderValue::from_static("no-cache")))
        .layer(axum::middleware::from_fn_with_state(app.clone(), middleware::only_this_machine))
        .with_state(app))
}

/// As strict as a host page can be: the console's origin is in it twice, for `embed.js` and for the frame.
fn policy(console: &str) -> String {
    let origin = console.splitn(4, '/').take(3).collect::<Vec<_>>().join("/");
    format!(
        "default-src 'none'; script-src 'self' {origin}; frame-src {origin}; style-src 'self'; connect-src 'self'; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
}

/// Read at each request, so that the example can be edited while it is shown.
async fn page(file: PathBuf, console: String) -> Response {
    match tokio::fs::read_to_string(&file).await {
        Ok(text) => Html(text.replace(PLACEHOLDER, &console)).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, format!("{}: {error}", file.display())).into_response(),
    }
}

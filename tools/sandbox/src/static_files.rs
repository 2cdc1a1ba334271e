//! The built console, served by tower-http's `ServeDir` from the same origin as the API. Added here: the mount path,
//! `config.json`, the headers that a careful host sets, and a 404 for files that a careful host does not serve.

use std::path::PathBuf;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use bytes::Bytes;
use tower::ServiceExt;
use tower_http::services::ServeDir;
use tower_http::set_header::response::SetMultipleResponseHeadersLayer;

use crate::options::{ConsoleConfig, ConsoleOptions};
use crate::problem::Problem;
use crate::router::method_not_allowed;

mod config;
mod headers;
mod path;

struct StaticFiles {
    folder: PathBuf,
    mount: String,
    /// The contents of `config.json`; `None` for the file in the folder.
    config: Option<Bytes>,
    files: ServeDir,
}

/// The console's files below the mount path. All other paths are 404; nothing is redirected. `host_pages` are the origins of the
/// sandbox's own host page, which may embed the console.
///
/// # Errors
/// A sentence when the folder does not exist or a flag does not fit into a header.
pub(crate) fn service(options: &ConsoleOptions, host_pages: &[String]) -> Result<MethodRouter, String> {
    let folder = options
        .folder
        .canonicalize()
        .map_err(|error| format!("cannot serve {}: {error} (build the console first?)", options.folder.display()))?;
    if !folder.is_dir() {
        return Err(format!("cannot serve {}: it is not a folder", folder.display()));
    }
    let config = match &options.config {
        ConsoleConfig::Generated => Some(config::generated(host_pages)?.into()),
        ConsoleConfig::Given(json) => Some(json.clone().into()),
        ConsoleConfig::File => None,
    };
    let files = ServeDir::new(&folder).redirect_to_trailing_slash(false).precompressed_br().precompressed_gzip();
    let security = headers::security(options, host_pages)?.into_iter().map(Into::into).collect();
    let state = StaticFiles { folder, mount: options.mount.clone(), config, files };
    Ok(get(serve)
        .fallback(method_not_allowed)
        .with_state(Arc::new(state))
        .layer(SetMultipleResponseHeadersLayer::overriding(security)))
}

async fn serve(State(site): State<Arc<StaticFiles>>, mut request: Request) -> Response {
    let requested = request.uri().path().to_owned();
    let Some(below_mount) = requested.strip_prefix(site.mount.as_str()) else { return not_found(&requested) };
    let Some(name) = path::file_name(below_mount) else { return not_found(&requested) };
    if let (Some(config), "config.json") = (&site.config, name.as_str()) {
        let json = (header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        return ([json, (header::CACHE_CONTROL, headers::caching(&name))], config.clone()).into_response();
    }
    if !site.is_inside(&name).await {
        return not_found(&requested);
    }
    // `ServeDir` takes the whole path as a path in its folder and does not know the mount.
    let Ok(uri) = Uri::try_from(format!("/{below_mount}")) else { return not_found(&requested) };
    *request.uri_mut() = uri;
    let Ok(response) = site.files.clone().oneshot(request).await;
    match response.status() {
        StatusCode::NOT_FOUND => not_found(&requested),
        _ => with_file_headers(&name, response.map(Body::new)),
    }
}

impl StaticFiles {
    /// Whether the file exists and is not a symbolic link to something outside the folder, which `ServeDir` would follow.
    async fn is_inside(&self, name: &str) -> bool {
        let real = tokio::fs::canonicalize(self.folder.join(name)).await;
        real.is_ok_and(|real| real.starts_with(&self.folder))
    }
}

/// A 404, and never `index.html`: the console needs no such fallback, and a page in place of a missing script only hides
/// the mistake. No cache may store it, because the next build may bring the file.
fn not_found(path: &str) -> Response {
    ([(header::CACHE_CONTROL, "no-store")], Problem::nothing_at(path)).into_response()
}

fn with_file_headers(name: &str, mut response: Response) -> Response {
    let is_file = response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED;
    let caching = if is_file { headers::caching(name) } else { HeaderValue::from_static("no-store") };
    response.headers_mut().insert(header::CACHE_CONTROL, caching);
    add_charset(response.headers_mut());
    response
}

/// `ServeDir` names no charset. Without one, a browser takes it from the document, which may be another site's.
fn add_charset(headers: &mut HeaderMap) {
    let text = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    if let Some(text) = text.filter(|text| text.starts_with("text/"))
        && let Ok(value) = HeaderValue::try_from(format!("{text}; charset=utf-8"))
    {
        headers.insert(header::CONTENT_TYPE, value);
    }
}

//! The built console, served beside the API on one origin: files as they are, headers as a careful host sets them.

use std::path::{Path, PathBuf};

use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

use crate::app::{ConsoleConfig, ConsoleOptions};
use crate::hash::Stable;
use crate::problem::Problem;

mod config;
mod encoding;
mod media;
mod path;
mod policy;

/// The folder with the built console, and how it is served.
#[derive(Debug)]
pub struct Files {
    folder: PathBuf,
    mount: String,
    /// What `config.json` answers; `None` for the file in the folder.
    config: Option<Vec<u8>>,
    security: Vec<(HeaderName, HeaderValue)>,
}

/// A file, or its compressed sibling, as read from the folder.
struct Found {
    bytes: Vec<u8>,
    encoding: Option<&'static str>,
    /// Another encoding would be another body.
    varies: bool,
}

impl Files {
    /// Prepares serving.
    ///
    /// # Errors
    /// A sentence when the folder is not there or a flag makes no valid header.
    pub fn new(options: &ConsoleOptions) -> Result<Self, String> {
        let folder = options.folder.canonicalize().map_err(|error| {
            format!("cannot serve {}: {error} (build the console first?)", options.folder.display())
        })?;
        if !folder.is_dir() {
            return Err(format!("cannot serve {}: it is not a folder", folder.display()));
        }
        let config = match &options.config {
            ConsoleConfig::Generated => Some(config::generated()?),
            ConsoleConfig::Given(text) => Some(text.clone().into_bytes()),
            ConsoleConfig::File => None,
        };
        Ok(Self { folder, mount: options.mount.clone(), config, security: policy::headers(options)? })
    }

    /// The answer to a request that is none for the API. A missing file is a 404 and never `index.html`: the console
    /// needs no such rule, and a page in place of a missing script only hides what is wrong.
    pub async fn serve(&self, method: &Method, uri: &Uri, asked: &HeaderMap) -> Response {
        let mut response = if method == Method::GET || method == Method::HEAD {
            self.answer(uri.path(), asked).await
        } else {
            let mut refused =
                Problem::of(StatusCode::METHOD_NOT_ALLOWED, format!("{method} is not allowed on {}", uri.path()))
                    .into_response();
            refused.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET,HEAD"));
            refused
        };
        for (name, value) in &self.security {
            response.headers_mut().insert(name, value.clone());
        }
        if method == Method::HEAD {
            // The length stays as it would be for a GET (RFC 9110, section 9.3.2).
            *response.body_mut() = Body::empty();
        }
        response
    }

    async fn answer(&self, requested: &str, asked: &HeaderMap) -> Response {
        let missing = || {
            let problem = Problem::of(StatusCode::NOT_FOUND, format!("There is nothing at {requested}"));
            // The next build may bring the file; no cache on the way may remember that it was not there.
            ([(header::CACHE_CONTROL, "no-store")], problem).into_response()
        };
        let Some(relative) = requested.strip_prefix(self.mount.as_str()).and_then(path::relative) else {
            return missing();
        };
        let name = relative.as_str();
        // A sibling is a form of its file and no file of its own.
        if encoding::ENCODINGS.iter().any(|(_, ending)| name.ends_with(ending)) {
            return missing();
        }
        let found = match &self.config {
            Some(config) if name == "config.json" => {
                Some(Found { bytes: config.clone(), encoding: None, varies: false })
            }
            _ => self.find(name, asked).await,
        };
        let Some(found) = found else { return missing() };

        let tag = entity_tag(&found);
        let mut headers = HeaderMap::new();
        headers.insert(header::CACHE_CONTROL, policy::caching(name));
        if found.varies {
            headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
        }
        if let Ok(tag) = HeaderValue::try_from(tag.as_str()) {
            headers.insert(header::ETAG, tag);
        }
        if knows(asked, &tag) {
            return (StatusCode::NOT_MODIFIED, headers).into_response();
        }
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media::media_type(name)));
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(found.bytes.len()));
        if let Some(encoding) = found.encoding {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        (headers, found.bytes).into_response()
    }

    /// The file, in the best encoding that is there and that the client takes.
    async fn find(&self, name: &str, asked: &HeaderMap) -> Option<Found> {
        let plain = self.folder.join(name);
        let plain = self.inside(&plain)?;
        let mut siblings = Vec::new();
        for (encoding, ending) in encoding::ENCODINGS {
            let mut sibling = plain.clone().into_os_string();
            sibling.push(ending);
            if let Some(path) = self.inside(Path::new(&sibling)) {
                siblings.push((encoding, path));
            }
        }
        let available: Vec<_> = siblings.iter().map(|(encoding, _)| *encoding).collect();
        let chosen = encoding::choose(asked, &available);
        let path = siblings.iter().find(|(encoding, _)| Some(*encoding) == chosen).map_or(&plain, |(_, path)| path);
        // Gone between the look and the reading: missing.
        let bytes = tokio::fs::read(path).await.ok()?;
        Some(Found { bytes, encoding: chosen, varies: !available.is_empty() })
    }

    /// The real path of a file, if it is one and lies in the folder. A link that leads out of it does not count.
    fn inside(&self, path: &Path) -> Option<PathBuf> {
        let real = path.canonicalize().ok()?;
        (real.starts_with(&self.folder) && real.is_file()).then_some(real)
    }
}

/// A strong tag: another body, or the same in another encoding, is another tag (RFC 9110, section 8.8.3).
fn entity_tag(found: &Found) -> String {
    let mut hash = Stable::new(0, found.encoding.unwrap_or("identity")).bytes(&found.bytes);
    format!("\"{:016x}{:016x}\"", hash.draw(), hash.draw())
}

/// Whether `If-None-Match` names the tag, or anything.
fn knows(asked: &HeaderMap, tag: &str) -> bool {
    let listed = asked.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    listed.flat_map(|list| list.split(',')).map(str::trim).any(|one| {
        // The comparison is weak (RFC 9110, section 13.1.2).
        one == "*" || one.trim_start_matches("W/") == tag
    })
}

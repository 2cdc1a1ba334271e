//! A request for one operation, after its body was read.

use axum::body::Bytes;
use axum::http::header;
use axum::http::request::Parts;

pub(super) struct Call {
    pub(super) head: Parts,
    pub(super) body: Bytes,
    /// The run's id; empty for operations without one.
    pub(super) id: String,
    /// A fault's limit to the length of a page.
    pub(super) max_page_size: Option<u64>,
}

impl Call {
    /// Scheme and host for links, as the client named them.
    pub(super) fn origin(&self) -> String {
        let host = self.head.headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
        format!("http://{host}")
    }

    /// Whether the `Content-Type` is JSON.
    pub(super) fn is_json(&self) -> bool {
        let Some(value) = self.head.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()) else {
            return false;
        };
        let media_type = value.split(';').next().unwrap_or(value).trim().to_ascii_lowercase();
        media_type == "application/json" || (media_type.starts_with("application/") && media_type.ends_with("+json"))
    }
}

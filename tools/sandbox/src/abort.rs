//! Responses that end their connection early, as a fault rule asks for it.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::http::{HeaderMap, HeaderValue, header};
use bytes::Bytes;
use hyper::body::{Body, Frame};

/// A response extension: send nothing of this response and abort the connection, as told or else as [`Abort::for_request`] says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AbortConnection(pub(crate) Option<Abort>);

/// How a connection is aborted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Abort {
    /// With a TCP reset and not one byte of a response.
    Reset,
    /// With [`INVALID_RESPONSE`].
    ///
    /// When a kept connection ends without a response, a browser silently sends the request again, even a POST: the page
    /// sees no error, and a run exists twice. This response gives the page the same `TypeError` as a reset of a new
    /// connection does, every time.
    InvalidResponse,
}

/// Every client must refuse two different lengths (RFC 9112, section 6.3).
pub(crate) const INVALID_RESPONSE: &[u8] = b"HTTP/1.1 502 Broken Off\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n";

impl Abort {
    /// The one that lets the sender of a request with these headers see it fail.
    pub(crate) fn for_request(headers: &HeaderMap) -> Self {
        let agent = headers.get(header::USER_AGENT).map_or(&b""[..], HeaderValue::as_bytes);
        // Browsers send `Sec-Fetch-Mode` to this machine and over TLS. Otherwise only the agent tells.
        if headers.contains_key("sec-fetch-mode") || agent.starts_with(b"Mozilla/") {
            Self::InvalidResponse
        } else {
            Self::Reset
        }
    }
}

/// A body that announces all of `body` and fails after its first `sent` bytes.
pub(crate) fn truncated(body: Vec<u8>, sent: usize) -> impl Body<Data = Bytes, Error = io::Error> {
    let mut start = Bytes::from(body);
    start.truncate(sent);
    Truncated { start: Some(start), flushed: false }
}

struct Truncated {
    start: Option<Bytes>,
    flushed: bool,
}

impl Body for Truncated {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        if let Some(start) = self.start.take() {
            return Poll::Ready(Some(Ok(Frame::data(start))));
        }
        if !self.flushed {
            // Lets the server write what it has; an immediate error would discard it.
            self.flushed = true;
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(Some(Err(io::Error::other("truncated by a fault rule"))))
    }
}

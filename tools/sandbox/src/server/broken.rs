//! How a connection ends that a fault breaks off, and the marks by which an answer asks for it.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::http::{HeaderMap, HeaderValue, header};
use bytes::Bytes;
use hyper::body::{Body, Frame};

/// In an answer's extensions: send nothing of it, end the connection.
#[derive(Clone, Copy, Debug)]
pub struct BreakOff;

/// How a connection is broken off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// A TCP reset, and not one byte of an answer.
    Reset,
    /// An answer whose length says two things, which every client must refuse.
    ///
    /// A browser sends a request again by itself, a POST included, when a connection that it kept open ends without an
    /// answer: the page sees no error, and a run exists twice. With [`UNACCEPTABLE`] it sees the same `TypeError` as
    /// after a reset on a fresh connection, every time.
    Unacceptable,
}

/// Refused by RFC 9112, section 6.3: the lengths differ.
pub(super) const UNACCEPTABLE: &[u8] = b"HTTP/1.1 502 Broken Off\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n";

impl Ending {
    /// The one with which the sender of these headers sees its request fail.
    pub(super) fn for_sender_of(headers: &HeaderMap) -> Self {
        let agent = headers.get(header::USER_AGENT).map_or(&b""[..], HeaderValue::as_bytes);
        // The first is in every request of a browser to this machine, the second in every one to another.
        if headers.contains_key("sec-fetch-mode") || agent.starts_with(b"Mozilla/") {
            Self::Unacceptable
        } else {
            Self::Reset
        }
    }
}

/// A body that fails after the first `sent` bytes of `whole`.
#[must_use]
pub fn breaking_body(whole: Vec<u8>, sent: usize) -> impl Body<Data = Bytes, Error = io::Error> {
    let mut start = Bytes::from(whole);
    start.truncate(sent);
    Breaking { start: Some(start), flushed: false }
}

struct Breaking {
    start: Option<Bytes>,
    flushed: bool,
}

impl Body for Breaking {
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
            // One turn for the server to write out what it has; an error at once would discard it.
            self.flushed = true;
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(Some(Err(io::Error::other("cut by a fault rule"))))
    }
}

//! The marks by which an answer tells its connection to break off.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use hyper::body::{Body, Frame};

/// In an answer's extensions: send nothing of it, reset the connection.
#[derive(Clone, Copy, Debug)]
pub struct BreakOff;

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

//! One TCP connection. Served by hyper directly, because a fault must be able to end it without an answer.

use std::convert::Infallible;
use std::io;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tower::ServiceExt;

use super::BreakOff;
use crate::app::Shared;

/// The error that makes hyper give up a connection.
#[derive(Debug)]
struct BrokenOff;

impl std::fmt::Display for BrokenOff {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("broken off by a fault rule")
    }
}

impl std::error::Error for BrokenOff {}

pub(super) async fn serve(stream: TcpStream, router: Router, app: Shared, mut stopping: watch::Receiver<bool>) {
    // Answers are small and complete when written; waiting to fill a packet only delays them. If it fails, they come late.
    stream.set_nodelay(true).ok();
    let reset = Arc::new(AtomicBool::new(false));
    let socket = Socket { stream, reset: reset.clone() };
    let service = service_fn(move |request: Request<Incoming>| {
        let router = router.clone();
        let reset = reset.clone();
        async move {
            let response: Result<Response<Body>, Infallible> = router.oneshot(request.map(Body::new)).await;
            match response {
                Ok(response) if response.extensions().get::<BreakOff>().is_some() => {
                    reset.store(true, Ordering::Relaxed);
                    Err(BrokenOff)
                }
                Ok(response) => Ok(response),
                Err(never) => match never {},
            }
        }
    });
    let mut recycling = app.faults.recycling();
    let serving = http1::Builder::new()
        // The sandbox's clock writes the Date header.
        .auto_date_header(false)
        .keep_alive(!app.faults.resets_wait())
        .timer(TokioTimer::new())
        .serve_connection(TokioIo::new(socket), service);
    let mut serving = pin!(serving);
    loop {
        tokio::select! {
            // How a connection ends, a reset by the peer included, is nobody's concern here.
            _ = serving.as_mut() => return,
            Ok(()) = recycling.changed() => serving.as_mut().graceful_shutdown(),
            Ok(()) = stopping.changed() => serving.as_mut().graceful_shutdown(),
        }
    }
}

/// A TCP stream that ends with a reset instead of a close when it is told to.
struct Socket {
    stream: TcpStream,
    reset: Arc<AtomicBool>,
}

impl Drop for Socket {
    fn drop(&mut self) {
        if self.reset.load(Ordering::Relaxed) {
            // If this fails the connection is closed instead, which is still no answer.
            self.stream.set_zero_linger().ok();
        }
    }
}

impl AsyncRead for Socket {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl AsyncWrite for Socket {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.reset.load(Ordering::Relaxed) {
            // A close now would be sent ahead of the reset.
            return Poll::Ready(Ok(()));
        }
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

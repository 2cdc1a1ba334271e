//! One TCP connection. Served by hyper directly, because a fault must be able to end it without an answer.

use std::convert::Infallible;
use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tower::ServiceExt;

use super::BreakOff;
use super::broken::{Ending, UNACCEPTABLE};

/// The error that makes hyper give up a connection.
#[derive(Debug)]
struct BrokenOff;

impl std::fmt::Display for BrokenOff {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("broken off by a fault rule")
    }
}

impl std::error::Error for BrokenOff {}

pub(super) async fn serve(stream: TcpStream, router: Router, mut stopping: watch::Receiver<bool>) {
    // Answers are complete when written; waiting to fill a packet only delays them. If this fails, they come late.
    stream.set_nodelay(true).ok();
    let ending = Arc::new(OnceLock::new());
    let asked = ending.clone();
    let service = service_fn(move |request: Request<Incoming>| {
        let router = router.clone();
        let asked = asked.clone();
        async move {
            let fitting = Ending::for_sender_of(request.headers());
            let response: Result<Response<Body>, Infallible> = router.oneshot(request.map(Body::new)).await;
            match response {
                Ok(response) if response.extensions().get::<BreakOff>().is_some() => {
                    asked.get_or_init(|| fitting);
                    Err(BrokenOff)
                }
                Ok(response) => Ok(response),
                Err(never) => match never {},
            }
        }
    });
    let mut serving = http1::Builder::new()
        // The sandbox's clock writes the Date header.
        .auto_date_header(false)
        .timer(TokioTimer::new())
        .serve_connection(TokioIo::new(stream), service);
    loop {
        tokio::select! {
            // How a connection ends, a reset by the peer included, is nobody's concern here.
            _ = &mut serving => break,
            Ok(()) = stopping.changed() => std::pin::Pin::new(&mut serving).graceful_shutdown(),
        }
    }
    if let Some(ending) = ending.get() {
        break_off(&serving.into_parts().io.into_inner(), *ending).await;
    }
}

/// If any of this fails, the connection is closed without an answer, which is an error for the client as well.
async fn break_off(stream: &TcpStream, ending: Ending) {
    match ending {
        Ending::Reset => {
            stream.set_zero_linger().ok();
        }
        Ending::Unacceptable => {
            if stream.writable().await.is_ok() {
                stream.try_write(UNACCEPTABLE).ok();
            }
        }
    }
}

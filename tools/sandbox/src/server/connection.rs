//! One TCP connection. Served by hyper directly, because `axum::serve` cannot end a connection without a response.

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

use crate::abort::{Abort, AbortConnection, INVALID_RESPONSE};

/// The error that makes hyper give up a connection.
#[derive(Debug)]
struct Aborted;

impl std::fmt::Display for Aborted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("aborted by a fault rule")
    }
}

impl std::error::Error for Aborted {}

pub(super) async fn serve(stream: TcpStream, router: Router, mut stopping: watch::Receiver<bool>) {
    // Responses are written whole, so waiting to fill a packet only delays them. When this fails, they are just slower.
    stream.set_nodelay(true).ok();
    let requested_abort = Arc::new(OnceLock::new());
    let abort = requested_abort.clone();
    let service = service_fn(move |request: Request<Incoming>| {
        let router = router.clone();
        let abort = abort.clone();
        async move {
            let abort_for_client = Abort::for_request(request.headers());
            let response: Result<Response<Body>, Infallible> = router.oneshot(request.map(Body::new)).await;
            let response = match response {
                Ok(response) => response,
                Err(never) => match never {},
            };
            if let Some(AbortConnection(how)) = response.extensions().get() {
                abort.get_or_init(|| how.unwrap_or(abort_for_client));
                return Err(Aborted);
            }
            Ok(response)
        }
    });
    let mut serving = http1::Builder::new()
        // The sandbox's own clock sets the Date header.
        .auto_date_header(false)
        .timer(TokioTimer::new())
        .serve_connection(TokioIo::new(stream), service);
    loop {
        tokio::select! {
            // It does not matter how the connection ends; the client may reset it at any time.
            _ = &mut serving => break,
            Ok(()) = stopping.changed() => std::pin::Pin::new(&mut serving).graceful_shutdown(),
        }
    }
    if let Some(abort) = requested_abort.get() {
        close(&serving.into_parts().io.into_inner(), *abort).await;
    }
}

/// When any of this fails, the connection closes without a response, which is an error for the client as well.
async fn close(stream: &TcpStream, abort: Abort) {
    match abort {
        Abort::Reset => {
            stream.set_zero_linger().ok();
        }
        Abort::InvalidResponse => {
            if stream.writable().await.is_ok() {
                stream.try_write(INVALID_RESPONSE).ok();
            }
        }
    }
}

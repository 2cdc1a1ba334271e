//! Which part of the sandbox answers which path.

use axum::Router;
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use axum::routing::MethodRouter;
use tower::ServiceExt;

use crate::app::SharedApp;
use crate::middleware;
use crate::options::{API_BASE, CONTROL_BASE};
use crate::problem::Problem;
use crate::{api, control};

/// The API, the control endpoints and, everywhere else, the built console if there is one.
pub(crate) fn router(app: SharedApp, console: Option<MethodRouter>) -> Router {
    api::router()
        .merge(control::router())
        .method_not_allowed_fallback(method_not_allowed)
        .fallback(move |request: Request| other_path(console.clone(), request))
        .layer(axum::middleware::from_fn_with_state(app.clone(), middleware::apply))
        .with_state(app)
}

pub(crate) async fn method_not_allowed(request: Request) -> Problem {
    Problem::method_not_allowed(request.method(), request.uri().path())
}

async fn other_path(console: Option<MethodRouter>, request: Request) -> Response {
    let path = request.uri().path();
    let reserved = middleware::is_below(path, API_BASE) || middleware::is_below(path, CONTROL_BASE);
    match console {
        Some(console) if !reserved => console.oneshot(request).await.into_response(),
        _ => Problem::nothing_at(path).into_response(),
    }
}

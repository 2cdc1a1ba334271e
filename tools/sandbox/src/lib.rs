//! The sandbox: a local stand-in for the runs API, for developing, demonstrating and testing the console. It is not the
//! vendor's service, and it shares no types with the console, since a stand-in that shares types shares mistakes.
//!
//! A request walks `server` (the connection) -> [`envelope`] (guard, CORS, `Date`) -> [`api`] (the operations),
//! [`control`] (the sandbox's own endpoints) or [`files`] (the built console). What is true of a run at a time is in
//! [`run`] and [`summary`], which are pure; where runs are kept is [`store`].

use axum::Router;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware;
use axum::response::{IntoResponse, Response};
use tower::ServiceExt;

pub mod api;
pub mod app;
pub mod cli;
pub mod clock;
mod control;
mod envelope;
pub mod faults;
pub mod files;
pub mod hash;
pub mod journal;
pub mod operation;
pub mod problem;
pub mod reply;
pub mod run;
pub mod seeding;
pub mod server;
pub mod store;
pub mod summary;
pub mod time;
pub mod token;

use app::{API_BASE, CONTROL_BASE, Shared};
use problem::Problem;

/// Everything a sandbox answers, for [`server::start`] and for tests that need no socket.
pub fn router(app: Shared) -> Router {
    api::router()
        .merge(control::router())
        .method_not_allowed_fallback(method_not_allowed)
        .fallback(elsewhere)
        .layer(middleware::from_fn_with_state(app.clone(), envelope::envelope))
        .with_state(app)
}

async fn method_not_allowed(request: Request) -> Problem {
    Problem::of(
        StatusCode::METHOD_NOT_ALLOWED,
        format!("{} is not allowed on {}", request.method(), request.uri().path()),
    )
}

async fn elsewhere(State(app): State<Shared>, request: Request) -> Response {
    let path = request.uri().path();
    let reserved = envelope::is_below(path, API_BASE) || envelope::is_below(path, CONTROL_BASE);
    if !reserved && let Some(files) = &app.files {
        return files.clone().oneshot(request).await.into_response();
    }
    Problem::of(StatusCode::NOT_FOUND, format!("There is nothing at {path}")).into_response()
}

//! Get a run, stop it, and its summary.

use axum::http::StatusCode;

use super::{Call, origin};
use crate::app::App;
use crate::problem::Problem;
use crate::reply::Reply;
use crate::run::Status;
use crate::store::Stop;
use crate::summary;

pub(super) fn run(app: &App, call: &Call) -> Result<Reply, Problem> {
    let run = app.store.get(&call.id).map_err(Problem::internal)?.ok_or_else(|| Problem::no_such_run(&call.id))?;
    Reply::json(StatusCode::OK, &run.wire(app.clock.now()))
}

pub(super) fn stop(app: &App, call: &Call) -> Result<Reply, Problem> {
    let now = app.clock.now();
    match app.store.stop(&call.id, now).map_err(Problem::internal)? {
        Stop::Stopped(run) => Reply::json(StatusCode::OK, &run.wire(now)),
        Stop::AlreadyOver(run) => {
            let word = match run.status(now) {
                Status::Stopped => "stopped",
                Status::Failed => "failed",
                _ => "completed",
            };
            Err(Problem::of(StatusCode::CONFLICT, format!("Run {} is already {word}", run.id)))
        }
        Stop::Unknown => Err(Problem::no_such_run(&call.id)),
    }
}

pub(super) fn summary(app: &App, call: &Call) -> Result<Reply, Problem> {
    let run = app.store.get(&call.id).map_err(Problem::internal)?.ok_or_else(|| Problem::no_such_run(&call.id))?;
    Reply::json(StatusCode::OK, &summary::wire(&run, app.clock.now(), &origin(&call.head)))
}

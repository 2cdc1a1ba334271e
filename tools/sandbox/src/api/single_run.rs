//! Get a run, stop it, and its summary.

use axum::http::StatusCode;

use super::call::Call;
use crate::app::App;
use crate::problem::Problem;
use crate::reply::Reply;
use crate::run::StoredRun;
use crate::store::StopOutcome;
use crate::summary;

pub(super) fn get(app: &App, call: &Call) -> Result<Reply, Problem> {
    Reply::json(StatusCode::OK, &find(app, call)?.response(app.clock.now()))
}

pub(super) fn stop(app: &App, call: &Call) -> Result<Reply, Problem> {
    let now = app.clock.now();
    match app.store.stop(&call.id, now).map_err(Problem::internal)? {
        StopOutcome::Stopped(run) => Reply::json(StatusCode::OK, &run.response(now)),
        StopOutcome::AlreadyOver(run) => {
            Err(Problem::new(StatusCode::CONFLICT, format!("Run {} is already {}", run.id, run.status(now))))
        }
        StopOutcome::NotFound => Err(Problem::no_such_run(&call.id)),
    }
}

pub(super) fn summary(app: &App, call: &Call) -> Result<Reply, Problem> {
    Reply::json(StatusCode::OK, &summary::response(&find(app, call)?, app.clock.now(), &call.origin()))
}

fn find(app: &App, call: &Call) -> Result<StoredRun, Problem> {
    app.store.get(&call.id).map_err(Problem::internal)?.ok_or_else(|| Problem::no_such_run(&call.id))
}

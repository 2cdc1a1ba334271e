//! The operations: their paths, and the steps that every request to them goes through.

use std::pin::Pin;

use axum::Router;
use axum::body::Bytes;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};

use crate::app::{App, SharedApp};
use crate::faults::Fault;
use crate::operation::Operation;
use crate::options::{API_BASE, CONTROL_BASE};
use crate::problem::Problem;
use crate::reply::Reply;
use crate::request_log::{LoggedRequest, logged_headers};
use crate::token::TokenError;

mod call;
mod create;
mod list;
mod single_run;
mod token;

use call::Call;

/// The longest accepted body in bytes. A run with the longest name has a few hundred.
const MAX_BODY: usize = 64 * 1024;

/// Every operation under both `/runs` and `/jobs/runs`, with and without a slash at the end: the documents of this API
/// contradict each other, so the sandbox accepts all of these paths.
pub(crate) fn router() -> Router<SharedApp> {
    let mut router = Router::new().route(&format!("{CONTROL_BASE}/token"), token_route());
    for prefix in ["runs", "jobs/runs"] {
        for slash in ["", "/"] {
            let runs = format!("{API_BASE}/{prefix}");
            router = router
                .route(&format!("{runs}{slash}"), get(without_id(Operation::List)).post(without_id(Operation::Create)))
                .route(&format!("{runs}/{{id}}{slash}"), get(with_id(Operation::Run)))
                .route(&format!("{runs}/{{id}}/stop{slash}"), post(with_id(Operation::Stop)))
                .route(&format!("{runs}/{{id}}/summary{slash}"), get(with_id(Operation::Summary)));
        }
    }
    router
}

/// Issues tokens, at whatever path it is put.
pub(crate) fn token_route() -> MethodRouter<SharedApp> {
    post(without_id(Operation::Token))
}

type ResponseFuture = Pin<Box<dyn Future<Output = Response> + Send>>;

fn without_id(
    operation: Operation,
) -> impl Fn(State<SharedApp>, Request) -> ResponseFuture + Clone + Send + Sync + 'static {
    move |State(app), request| Box::pin(serve(app, operation, String::new(), request))
}

fn with_id(
    operation: Operation,
) -> impl Fn(State<SharedApp>, Result<Path<String>, PathRejection>, Request) -> ResponseFuture + Clone + Send + Sync + 'static
{
    move |State(app), id, request| match id {
        Ok(Path(id)) => Box::pin(serve(app, operation, id, request)),
        // The decoded id is not UTF-8, so no run can have it.
        Err(_) => Box::pin(async { Problem::no_such_run("with an unreadable id").into_response() }),
    }
}

/// Reads the body, logs the request, checks the token, carries out the operation, and applies the fault, if there is one.
async fn serve(app: SharedApp, operation: Operation, id: String, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let (body, body_problem) = match axum::body::to_bytes(body, MAX_BODY).await {
        Ok(body) => (body, None),
        Err(error) => (Bytes::new(), Some(body_problem(&error))),
    };
    let fault = app.faults.next_fault(operation);
    let time = app.clock.now();
    let sequence = app.request_log.add(LoggedRequest {
        sequence: 0,
        time,
        operation,
        method: head.method.to_string(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().map(str::to_owned),
        headers: logged_headers(&head.headers),
        body: String::from_utf8_lossy(&body).into_owned(),
        fault: fault.as_ref().map(Fault::kind),
        status: None,
    });
    if let Some(delay) = fault.as_ref().and_then(Fault::delay) {
        tokio::time::sleep(delay).await;
    }
    let reply = match fault.as_ref().and_then(Fault::replacement) {
        Some(reply) => reply,
        None => {
            let max_page_size = fault.as_ref().and_then(Fault::max_page_size);
            let call = Call { head, body, id, max_page_size };
            let reply = match body_problem {
                Some(problem) => problem.into(),
                None => carry_out(app.clone(), operation, call).await,
            };
            match fault {
                Some(fault) => fault.apply(reply),
                None => reply,
            }
        }
    };
    app.request_log.set_status(sequence, time, reply.status());
    reply.into_response()
}

async fn carry_out(app: SharedApp, operation: Operation, call: Call) -> Reply {
    // SQLite waits for the disk, which must not block other connections.
    let work = tokio::task::spawn_blocking(move || {
        if operation.needs_token() {
            authorize(&app, &call.head)?;
        }
        match operation {
            Operation::Create => create::create(&app, &call),
            Operation::List => list::list(&app, &call),
            Operation::Run => single_run::get(&app, &call),
            Operation::Stop => single_run::stop(&app, &call),
            Operation::Summary => single_run::summary(&app, &call),
            Operation::Token => token::issue(&app, &call),
        }
    });
    match work.await {
        Ok(Ok(reply)) => reply,
        Ok(Err(problem)) => problem.into(),
        Err(error) => Problem::internal(error).into(),
    }
}

fn authorize(app: &App, head: &Parts) -> Result<(), Problem> {
    let authorization = head.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = authorization
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("Bearer"))
        .map(|(_, token)| token.trim());
    let Some(token) = token else {
        return Err(Problem::unauthorized("unauthorized", "An Authorization header with a Bearer token is required"));
    };
    match app.keys.verify(token, app.clock.now()) {
        Ok(claims) if claims.allow(head.method.as_str(), head.uri.path()) => Ok(()),
        Ok(_) => Err(Problem::new(StatusCode::FORBIDDEN, "The token's acl does not allow this method on this path")),
        Err(TokenError::Invalid) => {
            Err(Problem::unauthorized("invalid-token", "The token is not a JWT that this server has signed"))
        }
        Err(TokenError::Expired) => Err(Problem::unauthorized("jwt-expired", "The token has expired")),
        Err(TokenError::NotYetValid) => Err(Problem::unauthorized("jwt-not-active", "The token is not valid yet")),
    }
}

fn body_problem(error: &axum::Error) -> Problem {
    let too_long = std::error::Error::source(error).is_some_and(|cause| cause.is::<http_body_util::LengthLimitError>());
    if too_long {
        Problem::new(StatusCode::PAYLOAD_TOO_LARGE, format!("The body must not be longer than {MAX_BODY} bytes"))
    } else {
        Problem::new(StatusCode::BAD_REQUEST, format!("The body could not be read: {error}"))
    }
}

//! The operations: where they are found, and the one way every request to them goes.

use axum::Router;
use axum::body::Bytes;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

use crate::app::{API_BASE, App, CONTROL_BASE, Shared};
use crate::faults::Fault;
use crate::journal::{Entry, headers_as_sent};
use crate::operation::Operation;
use crate::problem::Problem;
use crate::reply::Reply;
use crate::token::Refusal;

mod create;
mod issue;
mod list;
mod run;

/// The longest body that is read, in bytes. A run with the longest name takes a few hundred.
pub const LARGEST_BODY: usize = 64 * 1024;

/// A request whose body has been read.
pub(crate) struct Call {
    pub(crate) head: Parts,
    pub(crate) body: Bytes,
    /// The run's id, empty for operations without one.
    pub(crate) id: String,
    /// A fault's limit to the length of a page.
    pub(crate) longest_page: Option<u64>,
}

/// Each operation under the printed path and under the other prefix, with and without a slash at the end: the
/// documents of this API do not agree with each other, so the sandbox takes them all.
pub(crate) fn router() -> Router<Shared> {
    let mut router = Router::new().route(&format!("{CONTROL_BASE}/token"), post(plain(Operation::Token)));
    for prefix in ["runs", "jobs/runs"] {
        for slash in ["", "/"] {
            let runs = format!("{API_BASE}/{prefix}");
            router = router
                .route(&format!("{runs}{slash}"), get(plain(Operation::List)).post(plain(Operation::Create)))
                .route(&format!("{runs}/{{id}}{slash}"), get(with_id(Operation::Run)))
                .route(&format!("{runs}/{{id}}/stop{slash}"), post(with_id(Operation::Stop)))
                .route(&format!("{runs}/{{id}}/summary{slash}"), get(with_id(Operation::Summary)));
        }
    }
    router
}

type Answering = std::pin::Pin<Box<dyn Future<Output = Response> + Send>>;

fn plain(operation: Operation) -> impl Fn(State<Shared>, Request) -> Answering + Clone + Send + Sync + 'static {
    move |State(app), request| Box::pin(serve(app, operation, String::new(), request))
}

fn with_id(
    operation: Operation,
) -> impl Fn(State<Shared>, Result<Path<String>, PathRejection>, Request) -> Answering + Clone + Send + Sync + 'static {
    move |State(app), id, request| match id {
        Ok(Path(id)) => Box::pin(serve(app, operation, id, request)),
        // Not UTF-8 once decoded: no run can have such an id.
        Err(_) => Box::pin(async { Problem::no_such_run("with an unreadable id").into_response() }),
    }
}

/// Reads, logs, disturbs, checks, carries out, disturbs, logs, answers.
async fn serve(app: Shared, operation: Operation, id: String, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let (body, unreadable) = match axum::body::to_bytes(body, LARGEST_BODY).await {
        Ok(body) => (body, None),
        Err(error) => (Bytes::new(), Some(unreadable(&error))),
    };
    let fault = app.faults.take(operation);
    let time = app.clock.now();
    let sequence = app.journal.received(Entry {
        sequence: 0,
        time,
        operation,
        method: head.method.to_string(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().map(str::to_owned),
        headers: headers_as_sent(&head.headers),
        body: String::from_utf8_lossy(&body).into_owned(),
        fault: fault.as_ref().map(Fault::name),
        status: None,
    });
    if let Some(delay) = fault.as_ref().and_then(Fault::delay) {
        tokio::time::sleep(delay).await;
    }
    let reply = match fault.as_ref().and_then(Fault::instead) {
        Some(reply) => reply,
        None => {
            let longest_page = fault.as_ref().and_then(Fault::longest_page);
            let call = Call { head, body, id, longest_page };
            let reply = match unreadable {
                Some(problem) => problem.into(),
                None => carry_out(app.clone(), operation, call).await,
            };
            match fault {
                Some(fault) => fault.afterwards(reply),
                None => reply,
            }
        }
    };
    app.journal.answered(sequence, time, reply.status());
    reply.into_response()
}

async fn carry_out(app: Shared, operation: Operation, call: Call) -> Reply {
    // SQLite waits for the disk, which must not hold up the other connections.
    let work = tokio::task::spawn_blocking(move || {
        if operation.needs_token() {
            authorise(&app, &call.head)?;
        }
        match operation {
            Operation::Create => create::create(&app, &call),
            Operation::List => list::list(&app, &call),
            Operation::Run => run::run(&app, &call),
            Operation::Stop => run::stop(&app, &call),
            Operation::Summary => run::summary(&app, &call),
            Operation::Token => issue::issue(&app, &call),
        }
    });
    match work.await {
        Ok(Ok(reply)) => reply,
        Ok(Err(problem)) => problem.into(),
        Err(error) => Problem::internal(error).into(),
    }
}

fn authorise(app: &App, head: &Parts) -> Result<(), Problem> {
    let unauthorised =
        |fragment: &str, detail: &str| Err(Problem::new(StatusCode::UNAUTHORIZED, fragment, "Unauthorized", detail));
    let sent = head.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token =
        sent.and_then(|value| value.split_once(' ')).filter(|(scheme, _)| scheme.eq_ignore_ascii_case("Bearer"));
    let Some((_, token)) = token else {
        return unauthorised("unauthorized", "An Authorization header with a Bearer token is required");
    };
    match app.keys.verify(token.trim(), app.clock.now()) {
        Ok(claims) if crate::token::acl::allows(&claims, head.method.as_str(), head.uri.path()) => Ok(()),
        Ok(_) => Err(Problem::of(StatusCode::FORBIDDEN, "The token's acl does not allow this method on this path")),
        Err(Refusal::Invalid) => unauthorised("invalid-token", "The token is no JWT that this server has signed"),
        Err(Refusal::Expired) => unauthorised("jwt-expired", "The token has expired"),
        Err(Refusal::NotYet) => unauthorised("jwt-not-active", "The token is not valid yet"),
    }
}

fn unreadable(error: &axum::Error) -> Problem {
    let too_long = std::error::Error::source(error).is_some_and(|cause| cause.is::<http_body_util::LengthLimitError>());
    if too_long {
        Problem::of(StatusCode::PAYLOAD_TOO_LARGE, format!("The body must not be longer than {LARGEST_BODY} bytes"))
    } else {
        Problem::of(StatusCode::BAD_REQUEST, format!("The body could not be read: {error}"))
    }
}

/// Scheme and host for links, as the client named them.
pub(crate) fn origin(head: &Parts) -> String {
    let host = head.headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    format!("http://{host}")
}

/// Whether the `Content-Type` says JSON.
pub(crate) fn says_json(head: &Parts) -> bool {
    let Some(sent) = head.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()) else {
        return false;
    };
    let media_type = sent.split(';').next().unwrap_or(sent).trim().to_ascii_lowercase();
    media_type == "application/json" || (media_type.starts_with("application/") && media_type.ends_with("+json"))
}

//! One HTTP request, its response, and every way it can fail. Knows nothing of where tokens come from.
//!
//! What a response says is masked here ([`runboard_core::mask`]), so that nothing behind this can show or keep an echoed token.

use super::request_log::{self, LoggedRequest};
use crate::browser::early_request::{self, EarlyRequest};
use crate::browser::page::machine_clocks;
use crate::lazy::lazy;
use futures_util::future::{Either, select};
use gloo_net::http::{Headers, Request, RequestBuilder, Response};
use gloo_timers::future::TimeoutFuture;
use runboard_core::mask::mask;
use runboard_core::problem::{Answer, Problem, ProblemKind};
use runboard_core::time::http_date::parse_http_date;
use runboard_core::time::server_clock::ClockReading;
use runboard_core::time::{Span, Timestamp};
use std::pin::pin;
use web_sys::{AbortController, RequestCache, RequestCredentials, RequestRedirect};

/// The most that one request may take, response body included.
const TIMEOUT: Span = Span::from_seconds(30);

/// A 2xx response.
pub(crate) struct HttpResponse {
    pub(crate) body: String,
    /// This machine's clocks when the request was sent and when the whole response had arrived.
    pub(crate) clocks: [ClockReading; 2],
    /// The headers that scripts may read.
    pub(crate) headers: Headers,
}

/// Called with this machine's clocks when the request was sent and when the response arrived, and the response's `Date`.
type OnDate = Box<dyn FnOnce(ClockReading, ClockReading, Timestamp)>;

/// A request to send.
pub(crate) struct HttpRequest {
    request: RequestBuilder,
    method: &'static str,
    address: String,
    body: Option<String>,
    /// The token that it carries; empty for a request to anything but the API.
    token: String,
    on_date: Option<OnDate>,
    early: Option<EarlyRequest>,
}

impl HttpRequest {
    pub(crate) fn get(url: &str) -> Self {
        Self::new(Request::get(url), "GET", url)
    }

    pub(crate) fn post(url: &str) -> Self {
        Self::new(Request::post(url), "POST", url)
    }

    fn new(request: RequestBuilder, method: &'static str, url: &str) -> Self {
        // A redirect could carry the token to another server, so it is treated as a failure.
        let request = request
            .redirect(RequestRedirect::Error)
            .cache(RequestCache::NoStore)
            .credentials(RequestCredentials::Omit)
            .header("Accept", "application/json, application/problem+json");
        Self { request, method, address: url.to_owned(), body: None, token: String::new(), on_date: None, early: None }
    }

    /// For one of the page's own files that may be preloaded or requested already: uses that response.
    #[must_use]
    pub(crate) fn preloaded_asset(mut self) -> Self {
        self.early = self.early_request("");
        self.asset()
    }

    /// Only for reads: a write must be sent by this program, once.
    fn early_request(&self, token: &str) -> Option<EarlyRequest> {
        if self.method == "GET" { early_request::take(&self.address, token) } else { None }
    }

    /// For one of the page's own files: with the browser's caches and the origin's cookies.
    #[must_use]
    pub(crate) fn asset(mut self) -> Self {
        self.request = self.request.cache(RequestCache::Default).credentials(RequestCredentials::SameOrigin);
        self
    }

    /// Sends the origin's cookies. Only for the token endpoint of a portal.
    #[must_use]
    pub(crate) fn with_cookies(mut self) -> Self {
        self.request = self.request.credentials(RequestCredentials::SameOrigin);
        self
    }

    /// Attaches a bearer token. If `boot.js` has sent the same request with this token already, its response is used.
    #[must_use]
    pub(crate) fn bearer(mut self, token: &str) -> Self {
        self.early = self.early_request(token);
        token.clone_into(&mut self.token);
        self.header("Authorization", &["Bearer ", token].concat())
    }

    fn header(mut self, name: &str, value: &str) -> Self {
        self.request = self.request.header(name, value);
        self
    }

    /// Adds a JSON body.
    #[must_use]
    pub(crate) fn json(mut self, body: String) -> Self {
        self.request = self.request.header("Content-Type", "application/json");
        self.body = Some(body);
        self
    }

    /// Calls `observe` with the `Date` of the response, whatever its status.
    #[must_use]
    pub(crate) fn on_date(mut self, observe: impl FnOnce(ClockReading, ClockReading, Timestamp) + 'static) -> Self {
        self.on_date = Some(Box::new(observe));
        self
    }
}

/// Aborts the request when dropped, which dropping the future of a fetch does not do.
struct AbortOnDrop(Option<AbortController>);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        if let Some(controller) = &self.0 {
            // Without a reason: gloo-net panics on one that is not an `Error`.
            controller.abort();
        }
    }
}

/// Sends a request. Dropping the future aborts it.
///
/// # Errors
/// A [`Problem`] for everything but a complete 2xx response.
pub(crate) async fn send(request: HttpRequest) -> Result<HttpResponse, Problem> {
    let HttpRequest { request, method, address, body, token, on_date, early } = request;
    let address = mask(address, &token);
    let own = || AbortController::new().ok();
    let mut guard = AbortOnDrop(early.as_ref().map_or_else(own, EarlyRequest::abort_controller));
    let signal = guard.0.as_ref().map(AbortController::signal);
    let request = request.abort_signal(signal.as_ref());
    let request = match body {
        Some(body) => request.body(body),
        None => request.build(),
    }
    .map_err(|_| unreachable())?;

    let started = machine_clocks();
    let exchange = pin!(async move {
        let (response, sent, received) = match early {
            Some(early) => {
                let (response, [sent, received]) = early.response().await.ok_or_else(unreachable)?;
                (Response::from(response), sent, received)
            }
            None => (request.send().await.map_err(|_| unreachable())?, started, machine_clocks()),
        };
        if let Some(observe) = on_date
            && let Some(date) = response.headers().get("Date").as_deref().and_then(parse_http_date)
        {
            observe(sent, received, date);
        }
        read(response, sent, &token).await
    });
    let limit = TimeoutFuture::new(u32::try_from(TIMEOUT.millis()).unwrap_or(u32::MAX));
    let outcome = match select(exchange, limit).await {
        Either::Left((outcome, _)) => {
            // Finished: there is nothing to abort.
            guard.0 = None;
            outcome
        }
        Either::Right(_) => Err(Problem::bare(ProblemKind::TimedOut { after: TIMEOUT })),
    };
    let started = outcome.as_ref().map_or(started, |response| response.clocks[0]);
    let millis = machine_clocks().monotonic.millis().saturating_sub(started.monotonic.millis());
    let problem = outcome.as_ref().err().cloned();
    request_log::add(LoggedRequest { at: started.wall, method, address, millis, problem });
    outcome
}

async fn read(response: Response, sent: ClockReading, token: &str) -> Result<HttpResponse, Problem> {
    let status = response.status();
    let is_success = (200..300).contains(&status);
    let (headers, body) = (response.headers(), response.text().await);
    if is_success && body.is_err() {
        // The status was a success, but the connection broke before the end of the body.
        return Err(unreachable());
    }
    let mut body = body.unwrap_or_default();
    // The answer of a token endpoint is the token.
    if !is_success || !token.is_empty() {
        body = mask(body, token);
    }
    let known = AnswerHeaders::of(&headers);
    let answer = known.with(status, &body);
    let from_api = token.is_empty() || answer.is_from_api();
    if is_success && from_api {
        return Ok(HttpResponse { body, clocks: [sent, machine_clocks()], headers });
    }
    let without_body = Problem::from_headers(answer, from_api);
    Err(read_problem(status, known, body, from_api).await.unwrap_or(without_body))
}

/// The headers that tell of a problem.
struct AnswerHeaders {
    content_type: Option<String>,
    challenge: Option<String>,
    retry_after: Option<String>,
    date: Option<String>,
}

impl AnswerHeaders {
    fn of(headers: &Headers) -> Self {
        let header = |name| headers.get(name);
        Self {
            content_type: header("Content-Type"),
            challenge: header("WWW-Authenticate"),
            retry_after: header("Retry-After"),
            date: header("Date"),
        }
    }

    fn with<'a>(&'a self, status: u16, body: &'a str) -> Answer<'a> {
        Answer {
            status,
            content_type: self.content_type.as_deref(),
            challenge: self.challenge.as_deref(),
            retry_after: self.retry_after.as_deref(),
            date: self.date.as_deref(),
            body,
        }
    }
}

lazy! {
    /// Reads what the body says: problem details in any of their spellings.
    fn read_problem(status: u16, headers: AnswerHeaders, body: String, from_api: bool) -> Problem {
        let answer = headers.with(status, &body);
        if from_api { Problem::read(answer) } else { Problem::intercepted(answer) }
    }
}

fn unreachable() -> Problem {
    Problem::bare(ProblemKind::Unreachable { offline: !crate::browser::page::is_online() })
}

//! One request, one answer, and every way it can fail. Knows nothing of tokens.

use super::request_log::{self, Entry};
use crate::browser::early::{self, Early};
use crate::browser::page::machine_clocks;
use futures_util::future::{Either, select};
use gloo_net::http::{Headers, Request, RequestBuilder, Response};
use gloo_timers::future::TimeoutFuture;
use runboard_core::problem::{self, Problem, ProblemKind};
use runboard_core::time::http_date::parse_http_date;
use runboard_core::time::server_clock::ClockReading;
use runboard_core::time::{Span, Timestamp};
use std::pin::pin;
use web_sys::{AbortController, RequestCache, RequestCredentials, RequestRedirect};

/// How long one request may take, body included.
pub const TIME_LIMIT: Span = Span::from_seconds(30);

/// A 2xx answer.
pub struct Answer {
    /// The body as text.
    pub body: String,
    /// When it was asked for, and when it had come.
    pub between: [ClockReading; 2],
    /// The headers that can be read from here.
    pub headers: Headers,
}

/// Called with the readings of this machine's clocks before and after a request, and the `Date` of its answer.
type OnDate = Box<dyn FnOnce(ClockReading, ClockReading, Timestamp)>;

/// A request to be sent.
pub struct Call {
    request: RequestBuilder,
    method: &'static str,
    address: String,
    body: Option<String>,
    on_date: Option<OnDate>,
    early: Option<Early>,
}

impl Call {
    /// A reading request.
    pub fn get(url: &str) -> Self {
        Self::of(Request::get(url), "GET", url)
    }

    /// A writing request.
    pub fn post(url: &str) -> Self {
        Self::of(Request::post(url), "POST", url)
    }

    fn of(request: RequestBuilder, method: &'static str, url: &str) -> Self {
        // A redirect could carry the token to another place: it is a failure instead.
        let request = request
            .redirect(RequestRedirect::Error)
            .cache(RequestCache::NoStore)
            .credentials(RequestCredentials::Omit)
            .header("Accept", "application/json, application/problem+json");
        Self { request, method, address: url.to_owned(), body: None, on_date: None, early: None }
    }

    /// As the browser fetches the page's own files, so that a preload of it is used, or what was asked for at the start.
    #[must_use]
    pub fn anonymous(mut self) -> Self {
        self.early = self.known("");
        self.of_the_page()
    }

    /// Never for a request that writes: such a one has to be sent.
    fn known(&self, token: &str) -> Option<Early> {
        if self.method == "GET" { early::take(&self.address, token) } else { None }
    }

    /// As the browser fetches the page's own files, with what its caches know.
    #[must_use]
    pub fn of_the_page(mut self) -> Self {
        self.request = self.request.cache(RequestCache::Default).credentials(RequestCredentials::SameOrigin);
        self
    }

    /// Sends the origin's cookies along: for the token endpoint of a portal, and nothing else.
    #[must_use]
    pub fn with_cookies(mut self) -> Self {
        self.request = self.request.credentials(RequestCredentials::SameOrigin);
        self
    }

    /// Attaches a bearer token. What was asked for with it already, at the start, is taken in place of a request.
    #[must_use]
    pub fn bearer(mut self, token: &str) -> Self {
        self.early = self.known(token);
        self.header("Authorization", &["Bearer ", token].concat())
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.request = self.request.header(name, value);
        self
    }

    /// Adds a JSON body.
    #[must_use]
    pub fn json(mut self, body: String) -> Self {
        self.request = self.request.header("Content-Type", "application/json");
        self.body = Some(body);
        self
    }

    /// Calls this with the `Date` of the answer, whatever else the answer says.
    #[must_use]
    pub fn on_date(mut self, observe: impl FnOnce(ClockReading, ClockReading, Timestamp) + 'static) -> Self {
        self.on_date = Some(Box::new(observe));
        self
    }
}

/// Aborts the request when it is dropped: dropping the future of a fetch alone does not.
struct Guard(Option<AbortController>);

impl Drop for Guard {
    fn drop(&mut self) {
        if let Some(controller) = &self.0 {
            // Without a reason: gloo-net panics on a reason that is not an `Error`.
            controller.abort();
        }
    }
}

/// Sends it. Dropping the future aborts the request.
///
/// # Errors
/// A [`Problem`] for everything that is not a whole 2xx answer.
pub async fn send(call: Call) -> Result<Answer, Problem> {
    let Call { request, method, address, body, on_date, early } = call;
    let mut guard = Guard(AbortController::new().ok());
    let signal = guard.0.as_ref().map(AbortController::signal);
    let request = request.abort_signal(signal.as_ref());
    let request = match body {
        Some(body) => request.body(body),
        None => request.build(),
    }
    .map_err(|_| unreachable())?;

    let begun = machine_clocks();
    let exchange = pin!(async move {
        let (response, asked, received) = match early {
            Some(early) => {
                let (response, [asked, received]) = early.answer().await.ok_or_else(unreachable)?;
                (Response::from(response), asked, received)
            }
            None => (request.send().await.map_err(|_| unreachable())?, begun, machine_clocks()),
        };
        if let Some(observe) = on_date
            && let Some(date) = response.headers().get("Date").as_deref().and_then(parse_http_date)
        {
            observe(asked, received, date);
        }
        read(response, asked).await
    });
    let limit = TimeoutFuture::new(u32::try_from(TIME_LIMIT.millis()).unwrap_or(u32::MAX));
    let outcome = match select(exchange, limit).await {
        Either::Left((outcome, _)) => {
            // It is over: nothing is left to abort.
            guard.0 = None;
            outcome
        }
        Either::Right(_) => Err(Problem::bare(ProblemKind::TimedOut { after: TIME_LIMIT })),
    };
    let begun = outcome.as_ref().map_or(begun, |answer| answer.between[0]);
    let millis = machine_clocks().monotonic.millis().saturating_sub(begun.monotonic.millis());
    request_log::add(Entry { at: begun.wall, method, address, millis, problem: outcome.as_ref().err().cloned() });
    outcome
}

async fn read(response: Response, asked: ClockReading) -> Result<Answer, Problem> {
    let status = response.status();
    let (headers, body) = (response.headers(), response.text().await);
    if (200..300).contains(&status) {
        return match body {
            Ok(body) => Ok(Answer { body, between: [asked, machine_clocks()], headers }),
            // The head said success and the rest was lost.
            Err(_) => Err(unreachable()),
        };
    }
    let (content_type, retry_after, date) =
        (headers.get("Content-Type"), headers.get("Retry-After"), headers.get("Date"));
    Err(Problem::read(problem::Answer {
        status,
        content_type: content_type.as_deref(),
        retry_after: retry_after.as_deref(),
        date: date.as_deref(),
        body: body.as_deref().unwrap_or_default(),
    }))
}

fn unreachable() -> Problem {
    Problem::bare(ProblemKind::Unreachable { offline: !crate::browser::page::online() })
}

//! The typed operations of the runs API, with the token attached.

use super::endpoint::Endpoint;
use super::transport::{self, HttpRequest, HttpResponse};
use crate::config::ConfigHandle;
use crate::leak::leak;
use leptos::prelude::*;
use runboard_core::draft::NewRun;
use runboard_core::page::Page;
use runboard_core::policy::hedge::{HedgeSchedule, ReadKind};
use runboard_core::problem::{Problem, ProblemKind};
use runboard_core::run::{Run, RunId};
use runboard_core::summary::Summary;
use runboard_core::time::Timestamp;
use runboard_core::time::server_clock::ClockReading;
use std::rc::Rc;

/// The runs API.
pub struct Api {
    config: &'static ConfigHandle,
    hooks: StoredValue<Rc<dyn Hooks>, LocalStorage>,
    /// When a read that hangs is raced by a second one.
    pub(super) hedge: StoredValue<HedgeSchedule>,
    /// When the request for the last answer that had runs was sent.
    last_sent: StoredValue<Option<ClockReading>>,
}

/// A request that carries a token.
pub(crate) struct AuthorizedRequest {
    pub(crate) request: HttpRequest,
    /// Identifies the token, so that nothing has to compare the token itself.
    pub(crate) token_number: u32,
}

/// What the client needs from the session, and what it reports. The state implements it, so that this layer knows neither the
/// session nor the host page.
pub(crate) trait Hooks {
    /// Puts the session's token on a request; `None` while signed out.
    fn authorize(&self, request: HttpRequest) -> Option<AuthorizedRequest>;
    /// The API accepted the token.
    fn token_accepted(&self, number: u32);
    /// The API answered 401 to the token.
    fn token_refused(&self, number: u32, expired: bool);
    /// The API reports that it carried out our own create or stop at `stamp`. The readings of this machine's clocks are from
    /// when the request was sent and when the response arrived.
    fn action_stamped(&self, clocks: [ClockReading; 2], stamp: Timestamp, created: bool);
    /// A request failed; not called for one that was aborted.
    fn request_failed(&self, problem: &Problem);
}

/// A page of the list.
pub(crate) type ListPage = Page;

/// A run with the response body that it was read from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct RunAnswer {
    pub(crate) run: Run,
    /// The body, for the raw view.
    pub(crate) raw: String,
}

impl Api {
    pub(crate) fn new(config: &'static ConfigHandle, hooks: impl Hooks + 'static) -> &'static Self {
        let hedge = StoredValue::new(HedgeSchedule::default());
        let last_sent = StoredValue::new(None);
        leak(Self { config, hooks: StoredValue::new_local(Rc::new(hooks)), hedge, last_sent })
    }

    /// When the request for the answer that was read last was sent. Whoever takes in runs as soon as they are read finds here since
    /// when they have been as they are.
    pub(crate) fn last_sent(&'static self) -> Option<ClockReading> {
        self.last_sent.try_get_value().flatten()
    }

    fn note_answer(&'static self, response: &HttpResponse) {
        let [sent, _] = response.clocks;
        self.last_sent.try_set_value(Some(sent));
    }

    /// Reads the first page of the list, without a query, as the API documents it.
    pub(crate) async fn list(&'static self) -> Result<ListPage, Problem> {
        self.read_list(ReadKind::List, Endpoint::list(&self.config.get())).await
    }

    /// Reads a further page of the list.
    pub(crate) async fn list_page(&'static self, page: u32, page_size: Option<u32>) -> Result<ListPage, Problem> {
        self.read_list(ReadKind::ListPage, Endpoint::list_page(&self.config.get(), page, page_size)).await
    }

    async fn read_list(&'static self, kind: ReadKind, endpoint: Endpoint) -> Result<ListPage, Problem> {
        let response = self.read(kind, &endpoint).await?;
        self.note_answer(&response);
        Page::read(&response.body).ok_or_else(|| Problem::unreadable_success(&response.body))
    }

    /// Reads one run.
    pub(crate) async fn read_run(&'static self, id: &RunId) -> Result<RunAnswer, Problem> {
        let endpoint = Endpoint::run(&self.config.get(), id).ok_or_else(not_found)?;
        let response = self.read(ReadKind::Run, &endpoint).await?;
        self.note_answer(&response);
        let run = Run::read_body(&response.body).ok_or_else(|| Problem::unreadable_success(&response.body))?;
        Ok(RunAnswer { run, raw: response.body })
    }

    /// Reads the summary of a run.
    pub(crate) async fn read_summary(&'static self, id: &RunId) -> Result<Summary, Problem> {
        let endpoint = Endpoint::summary(&self.config.get(), id).ok_or_else(not_found)?;
        let response = self.read(ReadKind::Summary, &endpoint).await?;
        self.note_answer(&response);
        Summary::read(&response.body, id).ok_or_else(|| Problem::unreadable_success(&response.body))
    }

    /// Creates a run. Never retried.
    ///
    /// # Errors
    /// Any [`Problem`]; whether the run exists then is told by [`Problem::outcome_unknown`].
    pub(crate) async fn create_run(&'static self, new_run: &NewRun) -> Result<Run, Problem> {
        let request = HttpRequest::post(Endpoint::create(&self.config.get()).as_str()).json(new_run.to_json());
        let response = self.send(request).await?;
        self.note_answer(&response);
        let run = Run::read_body(&response.body).ok_or_else(|| Problem::unreadable_success(&response.body))?;
        self.report_stamp(&response, run.created_at, true);
        Ok(run)
    }

    /// Requests a stop. Never retried. The response body is not documented: any 2xx means that the request was accepted, and the
    /// run is returned if the body has it.
    pub(crate) async fn stop_run(&'static self, id: &RunId) -> Result<Option<Run>, Problem> {
        let endpoint = Endpoint::stop(&self.config.get(), id).ok_or_else(not_found)?;
        let response = self.send(HttpRequest::post(endpoint.as_str())).await?;
        self.note_answer(&response);
        let run = Run::read_body(&response.body).filter(|run| run.id == *id);
        self.report_stamp(&response, run.as_ref().and_then(|run| run.updated_at), false);
        Ok(run)
    }

    /// The address that all of the API's begin with.
    pub(crate) fn base(&'static self) -> String {
        Endpoint::base(&self.config.get()).as_str().to_owned()
    }

    /// The command line that reads a run, with the token as a shell variable.
    pub fn curl(&'static self, id: &RunId) -> String {
        let endpoint = Endpoint::run(&self.config.get(), id);
        let address = endpoint.as_ref().map_or("", Endpoint::as_str).replace('\'', "%27");
        format!("curl -H \"Authorization: Bearer $RUNBOARD_TOKEN\" '{address}'")
    }

    /// Method and address of each operation, in the order of [`crate::text::diagnostics::OPERATIONS`].
    pub(crate) fn addresses(&'static self) -> [(&'static str, String); 5] {
        let config = self.config.get();
        let id = RunId::new("{id}");
        let plain = |endpoint: Endpoint| endpoint.as_str().replace("%7Bid%7D", "{id}");
        let of_run = |endpoint: Option<Endpoint>| endpoint.map(plain).unwrap_or_default();
        [
            ("POST", plain(Endpoint::create(&config))),
            ("GET", plain(Endpoint::list(&config))),
            ("GET", of_run(Endpoint::run(&config, &id))),
            ("POST", of_run(Endpoint::stop(&config, &id))),
            ("GET", of_run(Endpoint::summary(&config, &id))),
        ]
    }

    /// The origin that requests go to.
    pub(crate) fn origin(&'static self) -> String {
        Endpoint::list(&self.config.get()).origin()
    }

    fn report_stamp(&'static self, response: &HttpResponse, stamp: Option<Timestamp>, created: bool) {
        if let (Some(stamp), Some(hooks)) = (stamp, self.hooks.try_get_value()) {
            hooks.action_stamped(response.clocks, stamp, created);
        }
    }

    pub(super) async fn send(&'static self, request: HttpRequest) -> Result<HttpResponse, Problem> {
        let no_token = || Problem::bare(ProblemKind::NoToken);
        let hooks = self.hooks.try_get_value().ok_or_else(no_token)?;
        let AuthorizedRequest { request, token_number } = hooks.authorize(request).ok_or_else(no_token)?;
        let outcome = transport::send(request).await;
        match &outcome {
            Err(Problem { kind: ProblemKind::Unauthorised { expired }, .. }) => {
                hooks.token_refused(token_number, *expired);
            }
            Err(problem) if problem.outcome_unknown() => {}
            _ => hooks.token_accepted(token_number),
        }
        if let Err(problem) = &outcome
            && problem.kind != ProblemKind::Aborted
        {
            hooks.request_failed(problem);
        }
        outcome
    }
}

/// For an id that cannot be asked for.
fn not_found() -> Problem {
    Problem::bare(ProblemKind::NotFound)
}

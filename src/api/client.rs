//! The typed operations of the runs API, with the token attached.

use super::endpoint::Endpoint;
use super::transport::{self, Answer, Call};
use crate::config::ConfigHandle;
use leptos::prelude::*;
use runboard_core::draft::NewRun;
use runboard_core::page::Page;
use runboard_core::problem::{Problem, ProblemKind};
use runboard_core::run::{Run, RunId};
use runboard_core::summary::Summary;
use runboard_core::time::Timestamp;
use runboard_core::time::server_clock::ClockReading;
use std::rc::Rc;

/// The runs API.
#[derive(Clone, Copy)]
pub struct Api {
    config: ConfigHandle,
    hooks: StoredValue<Rc<dyn Hooks>, LocalStorage>,
}

/// A request that carries a token.
pub struct AuthorizedRequest {
    /// The request.
    pub call: Call,
    /// Which token it is: they are counted, and never told apart by their text.
    pub token_number: u32,
}

/// What the client needs from the session, and tells it in return.
pub trait Hooks {
    /// Puts the session's token on a request; none while nobody is signed in.
    fn authorize(&self, call: Call) -> Option<AuthorizedRequest>;
    /// The API accepted this token.
    fn token_accepted(&self, number: u32);
    /// The API answered 401 to this token.
    fn token_refused(&self, number: u32, expired: bool);
    /// The API carried out our own action at `stamp`, which lies between these readings of this machine's clocks.
    fn action_dated(&self, between: [ClockReading; 2], stamp: Timestamp, created: bool);
    /// A request failed.
    fn request_failed(&self, problem: &Problem);
}

/// A page of the list as it was answered.
pub type ListPage = Page;

/// A run with the body it was read from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RunAnswer {
    /// The run.
    pub run: Run,
    /// The body, for the raw view.
    pub raw: String,
}

impl Api {
    /// With this configuration, for the session behind the hooks.
    pub fn new(config: ConfigHandle, hooks: impl Hooks + 'static) -> Self {
        Self { config, hooks: StoredValue::new_local(Rc::new(hooks)) }
    }

    /// The first page of the list, as printed: without a query.
    ///
    /// # Errors
    /// Any [`Problem`].
    pub async fn list(self) -> Result<ListPage, Problem> {
        self.read_list(Endpoint::list(&self.config.get())).await
    }

    /// A further page of the list.
    ///
    /// # Errors
    /// Any [`Problem`].
    pub async fn list_page(self, page: u32, page_size: Option<u32>) -> Result<ListPage, Problem> {
        self.read_list(Endpoint::list_page(&self.config.get(), page, page_size)).await
    }

    async fn read_list(self, endpoint: Endpoint) -> Result<ListPage, Problem> {
        let answer = self.send(Call::get(endpoint.as_str())).await?;
        Page::read(&answer.body).ok_or_else(undecodable)
    }

    /// One run.
    ///
    /// # Errors
    /// Any [`Problem`].
    pub async fn run(self, id: &RunId) -> Result<RunAnswer, Problem> {
        let answer = self.send(Call::get(Endpoint::run(&self.config.get(), id).as_str())).await?;
        let run = Run::read_body(&answer.body).ok_or_else(undecodable)?;
        Ok(RunAnswer { run, raw: answer.body })
    }

    /// The summary of a run.
    ///
    /// # Errors
    /// Any [`Problem`].
    pub async fn summary(self, id: &RunId) -> Result<Summary, Problem> {
        let answer = self.send(Call::get(Endpoint::summary(&self.config.get(), id).as_str())).await?;
        Summary::read(&answer.body, id).ok_or_else(undecodable)
    }

    /// Asks for a run. Sent once.
    ///
    /// # Errors
    /// Any [`Problem`]; see [`Problem::outcome_unknown`].
    pub async fn create(self, new_run: &NewRun) -> Result<Run, Problem> {
        let call = Call::post(Endpoint::create(&self.config.get()).as_str()).json(new_run.to_json());
        let answer = self.send(call).await?;
        let run = Run::read_body(&answer.body).ok_or_else(undecodable)?;
        self.learn_time(&answer, run.created_at, true);
        Ok(run)
    }

    /// Asks to stop a run. Sent once. The answer's body is not documented: with or without one, 2xx means that the request was taken.
    ///
    /// # Errors
    /// Any [`Problem`].
    pub async fn stop(self, id: &RunId) -> Result<Option<Run>, Problem> {
        let answer = self.send(Call::post(Endpoint::stop(&self.config.get(), id).as_str())).await?;
        let run = Run::read_body(&answer.body).filter(|run| run.id == *id);
        self.learn_time(&answer, run.as_ref().and_then(|run| run.updated_at), false);
        Ok(run)
    }

    /// The command line that reads a run; the token is a shell variable in it.
    pub fn curl(self, id: &RunId) -> String {
        let endpoint = Endpoint::run(&self.config.get(), id);
        format!("curl -H \"Authorization: Bearer $RUNBOARD_TOKEN\" '{}'", endpoint.as_str().replace('\'', "%27"))
    }

    /// The operations' addresses, by name, for Diagnostics.
    pub fn addresses(self) -> [(&'static str, String); 5] {
        let config = self.config.get();
        let id = RunId::new("{id}");
        let text = |endpoint: Endpoint| endpoint.as_str().replace("%7Bid%7D", "{id}");
        [
            ("POST", text(Endpoint::create(&config))),
            ("GET", text(Endpoint::list(&config))),
            ("GET", text(Endpoint::run(&config, &id))),
            ("POST", text(Endpoint::stop(&config, &id))),
            ("GET", text(Endpoint::summary(&config, &id))),
        ]
    }

    /// Our own action was carried out between the asking and the answer.
    fn learn_time(self, answer: &Answer, carried_out_at: Option<Timestamp>, created: bool) {
        if let (Some(at), Some(hooks)) = (carried_out_at, self.hooks.try_get_value()) {
            hooks.action_dated(answer.between, at, created);
        }
    }

    /// The origin that requests go to, for Diagnostics.
    pub fn origin(self) -> String {
        Endpoint::list(&self.config.get()).origin()
    }

    async fn send(self, call: Call) -> Result<Answer, Problem> {
        let no_token = || Problem::bare(ProblemKind::NoToken);
        let hooks = self.hooks.try_get_value().ok_or_else(no_token)?;
        let AuthorizedRequest { call, token_number } = hooks.authorize(call).ok_or_else(no_token)?;
        let outcome = transport::send(call).await;
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

fn undecodable() -> Problem {
    Problem::bare(ProblemKind::Undecodable)
}

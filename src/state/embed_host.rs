//! The host page (a portal) that embeds the console. The protocol and what it refuses: [`runboard_core::embed`].
//!
//! What speaks the protocol ([`connection`]) is loaded when the console is in a frame.

mod connection;

use crate::browser::{host_page, random};
use crate::config::ConfigHandle;
use crate::leak::leak;
use crate::state::clock::Clock;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use runboard_core::embed::{Handshake, HostChannel, HostMessage, NoToken};

/// How long the host page may take to give a token, in milliseconds.
const TOKEN_TIMEOUT: u32 = 10_000;

/// The console's side of the connection to the host page.
pub struct EmbedHost {
    clock: &'static Clock,
    /// Decides which offer of a connection is accepted. `None` if the page is in no frame, or no host page is configured.
    gate: StoredValue<Option<Handshake>>,
    channel: StoredValue<HostChannel>,
    connected: RwSignal<bool>,
    /// Whether the console listens for an offer: before that it does not announce itself, or it would miss the answer.
    listening: StoredValue<bool>,
    on_message: StoredValue<Option<Callback<HostMessage>>>,
    /// Performs tasks, once the code for them has been loaded.
    perform: StoredValue<Option<Callback<HostTask>>>,
    token_request: StoredValue<Option<TokenRequest>, LocalStorage>,
    last_request_id: StoredValue<u32>,
}

/// What the connection to the host page is asked to do.
#[derive(Clone)]
pub(crate) enum HostTask {
    /// Announce the console and listen.
    Connect,
    /// Ask for the token that is waited for.
    RequestToken,
    /// Report a failed request, in the words that the person reads.
    Report(String),
}

/// A token that was asked for.
struct TokenRequest {
    id: u32,
    on_answer: Box<dyn FnOnce(Result<String, NoToken>)>,
}

impl EmbedHost {
    pub(crate) fn new(config: &'static ConfigHandle, clock: &'static Clock) -> &'static Self {
        let allowed = config.get().allowed_origins.clone();
        // The nonce distinguishes frames and documents. It is no secret: the origin decides who may connect.
        let gate = (host_page::is_framed() && !allowed.is_empty()).then(|| Handshake::new(allowed, random::hex(32)));
        leak(Self {
            clock,
            gate: StoredValue::new(gate),
            channel: StoredValue::new(HostChannel::default()),
            connected: RwSignal::new(false),
            listening: StoredValue::new(false),
            on_message: StoredValue::new(None),
            perform: StoredValue::new(None),
            token_request: StoredValue::new_local(None),
            last_request_id: StoredValue::new(0),
        })
    }

    /// Connects to the host page, if one is expected. `perform` loads the code of the connection and passes the task to
    /// [`EmbedHost::perform`].
    pub(crate) fn connect(&'static self, perform: Callback<HostTask>) {
        if self.is_expected() {
            host_page::mark_embedded();
            self.perform.set_value(Some(perform));
            self.ask(HostTask::Connect);
        }
    }

    /// Reports a failed request to the host page, if it is connected.
    pub(crate) fn report(&'static self, message: impl FnOnce() -> String) {
        if self.connected.get_untracked() {
            self.ask(HostTask::Report(message()));
        }
    }

    fn ask(&'static self, task: HostTask) {
        if let Some(perform) = self.perform.get_value() {
            perform.run(task);
        }
    }

    /// Whether the console is in a frame and a host page is configured.
    pub(crate) fn is_expected(&'static self) -> bool {
        self.gate.with_value(Option::is_some)
    }

    /// Asks the host page for a token. `on_answer` is called once, after [`TOKEN_TIMEOUT`] at the latest.
    pub(crate) fn request_token(&'static self, on_answer: impl FnOnce(Result<String, NoToken>) + 'static) {
        if !host_page::is_framed() {
            return on_answer(Err(NoToken::NotFramed));
        }
        if !self.is_expected() {
            return on_answer(Err(NoToken::NoneAllowed));
        }
        let id = self.last_request_id.try_update_value(|id| {
            *id = id.wrapping_add(1);
            *id
        });
        let Some(id) = id else { return };
        self.token_request.set_value(Some(TokenRequest { id, on_answer: Box::new(on_answer) }));
        self.ask(HostTask::RequestToken);
        spawn_local(async move {
            TimeoutFuture::new(TOKEN_TIMEOUT).await;
            let refusal = self.gate.try_with_value(|gate| gate.as_ref().and_then(|gate| gate.last_refusal().cloned()));
            self.answer_token_request(id, Err(NoToken::Silent(refusal.flatten())));
        });
    }

    /// Completes the request with that id; an answer to an earlier request is ignored.
    fn answer_token_request(&'static self, id: u32, outcome: Result<String, NoToken>) {
        let request =
            self.token_request.try_update_value(|request| request.take_if(|request| request.id == id)).flatten();
        if let Some(TokenRequest { on_answer, .. }) = request {
            on_answer(outcome);
        }
    }
}

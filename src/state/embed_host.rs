//! The host page (a portal) that embeds the console. The protocol and what it refuses: [`runboard_core::embed`].

use crate::browser::{host_page, random};
use crate::config::ConfigHandle;
use crate::leak::leak;
use crate::state::clock::Clock;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use runboard_core::embed::{
    ConsoleMessage, Handshake, HostChannel, HostMessage, MessageError, NoToken, Offer, Verdict,
};

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
    token_request: StoredValue<Option<TokenRequest>, LocalStorage>,
    last_request_id: StoredValue<u32>,
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
            token_request: StoredValue::new_local(None),
            last_request_id: StoredValue::new(0),
        })
    }

    /// Announces the console and listens, for as long as the application lives. `on_message` gets every message but tokens.
    pub(crate) fn run(&'static self, on_message: Callback<HostMessage>) {
        if !self.is_expected() {
            return;
        }
        host_page::mark_embedded();
        self.on_message.set_value(Some(on_message));
        host_page::on_message(move |message| {
            let verdict = self.gate.try_update_value(|gate| {
                let offer = Offer {
                    from_parent: message.from_parent,
                    origin: &message.origin,
                    text: message.text.as_deref(),
                    ports: message.port_count(),
                };
                gate.as_mut().map(|gate| gate.judge(offer))
            });
            match verdict.flatten() {
                Some(Verdict::Accepted) => {
                    message.connect(move |text| self.receive(text.as_deref().unwrap_or_default()));
                    self.note_connected();
                }
                Some(Verdict::Refused(_)) => message.close_ports(),
                _ => {}
            }
        });
        self.listening.set_value(true);
        self.announce();
    }

    /// Whether the console is in a frame and a host page is configured.
    pub(crate) fn is_expected(&'static self) -> bool {
        self.gate.with_value(Option::is_some)
    }

    /// Whether a host page is connected; tracked.
    pub(crate) fn connected(&'static self) -> bool {
        self.connected.get()
    }

    /// Sends a message to the host page, if it is connected.
    pub(crate) fn send(&'static self, message: ConsoleMessage<'_>) {
        if self.connected.get_untracked() {
            host_page::send(&message.to_text());
        }
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
        if self.connected.get_untracked() {
            host_page::send(&ConsoleMessage::Token(id).to_text());
        } else {
            self.announce();
        }
        spawn_local(async move {
            TimeoutFuture::new(TOKEN_TIMEOUT).await;
            let refusal = self.gate.try_with_value(|gate| gate.as_ref().and_then(|gate| gate.last_refusal().cloned()));
            self.answer_token_request(id, Err(NoToken::Silent(refusal.flatten())));
        });
    }

    fn announce(&'static self) {
        if !self.listening.get_value() {
            return;
        }
        if let Some(hello) = self.gate.with_value(|gate| gate.as_ref().map(Handshake::hello)) {
            host_page::post_to_parent(&hello);
        }
    }

    fn note_connected(&'static self) {
        self.connected.set(true);
        if let Some(id) = self.token_request.with_value(|request| request.as_ref().map(|request| request.id)) {
            host_page::send(&ConsoleMessage::Token(id).to_text());
        }
    }

    fn receive(&'static self, text: &str) {
        let now = self.clock.now();
        match self.channel.try_update_value(|channel| channel.receive(text, now)) {
            Some(Ok(HostMessage::Token(id, token))) => self.answer_token_request(id, Ok(token)),
            Some(Ok(HostMessage::NoToken(id, reason))) => self.answer_token_request(id, Err(NoToken::Said(reason))),
            Some(Ok(message)) => {
                if let Some(on_message) = self.on_message.get_value() {
                    on_message.run(message);
                }
            }
            Some(Err(MessageError::Flood)) => {
                self.send(ConsoleMessage::Error("portal", "flood"));
                host_page::disconnect();
                self.connected.set(false);
            }
            Some(Err(MessageError::Oversized)) => self.send(ConsoleMessage::Error("portal", "oversized")),
            Some(Err(MessageError::Malformed)) => self.send(ConsoleMessage::Error("portal", "malformed")),
            None => {}
        }
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

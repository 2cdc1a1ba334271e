//! The page that embeds the console (the portal). What it may say and what is refused: [`runboard_core::embed`].

use crate::browser::frame;
use crate::config::ConfigHandle;
use crate::state::clock::Clock;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use runboard_core::embed::{Gate, Heard, HostChannel, MessageError, Offer, Refusal, Said, Verdict};

/// How long a portal has for an answer, in milliseconds.
const PATIENCE: u32 = 10_000;

/// The portal around the console.
#[derive(Clone, Copy)]
pub struct EmbedHost {
    clock: Clock,
    /// None where the page is in no frame, or no portal is configured.
    gate: StoredValue<Option<Gate>>,
    line: StoredValue<HostChannel>,
    joined: RwSignal<bool>,
    /// Whether it can be heard: announced before, the console would miss the answer.
    listens: StoredValue<bool>,
    on_heard: StoredValue<Option<Callback<Heard>>>,
    wanted: StoredValue<Option<Wanted>, LocalStorage>,
    asked: StoredValue<u32>,
}

/// The token that is waited for.
struct Wanted {
    id: u32,
    then: Box<dyn FnOnce(Result<String, NoToken>)>,
}

/// Why the portal gave no token.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NoToken {
    /// The console is in no frame, so there is no portal.
    NotFramed,
    /// No portal is configured.
    NoneAllowed,
    /// It did not answer in time; what it tried before was refused for this reason.
    Silent(Option<Refusal>),
    /// It says why, in its own words.
    Said(String),
}

impl EmbedHost {
    /// Nothing is said yet.
    pub fn new(config: ConfigHandle, clock: Clock) -> Self {
        let allowed = config.get().allowed_origins.clone();
        let gate = (frame::framed() && !allowed.is_empty()).then(|| Gate::new(allowed, nonce()));
        Self {
            clock,
            gate: StoredValue::new(gate),
            line: StoredValue::new(HostChannel::default()),
            joined: RwSignal::new(false),
            listens: StoredValue::new(false),
            on_heard: StoredValue::new(None),
            wanted: StoredValue::new_local(None),
            asked: StoredValue::new(0),
        }
    }

    /// Announces the console and listens, for as long as it lives. `on_heard` is told everything but tokens.
    pub fn run(self, on_heard: Callback<Heard>) {
        if !self.expected() {
            return;
        }
        frame::mark_embedded();
        self.on_heard.set_value(Some(on_heard));
        frame::hear(move |message| {
            let verdict = self.gate.try_update_value(|gate| {
                let offer = Offer {
                    from_parent: message.from_parent,
                    origin: &message.origin,
                    text: message.text.as_deref(),
                    ports: message.ports(),
                };
                gate.as_mut().map(|gate| gate.judge(offer))
            });
            match verdict.flatten() {
                Some(Verdict::Taken) => {
                    message.take_port(move |text| self.heard(text.as_deref().unwrap_or_default()));
                    self.join();
                }
                Some(Verdict::Refused(_)) => message.close_ports(),
                _ => {}
            }
        });
        self.listens.set_value(true);
        self.announce();
    }

    /// Whether a portal is expected around the console.
    pub fn expected(self) -> bool {
        self.gate.with_value(Option::is_some)
    }

    /// Whether it is there; tracked.
    pub fn joined(self) -> bool {
        self.joined.get()
    }

    /// Tells it something.
    pub fn say(self, said: Said<'_>) {
        if self.joined.get_untracked() {
            frame::say(&said.to_text());
        }
    }

    /// Asks it for a token. `then` is called once, at the latest when its time is up.
    pub fn ask(self, then: impl FnOnce(Result<String, NoToken>) + 'static) {
        if !frame::framed() {
            return then(Err(NoToken::NotFramed));
        }
        if !self.expected() {
            return then(Err(NoToken::NoneAllowed));
        }
        let id = self.asked.try_update_value(|asked| {
            *asked = asked.wrapping_add(1);
            *asked
        });
        let Some(id) = id else { return };
        self.wanted.set_value(Some(Wanted { id, then: Box::new(then) }));
        if self.joined.get_untracked() {
            frame::say(&Said::Token(id).to_text());
        } else {
            self.announce();
        }
        spawn_local(async move {
            TimeoutFuture::new(PATIENCE).await;
            let refusal = self.gate.try_with_value(|gate| gate.as_ref().and_then(|gate| gate.last_refusal().cloned()));
            self.settle(id, Err(NoToken::Silent(refusal.flatten())));
        });
    }

    fn announce(self) {
        if !self.listens.get_value() {
            return;
        }
        if let Some(hello) = self.gate.with_value(|gate| gate.as_ref().map(Gate::hello)) {
            frame::announce(&hello);
        }
    }

    fn join(self) {
        self.joined.set(true);
        if let Some(id) = self.wanted.with_value(|wanted| wanted.as_ref().map(|wanted| wanted.id)) {
            frame::say(&Said::Token(id).to_text());
        }
    }

    fn heard(self, text: &str) {
        let now = self.clock.now();
        match self.line.try_update_value(|line| line.receive(text, now)) {
            Some(Ok(Heard::Token(id, token))) => self.settle(id, Ok(token)),
            Some(Ok(Heard::NoToken(id, why))) => self.settle(id, Err(NoToken::Said(why))),
            Some(Ok(heard)) => {
                if let Some(on_heard) = self.on_heard.get_value() {
                    on_heard.run(heard);
                }
            }
            Some(Err(MessageError::Flood)) => {
                self.say(Said::Error("portal", "flood"));
                frame::hang_up();
                self.joined.set(false);
            }
            Some(Err(MessageError::Oversized)) => self.say(Said::Error("portal", "oversized")),
            Some(Err(MessageError::Malformed)) => self.say(Said::Error("portal", "malformed")),
            None => {}
        }
    }

    /// An answer to another question than the present one is an old one, and says nothing.
    fn settle(self, id: u32, outcome: Result<String, NoToken>) {
        let wanted = self.wanted.try_update_value(|wanted| wanted.take_if(|wanted| wanted.id == id)).flatten();
        if let Some(Wanted { then, .. }) = wanted {
            then(outcome);
        }
    }
}

/// 32 random hexadecimal digits. It tells frames and documents apart; who may answer is decided by the origin.
fn nonce() -> String {
    (0..32).filter_map(|_| char::from_digit((js_sys::Math::random() * 16.0) as u32, 16)).collect()
}

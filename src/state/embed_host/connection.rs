//! The connection to the host page. Only to be called from `lazy!` functions: it draws the code of the protocol into the file of its
//! caller.

use super::{EmbedHost, HostTask};
use crate::browser::host_page;
use leptos::prelude::*;
use runboard_core::embed::{ConsoleMessage, Handshake, HostMessage, MessageError, NoToken, Offer, Verdict};

impl EmbedHost {
    /// Whether the console listens already.
    pub(crate) fn is_listening(&'static self) -> bool {
        self.listening.get_value()
    }

    /// Announces the console and listens, for as long as the application lives. `on_message` gets every message but tokens.
    pub(crate) fn listen(&'static self, on_message: Callback<HostMessage>) {
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

    /// Does what was asked, once the console listens.
    pub(crate) fn perform(&'static self, task: HostTask) {
        match task {
            HostTask::Connect => {}
            HostTask::RequestToken if self.connected.get_untracked() => self.request_pending_token(),
            HostTask::RequestToken => self.announce(),
            HostTask::Report(message) => self.send(ConsoleMessage::Error("api", &message)),
        }
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
        self.request_pending_token();
    }

    fn request_pending_token(&'static self) {
        if let Some(id) = self.token_request.with_value(|request| request.as_ref().map(|request| request.id)) {
            self.send(ConsoleMessage::Token(id));
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
}

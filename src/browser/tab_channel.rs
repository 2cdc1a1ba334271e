//! Messages between the tabs of one browser. In a browser without `BroadcastChannel` none arrive.

use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{BroadcastChannel, MessageEvent};

/// A channel between the tabs of this origin.
pub(crate) struct TabChannel(Option<BroadcastChannel>);

impl TabChannel {
    /// Opens the channel for as long as the document lives. `on_message` is called with every text that another tab sends.
    pub(crate) fn open(name: &str, on_message: impl Fn(String) + 'static) -> Self {
        let channel = BroadcastChannel::new(name).ok();
        if let Some(channel) = &channel {
            let handler = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
                if let Some(text) = event.data().as_string() {
                    on_message(text);
                }
            });
            channel.set_onmessage(Some(handler.as_ref().unchecked_ref()));
            handler.forget();
        }
        Self(channel)
    }

    /// Opens the channel to send only, until this is dropped.
    pub(crate) fn open_to_send(name: &str) -> SendingChannel {
        SendingChannel(Self(BroadcastChannel::new(name).ok()))
    }

    /// Whether this browser has channels here.
    pub(crate) const fn is_open(&self) -> bool {
        self.0.is_some()
    }

    /// Sends a text to the other tabs.
    pub(crate) fn send(&self, text: &str) {
        if let Some(channel) = &self.0 {
            let _ = channel.post_message(&JsValue::from_str(text));
        }
    }
}

/// A channel on which nothing is heard. Dropping it closes it.
pub(crate) struct SendingChannel(TabChannel);

impl SendingChannel {
    /// Sends a text to the other tabs.
    pub(crate) fn send(&self, text: &str) {
        self.0.send(text);
    }
}

impl Drop for SendingChannel {
    fn drop(&mut self) {
        if let Some(channel) = &self.0.0 {
            channel.close();
        }
    }
}

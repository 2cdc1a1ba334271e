//! Follows the messages of the host page, and reports to it what happens in the console.

use crate::browser;
use crate::context::AppContext;
use leptos::prelude::*;
use runboard_core::embed::{ConsoleMessage, HostMessage};

/// Connects to the host page, for as long as the application lives.
pub(super) fn run(app: AppContext) {
    let AppContext { ui, poller, host, .. } = app;
    host.run(Callback::new(move |message| match message {
        HostMessage::Appearance { zone, theme } => {
            if !ui.settings.apply_host_appearance(zone.as_deref(), theme) {
                host.send(ConsoleMessage::Error("portal", "unknown zone"));
            }
        }
        HostMessage::Navigate(address) => {
            if address != ui.navigation.address_untracked() {
                ui.navigation.go(&address);
            }
        }
        HostMessage::Refresh => poller.refresh_all(),
        HostMessage::Token(..) | HostMessage::NoToken(..) => {}
    }));
    Effect::watch(
        move || host.connected(),
        move |connected, _, _| {
            if *connected {
                host.send(ConsoleMessage::Ready(&ui.navigation.address_untracked().href()));
                browser::host_page::on_content_resize(move |height| host.send(ConsoleMessage::Resize(height)));
            }
        },
        false,
    );
    let address = Memo::new(move |_| ui.navigation.address());
    Effect::watch(
        move || address.get(),
        move |address, _, _| host.send(ConsoleMessage::Navigate(&address.href())),
        false,
    );
}

//! Follows the messages of the host page, and reports to it what happens in the console.

use crate::browser;
use crate::context::AppContext;
use leptos::prelude::*;
use runboard_core::embed::{Heard, Said};

/// Connects to the host page, for as long as the application lives.
pub(super) fn run(app: AppContext) {
    let AppContext { ui, poller, host, .. } = app;
    host.run(Callback::new(move |message| match message {
        Heard::Appearance { zone, theme } => {
            if !ui.settings.apply_host_appearance(zone.as_deref(), theme) {
                host.send(Said::Error("portal", "unknown zone"));
            }
        }
        Heard::Navigate(address) => {
            if address != ui.navigation.address_untracked() {
                ui.navigation.go(&address);
            }
        }
        Heard::Refresh => poller.refresh_all(),
        Heard::Token(..) | Heard::NoToken(..) => {}
    }));
    Effect::watch(
        move || host.connected(),
        move |connected, _, _| {
            if *connected {
                host.send(Said::Ready(&ui.navigation.address_untracked().href()));
                browser::host_page::on_content_resize(move |height| host.send(Said::Resize(height)));
            }
        },
        false,
    );
    let address = Memo::new(move |_| ui.navigation.address());
    Effect::watch(move || address.get(), move |address, _, _| host.send(Said::Navigate(&address.href())), false);
}

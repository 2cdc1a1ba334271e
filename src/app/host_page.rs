//! Follows the messages of the host page, and reports to it what happens in the console.

use crate::browser;
use crate::context::AppContext;
use crate::lazy::{lazy, run_when_loaded};
use crate::state::embed_host::HostTask;
use leptos::prelude::*;
use runboard_core::embed::{ConsoleMessage, HostMessage};

/// Connects to the host page, if there is to be one, for as long as the application lives.
pub(super) fn run(app: AppContext) {
    let owner = Owner::current().unwrap_or_default();
    app.host.connect(Callback::new(move |task| run_when_loaded(perform(app, owner.clone(), task))));
}

lazy! {
    /// Does something about the host page. The first time, also begins to follow its messages, for as long as `owner` lives.
    fn perform(app: AppContext, owner: Owner, task: HostTask) -> () {
        if !app.host.is_listening() {
            owner.with(|| follow(app));
        }
        app.host.perform(task);
    }
}

fn follow(app: AppContext) {
    let AppContext { ui, poller, host, .. } = app;
    host.listen(Callback::new(move |message| match message {
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
                host.send(ConsoleMessage::Notifications(ui.unseen.get_untracked()));
                browser::host_page::on_content_resize(move |height| host.send(ConsoleMessage::Resize(height)));
            }
        },
        false,
    );
    // The page's own title and icon are not seen in a frame.
    Effect::watch(
        move || ui.unseen.get(),
        move |unseen, _, _| host.send(ConsoleMessage::Notifications(*unseen)),
        false,
    );
    let address = Memo::new(move |_| ui.navigation.address());
    Effect::watch(
        move || address.get(),
        move |address, _, _| host.send(ConsoleMessage::Navigate(&address.href())),
        false,
    );
}

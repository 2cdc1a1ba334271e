//! What bells tell: a notice on every page, a count in the title and on the icon, and notifications of the operating system.

use crate::browser::{page, system_notification};
use crate::components::AlertNotice;
use crate::context::AppContext;
use crate::lazy::lazy;
use crate::state::navigation::{Address, Page};
use crate::text::{activity as words, list, notify};
use leptos::prelude::*;
use runboard_core::activity::{Entry, Filter};
use runboard_core::run::is_visible;
use std::sync::Arc;

/// More at a time are one notification.
const MOST_AT_ONCE: usize = 3;

lazy! {
    /// The notice, and what goes with it.
    pub(super) fn alerts(app: AppContext) -> AnyView {
        let AppContext { ui, activity, .. } = app;
        let record = activity.get_or_start();
        let unseen = Memo::new(move |_| record.unseen());
        record.on_system_alert(move |entries| show(app, &entries));
        Effect::new(move |_| {
            let count = unseen.with(Vec::len);
            ui.unseen.set(count);
            page::set_icon(icon(count).as_deref());
        });
        // Whoever reads the run's page has seen it.
        Effect::new(move |_| {
            let Page::Run(id) = ui.navigation.page() else { return };
            let is_read = |entry: &&Arc<Entry>| entry.run.as_ref() == Some(&id);
            let read: Vec<_> = unseen.with(|unseen| unseen.iter().filter(is_read).cloned().collect());
            if ui.clock.visible() && !read.is_empty() {
                untrack(|| record.note_seen(&read));
            }
        });
        on_cleanup(move || {
            ui.unseen.try_set(0);
            page::set_icon(None);
        });
        view! { <AlertNotice unseen=unseen on_seen=move |()| record.note_seen(&unseen.get_untracked()) /> }.into_any()
    }
}

/// Shows notifications of the operating system, if the person asked for them.
fn show(app: AppContext, entries: &[Arc<Entry>]) {
    let ui = app.ui;
    if !untrack(|| ui.bells.with(|bells| bells.system)) {
        return;
    }
    let open = move |address: Address| ui.navigation.go(&address);
    if entries.len() > MOST_AT_ONCE {
        let names: Vec<String> = entries.iter().take(MOST_AT_ONCE).map(|entry| sentence(entry)).collect();
        let filter = Filter { notified: true, ..Filter::default() };
        let tag = entries.first().map(|entry| entry.key.to_string()).unwrap_or_default();
        system_notification::show(&notify::several(entries.len()), &names.join("\n"), &tag, move || {
            open(Address::Activity { filter });
        });
        return;
    }
    for entry in entries {
        let time = untrack(|| ui.settings.print_clock_in_zone(entry.happened()));
        let address = entry.run.clone().map_or_else(Address::activity, |id| Address::Run { id });
        system_notification::show(&sentence(entry), &time, &entry.key, move || open(address));
    }
}

/// `Spring offer failed`
fn sentence(entry: &Entry) -> String {
    let name = if is_visible(&entry.name) { &*entry.name } else { list::UNNAMED };
    [name, " ", &words::what(entry)].concat()
}

/// The console's icon with a number on it, as an address; `None` without a number.
fn icon(count: usize) -> Option<String> {
    const BEFORE: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'%3E%3Crect width='24' height='24' rx='6' fill='%232f5bd0'/%3E%3Cpath d='M5 7h6M5 12h5M5 17h5' stroke='%23fff' stroke-width='2' stroke-linecap='round'/%3E%3Ccircle cx='15.5' cy='14.5' r='8.5' fill='%23c9252d'/%3E%3Ctext x='15.5' y='18.7' font-family='system-ui,sans-serif' font-weight='700' font-size='12' text-anchor='middle' fill='%23fff'%3E";
    const AFTER: &str = "%3C/text%3E%3C/svg%3E";
    let number = if count > 9 { "9+".to_owned() } else { count.to_string() };
    (count > 0).then(|| [BEFORE, &number, AFTER].concat())
}

//! What bells tell: a notice on every page, a count in the title and on the icon, and notifications of the operating system.

use crate::browser::{page, system_notification};
use crate::components::AlertNotice;
use crate::context::AppContext;
use crate::lazy::lazy;
use crate::state::navigation::{Address, Page};
use crate::text::notify;
use leptos::prelude::*;
use runboard_core::activity::{Entry, Filter};
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
        // Whoever opens the run's page has seen what had happened by then, and whoever does something on it what has happened since. A
        // page that is merely open may have nobody before it.
        let here_at = RwSignal::new(page::machine_clocks().wall);
        let on_run = Memo::new(move |_| match ui.navigation.page() {
            Page::Run(id) if ui.clock.visible() => Some(id),
            _ => None,
        });
        let of_run = Memo::new(move |_| {
            let id = on_run.get()?;
            let is_read = |entry: &&Arc<Entry>| entry.run.as_ref() == Some(&id);
            let read: Vec<_> = unseen.with(|unseen| unseen.iter().filter(is_read).cloned().collect());
            (!read.is_empty()).then_some(read)
        });
        Effect::watch(move || on_run.get(), move |_, _, _| here_at.set(page::machine_clocks().wall), false);
        page::on_activity(move || {
            if of_run.try_with_untracked(Option::is_some) == Some(true) {
                here_at.try_set(page::machine_clocks().wall);
            }
        });
        Effect::new(move |_| {
            let here_at = here_at.get();
            let seen: Vec<_> =
                of_run.get().into_iter().flatten().filter(|entry| entry.noticed.here <= here_at).collect();
            if !seen.is_empty() {
                untrack(|| record.note_seen(&seen));
            }
        });
        on_cleanup(move || {
            ui.unseen.try_set(0);
            page::set_icon(None);
        });
        let on_seen = Callback::new(move |seen: Vec<Arc<Entry>>| record.note_seen(&seen));
        view! { <AlertNotice unseen=unseen on_seen=on_seen /> }.into_any()
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
        let names: Vec<String> = entries.iter().take(MOST_AT_ONCE).map(|entry| notify::sentence(entry)).collect();
        let shown = entries.to_vec();
        let filter = Filter { notified: true, ..Filter::default() };
        let tag = entries.first().map(|entry| entry.key.to_string()).unwrap_or_default();
        system_notification::show(&notify::several(entries.len()), &names.join("\n"), &tag, move || {
            app.activity.get_or_start().note_seen(&shown);
            open(Address::Activity { filter });
        });
        return;
    }
    for entry in entries {
        let time = untrack(|| ui.settings.print_clock_in_zone(entry.happened()));
        let address = entry.run.clone().map_or_else(Address::activity, |id| Address::Run { id });
        system_notification::show(&notify::sentence(entry), &time, &entry.key, move || open(address));
    }
}

/// The console's icon with a number on it, as an address; `None` without a number.
fn icon(count: usize) -> Option<String> {
    const BEFORE: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'%3E%3Crect width='24' height='24' rx='6' fill='%232f5bd0'/%3E%3Cpath d='M5 7h6M5 12h5M5 17h5' stroke='%23fff' stroke-width='2' stroke-linecap='round'/%3E%3Ccircle cx='15.5' cy='14.5' r='8.5' fill='%23c9252d'/%3E%3Ctext x='15.5' y='18.7' font-family='system-ui,sans-serif' font-weight='700' font-size='12' text-anchor='middle' fill='%23fff'%3E";
    const AFTER: &str = "%3C/text%3E%3C/svg%3E";
    let number = if count > 9 { "9+".to_owned() } else { count.to_string() };
    (count > 0).then(|| [BEFORE, &number, AFTER].concat())
}

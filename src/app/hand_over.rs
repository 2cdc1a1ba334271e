//! The dialog with the text for the next shift, whichever page it is opened on.

use crate::browser::zones::Zone;
use crate::browser::{history, storage};
use crate::components::{HandOverDialog, HandOverText};
use crate::context::AppContext;
use crate::lazy::lazy;
use crate::state::known_runs::{self, KnownRuns};
use crate::state::planning::stored_zones;
use leptos::prelude::*;
use leptos::task::spawn_local;
use runboard_core::activity::{Action, Done, Entry, Moment, Outcome, Record};
use runboard_core::hand_over::{self, Format, HandOver};
use runboard_core::run::JobId;
use runboard_core::time::Timestamp;
use runboard_core::time::zone::Offset;

/// The second zone that was chosen last, in local storage.
const ZONE_KEY: &str = "runboard.hand-over-zone";

/// What the text is made of when the dialog opens.
#[derive(Clone, Copy, PartialEq)]
struct Opened {
    at: Moment,
    /// When the last text was made.
    since: Option<Moment>,
}

lazy! {
    /// Loads the dialog.
    pub(super) fn hand_over_dialog(app: AppContext) -> AnyView {
        let AppContext { ui, api, store, .. } = app;
        let record = app.activity.get_or_start();
        let opened = RwSignal::new(None::<Opened>);
        let known = RwSignal::new(KnownRuns::All);
        let (first, second) = (RwSignal::new(ui.settings.zone_untracked()), RwSignal::new(Zone::utc()));
        // Signed out in another tab or for lack of activity, meanwhile.
        Effect::new(move |_| {
            if !app.session.shows_pages() {
                ui.hand_over.set(false);
            }
        });
        Effect::new(move |_| {
            if !ui.hand_over.get() {
                return opened.set(None);
            }
            let since = untrack(|| record.with_record(Record::last_hand_over));
            opened.set(Some(Opened { at: ui.clock.moment(), since }));
            let zone = ui.settings.zone_untracked();
            second.set(second_zone(&zone, ui.clock.now()));
            first.set(zone);
            if known_runs::are_current(store, ui.clock) {
                return known.set(KnownRuns::All);
            }
            known.set(KnownRuns::Loading);
            spawn_local(async move {
                let read = known_runs::read_all(api, store, ui.clock).await;
                known.try_set(read);
            });
        });
        let text = Memo::new(move |_| {
            let Some(Opened { at, since }) = opened.get() else { return HandOverText::default() };
            let (config, zones) = (ui.config.get(), [first.get(), second.get()]);
            let [first, second] = &zones;
            let base = history::base();
            let base = base.split(['?', '#']).next().unwrap_or_default();
            let base = base.rsplit_once('/').map_or(base, |(folder, _)| folder);
            store.with_all(|runs| {
                record.with_record(|record| {
                    let text = HandOver {
                        runs,
                        record,
                        since: since.map(|since| since.api),
                        now: at.api,
                        zones: [
                            hand_over::Zone { name: first.name(), offset: &|at| first.offset(at) },
                            hand_over::Zone { name: second.name(), offset: &|at| second.offset(at) },
                        ],
                        base: &[base, "/"].concat(),
                        job_label: &|job: &JobId| config.jobs.get(job.as_str()).map(Into::into),
                    };
                    HandOverText { plain: text.text(Format::Plain), markdown: text.text(Format::Markdown), mail: text.mail_link() }
                })
            })
        });
        let handed_over = move |()| {
            let Some(Opened { at, .. }) = opened.get_untracked() else { return };
            let text = Some(text.with_untracked(|text| text.plain.as_str().into()));
            let done = Done { outcome: Outcome::Confirmed, text, ..Done::requested(Action::HandOver) };
            record.done(Entry::done(done, &at.api.millis().to_string(), None, at));
        };
        view! {
            <HandOverDialog
                open=ui.hand_over
                text=text
                known_runs=known
                zones=[first, second]
                on_second_zone=move |zone: Zone| { storage::local_set(ZONE_KEY, zone.name()); }
                on_handed_over=handed_over
            />
        }
        .into_any()
    }
}

/// The second zone: the one chosen last, if it is not the first one as well; else UTC, the browser's own, or one that is pinned in the
/// form.
fn second_zone(first: &Zone, now: Timestamp) -> Zone {
    let chosen = storage::local_get(ZONE_KEY).and_then(|name| Zone::named(&name)).filter(|chosen| chosen != first);
    let propose = || {
        let mut others = vec![Zone::utc(), Zone::local()];
        others.extend(stored_zones());
        let offsets: Vec<_> = others.iter().map(|zone| move |at| zone.offset(at)).collect();
        let offsets: Vec<Offset<'_>> = offsets.iter().map(|offset| offset as _).collect();
        hand_over::second_zone(&|at| first.offset(at), &offsets, now).and_then(|at| others.get(at).cloned())
    };
    chosen.or_else(propose).unwrap_or_else(Zone::utc)
}

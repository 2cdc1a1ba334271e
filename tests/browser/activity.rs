//! The record of what happened, and the text for the next shift.

use super::support::{in_minutes, render_plain, settle, text_of};
use leptos::prelude::*;
use runboard::browser::zones::Zone;
use runboard::components::{
    ActivityList, AwayNotice, HandOverDialog, HandOverText, KnownRuns, RecordState, RunActivity,
};
use runboard::state::activity::{AwayLine, Kept};
use runboard_core::activity::{Alert, Away, Entry, Filter, HowKnown, Kind, Moment, Transition, What};
use runboard_core::run::{JobId, RunId};
use std::sync::Arc;
use wasm_bindgen_test::wasm_bindgen_test;

/// Something that was seen so many minutes ago, when the run had last been read a minute before.
pub(super) fn seen(id: &str, transition: Transition, minutes_ago: i64) -> Arc<Entry> {
    let at = |minutes: i64| Moment { here: in_minutes(-minutes), api: in_minutes(-minutes) };
    Arc::new(Entry {
        key: id.into(),
        what: What::Seen(transition),
        run: Some(RunId::new(id)),
        name: ["Sale ", id].concat().into(),
        job: Some(JobId::new("12")),
        noticed: at(minutes_ago),
        known: HowKnown::Between { after: Some(at(minutes_ago + 1)) },
        alert: Alert::None,
    })
}

struct Page {
    entries: RwSignal<Vec<Arc<Entry>>>,
    state: RwSignal<RecordState>,
    filter: RwSignal<Filter>,
    cleared: RwSignal<u32>,
}

fn page(entries: Vec<Arc<Entry>>, kept: Kept) -> (super::support::Screen, Page) {
    let total = entries.len();
    super::support::render(move |_| {
        let page = Page {
            entries: RwSignal::new(entries),
            state: RwSignal::new(RecordState { kept, total, lost_at: None }),
            filter: RwSignal::new(Filter::default()),
            cleared: RwSignal::new(0),
        };
        let (filter, cleared) = (page.filter, page.cleared);
        let view = view! {
            <ActivityList
                entries=page.entries
                state=page.state
                filter=filter
                on_filter=move |changed| filter.set(changed)
                on_clear=move |()| cleared.update(|times| *times += 1)
            />
        };
        (page, view.into_any())
    })
}

#[wasm_bindgen_test]
async fn entries_stand_under_the_day_they_happened_on() {
    let two_days =
        vec![seen("a", Transition::Failed, 1), seen("b", Transition::Opened, 2), seen("c", Transition::Opened, 3000)];
    let (screen, _) = page(two_days, Kept::Yes);
    settle().await;
    assert_eq!(screen.all(".entry-day").len(), 2);
    let first = text_of(&screen.all(".entry")[0]);
    assert!(first.contains("Sale a failed") && first.contains("seen at") && first.contains(", between"), "{first}");
    assert_eq!(screen.link("Sale a"), "./?run=a");
}

#[wasm_bindgen_test]
async fn list_says_why_it_is_empty() {
    for (kept, total, words) in [
        (Kept::Loading, 0, "Loading what was recorded"),
        (Kept::Yes, 0, "Nothing recorded yet"),
        (Kept::Yes, 3, "Nothing matches"),
        (Kept::Refused, 0, "does not store the record"),
        (Kept::Nobody, 0, "names no person"),
        (Kept::NotCleared, 0, "storage cannot be reached"),
    ] {
        let (screen, page) = page(vec![], kept);
        page.state.set(RecordState { kept, total, lost_at: None });
        settle().await;
        assert!(screen.shows(words), "{words}");
    }
}

#[wasm_bindgen_test]
async fn many_entries_are_shown_by_and_by() {
    let many = (0..450).map(|at| seen(&at.to_string(), Transition::Opened, 1)).collect();
    let (screen, page) = page(many, Kept::Yes);
    settle().await;
    assert_eq!(screen.all(".entry").len(), 200);
    screen.click_button("Show 200 more");
    settle().await;
    assert_eq!(screen.all(".entry").len(), 400);
    screen.click_button("Show 50 more");
    settle().await;
    assert_eq!(screen.all(".entry").len(), 450);
    page.filter.set(Filter { mine: true, ..Filter::default() });
    settle().await;
    assert_eq!(screen.all(".entry").len(), 200, "another filter begins anew");
}

#[wasm_bindgen_test]
async fn row_stays_the_same_element_while_others_are_added() {
    let (screen, page) = page(vec![seen("a", Transition::Failed, 5)], Kept::Yes);
    settle().await;
    let row = screen.all(".entry")[0].clone();
    page.entries.update(|entries| entries.insert(0, seen("b", Transition::Opened, 1)));
    settle().await;
    assert_eq!(screen.all(".entry")[1], row);
}

#[wasm_bindgen_test]
async fn filters_change_what_is_asked_for() {
    let (screen, page) = page(vec![seen("a", Transition::Failed, 5)], Kept::Yes);
    settle().await;
    screen.click_button("Only mine");
    assert!(page.filter.get_untracked().mine);
    let failed = Filter { kinds: vec![Kind::Failed], since: Some(in_minutes(-5)), ..Filter::default() };
    page.filter.set(failed);
    settle().await;
    let chip = screen.all("button[aria-label^='Remove the filter by time']");
    super::support::dispatch(&chip[0], "click");
    settle().await;
    assert_eq!(page.filter.get_untracked(), Filter { kinds: vec![Kind::Failed], ..Filter::default() });
}

#[wasm_bindgen_test]
async fn record_is_cleared_only_once_that_is_confirmed() {
    let (screen, page) = page(vec![seen("a", Transition::Failed, 5)], Kept::Yes);
    settle().await;
    screen.open_menu("More").await;
    screen.click_button("Clear…");
    settle().await;
    screen.click_button("Keep it");
    settle().await;
    assert_eq!(page.cleared.get_untracked(), 0);
    screen.open_menu("More").await;
    screen.click_button("Clear…");
    settle().await;
    screen.click_button("Clear record");
    assert_eq!(page.cleared.get_untracked(), 1);
}

#[wasm_bindgen_test]
async fn question_whether_to_clear_is_withdrawn_while_another_record_is_loaded() {
    let (screen, page) = page(vec![seen("a", Transition::Failed, 5)], Kept::Yes);
    settle().await;
    screen.open_menu("More").await;
    screen.click_button("Clear…");
    settle().await;
    assert_eq!(screen.all("dialog[open]").len(), 1);
    // Somebody else has signed in.
    page.state.update(|state| state.kept = Kept::Loading);
    settle().await;
    assert_eq!(screen.all("dialog[open]").len(), 0);
}

#[wasm_bindgen_test]
async fn away_line_counts_what_happened_and_links_to_it() {
    let line = RwSignal::new(None);
    let screen =
        render_plain(move || view! { <AwayNotice line=line on_dismiss=move |()| line.set(None) /> }.into_any());
    settle().await;
    assert!(!screen.has(".notice"));
    let counts = Away { opened: 3, ended: 2, failed: 1, stopped: 1, ..Away::default() };
    line.set(Some(AwayLine { counts, since: in_minutes(-20), until: in_minutes(0) }));
    settle().await;
    assert!(screen.shows("While you were away: 1 failed, 3 opened, 2 ended, 1 stopped"));
    assert!(screen.link("Show").starts_with("./?activity&since="), "{}", screen.link("Show"));
    screen.click_button("Dismiss");
    settle().await;
    assert!(!screen.has(".notice"));
}

#[wasm_bindgen_test]
async fn run_shows_its_own_part_or_nothing() {
    let entries = RwSignal::new(vec![]);
    let screen = render_plain(move || view! { <RunActivity id=RunId::new("a") entries=entries /> }.into_any());
    settle().await;
    assert!(!screen.has("section"));
    entries.set(vec![seen("a", Transition::Failed, 5)]);
    settle().await;
    assert_eq!(screen.all(".entry").len(), 1);
    assert!(!screen.has(".entry a"), "it is the run's own page");
    assert_eq!(screen.link("Show all activity"), "./?activity&q=a");
}

#[wasm_bindgen_test]
async fn long_text_for_the_next_shift_is_not_offered_as_a_mail() {
    let open = RwSignal::new(false);
    let text = RwSignal::new(HandOverText { plain: "Hand-over".into(), markdown: "# Hand-over".into(), mail: None });
    let known = RwSignal::new(KnownRuns::Loading);
    let handed_over = RwSignal::new(0);
    let screen = render_plain(move || {
        let zones = [RwSignal::new(Zone::utc()), RwSignal::new(Zone::utc())];
        view! {
            <HandOverDialog
                open=open
                text=text
                known_runs=known
                zones=zones
                on_second_zone=|_| ()
                on_handed_over=move |()| handed_over.update(|times| *times += 1)
            />
        }
        .into_any()
    });
    open.set(true);
    settle().await;
    assert!(screen.shows("too long for a mail link") && screen.shows("Loading all runs"));
    text.update(|text| text.mail = Some("mailto:?subject=a".into()));
    known.set(KnownRuns::All);
    settle().await;
    assert_eq!(screen.link("Open in mail"), "mailto:?subject=a");
    assert!(!screen.shows("Loading all runs"));
    screen.click_button("Close");
    settle().await;
    assert!(!open.get_untracked());
    assert_eq!(handed_over.get_untracked(), 0);
}

//! The record belongs to one person: what is read or written for somebody does not reach who signs in meanwhile.

use super::support::{Screen, render_plain, settle, wait_until};
use leptos::prelude::*;
use runboard::state::activity::{ActivityHandle, Kept};
use runboard_core::activity::{Action, Done, Entry, Moment, Outcome};
use runboard_core::run::{Run, RunId};
use wasm_bindgen_test::wasm_bindgen_test;

/// So many entries take the browser a while to read.
const MANY: usize = 3_000;

fn screen() -> (Screen, &'static ActivityHandle) {
    let screen = render_plain(|| ().into_any());
    let record = screen.context.activity.get_or_start();
    (screen, record)
}

/// Something that was done with this run.
fn stop(run: &str, key: usize) -> Entry {
    let done = Done { outcome: Outcome::Confirmed, ..Done::requested(Action::Stop) };
    let now = runboard::browser::page::machine_clocks().wall;
    Entry::done(done, &key.to_string(), Some(&Run::new(RunId::new(run))), Moment { here: now, api: now })
}

/// Signs in; the record is not read yet.
async fn begin_sign_in(screen: &Screen, person: Option<&str>) {
    screen.context.activity.sign_in(person.map(str::to_owned));
    // The effect that notices it.
    leptos::task::tick().await;
}

/// Signs in, and waits until the record is read.
async fn sign_in(screen: &Screen, record: &'static ActivityHandle, person: Option<&str>) {
    begin_sign_in(screen, person).await;
    wait_until("the record", || untrack(|| record.kept()) != Kept::Loading).await;
}

/// The runs of the record, each once.
fn runs(record: &'static ActivityHandle) -> Vec<String> {
    let of = |entry: &Entry| entry.run.as_ref().map(|run| run.as_str().to_owned()).unwrap_or_default();
    let mut runs: Vec<String> =
        untrack(|| record.with_record(|record| record.entries().map(|entry| of(entry)).collect()));
    runs.sort();
    runs.dedup();
    runs
}

/// What the browser has stored for a person.
async fn stored(screen: &Screen, record: &'static ActivityHandle, person: &str) -> Vec<String> {
    screen.context.activity.sign_out();
    settle().await;
    sign_in(screen, record, Some(person)).await;
    runs(record)
}

/// More turns of the event loop than the reading of a long record takes.
async fn let_the_other_finish() {
    for _ in 0..MANY / 100 {
        settle().await;
    }
}

#[wasm_bindgen_test]
async fn record_that_is_still_being_read_does_not_reach_the_next_person() {
    let (screen, record) = screen();
    sign_in(&screen, record, Some("read-a")).await;
    (0..MANY).for_each(|key| record.done(stop("of-a", key)));
    wait_until("the entries", || untrack(|| record.with_record(|record| record.len())) == MANY).await;
    screen.context.activity.sign_out();
    settle().await;

    begin_sign_in(&screen, Some("read-a")).await;
    sign_in(&screen, record, Some("read-b")).await;
    let_the_other_finish().await;
    assert!(runs(record).is_empty(), "{:?}", runs(record).first());
    record.done(stop("of-b", 0));
    wait_until("the entry", || runs(record) == ["of-b"]).await;
    assert_eq!(stored(&screen, record, "read-b").await, ["of-b"]);
    assert_eq!(stored(&screen, record, "read-a").await, ["of-a"]);
}

#[wasm_bindgen_test]
async fn entry_that_is_still_being_written_does_not_reach_the_next_person() {
    for next in [None, Some("write-b")] {
        let (screen, record) = screen();
        sign_in(&screen, record, Some("write-a")).await;
        record.done(stop("of-a", 0));
        leptos::task::tick().await;
        sign_in(&screen, record, next).await;
        let_the_other_finish().await;
        assert!(runs(record).is_empty(), "{next:?}");
        if let Some(next) = next {
            assert!(stored(&screen, record, next).await.is_empty());
        }
    }
}

#[wasm_bindgen_test]
async fn entry_of_the_next_person_is_neither_lost_nor_written_for_the_one_before() {
    let (screen, record) = screen();
    sign_in(&screen, record, Some("next-a")).await;
    record.done(stop("of-a", 0));
    leptos::task::tick().await;
    begin_sign_in(&screen, Some("next-b")).await;
    record.done(stop("of-b", 0));
    wait_until("the entry", || untrack(|| record.kept()) == Kept::Yes && runs(record) == ["of-b"]).await;
    let_the_other_finish().await;
    assert_eq!(stored(&screen, record, "next-b").await, ["of-b"]);
    assert!(!stored(&screen, record, "next-a").await.contains(&"of-b".to_owned()));
}

#[wasm_bindgen_test]
async fn what_is_done_before_the_record_is_loaded_is_kept_for_who_did_it() {
    let screen = render_plain(|| ().into_any());
    begin_sign_in(&screen, Some("first-a")).await;
    let record = screen.context.activity.get_or_start();
    record.done(stop("of-a", 0));
    wait_until("the entry", || runs(record) == ["of-a"]).await;
    assert_eq!(stored(&screen, record, "first-b").await, Vec::<String>::new());
    assert_eq!(stored(&screen, record, "first-a").await, ["of-a"]);
}

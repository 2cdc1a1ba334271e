//! The record is loaded while the runs of a long list are still arriving.

use super::support::{in_minutes, render_plain, run_between, wait_until};
use leptos::prelude::*;
use runboard::state::activity::Kept;
use runboard_core::activity::{Entry, Transition, What};
use runboard_core::run::{Run, RunId};
use runboard_core::time::Span;
use std::cell::Cell;
use std::sync::Arc;
use wasm_bindgen_test::wasm_bindgen_test;

/// So many are compared in several slices.
const MANY: usize = 5_000;

#[wasm_bindgen_test]
async fn runs_that_are_still_to_be_compared_when_all_are_known_are_not_new_and_those_that_are_gone_stay_away() {
    let screen = render_plain(|| ().into_any());
    let store = screen.context.store;
    let record = screen.context.activity.get_or_start();
    let one = |number: usize| Run { id: RunId::new(&format!("m-{number}")), ..run_between(-60, 60, "running") };
    let upcoming = |id: &str| Run { id: RunId::new(id), ..run_between(1, 60, "scheduled") };
    store.put_page((0..MANY).map(one).chain(["gone", "there"].map(upcoming)).collect());
    // In the middle of it: before the second slice.
    Effect::new(move |_| {
        if record.kept() == Kept::Yes {
            store.set_complete_as_of(in_minutes(0));
            store.remove(&RunId::new("gone"));
        }
    });
    screen.context.activity.sign_in(Some("arriving".to_owned()));
    let seen = move |wanted: Transition, id: &str| {
        let is_of = |run: &Option<RunId>| run.as_ref().is_some_and(|run| run.as_str().starts_with(id));
        let is_wanted = |entry: &&Arc<Entry>| entry.what == What::Seen(wanted) && is_of(&entry.run);
        untrack(|| record.with_record(|record| record.entries().filter(is_wanted).count()))
    };
    // A run that is new is told once all are compared.
    let added = Cell::new(0);
    wait_until("the end of the comparison", || {
        added.set(added.get() + 1);
        store.put(Run { id: RunId::new(&format!("added-{}", added.get())), ..one(0) });
        seen(Transition::Appeared, "") > 0
    })
    .await;
    assert_eq!(seen(Transition::Appeared, ""), seen(Transition::Appeared, "added-"));
    screen.advance_clock(Span::from_seconds(90));
    wait_until("the one that opens", || seen(Transition::Opened, "there") > 0).await;
    assert_eq!(seen(Transition::Opened, "gone"), 0);
}

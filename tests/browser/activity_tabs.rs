//! Two tabs of one person: what is done in one is no news in the other.

use super::support::{FakeServer, Screen, Stub, render_keeping_storage, render_plain, run_between, wait_until};
use leptos::prelude::*;
use runboard::config::Config;
use runboard::state::activity::{ActivityHandle, Kept};
use runboard_core::activity::{Action, Bell, Done, Entry, Filter, Moment, Outcome, Subject, Transition, What};
use runboard_core::run::{Run, RunId};
use runboard_core::time::Span;
use wasm_bindgen_test::wasm_bindgen_test;

/// A tab of the console.
struct Tab {
    screen: Screen,
    record: &'static ActivityHandle,
}

impl Tab {
    async fn open(screen: Screen, person: &str) -> Self {
        let record = screen.context.activity.get_or_start();
        screen.context.activity.sign_in(Some(person.to_owned()));
        leptos::task::tick().await;
        wait_until("the record", || untrack(|| record.kept()) != Kept::Loading).await;
        screen.context.store.put_page(vec![run_between(-60, 60, "running")]);
        screen.context.store.set_complete_as_of(screen.context.ui.clock.now());
        Self { screen, record }
    }

    /// The first tab, and one that the person opens beside it.
    async fn two(person: &str) -> (Self, Self) {
        let first = Self::open(render_plain(|| ().into_any()), person).await;
        (first, Self::open_beside(person).await)
    }

    async fn open_beside(person: &str) -> Self {
        let (screen, ()) = render_keeping_storage(Config::default(), |_| ((), ().into_any()));
        Self::open(screen, person).await
    }

    fn set_bell(&self) {
        self.screen.context.ui.bells.set(Bell { subject: Subject::Run(RunId::new("r-1")), name: "".into() });
    }

    /// What was seen of the runs, and whether anything was done here, too.
    fn knows(&self, transition: Transition, is_done: bool) -> bool {
        let seen = |entry: &Entry| entry.what == What::Seen(transition);
        let done = |entry: &Entry| matches!(entry.what, What::Done(_));
        untrack(|| {
            self.record.with_record(|record| {
                record.entries().any(|entry| seen(entry)) && record.entries().any(|entry| done(entry)) == is_done
            })
        })
    }

    fn lists(&self, run: &str) -> bool {
        let is_of = |entry: &Entry| entry.run.as_ref().is_some_and(|id| id.as_str() == run);
        untrack(|| self.record.with_record(|record| record.entries().any(|entry| is_of(entry))))
    }

    fn unseen(&self) -> usize {
        untrack(|| self.record.unseen().len())
    }

    /// How many entries Activity lists.
    fn listed(&self) -> usize {
        untrack(|| self.record.with_record(|record| Filter::default().apply(record, &|_| None).len()))
    }
}

fn entry(done: Done, run: Option<&str>) -> Entry {
    let now = runboard::browser::page::machine_clocks().wall;
    let run = run.map(|id| Run::new(RunId::new(id)));
    Entry::done(done, "1", run.as_ref(), Moment { here: now, api: now })
}

#[wasm_bindgen_test]
async fn own_stop_rings_in_no_tab_and_is_listed_once_in_each() {
    let _server = FakeServer::start();
    for action in [None, Some(Action::Stop), Some(Action::Reschedule)] {
        let (here, other) = Tab::two(&format!("own {action:?}")).await;
        other.set_bell();
        leptos::task::tick().await;
        // As it is before the request is sent, and nobody waits until it is written.
        if let Some(action) = action {
            here.record.done(entry(Done::requested(action), Some("r-1")));
        }
        here.screen.advance_clock(Span::from_seconds(5));
        for tab in [&other, &here] {
            tab.screen.context.store.put(run_between(-60, 60, "stopped"));
        }
        for tab in [&here, &other] {
            wait_until("the stop", || tab.knows(Transition::Stopped, action.is_some())).await;
        }
        let Some(action) = action else {
            // Somebody else has stopped it.
            for tab in [&here, &other] {
                wait_until("the news", || tab.unseen() == 1).await;
            }
            continue;
        };
        here.record.done(entry(Done { outcome: Outcome::Confirmed, ..Done::requested(action) }, Some("r-1")));
        for tab in [&here, &other] {
            wait_until("the outcome", || tab.listed() == 1).await;
            assert_eq!(tab.unseen(), 0, "{action:?}");
        }
    }
}

#[wasm_bindgen_test]
async fn run_created_here_is_listed_once_in_each_tab() {
    let _server = FakeServer::start();
    let (here, other) = Tab::two("own create").await;
    let created =
        Done { outcome: Outcome::Confirmed, new_run: Some(RunId::new("r-2")), ..Done::requested(Action::Schedule) };
    here.record.done(entry(created, None));
    here.screen.advance_clock(Span::from_seconds(5));
    for tab in [&other, &here] {
        tab.screen.context.store.put(Run { id: RunId::new("r-2"), ..run_between(60, 120, "scheduled") });
    }
    for tab in [&here, &other] {
        wait_until("the new run", || tab.knows(Transition::Appeared, true)).await;
        assert_eq!((tab.listed(), tab.unseen()), (1, 0));
    }
}

#[wasm_bindgen_test]
async fn what_was_being_written_when_the_record_was_cleared_is_cleared_too() {
    let _server = FakeServer::start();
    let (here, other) = Tab::two("cleared meanwhile").await;
    let done = |run: &str| entry(Done { outcome: Outcome::Confirmed, ..Done::requested(Action::Stop) }, Some(run));
    for run in ["r-1", "r-2", "r-3"] {
        here.record.done(done(run));
        // The first is being written, and the others wait.
        leptos::task::tick().await;
    }
    here.record.clear();
    // Written after that.
    here.record.done(done("r-4"));
    for tab in [&here, &other] {
        wait_until("what came later", || tab.lists("r-4")).await;
    }
    let next = Tab::open_beside("cleared meanwhile").await;
    for tab in [&here, &other, &next] {
        wait_until("that alone", || tab.listed() == 1 && tab.lists("r-4")).await;
    }
}

/// Makes a method of an interface of IndexedDB fail.
fn refuse(interface: &str, method: &str) -> Stub {
    let interface = js_sys::Reflect::get(&js_sys::global(), &interface.into()).unwrap();
    let prototype = js_sys::Reflect::get(&interface, &"prototype".into()).unwrap();
    Stub::method(&prototype, method, "throw new Error('refused')")
}

#[wasm_bindgen_test]
async fn tab_that_stores_nothing_is_told_the_entry_that_could_not_be_stored() {
    let _server = FakeServer::start();
    let here = Tab::open(render_plain(|| ().into_any()), "full").await;
    let refused = refuse("IDBFactory", "open");
    let other = Tab::open_beside("full").await;
    drop(refused);
    assert_eq!(untrack(|| (here.record.kept(), other.record.kept())), (Kept::Yes, Kept::Refused));
    let _full = refuse("IDBObjectStore", "put");
    here.record.done(entry(Done::requested(Action::Stop), Some("r-1")));
    wait_until("the entry", || here.listed() == 1 && other.listed() == 1).await;
    assert_eq!(untrack(|| here.record.kept()), Kept::Refused);
}

#[wasm_bindgen_test]
async fn restored_page_lists_what_is_stored_by_then() {
    let _server = FakeServer::start();
    let tab = Tab::open(render_plain(|| ().into_any()), "restored").await;
    tab.record.done(entry(Done { outcome: Outcome::Confirmed, ..Done::requested(Action::Stop) }, Some("r-1")));
    wait_until("the entry", || tab.listed() == 1).await;
    // Another tab clears the record, and this one is in the back-forward cache, where it hears nothing.
    let database = idb::Factory::new().unwrap().open("runboard.activity", None).unwrap().await.unwrap();
    let transaction = database.transaction(&["entries"], idb::TransactionMode::ReadWrite).unwrap();
    transaction.object_store("entries").unwrap().clear().unwrap().await.unwrap();
    transaction.await.unwrap();
    database.close();
    assert_eq!(tab.listed(), 1);
    let restored = web_sys::Event::new("pageshow").unwrap();
    js_sys::Reflect::set(&restored, &"persisted".into(), &true.into()).unwrap();
    web_sys::window().unwrap().dispatch_event(&restored).unwrap();
    wait_until("nothing", || tab.listed() == 0).await;
}

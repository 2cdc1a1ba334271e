//! Summaries of runs with a bell, of which there may be very many.

use super::support::{FakeServer, Stub, good_token, render_plain, run_between, wait_until, window};

use js_sys::Function;
use leptos::prelude::*;
use runboard::browser::next_task;
use runboard::state::activity::Kept;
use runboard_core::activity::{Bell, Subject};
use runboard_core::run::{Run, RunId};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

/// Each look at the browser's clock finds it 10 ms later.
fn slow_machine() -> Stub {
    let now = "let now = 0; return () => now += 10;";
    let now = Function::new_no_args(now).call0(&JsValue::UNDEFINED).unwrap();
    Stub::value(&window().performance().unwrap(), "now", &now)
}

#[wasm_bindgen_test]
async fn run_whose_turn_it_is_is_found_without_holding_up_the_page() {
    let server = FakeServer::start();
    let screen = render_plain(|| ().into_any());
    let record = screen.context.activity.get_or_start();
    screen.context.activity.sign_in(Some("very many".to_owned()));
    leptos::task::tick().await;
    wait_until("the record", || untrack(|| record.kept()) == Kept::Yes).await;
    let open = run_between(-60, 60, "running");
    let one = |number: usize| Run { id: RunId::new(&format!("m-{number}")), name: "Other".into(), ..open.clone() };
    let last = Run { id: RunId::new("last"), name: "Mailing".into(), ..open.clone() };
    screen.context.store.put_page((0..10_000).map(one).chain([last]).collect());
    screen.context.session.sign_in(&good_token("app-1")).unwrap();
    let _slow = slow_machine();
    let view = Subject::View { name: "Mailings".into(), q: "mailing".into() };
    screen.context.ui.bells.set(Bell { subject: view, name: "".into() });
    let is_asked = || server.requests().iter().any(|request| request.ends_with("/last/summary"));
    let mut turns = 0;
    while !is_asked() {
        assert!(turns < 2_000, "{:?}", server.requests());
        next_task().await;
        turns += 1;
    }
    assert!(turns > 50, "the browser could do something else {turns} times");
}

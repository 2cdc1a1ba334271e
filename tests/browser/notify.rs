//! Notifications: where they are chosen, and the notice.

use super::activity::seen;
use super::run_detail::detail;
use super::run_list::{list, loaded, three};
use super::support::{
    FakeServer, Screen, Stub, attribute, dispatch, get, good_token, in_minutes, local_storage, render,
    render_keeping_storage, run, run_between, settle, text_of, wait_until, window,
};
use leptos::prelude::*;
use runboard::components::{ActivityList, AlertNotice, RecordState};
use runboard::config::Config;
use runboard::pages::{ActivityPage, RunPage};
use runboard_core::activity::{Bell, Filter, MOST_BELLS, Subject, Transition};
use runboard_core::run::{JobId, RunId};
use runboard_core::time::Span;
use serde_json::json;
use std::sync::Arc;
use wasm_bindgen_test::wasm_bindgen_test;

/// What bells are set on, in words.
fn set_on(screen: &Screen) -> Vec<String> {
    let words = |bell: &Bell| match &bell.subject {
        Subject::Run(id) => format!("run {} {}", id.as_str(), bell.name),
        Subject::Job(id) => format!("job {}", id.as_str()),
        Subject::View { name, q } => format!("view {name}: {q}"),
    };
    untrack(|| screen.context.ui.bells.with(|bells| bells.all().iter().map(words).collect()))
}

fn is_pressed(screen: &Screen, button: &str) -> bool {
    attribute(&screen.find("button", button), "aria-pressed").as_deref() == Some("true")
}

fn activity_list() -> impl IntoView {
    view! {
        <ActivityList
            entries=RwSignal::new(Vec::new())
            state=RwSignal::new(RecordState::default())
            filter=RwSignal::new(Filter::default())
            on_filter=|_| ()
            on_clear=|()| ()
        />
    }
}

#[wasm_bindgen_test]
async fn run_page_sets_bells_on_the_run_and_on_its_job() {
    let (screen, fixture) = detail(run_between(-60, 60, "running"));
    screen.open_menu("Notify me").await;
    screen.field("checkbox", "This run").click();
    screen.field("checkbox", "Every run that needs attention").click();
    settle().await;
    assert_eq!(set_on(&screen), ["run r-1 Spring sale", "view Needs attention: is:attention"]);
    assert!(screen.has_role("button", "Notifications on"));
    assert!(screen.shows("It could not be stored"), "nobody is signed in");
    screen.field("checkbox", "This run").click();
    screen.field("checkbox", "All runs of j-1").click();
    settle().await;
    assert_eq!(set_on(&screen), ["view Needs attention: is:attention", "job j-1"]);
    assert!(screen.has_role("button", "Notifications on"), "through its job");
    let this = screen.field("checkbox", "This run (included)");
    assert!(this.checked() && this.disabled());

    // Nothing happens any more to a run that ended long ago.
    fixture.run.set(Arc::new(run_between(-300, -120, "completed")));
    settle().await;
    assert!(!screen.has_role("checkbox", "This run") && screen.has_role("checkbox", "All runs of j-1"));
}

#[wasm_bindgen_test]
async fn over_run_without_a_job_has_nothing_to_notify_of() {
    let times = json!({ "start_at": in_minutes(-300).to_iso(), "end_at": in_minutes(-120).to_iso() });
    let mut over = run(times);
    over.job_id = None;
    let (screen, _) = detail(over);
    assert!(!screen.has_role("button", "Notify me"));
}

#[wasm_bindgen_test]
async fn menu_says_that_there_is_no_room() {
    let (screen, _) = detail(run_between(-60, 60, "running"));
    let bells = screen.context.ui.bells;
    screen.open_menu("Notify me").await;
    for number in 0..MOST_BELLS {
        let job = JobId::new(&number.to_string());
        bells.set(Bell { subject: Subject::Job(job), name: "".into() });
    }
    settle().await;
    let this = screen.field("checkbox", "This run");
    this.click();
    settle().await;
    assert!(!this.checked() && screen.shows("There is no room for more."));
}

#[wasm_bindgen_test]
async fn menu_says_what_is_paused_and_how_failures_are_told() {
    for updates in ["15", "paused"] {
        local_storage().set_item("runboard.updates", updates).unwrap();
        let (screen, _) = render_keeping_storage(Config::default(), |_| ((), activity_list().into_any()));
        screen.open_menu("Notifications").await;
        assert!(
            screen.shows("Only while Runboard is open in a tab and you are signed in.") && screen.shows("Nothing yet.")
        );
        let says = screen.shows("Updates are paused, so most changes are not noticed until you resume them.");
        assert_eq!(says, updates == "paused");
    }
    let (screen, _) = detail(run_between(-60, 60, "running"));
    screen.open_menu("Notify me").await;
    assert_eq!(screen.selected_option("Notify when failed deliveries rise by"), "10 percentage points");
    screen.select_option("Notify when failed deliveries rise by", "5 percentage points");
    assert_eq!(untrack(|| screen.context.ui.bells.with(|bells| bells.failures_rose_by)), 50);
}

const OFFLINE: &str = "This computer is offline, so nothing is noticed until the network is back.";
const NOT_LOADED: &str = "The runs could not be loaded, so nothing is noticed until they are.";
const RUN_NOT_LOADED: &str = "This run could not be loaded, so nothing about it is noticed until it is.";

#[wasm_bindgen_test]
async fn every_menu_with_bells_says_that_nothing_is_noticed_offline() {
    type Show = fn() -> Screen;
    let menus: [(&str, Show); 3] = [
        ("Notify me", || detail(run_between(-60, 60, "running")).0),
        ("Notifications", || render(|_| ((), activity_list().into_any())).0),
        ("Views", || list(three(), loaded()).0),
    ];
    for (menu, show) in menus {
        let screen = show();
        screen.advance_clock(Span::from_seconds(1));
        let menu = screen.open_menu(menu).await;
        assert!(!text_of(&menu).contains("nothing is noticed"), "{}", text_of(&menu));
        let stub = Stub::value(&get(&window(), "navigator"), "onLine", &false.into());
        dispatch(&window(), "offline");
        settle().await;
        assert!(text_of(&menu).contains(OFFLINE), "{}", text_of(&menu));
        drop(stub);
        dispatch(&window(), "online");
        settle().await;
        assert!(!text_of(&menu).contains("nothing is noticed"), "{}", text_of(&menu));
    }
}

#[wasm_bindgen_test]
async fn menu_of_a_run_says_that_nothing_is_noticed_while_the_api_fails() {
    let server = FakeServer::start();
    let run = run_between(-60, 60, "running");
    let path = "GET /beta/runs/r-1";
    server.respond(path, 503, "");
    let (screen, ()) = render(move |context| {
        context.session.sign_in(&good_token("app-1")).unwrap();
        context.store.put(run);
        ((), view! { <RunPage id=RunId::new("r-1") /> }.into_any())
    });
    wait_until("the failure", || screen.has(".notice.warning")).await;
    let menu = screen.open_menu("Notify me").await;
    assert!(text_of(&menu).contains(RUN_NOT_LOADED), "{}", text_of(&menu));
    server.respond(path, 200, r#"{"id":"r-1","name":"Spring sale","status":"running"}"#);
    screen.click_button("Try again");
    wait_until("an answer", || !text_of(&menu).contains(RUN_NOT_LOADED)).await;
    assert!(!screen.has(".notice.warning"));
}

#[wasm_bindgen_test]
async fn menu_of_activity_says_that_nothing_is_noticed_while_the_list_fails() {
    let server = FakeServer::start();
    server.respond("GET /beta/runs/", 503, "");
    let (screen, ()) = render(|context| {
        context.session.sign_in(&good_token("app-1")).unwrap();
        ((), view! { <ActivityPage /> }.into_any())
    });
    wait_until("the failure", || screen.shows("so what happens to them is not recorded")).await;
    let menu = screen.open_menu("Notifications").await;
    assert!(text_of(&menu).contains(NOT_LOADED), "{}", text_of(&menu));
}

#[wasm_bindgen_test]
async fn bell_follows_its_view_when_that_is_saved_again_deleted_or_brought_back() {
    let (screen, fixture) = list(three(), loaded());
    fixture.q.set("autumn".to_owned());
    settle().await;
    screen.open_menu("Views").await;
    screen.click_button("Notify me about runs in Needs attention");
    let save = || {
        screen.type_text("Save this view", "Mine");
        screen.click_button("Save view");
    };
    save();
    settle().await;
    assert!(!is_pressed(&screen, "Notify me about runs in Mine"));
    screen.click_button("Notify me about runs in Mine");
    settle().await;
    assert!(is_pressed(&screen, "Notify me about runs in Mine"));
    assert_eq!(set_on(&screen), ["view Needs attention: is:attention", "view Mine: autumn"]);
    fixture.q.set("spring".to_owned());
    settle().await;
    save();
    settle().await;
    assert_eq!(set_on(&screen), ["view Needs attention: is:attention", "view Mine: spring"]);
    screen.click_button("Undo");
    settle().await;
    assert_eq!(set_on(&screen), ["view Needs attention: is:attention", "view Mine: autumn"]);
    screen.click_button("Delete view Mine");
    settle().await;
    assert_eq!(set_on(&screen), ["view Needs attention: is:attention"]);
    screen.click_button("Undo");
    settle().await;
    assert_eq!(set_on(&screen), ["view Needs attention: is:attention", "view Mine: autumn"]);
    // Turned off meanwhile, it stays off.
    save();
    settle().await;
    screen.click_button("Notify me about runs in Mine");
    settle().await;
    screen.click_button("Undo");
    settle().await;
    assert_eq!(set_on(&screen), ["view Needs attention: is:attention"]);
    screen.click_button("Delete view Mine");
    screen.click_button("Notify me about runs in Needs attention");
    settle().await;
    assert!(set_on(&screen).is_empty());
}

#[wasm_bindgen_test]
async fn notice_tells_three_and_how_many_more_until_they_are_seen() {
    let (screen, (unseen, times_seen)) = render(|_| {
        let unseen = RwSignal::new(vec![seen("a", Transition::Opened, 1)]);
        let times_seen = RwSignal::new(0_usize);
        let on_seen = Callback::new(move |seen: Vec<_>| times_seen.update(|times| *times += seen.len()));
        let view = view! { <AlertNotice unseen=unseen on_seen=on_seen /> };
        ((unseen, times_seen), view.into_any())
    });
    settle().await;
    let first = screen.one(".alerts p");
    assert!(screen.one(".alerts").closest("[role=status]").unwrap().is_some());
    assert!(text_of(&screen.one(".alerts")).ends_with("Sale a opened"));
    let transitions =
        [Transition::Failed, Transition::Ended, Transition::Stopped, Transition::Opened, Transition::Opened];
    let all = ["b", "c", "d", "e", "f"].iter().zip(transitions).map(|(id, transition)| seen(id, transition, 1));
    unseen.update(|unseen| unseen.insert(0, seen("z", Transition::Stopped, 0)));
    settle().await;
    assert_eq!(screen.all(".alerts p")[1], first, "what was told already stays as it is");
    unseen.set(all.collect());
    settle().await;
    assert!(screen.has(".notice.error"), "one has failed");
    let text = text_of(&screen.one(".alerts"));
    assert!(text.contains("Sale d was stopped") && !text.contains("Sale e") && text.ends_with("and 2 more"), "{text}");
    assert_eq!((screen.link("Sale b"), screen.link("Show all")), ("./?run=b".into(), "./?activity&notified".into()));
    screen.click_button("Dismiss");
    assert_eq!(times_seen.get_untracked(), 5);
    unseen.set(Vec::new());
    settle().await;
    assert!(!screen.has(".notice"));
}

#[wasm_bindgen_test]
async fn title_counts_what_was_not_seen() {
    let (screen, _) = detail(run_between(-60, 60, "running"));
    settle().await;
    assert_eq!(super::support::document().title(), "Spring sale · Runboard");
    screen.context.ui.unseen.set(12);
    settle().await;
    assert_eq!(super::support::document().title(), "(12) Spring sale · Runboard");
    screen.advance_clock(Span::from_seconds(1));
    screen.context.ui.unseen.set(0);
    settle().await;
    assert_eq!(super::support::document().title(), "Spring sale · Runboard");
}

//! The timeline: its bars, what a pointer and keys do there, and what is said in words.

use super::run_list::{ListFixture, list_with, loaded, three};
use super::support::{
    Screen, all_in, attribute, document, focused, in_minutes, press_key, run, settle, text_of, wait_until,
};
use js_sys::Function;
use runboard::config::Config;
use runboard::state::navigation::Address;
use runboard_core::run::{Run, RunId};
use runboard_core::time::{Span, Timestamp};
use runboard_core::timeline::edges::Edges;
use runboard_core::timeline::lanes::Grouping;
use runboard_core::timeline::range::Range;
use serde_json::json;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement};

pub(super) fn between(id: &str, job: &str, from: i64, to: i64) -> Run {
    let (start, end) = (in_minutes(from).to_iso(), in_minutes(to).to_iso());
    run(
        json!({ "id": id, "job_id": job, "name": format!("Run {id}"), "status": "scheduled", "start_at": start, "end_at": end }),
    )
}

/// The timeline of runs, from four hours ago to the same time tomorrow.
pub(super) async fn timeline(runs: Vec<Run>) -> (Screen, ListFixture) {
    timeline_with(Config::default(), runs).await
}

pub(super) async fn timeline_with(config: Config, runs: Vec<Run>) -> (Screen, ListFixture) {
    let (screen, fixture) = list_with(config, runs, loaded());
    show(&screen, Edges::default());
    wait_until("the timeline", || screen.has(".tl-canvas")).await;
    settle().await;
    (screen, fixture)
}

pub(super) fn show(screen: &Screen, edges: Edges) {
    let address = Address::Timeline { q: String::new(), edges, grouping: Grouping::ByJob };
    screen.context.ui.navigation.rewrite(&address);
}

pub(super) fn edges(screen: &Screen) -> Edges {
    match screen.context.ui.navigation.address_untracked() {
        Address::Timeline { edges, .. } => edges,
        other => panic!("{other:?}"),
    }
}

pub(super) fn bars(screen: &Screen) -> Vec<String> {
    screen.all(".tl-bar").iter().map(|bar| attribute(bar, "data-run").unwrap()).collect()
}

pub(super) fn bar(screen: &Screen, id: &str) -> HtmlElement {
    screen.one(&format!(".tl-bar[data-run={id}]")).unchecked_into()
}

pub(super) fn focused_run() -> Option<String> {
    document().active_element().and_then(|active| active.get_attribute("data-run"))
}

/// A pointer at a point of the canvas: a share of its width, and pixels from its top. It is pressed until it is let go.
pub(super) fn point(screen: &Screen, target: &Element, name: &str, pointer: (&str, i32, bool), at: (f64, f64)) {
    point_with(screen, target, (name, i32::from(name != "pointerup")), pointer, at);
}

/// With the buttons that are pressed.
pub(super) fn point_with(
    screen: &Screen,
    target: &Element,
    (name, buttons): (&str, i32),
    pointer: (&str, i32, bool),
    at: (f64, f64),
) {
    let place = screen.one(".tl-canvas").get_bounding_client_rect();
    let body = "const [target, name, type, id, shift, x, y, buttons] = args; target.dispatchEvent(new PointerEvent(name, \
        { pointerType: type, pointerId: id, shiftKey: shift, buttons, clientX: x, clientY: y, bubbles: true, cancelable: true }))";
    let dispatch = Function::new_with_args("args", body);
    let (kind, id, shift) = pointer;
    let args = js_sys::Array::of3(target, &name.into(), &kind.into());
    args.push(&id.into());
    args.push(&shift.into());
    args.push(&(place.left() + at.0 * place.width()).into());
    args.push(&(place.top() + at.1).into());
    args.push(&buttons.into());
    dispatch.call1(&JsValue::NULL, &args).unwrap();
}

pub(super) fn drag(screen: &Screen, target: &Element, shift: bool, (from, to, y): (f64, f64, f64)) {
    let mouse = ("mouse", 1, shift);
    point(screen, target, "pointerdown", mouse, (from, y));
    point(screen, target, "pointermove", mouse, (to, y));
    point(screen, target, "pointerup", mouse, (to, y));
}

#[wasm_bindgen_test]
async fn bars_are_links_in_time_order_that_say_everything() {
    let (screen, _) = timeline(three()).await;
    assert_eq!(bars(&screen), ["c", "b", "a"]);
    let label = attribute(&bar(&screen, "b"), "aria-label").unwrap();
    for part in ["Mailing", "Running", "job-b", "2 h"] {
        assert!(label.contains(part), "{part} in {label}");
    }
    assert_eq!(attribute(&bar(&screen, "b"), "href").as_deref(), Some("./?run=b"));
    let tab_stops = screen.all(".tl-bar[tabindex='0']");
    assert_eq!(tab_stops.len(), 1);
}

#[wasm_bindgen_test]
async fn focus_stays_on_its_run_when_an_earlier_one_arrives() {
    let (screen, fixture) = timeline(three()).await;
    bar(&screen, "b").focus().unwrap();
    let label = attribute(&bar(&screen, "b"), "aria-label");
    fixture.store.put_page([three(), vec![between("z", "job-z", -230, -220)]].concat());
    wait_until("the new run", || screen.all(".tl-bar").len() == 4).await;
    assert_eq!(focused_run().as_deref(), Some("b"));
    assert_eq!(attribute(&bar(&screen, "b"), "aria-label"), label);
    assert!(screen.text(".tl-card").contains("Mailing"));
    press_key(&bar(&screen, "b"), "ArrowRight", false);
    wait_until("the next run", || focused_run().as_deref() == Some("a")).await;
    press_key(&bar(&screen, "a"), "Home", false);
    wait_until("the first run", || focused_run().as_deref() == Some("z")).await;
}

#[wasm_bindgen_test]
async fn drag_of_a_scheduled_run_reschedules_that_run_although_others_arrive() {
    let (screen, fixture) = timeline(vec![between("b", "one", 120, 180), between("c", "one", 600, 660)]).await;
    let target = bar(&screen, "b");
    let mouse = ("mouse", 1, false);
    // Four hours and two, of the 24 hours.
    point(&screen, &target, "pointerdown", mouse, (6.2 / 24.0, 12.0));
    point(&screen, &target, "pointermove", mouse, (8.2 / 24.0, 12.0));
    fixture.store.put_page(vec![
        between("a", "one", 30, 40),
        between("b", "one", 120, 180),
        between("c", "one", 600, 660),
    ]);
    settle().await;
    point(&screen, &target, "pointerup", mouse, (8.2 / 24.0, 12.0));
    let Address::Planned { replaces, window, job } = screen.context.ui.navigation.address_untracked() else {
        panic!("no form")
    };
    assert_eq!((replaces, job), (Some(RunId::new("b")), None));
    assert_eq!(window.end.since(window.start), Span::from_hours(1), "it keeps its length");
    assert!(window.start > in_minutes(200) && window.start < in_minutes(280));
}

#[wasm_bindgen_test]
async fn drag_on_an_empty_place_ahead_opens_the_form_for_that_job() {
    let (screen, _) = timeline(vec![between("a", "one", 60, 120), between("b", "two", 60, 120)]).await;
    let canvas = screen.one(".tl-canvas");
    let mouse = ("mouse", 1, false);
    point(&screen, &canvas, "pointerdown", mouse, (0.5, 55.0));
    point(&screen, &canvas, "pointermove", mouse, (0.6, 55.0));
    settle().await;
    assert!(screen.text(".tl-plan").starts_with("New run"), "{}", screen.text(".tl-plan"));
    point(&screen, &canvas, "pointerup", mouse, (0.6, 55.0));
    let Address::Planned { replaces, window, job } = screen.context.ui.navigation.address_untracked() else {
        panic!("no form")
    };
    assert_eq!((replaces, job.as_deref()), (None, Some("two")));
    assert!(window.start >= in_minutes(450) && window.end <= in_minutes(660), "{window:?}");
}

#[wasm_bindgen_test]
async fn drag_on_the_scale_in_the_past_or_with_shift_moves() {
    let (screen, _) = timeline(vec![between("a", "one", 60, 120)]).await;
    let (canvas, scale) = (screen.one(".tl-canvas"), screen.one(".tl-scale"));
    // A second step within a second belongs to the first; each starts from the range at first.
    for (target, shift, drawn) in
        [(&scale, false, (0.6, 0.5, -60.0)), (&canvas, false, (0.1, 0.05, 12.0)), (&canvas, true, (0.6, 0.5, 12.0))]
    {
        show(&screen, Edges::default());
        settle().await;
        drag(&screen, target, shift, drawn);
        settle().await;
        let Edges { from, .. } = edges(&screen);
        assert_ne!(from, Edges::default().from, "{drawn:?}");
        let moved = from.resolve(in_minutes(0), &|_| 0).since(in_minutes(-240)).millis() as f64 / 86_400_000.0;
        assert!((moved - (drawn.0 - drawn.1)).abs() < 0.01, "moved by {moved}");
    }
}

#[wasm_bindgen_test]
async fn two_fingers_zoom_and_open_nothing() {
    let (screen, _) = timeline(three()).await;
    let canvas = screen.one(".tl-canvas");
    let finger = |id: i32| ("touch", id, false);
    point(&screen, &canvas, "pointerdown", finger(11), (0.4, 12.0));
    point(&screen, &canvas, "pointerdown", finger(12), (0.6, 12.0));
    point(&screen, &canvas, "pointermove", finger(11), (0.3, 12.0));
    point(&screen, &canvas, "pointermove", finger(12), (0.7, 12.0));
    point(&screen, &canvas, "pointerup", finger(11), (0.3, 12.0));
    point(&screen, &canvas, "pointerup", finger(12), (0.7, 12.0));
    settle().await;
    let zoomed = edges(&screen).resolve(in_minutes(0), &|_| 0);
    assert!((zoomed.length().millis() - 12 * 3_600_000).abs() < 120_000, "{zoomed:?}");
    let middle = zoomed.time_at(0.5, 1.0).since(in_minutes(480)).millis().abs();
    assert!(middle < 120_000, "what is between the fingers stays there");
}

#[wasm_bindgen_test]
async fn keys_zoom_move_and_return_to_now() {
    let (screen, _) = timeline(three()).await;
    let body = document().body().unwrap();
    let length = || edges(&screen).resolve(in_minutes(0), &|_| 0).length();
    press_key(&body, "+", false);
    settle().await;
    assert_eq!(length(), Span::from_hours(12));
    press_key(&body, "-", false);
    settle().await;
    assert_eq!(length(), Span::from_hours(24));
    press_key(&body, "]", false);
    settle().await;
    // Two hours from now, or rather from the whole minute: one pixel stands for longer.
    let moved = edges(&screen).from.resolve(in_minutes(0), &|_| 0);
    assert_eq!(moved, Timestamp::from_millis(in_minutes(120).millis() / 60_000 * 60_000));
    press_key(&body, "t", false);
    settle().await;
    assert_eq!(edges(&screen), Edges::default());
    press_key(&body, "j", false);
    wait_until("the first bar", || focused_run().is_some()).await;
}

#[wasm_bindgen_test]
async fn shift_and_an_arrow_reschedule_by_keys_and_escape_discards() {
    let (screen, _) = timeline(three()).await;
    bar(&screen, "a").focus().unwrap();
    press_key(&bar(&screen, "a"), "ArrowRight", true);
    settle().await;
    assert!(screen.text(".tl-plan").starts_with("Reschedule to"));
    press_key(&bar(&screen, "a"), "Escape", false);
    settle().await;
    assert!(!screen.has(".tl-plan"));
    // The running one cannot be moved.
    bar(&screen, "b").focus().unwrap();
    press_key(&bar(&screen, "b"), "ArrowRight", true);
    settle().await;
    assert!(!screen.has(".tl-plan"));
    bar(&screen, "a").focus().unwrap();
    press_key(&bar(&screen, "a"), "ArrowRight", true);
    press_key(&bar(&screen, "a"), "Enter", false);
    let address = screen.context.ui.navigation.address_untracked();
    assert!(matches!(&address, Address::Planned { replaces: Some(id), .. } if id.as_str() == "a"), "{address:?}");
}

#[wasm_bindgen_test]
async fn what_is_cut_off_at_the_left_has_its_name_in_view() {
    let (screen, _) = timeline(vec![between("a", "one", -2_000, 600)]).await;
    settle().await;
    let view = screen.one(".tl-canvas").get_bounding_client_rect();
    let text = all_in(&bar(&screen, "a"), "text")[0].clone();
    assert!(text_of(&text).starts_with("Run a"));
    let left = text.get_bounding_client_rect().left();
    assert!(left >= view.left() && left < view.left() + 60.0, "{left} in a view from {}", view.left());
}

#[wasm_bindgen_test]
async fn name_of_a_short_run_stands_after_its_bar() {
    let (screen, _) = timeline(vec![between("a", "one", 60, 66)]).await;
    let bar = bar(&screen, "a");
    let name = all_in(&bar, "text")[0].clone();
    assert!(text_of(&name).starts_with("Run a"), "{}", text_of(&name));
    let rect = all_in(&bar, "rect")[0].get_bounding_client_rect();
    assert!(name.get_bounding_client_rect().left() >= rect.right());
}

#[wasm_bindgen_test]
async fn what_runs_now_and_starts_next_is_said_wherever_the_range_is() {
    let (screen, fixture) = timeline(three()).await;
    show(&screen, Edges::fixed(Range::new(in_minutes(10_000), in_minutes(10_600))));
    settle().await;
    assert!(screen.text(".tl-now-next").starts_with("1 running now Next: Autumn"), "{}", screen.text(".tl-now-next"));
    assert_eq!(attribute(&screen.one(".tl-next a"), "href").as_deref(), Some("./?run=a"));
    fixture.store.put_page(vec![between("z", "job-z", 10, 20)]);
    wait_until("the new next run", || screen.text(".tl-next").contains("Run z")).await;
}

#[wasm_bindgen_test]
async fn runs_in_view_are_all_listed_in_time_order() {
    let all: Vec<Run> =
        (0..620).map(|number| between(&format!("r{number}"), "one", 60 + number, 61 + number)).collect();
    let (screen, fixture) = timeline(all.into_iter().rev().collect()).await;
    let details = screen.one("details.tl-runs");
    wait_until("all runs", || text_of(&details).contains("Runs in view (620)")).await;
    details.set_attribute("open", "").unwrap();
    let rows = || screen.all(".tl-table tbody tr");
    wait_until("the first rows", || rows().len() == 500).await;
    screen.click_button("Show all");
    wait_until("all rows", || rows().len() == 620).await;
    let names: Vec<String> = screen.all(".tl-table tbody th").iter().map(text_of).collect();
    assert_eq!(names, (0..620).map(|number| format!("Run r{number}")).collect::<Vec<_>>());
    // A poll that changes one run leaves the other rows, and the focus, where they are.
    let link: HtmlElement = screen.all(".tl-table a")[3].clone().unchecked_into();
    link.focus().unwrap();
    fixture.store.put_page(vec![Run { name: "Renamed".into(), ..between("r1", "one", 61, 62) }]);
    wait_until("the new name", || screen.all(".tl-table tbody th").iter().any(|name| text_of(name) == "Renamed")).await;
    assert!(focused(&link));
}

#[wasm_bindgen_test]
async fn overlaps_of_one_job_are_hatched_and_listed_with_links_to_both_runs() {
    let runs = vec![between("a", "one", 60, 180), between("b", "one", 120, 240), between("c", "two", 120, 240)];
    let (screen, _) = timeline(runs).await;
    let hatches = attribute(&screen.one(".tl-hatch"), "d").unwrap();
    assert_eq!(hatches.matches('M').count(), 2, "the shared part of either");
    let overlaps = screen.one(".tl-overlaps");
    assert!(text_of(&overlaps).starts_with("1 overlap in view"));
    let links: Vec<_> = all_in(&overlaps, "a").iter().map(|link| attribute(link, "href").unwrap()).collect();
    assert_eq!(links, ["./?run=a", "./?run=b"]);
}

#[wasm_bindgen_test]
async fn list_of_overlaps_stays_open_with_its_focus_when_runs_arrive() {
    let (screen, fixture) = timeline(vec![between("a", "one", 60, 180), between("b", "one", 120, 240)]).await;
    let details = screen.one(".tl-overlaps");
    details.set_attribute("open", "").unwrap();
    let link: HtmlElement = all_in(&details, "a")[1].clone().unchecked_into();
    link.focus().unwrap();
    fixture.store.put_page(vec![
        Run { name: "Renamed".into(), ..between("b", "one", 130, 240) },
        between("a", "one", 60, 180),
        between("z", "one", 30, 70),
    ]);
    wait_until("the second overlap", || screen.text(".tl-overlaps").starts_with("2 overlaps")).await;
    assert!(screen.one(".tl-overlaps").has_attribute("open"));
    assert!(focused(&link));
    assert_eq!(text_of(&link), "Renamed");
}

#[wasm_bindgen_test]
async fn range_that_is_chosen_just_after_the_wheel_stays() {
    let (screen, _) = timeline(three()).await;
    let canvas = screen.one(".tl-canvas");
    let body = "const [target] = args; target.dispatchEvent(new WheelEvent('wheel', { deltaX: 90, bubbles: true, cancelable: true }))";
    let dispatch = Function::new_with_args("args", body);
    let left = || bar(&screen, "a").get_bounding_client_rect().left();
    let before = left();
    dispatch.call1(&JsValue::NULL, &js_sys::Array::of1(&canvas)).unwrap();
    wait_until("the moved range", || (left() - before).abs() > 20.0).await;
    let chosen = Edges::fixed(Range::new(in_minutes(0), in_minutes(1_440)));
    show(&screen, chosen);
    settle().await;
    // Five hours from the left before; now one.
    let width = canvas.get_bounding_client_rect().width();
    assert!((before - left() - width / 6.0).abs() < 3.0, "the chosen range is drawn");
    assert_eq!(edges(&screen), chosen);
}

#[wasm_bindgen_test]
async fn what_runs_is_said_of_the_listed_ones_while_a_query_filters() {
    let (screen, _) = timeline(three()).await;
    assert!(!screen.text(".tl-now-next").contains("listed"));
    let address = Address::Timeline { q: "Mailing".into(), edges: Edges::default(), grouping: Grouping::ByJob };
    screen.context.ui.navigation.rewrite(&address);
    settle().await;
    assert!(screen.text(".tl-now-next").ends_with("(of those listed)"), "{}", screen.text(".tl-now-next"));
}

#[wasm_bindgen_test]
async fn focus_of_a_bar_that_leaves_goes_to_the_lanes_and_back_to_it() {
    let (screen, _) = timeline(three()).await;
    bar(&screen, "a").focus().unwrap();
    show(&screen, Edges::fixed(Range::new(in_minutes(10_000), in_minutes(10_600))));
    wait_until("that the bar is gone", || bars(&screen).is_empty()).await;
    let canvas: HtmlElement = screen.one(".tl-canvas").unchecked_into();
    assert!(focused(&canvas));
    show(&screen, Edges::default());
    wait_until("the bars", || bars(&screen).len() == 3).await;
    assert_eq!(attribute(&screen.one(".tl-bar[tabindex='0']"), "data-run").as_deref(), Some("a"));
}

#[wasm_bindgen_test]
async fn tab_key_stops_at_a_run_although_all_of_them_are_thin() {
    let all = (0..30).map(|number| between(&format!("r{number:02}"), "one", 60 + number, 300)).collect();
    let (screen, _) = timeline(all).await;
    assert_eq!(bars(&screen), ["r00"]);
    assert_eq!(attribute(&bar(&screen, "r00"), "tabindex").as_deref(), Some("0"));
}

#[wasm_bindgen_test]
async fn controls_are_one_stop_of_the_tab_key_and_the_arrows_lead_through_them() {
    let (screen, _) = timeline(three()).await;
    let controls = screen.one(".tl-controls[role=toolbar]");
    let buttons = all_in(&controls, "button");
    let stops: Vec<_> = buttons.iter().filter(|button| !button.has_attribute("tabindex")).map(text_or_label).collect();
    assert_eq!(stops, ["Earlier"]);
    let active = || text_or_label(&document().active_element().unwrap());
    let first: HtmlElement = buttons[0].clone().unchecked_into();
    first.focus().unwrap();
    for name in ["Now", "Later", "Today"] {
        press_key(&document().active_element().unwrap(), "ArrowRight", false);
        assert_eq!(active(), name);
    }
    press_key(&document().active_element().unwrap(), "End", false);
    assert_eq!(active(), "Zoom in");
}

fn text_or_label(element: &Element) -> String {
    attribute(element, "aria-label").unwrap_or_else(|| text_of(element))
}

#[wasm_bindgen_test]
async fn peak_is_said_and_leads_there() {
    let (screen, _) = timeline(vec![between("a", "one", 60, 180), between("b", "two", 120, 240)]).await;
    let peak: HtmlElement = screen.one(".tl-peak").unchecked_into();
    assert!(text_of(&peak).starts_with("Most at once: 2,"), "{}", text_of(&peak));
    peak.click();
    settle().await;
    assert_eq!(edges(&screen), Edges::fixed(Range::new(in_minutes(60), in_minutes(240))));
}

#[wasm_bindgen_test]
async fn empty_range_says_so_and_leads_to_the_nearest_run() {
    let (screen, _) = timeline(three()).await;
    show(&screen, Edges::fixed(Range::new(in_minutes(10_000), in_minutes(10_600))));
    wait_until("that nothing is there", || screen.shows("No runs in this range.")).await;
    assert!(screen.shows("Nothing is open in this range."));
    screen.click_button("Go to the nearest run");
    wait_until("its bar", || bars(&screen).contains(&"a".to_owned())).await;
}

#[wasm_bindgen_test]
async fn hint_about_the_rows_of_a_long_list_is_only_on_the_list() {
    let all = (0..400).map(|number| between(&format!("r{number}"), "one", number, number + 30)).collect();
    let (screen, _) = timeline(all).await;
    assert!(!screen.has(".long-list-hint"));
}

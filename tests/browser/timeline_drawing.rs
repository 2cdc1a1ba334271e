//! The picture of the timeline while somebody zooms and when that rests, and the cards over it.

use super::support::{Screen, attribute, in_minutes, press_key, settle, text_of, wait_until};
use super::timeline::{bar, bars, between, drag, edges, point_with, show, timeline};
use js_sys::{Array, Function};
use runboard::state::navigation::Address;
use runboard_core::run::{Run, RunId};
use runboard_core::timeline::edges::Edges;
use runboard_core::timeline::range::Range;
use serde_json::json;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

/// Turns the wheel with Ctrl over the middle of the lanes.
fn zoom(screen: &Screen, by: i32) {
    let canvas = screen.one(".tl-canvas");
    let body = "const [target, deltaY] = args; const { left, top, width } = target.getBoundingClientRect(); \
        target.dispatchEvent(new WheelEvent('wheel', { deltaY, ctrlKey: true, clientX: left + width / 2, clientY: top + 20, \
        bubbles: true, cancelable: true }))";
    let dispatch = Function::new_with_args("args", body);
    dispatch.call1(&JsValue::NULL, &Array::of2(&canvas, &by.into())).unwrap();
}

fn picture(screen: &Screen) -> Element {
    screen.one(".tl-canvas .tl-picture")
}

fn is_sharp(screen: &Screen) -> bool {
    attribute(&picture(screen), "style")
        .is_some_and(|style| style.contains("scaleX(1)") || style.contains("scaleX(1.00000)"))
}

/// Where a bar is on the screen, and where it is drawn.
fn places(screen: &Screen, id: &str) -> (f64, f64, Option<String>) {
    let rect = bar(screen, id).query_selector("rect").unwrap().unwrap();
    let place = rect.get_bounding_client_rect();
    (place.left(), place.right(), attribute(&rect, "x"))
}

#[wasm_bindgen_test]
async fn zoom_stretches_the_picture_and_draws_it_anew_once_it_rests() {
    let (screen, _) = timeline(vec![between("a", "one", 300, 600), between("b", "two", 700, 900)]).await;
    let scale: Vec<Element> = screen.all(".tl-scale .tl-picture, .tl-strip .tl-picture");
    assert!(is_sharp(&screen));
    let (_, _, drawn) = places(&screen, "a");
    zoom(&screen, -90);
    wait_until("the stretched picture", || !is_sharp(&screen)).await;
    let (left, right, still) = places(&screen, "a");
    assert_eq!(still, drawn, "nothing is drawn anew");
    for picture in scale {
        assert_eq!(
            attribute(&picture, "style"),
            attribute(&self::picture(&screen), "style"),
            "all parts are stretched alike"
        );
    }
    wait_until("the sharp picture", || is_sharp(&screen)).await;
    let (sharp_left, sharp_right, now) = places(&screen, "a");
    assert_ne!(now, drawn);
    assert!(
        (sharp_left - left).abs() < 1.5 && (sharp_right - right).abs() < 1.5,
        "{left} to {right}, then {sharp_left} to {sharp_right}"
    );
}

#[wasm_bindgen_test]
async fn what_is_below_the_pointer_is_found_in_a_stretched_picture() {
    let (screen, _) = timeline(vec![between("a", "one", 300, 600), between("b", "one", 700, 900)]).await;
    zoom(&screen, -90);
    wait_until("the stretched picture", || !is_sharp(&screen)).await;
    let canvas = screen.one(".tl-canvas").get_bounding_client_rect();
    let (left, right, _) = places(&screen, "b");
    let share = ((left + right) / 2.0 - canvas.left()) / canvas.width();
    // On the lanes themselves, as over a bar that is no link: it is found by where it is drawn.
    assert!(!is_sharp(&screen));
    point_with(&screen, &screen.one(".tl-canvas"), ("pointermove", 0), ("mouse", 1, false), (share, 12.0));
    assert!(!is_sharp(&screen));
    wait_until("the card", || screen.has(".tl-card")).await;
    assert!(screen.text(".tl-card").contains("Run b"), "{}", screen.text(".tl-card"));
    let card = screen.one(".tl-card").get_bounding_client_rect();
    assert!(card.left() - 1.0 <= right && card.right() >= left, "the card is at its bar");
}

#[wasm_bindgen_test]
async fn press_just_after_a_zoom_takes_what_is_below_the_pointer() {
    let (screen, _) = timeline(vec![between("a", "one", 300, 600), between("b", "one", 700, 900)]).await;
    zoom(&screen, -90);
    wait_until("the stretched picture", || !is_sharp(&screen)).await;
    let canvas = screen.one(".tl-canvas").get_bounding_client_rect();
    let (left, right, _) = places(&screen, "b");
    let at = |x: f64| (x - canvas.left()) / canvas.width();
    let middle = (left + right) / 2.0;
    assert!(!is_sharp(&screen));
    // On the lanes, as on a bar that is no link.
    drag(&screen, &screen.one(".tl-canvas"), false, (at(middle), at(middle + 60.0), 12.0));
    wait_until("the form", || !matches!(screen.context.ui.navigation.address_untracked(), Address::Timeline { .. }))
        .await;
    match screen.context.ui.navigation.address_untracked() {
        Address::Planned { replaces, .. } => assert_eq!(replaces.as_ref().map(RunId::as_str), Some("b")),
        other => panic!("{other:?}"),
    }
}

#[wasm_bindgen_test]
async fn card_of_a_bar_that_was_moved_out_of_view_goes() {
    let (screen, _) = timeline(vec![between("a", "one", 60, 120), between("b", "one", 2_000, 2_060)]).await;
    bar(&screen, "a").focus().unwrap();
    wait_until("the card", || screen.has(".tl-card")).await;
    // It is drawn still, beside the view.
    for _ in 0..4 {
        press_key(&bar(&screen, "a"), "]", false);
        settle().await;
    }
    assert_eq!(edges(&screen).from.resolve(in_minutes(0), &|_| 0).second() / 60, in_minutes(1_200).second() / 60);
    wait_until("that the card is gone", || !screen.has(".tl-card")).await;
    assert!(bars(&screen).contains(&"a".to_owned()));
}

#[wasm_bindgen_test]
async fn card_of_a_density_mark_counts_its_runs_by_state() {
    let ended = |number: i64, status: &str| -> Run {
        let (start, end) = (in_minutes(-9_000).to_iso(), in_minutes(-8_999).to_iso());
        super::support::run(
            json!({ "id": format!("{status}{number}"), "job_id": "one", "name": "Run", "status": status, "start_at": start, "end_at": end }),
        )
    };
    let runs = (0..3).map(|number| ended(number, "completed")).chain((0..2).map(|number| ended(number, "failed")));
    let (screen, _) = timeline(runs.collect()).await;
    let range = Range::new(in_minutes(-20_000), in_minutes(0));
    show(&screen, Edges::fixed(range));
    wait_until("the density mark", || {
        screen.all(".tl-shape").iter().any(|shape| attribute(shape, "d").is_some_and(|d| !d.is_empty()))
    })
    .await;
    let canvas = screen.one(".tl-canvas");
    let share = range.x(in_minutes(-9_000), 1.0);
    // A mark is up to four pixels wide, and starts at a multiple of that.
    let width = canvas.get_bounding_client_rect().width();
    for shift in [0.0, -2.0, -3.5, 1.0] {
        point_with(&screen, &canvas, ("pointermove", 0), ("mouse", 1, false), (share + shift / width, 20.0));
        settle().await;
        if screen.has(".tl-card") {
            break;
        }
    }
    assert!(screen.text(".tl-card").starts_with("5 runs"), "{}", screen.text(".tl-card"));
    let states: Vec<String> = screen.all(".tl-card-states li").iter().map(text_of).collect();
    assert_eq!(states, ["Completed 3", "Failed 2"]);
    // Another picture has other marks, or none there.
    press_key(&canvas, "+", false);
    wait_until("that the card is gone", || !screen.has(".tl-card")).await;
}

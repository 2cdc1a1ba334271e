//! What a pointer and keys may do on the timeline, how a gesture ends, and which times it chooses.

use super::run_list::{list, loaded, three};
use super::support::document;
use super::support::{Screen, all_in, in_minutes, press_key, settle, wait_until};
use super::timeline::{bar, between, edges, point, point_with, show, timeline, timeline_with};
use leptos::prelude::Set;
use runboard::browser::zones::Zone;
use runboard::config::Config;
use runboard::state::navigation::Address;
use runboard_core::run::RunId;
use runboard_core::time::Span;
use runboard_core::timeline::edges::Edges;
use runboard_core::timeline::range::Range;
use runboard_core::window::Window;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlElement, MouseEvent, MouseEventInit};

const MOUSE: (&str, i32, bool) = ("mouse", 1, false);

fn address(screen: &Screen) -> Address {
    screen.context.ui.navigation.address_untracked()
}

fn chosen(screen: &Screen) -> Window {
    match address(screen) {
        Address::Planned { window, .. } => window,
        other => panic!("no form: {other:?}"),
    }
}

/// A click: by a pointer with the count of clicks, by a key with none.
fn click(target: &HtmlElement, detail: i32) {
    let init = MouseEventInit::new();
    init.set_bubbles(true);
    init.set_cancelable(true);
    init.set_detail(detail);
    target.dispatch_event(&MouseEvent::new_with_mouse_event_init_dict("click", &init).unwrap()).unwrap();
}

fn width(screen: &Screen) -> f64 {
    screen.one(".tl-canvas").get_bounding_client_rect().width()
}

#[wasm_bindgen_test]
async fn who_may_not_stop_cannot_reschedule() {
    let (screen, _) = timeline_with(Config { may_stop: false, ..Config::default() }, three()).await;
    let target = bar(&screen, "a");
    point(&screen, &target, "pointerdown", MOUSE, (0.22, 12.0));
    point(&screen, &target, "pointermove", MOUSE, (0.3, 12.0));
    settle().await;
    assert!(!screen.has(".tl-plan"));
    point(&screen, &target, "pointerup", MOUSE, (0.3, 12.0));
    assert!(matches!(address(&screen), Address::Timeline { .. }));
    target.focus().unwrap();
    press_key(&target, "ArrowRight", true);
    settle().await;
    assert!(!screen.has(".tl-plan"));
    let help = screen.text(".tl-help");
    assert!(help.contains("to schedule a run there.") && !help.contains("reschedule"), "{help}");
}

#[wasm_bindgen_test]
async fn help_of_a_console_that_only_shows_promises_no_new_run() {
    let (screen, _) = timeline_with(Config { may_create: false, ..Config::default() }, three()).await;
    let help = screen.text(".tl-help");
    assert!(help.starts_with("Drag to move.") && !help.contains("schedule"), "{help}");
}

#[wasm_bindgen_test]
async fn pointer_that_was_let_go_outside_drags_nothing() {
    let (screen, _) = timeline(three()).await;
    let target = bar(&screen, "a");
    point(&screen, &target, "pointerdown", MOUSE, (0.22, 12.0));
    point_with(&screen, &target, ("pointermove", 0), MOUSE, (0.4, 12.0));
    point_with(&screen, &target, ("pointermove", 0), MOUSE, (0.5, 12.0));
    settle().await;
    assert!(!screen.has(".tl-plan"));
    let scale = screen.one(".tl-scale");
    point(&screen, &scale, "pointerdown", MOUSE, (0.6, -60.0));
    point_with(&screen, &scale, ("pointermove", 0), MOUSE, (0.4, -60.0));
    settle().await;
    assert_eq!(edges(&screen), Edges::default());
    // The browser takes the pointer away.
    point(&screen, &target, "pointerdown", MOUSE, (0.22, 12.0));
    point(&screen, &target, "pointermove", MOUSE, (0.4, 12.0));
    settle().await;
    assert!(screen.has(".tl-plan"));
    point(&screen, &screen.one(".tl-canvas"), "lostpointercapture", MOUSE, (0.4, 12.0));
    settle().await;
    assert!(!screen.has(".tl-plan"));
    point(&screen, &target, "pointerup", MOUSE, (0.4, 12.0));
    assert!(matches!(address(&screen), Address::Timeline { .. }));
}

#[wasm_bindgen_test]
async fn timeline_that_was_hidden_is_measured_once_it_is_shown() {
    let (screen, fixture) = list(three(), loaded());
    fixture.q.set("zzz".into());
    show(&screen, Edges::default());
    wait_until("the hidden timeline", || screen.has(".tl-canvas") && width(&screen) == 0.0).await;
    fixture.q.set(String::new());
    // Five hours of 24 from the left.
    wait_until("the bars", || width(&screen) > 0.0 && screen.has(".tl-bar[data-run=a]")).await;
    wait_until("the bar in its place", || {
        let canvas = screen.one(".tl-canvas").get_bounding_client_rect();
        let left = all_in(&bar(&screen, "a"), "rect")[0].get_bounding_client_rect().left() - canvas.left();
        canvas.width() > 0.0 && (left - canvas.width() * 5.0 / 24.0).abs() < 3.0
    })
    .await;
}

#[wasm_bindgen_test]
async fn escape_ends_a_drag_and_the_click_after_it() {
    let (screen, _) = timeline(three()).await;
    let target = bar(&screen, "a");
    point(&screen, &target, "pointerdown", MOUSE, (0.22, 12.0));
    point(&screen, &target, "pointermove", MOUSE, (0.4, 12.0));
    settle().await;
    assert!(screen.has(".tl-plan"));
    press_key(&document().body().unwrap(), "Escape", false);
    point(&screen, &target, "pointermove", MOUSE, (0.5, 12.0));
    settle().await;
    assert!(!screen.has(".tl-plan"));
    point(&screen, &target, "pointerup", MOUSE, (0.5, 12.0));
    click(&target, 1);
    assert!(matches!(address(&screen), Address::Timeline { .. }));
    click(&target, 1);
    assert_eq!(address(&screen), Address::Run { id: RunId::new("a") }, "the next click is one");
}

#[wasm_bindgen_test]
async fn escape_puts_back_what_was_moved() {
    let (screen, _) = timeline(three()).await;
    let left = || bar(&screen, "a").get_bounding_client_rect().left();
    let (before, scale) = (left(), screen.one(".tl-scale"));
    point(&screen, &scale, "pointerdown", MOUSE, (0.6, -60.0));
    point(&screen, &scale, "pointermove", MOUSE, (0.5, -60.0));
    settle().await;
    assert!((left() - before).abs() > 20.0);
    press_key(&document().body().unwrap(), "Escape", false);
    point(&screen, &scale, "pointerup", MOUSE, (0.5, -60.0));
    settle().await;
    assert!((left() - before).abs() < 1.0);
    assert_eq!(edges(&screen), Edges::default());
}

#[wasm_bindgen_test]
async fn key_opens_a_run_after_a_drag_that_no_click_followed() {
    let (screen, _) = timeline(three()).await;
    let scale = screen.one(".tl-scale");
    point(&screen, &scale, "pointerdown", ("touch", 7, false), (0.6, -60.0));
    point(&screen, &scale, "pointermove", ("touch", 7, false), (0.58, -60.0));
    point(&screen, &scale, "pointerup", ("touch", 7, false), (0.58, -60.0));
    settle().await;
    click(&bar(&screen, "a"), 0);
    assert_eq!(address(&screen), Address::Run { id: RunId::new("a") });
}

#[wasm_bindgen_test]
async fn plan_is_dropped_once_its_bar_loses_the_focus() {
    let (screen, _) = timeline(three()).await;
    let plan = || async {
        bar(&screen, "a").focus().unwrap();
        press_key(&bar(&screen, "a"), "ArrowRight", true);
        settle().await;
        assert!(screen.text(".tl-plan").starts_with("Reschedule to"));
    };
    plan().await;
    bar(&screen, "b").focus().unwrap();
    settle().await;
    assert!(!screen.has(".tl-plan"));
    plan().await;
    bar(&screen, "a").blur().unwrap();
    settle().await;
    assert!(!screen.has(".tl-plan"));
    // On the lanes it starts a new run rather than to lengthen the one that was moved.
    plan().await;
    let canvas: HtmlElement = screen.one(".tl-canvas").unchecked_into();
    canvas.focus().unwrap();
    press_key(&canvas, "ArrowRight", true);
    settle().await;
    assert!(screen.text(".tl-plan").starts_with("New run"), "{}", screen.text(".tl-plan"));
}

#[wasm_bindgen_test]
async fn times_are_whole_in_the_zone_and_a_moved_run_keeps_its_minutes() {
    let (screen, _) = timeline(vec![between("a", "one", 1_447, 2_887), between("b", "two", 1_447, 2_887)]).await;
    screen.context.ui.settings.set_zone(Zone::named("Asia/Kolkata").unwrap());
    let ten_days = Edges::fixed(Range::new(in_minutes(0), in_minutes(14_400)));
    show(&screen, ten_days);
    settle().await;
    let canvas = screen.one(".tl-canvas");
    point(&screen, &canvas, "pointerdown", MOUSE, (0.5, 12.0));
    point(&screen, &canvas, "pointermove", MOUSE, (0.63, 12.0));
    point(&screen, &canvas, "pointerup", MOUSE, (0.63, 12.0));
    let hour = 3_600_000;
    for at in [chosen(&screen).start, chosen(&screen).end] {
        assert_eq!((at.millis() + 19_800_000) % hour, 0, "{at:?}");
    }
    show(&screen, ten_days);
    wait_until("the timeline", || screen.has(".tl-bar[data-run=a]")).await;
    settle().await;
    let target = bar(&screen, "a");
    point(&screen, &target, "pointerdown", MOUSE, (0.15, 12.0));
    point(&screen, &target, "pointermove", MOUSE, (0.26, 12.0));
    point(&screen, &target, "pointerup", MOUSE, (0.26, 12.0));
    let by = chosen(&screen).start.since(in_minutes(1_447));
    assert!(by > Span::from_hours(12) && by.millis() % hour == 0, "{by:?}");
}

#[wasm_bindgen_test]
async fn window_is_never_chosen_in_the_past() {
    let (screen, _) = timeline(vec![between("a", "one", 120, 180)]).await;
    let target = bar(&screen, "a");
    point(&screen, &target, "pointerdown", MOUSE, (6.2 / 24.0, 12.0));
    point(&screen, &target, "pointermove", MOUSE, (2.2 / 24.0, 12.0));
    point(&screen, &target, "pointerup", MOUSE, (2.2 / 24.0, 12.0));
    let start = chosen(&screen).start;
    assert!(start >= in_minutes(0) && start <= in_minutes(30), "{start:?}");
}

#[wasm_bindgen_test]
async fn slip_of_less_than_half_a_step_is_a_click() {
    let (screen, _) = timeline(vec![between("a", "one", 120, 3_000)]).await;
    let width = width(&screen);
    // A little more than an hour to six pixels, so that a step is three hours or 17 pixels.
    show(&screen, Edges::fixed(Range::new(in_minutes(0), in_minutes((width * 10.5) as i64))));
    settle().await;
    let target = bar(&screen, "a");
    point(&screen, &target, "pointerdown", MOUSE, (0.1, 12.0));
    point(&screen, &target, "pointermove", MOUSE, (0.1 + 6.0 / width, 12.0));
    settle().await;
    assert!(!screen.has(".tl-plan"));
    point(&screen, &target, "pointerup", MOUSE, (0.1 + 6.0 / width, 12.0));
    click(&target, 1);
    assert_eq!(address(&screen), Address::Run { id: RunId::new("a") });
}

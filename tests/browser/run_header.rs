//! The top of a run's page, and how it is laid out on a phone and on a wide screen.

use super::run_detail::detail;
use super::support::{Screen, all_in, document, found_in, get, name_of, run_between, settle, text_of, wait_until};
use leptos::prelude::*;
use runboard_core::run::Run;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Document, Element};

fn actions(screen: &Screen) -> Vec<String> {
    let group = screen.find("group", "Actions");
    all_in(&group, "a, button")
        .iter()
        .filter(|action| action.closest("dialog").unwrap().is_none())
        .map(name_of)
        .collect()
}

#[wasm_bindgen_test]
fn one_header_has_name_state_window_countdown_and_actions() {
    let (screen, _) = detail(run_between(60, 180, "scheduled"));
    let header = screen.one(".run-header");
    assert_eq!(found_in(&header, "heading").iter().map(|h| text_of(h)).collect::<Vec<_>>(), ["Spring sale", "Window"]);
    let text = text_of(&header);
    for part in ["Scheduled", "Job: j-1", "Sat 2 May 15:05 – 17:05 UTC", "2 h", "Starts in 1 h"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert_eq!(actions(&screen), ["Run again", "Reschedule", "Stop run"]);
    assert!(header.contains(Some(screen.find("group", "Actions").as_ref())));
    assert_eq!(screen.link("Run again"), "./?new&from=r-1");
}

#[wasm_bindgen_test]
async fn actions_are_those_that_the_state_allows() {
    let (screen, fixture) = detail(run_between(60, 120, "scheduled"));
    for (start, end, status, allowed) in [
        (-60, 60, "running", &["Run again", "Stop run"][..]),
        (-120, -60, "completed", &["Run again"]),
        (-60, 60, "stopped", &["Run again"]),
        (60, 120, "stopped", &["Run again"]),
        (60, 120, "scheduled", &["Run again", "Reschedule", "Stop run"]),
        (60, 120, "running", &["Run again", "Stop run"]),
        (60, 120, "completed", &["Run again"]),
        (60, 120, "failed", &["Run again"]),
        (-60, 60, "completed", &["Run again"]),
    ] {
        fixture.run.set(Arc::new(run_between(start, end, status)));
        settle().await;
        assert_eq!(actions(&screen), allowed, "{status} from {start} to {end}");
    }
}

#[wasm_bindgen_test]
fn details_are_folded_at_first() {
    let (screen, _) = detail(run_between(-60, 60, "running"));
    let folded: Vec<String> = screen.all("details:not([open]) > summary").iter().map(text_of).collect();
    assert_eq!(folded, ["Details", "Developer details"]);
    assert!(!screen.has("details[open]"));
}

/// The style sheets that lay the header out, in the order in which the build joins them.
const STYLE: [&str; 4] = [
    include_str!("../../style/tokens.css"),
    include_str!("../../style/base.css"),
    include_str!("../../style/components/run-detail.css"),
    include_str!("../../style/components/window-bar.css"),
];

/// A copy of a run's page, with the style sheet, in a frame of this size.
async fn in_frame(run: Run, width: u32, height: u32) -> (Screen, Document) {
    let (screen, _) = detail(run);
    settle().await;
    let frame = document().create_element("iframe").unwrap();
    frame.set_attribute("style", &format!("width: {width}px; height: {height}px; border: 0")).unwrap();
    let page =
        format!("<!doctype html><style>{}</style><main class=main>{}</main>", STYLE.concat(), screen.host.inner_html());
    frame.set_attribute("srcdoc", &page).unwrap();
    screen.host.append_child(&frame).unwrap();
    // `dyn_into` would fail: the classes of a frame are its own.
    let inner = || get(&frame, "contentDocument").unchecked_into::<Document>();
    let is_whole = || inner().query_selector("#run-actions").unwrap().is_some() && inner().ready_state() == "complete";
    wait_until("the frame", is_whole).await;
    (screen, inner())
}

fn place(page: &Document, selector: &str) -> web_sys::DomRect {
    page.query_selector(selector).unwrap().unwrap().get_bounding_client_rect()
}

fn root(page: &Document) -> Element {
    page.document_element().unwrap()
}

#[wasm_bindgen_test]
async fn actions_stay_in_reach_on_a_phone() {
    let long = Run { name: "a campaign with a long name ".repeat(20).into(), ..run_between(60, 120, "scheduled") };
    for width in [390, 320] {
        let (_screen, page) = in_frame(long.clone(), width, 500).await;
        assert!(root(&page).scroll_height() > 500, "the page is longer than the screen");
        for scrolled in [0, 100_000] {
            root(&page).set_scroll_top(scrolled);
            let bar = place(&page, "#run-actions");
            assert!((bar.bottom() - 500.0).abs() < 1.0, "at the lower edge: {}", bar.bottom());
            for action in all_in(&root(&page), "#run-actions > :is(a, button)") {
                let place = action.get_bounding_client_rect();
                assert!(place.left() >= 0.0 && place.right() <= f64::from(width), "{}", text_of(&action));
                assert!(place.height() >= 44.0, "{}", place.height());
            }
        }
        // At the end of the page nothing is left below them.
        assert!(place(&page, ".run-more").bottom() <= place(&page, "#run-actions").top());
        assert!(root(&page).scroll_width() <= i32::try_from(width).unwrap());
    }
}

#[wasm_bindgen_test]
async fn actions_stand_beside_the_name_on_a_wide_screen() {
    let (_screen, page) = in_frame(run_between(60, 120, "scheduled"), 1280, 800).await;
    let (name, bar) = (place(&page, ".run-title"), place(&page, "#run-actions"));
    assert!(bar.left() >= name.right() && bar.top() < name.bottom());
    assert!(place(&page, ".run-header").bottom() > bar.bottom());
}

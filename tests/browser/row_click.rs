//! Clicks in a row: anywhere they open its run, unless they mean something else.

use super::run_list::{list, list_with, loaded, rows, three};
use super::support::{Screen, settle, window};
use js_sys::Array;
use runboard::config::Config;
use runboard::state::navigation::{Address, Navigation};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement, HtmlInputElement, MouseEvent, MouseEventInit};

/// Records the links that are followed, in place of following them, and the address that a click in a row leads to.
struct FollowedLinks {
    hrefs: Array,
    navigation: &'static Navigation,
    _closure: Closure<dyn FnMut(MouseEvent)>,
}

impl FollowedLinks {
    fn of(screen: &Screen) -> Self {
        let hrefs = Array::new();
        let into = hrefs.clone();
        let closure = Closure::<dyn FnMut(MouseEvent)>::new(move |event: MouseEvent| {
            let target: Element = event.target().unwrap().unchecked_into();
            if let Some(link) = target.closest("a").unwrap() {
                event.prevent_default();
                into.push(&link.get_attribute("href").map_or(JsValue::NULL, JsValue::from));
            }
        });
        screen.host.add_event_listener_with_callback("click", closure.as_ref().unchecked_ref()).unwrap();
        Self { hrefs, navigation: screen.context.ui.navigation, _closure: closure }
    }

    /// Where the clicks since the last call lead. The address is then that of the list again.
    fn take(&self) -> Vec<String> {
        let links = self.hrefs.splice(0, self.hrefs.length(), &JsValue::UNDEFINED);
        let address = self.navigation.address_untracked();
        if address != Address::runs() {
            self.navigation.rewrite(&Address::runs());
        }
        let opened = Some(address).filter(|address| *address != Address::runs()).map(|address| address.href());
        links.iter().filter_map(|href| href.as_string()).chain(opened).collect()
    }
}

/// A click by pointer, with what `set` changes of it.
fn click(target: &Element, set: impl FnOnce(&MouseEventInit)) {
    let place = target.get_bounding_client_rect();
    let init = MouseEventInit::new();
    init.set_bubbles(true);
    init.set_cancelable(true);
    init.set_detail(1);
    init.set_client_x((place.left() + place.width() / 2.0).round() as i32);
    set(&init);
    target.dispatch_event(&MouseEvent::new_with_mouse_event_init_dict("click", &init).unwrap()).unwrap();
}

async fn list_of_three() -> (Screen, FollowedLinks, HtmlElement) {
    let (screen, _) = list(three(), loaded());
    settle().await;
    let followed = FollowedLinks::of(&screen);
    let mailing = rows(&screen)[1].clone();
    (screen, followed, mailing)
}

fn part(row: &HtmlElement, selector: &str) -> Element {
    row.query_selector(selector).unwrap().unwrap()
}

#[wasm_bindgen_test]
async fn click_anywhere_in_a_row_opens_its_run() {
    let (screen, followed, mailing) = list_of_three().await;
    for place in [".cell-name a", ".cell-status", ".badge", ".cell-job", ".cell-time", ".cell-time:last-child"] {
        click(&part(&mailing, place), |_| ());
        assert_eq!(followed.take(), ["./?run=b"], "{place}");
    }
    settle().await;
    assert!(!screen.has(".selection-count"), "nothing is selected");
}

#[wasm_bindgen_test]
async fn link_and_checkbox_keep_their_own_click() {
    let (screen, followed, mailing) = list_of_three().await;
    click(&part(&mailing, ".cell-job a"), |_| ());
    assert_eq!(followed.take(), ["./?q=job:%22job-b%22"]);
    let checkbox: HtmlInputElement = part(&mailing, "input.select").unchecked_into();
    click(&checkbox, |_| ());
    assert_eq!((followed.take(), checkbox.checked()), (Vec::new(), true));
    settle().await;
    assert_eq!(screen.text(".selection-count"), "1 selected");
}

#[wasm_bindgen_test]
async fn click_before_the_name_selects_the_run() {
    let (screen, followed, mailing) = list_of_three().await;
    let cell = part(&mailing, ".cell-name");
    let left = cell.get_bounding_client_rect().left().round() as i32;
    click(&cell, |init| init.set_client_x(left));
    settle().await;
    assert_eq!((followed.take(), screen.text(".selection-count")), (Vec::new(), "1 selected".to_owned()));
}

#[wasm_bindgen_test]
async fn click_before_the_name_opens_where_nothing_can_be_selected() {
    let (screen, _) = list_with(Config { may_stop: false, ..Config::default() }, three(), loaded());
    settle().await;
    let followed = FollowedLinks::of(&screen);
    let cell = part(&rows(&screen)[1], ".cell-name");
    click(&cell, |init| init.set_client_x(0));
    assert_eq!(followed.take(), ["./?run=b"]);
}

#[wasm_bindgen_test]
async fn modified_and_repeated_clicks_open_nothing() {
    let (_screen, followed, mailing) = list_of_three().await;
    let cell = part(&mailing, ".cell-status");
    let changes: [fn(&MouseEventInit); 5] = [
        |init| init.set_ctrl_key(true),
        |init| init.set_meta_key(true),
        |init| init.set_shift_key(true),
        |init| init.set_alt_key(true),
        // The second click of a double click, which selects a word.
        |init| init.set_detail(2),
    ];
    for change in changes {
        click(&cell, change);
        assert_eq!(followed.take(), Vec::<String>::new());
    }
}

#[wasm_bindgen_test]
async fn selecting_text_in_a_row_does_not_open_it() {
    let (_screen, followed, mailing) = list_of_three().await;
    let (cell, selection) = (part(&mailing, ".cell-job"), window().get_selection().unwrap().unwrap());
    selection.select_all_children(&cell).unwrap();
    click(&part(&mailing, ".cell-status"), |_| ());
    assert_eq!(followed.take(), Vec::<String>::new());
    selection.remove_all_ranges().unwrap();
    click(&part(&mailing, ".cell-status"), |_| ());
    assert_eq!(followed.take(), ["./?run=b"]);
}

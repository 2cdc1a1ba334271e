//! Keeps the focus in the page when the element that has it goes away: a button that is no longer needed, the item of a menu, the
//! content of a dialog. Browsers then give the focus to the body, and whoever uses the keyboard starts over at the top of the page.

use super::{document, focus, viewport};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::{Document, Element, Event, HtmlElement, MutationObserver, MutationObserverInit};

/// What can take the focus.
const CONTROLS: &str = ":is(button, a[href], input, select, textarea, summary):not(:disabled)";

/// The element that had the focus last, and what it was in, from the inside to the outside.
#[derive(Default)]
struct LastFocus(RefCell<Vec<Element>>);

thread_local! {
    static IS_WATCHING: Cell<bool> = const { Cell::new(false) };
}

/// Watches for as long as the document lives. Where the focused element is gone, the focus moves to the first control of the nearest
/// part of the page that is still there or, where that is the whole page, to its heading.
pub(crate) fn watch() {
    let Some(document) = document() else { return };
    let Some(body) = document.body().filter(|_| !IS_WATCHING.replace(true)) else { return };
    let last = Rc::new(LastFocus::default());
    last.note(document.active_element());
    let scheduled = Rc::new(Cell::new(false));
    let check = {
        let last = Rc::clone(&last);
        move || {
            if scheduled.get() || !last.is_lost() {
                return;
            }
            scheduled.set(true);
            let (last, scheduled) = (Rc::clone(&last), Rc::clone(&scheduled));
            // Whoever removed it may move the focus in the next frame.
            viewport::after_paint(move || {
                scheduled.set(false);
                if last.is_lost() {
                    last.restore();
                }
            });
        }
    };
    listen_capturing(&document, "focusin", move |event| {
        last.note(event.target().and_then(|target| target.dyn_into().ok()))
    });
    // A dialog that closes hides what has the focus; neither is a change of the tree.
    let on_close = check.clone();
    listen_capturing(&document, "close", move |_| on_close());
    observe_children(&body, check);
}

impl LastFocus {
    fn note(&self, focused: Option<Element>) {
        let mut chain = Vec::new();
        let mut next = focused;
        while let Some(element) = next {
            next = element.parent_element();
            chain.push(element);
        }
        self.0.replace(chain);
    }

    /// Whether the focus is nowhere, since what had it is not displayed any more. Somebody who clicks on nothing gives it up.
    fn is_lost(&self) -> bool {
        focus::is_lost() && self.0.borrow().first().is_some_and(|element| !is_displayed(element))
    }

    fn restore(&self) {
        let chain = self.0.borrow().clone();
        let around = chain.iter().skip(1).filter(|element| is_displayed(element));
        // Not in the body: its first control has nothing to do with what went away.
        let is_part = |element: &&Element| {
            !matches!(&*element.id(), "main" | "app") && !matches!(&*element.tag_name(), "BODY" | "HTML")
        };
        for part in around.take_while(is_part) {
            if let Some(control) = first_control(part) {
                return focus::without_scrolling(&control);
            }
        }
        if !focus::first("#main h1") {
            focus::first("#main");
        }
    }
}

fn is_displayed(element: &Element) -> bool {
    let place = element.get_bounding_client_rect();
    place.width() > 0.0 || place.height() > 0.0
}

fn first_control(part: &Element) -> Option<HtmlElement> {
    let found = part.get_elements_by_tag_name("*");
    (0..found.length())
        .filter_map(|index| found.item(index)?.dyn_into::<HtmlElement>().ok())
        .find(|control| control.matches(CONTROLS).unwrap_or(false) && is_displayed(control))
}

/// Calls `on_change` after elements below `root` were added or removed, for as long as the document lives.
fn observe_children(root: &Element, on_change: impl FnMut() + 'static) {
    let on_change = Closure::<dyn FnMut()>::new(on_change);
    if let Ok(observer) = MutationObserver::new(on_change.as_ref().unchecked_ref()) {
        let options = MutationObserverInit::new();
        options.set_child_list(true);
        options.set_subtree(true);
        let _ = observer.observe_with_options(root, &options);
    }
    on_change.forget();
}

fn listen_capturing(document: &Document, name: &str, on_event: impl Fn(&Event) + 'static) {
    let closure = Closure::<dyn Fn(Event)>::new(move |event: Event| on_event(&event));
    let _ = document.add_event_listener_with_callback_and_bool(name, closure.as_ref().unchecked_ref(), true);
    closure.forget();
}

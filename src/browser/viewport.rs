//! What of the page can be seen: how it is scrolled, and where its parts lie. All lengths are CSS pixels.

use super::window;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::request_animation_frame;
use leptos::task::spawn_local;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::{Element, Event};

/// The window's height.
pub fn height() -> u32 {
    let height = window().and_then(|window| window.inner_height().ok()).and_then(|height| height.as_f64());
    height.map_or(800, |height| height as u32)
}

/// How far an element's top lies above the top of the window: the page's scroll as that element sees it. None where it is not
/// shown.
pub fn above(element: &Element) -> Option<i64> {
    let place = element.get_bounding_client_rect();
    (place.width() > 0.0).then(|| -(place.top().round() as i64))
}

/// How far right of the window's left edge an element begins.
pub fn left(element: &Element) -> f64 {
    element.get_bounding_client_rect().left()
}

/// From one child's top to the next one's, for two children that follow each other; none where there are not so many.
pub fn stride(parent: &Element, child: u32) -> Option<u32> {
    let top = |at| Some(parent.children().item(at)?.get_bounding_client_rect().top());
    let stride = (top(child + 1)? - top(child)?).round();
    (stride >= 1.0).then_some(stride as u32)
}

/// Moves the page by so much.
pub fn scroll_by(by: i64) {
    if let Some(window) = window() {
        window.scroll_by_with_x_and_y(0.0, by as f64);
    }
}

/// Calls `then` once what was changed so far is on screen.
pub fn after_paint(then: impl FnOnce() + 'static) {
    request_animation_frame(move || {
        spawn_local(async move {
            TimeoutFuture::new(0).await;
            then();
        });
    });
}

/// Calls as long as this lives.
pub struct Watch(Closure<dyn FnMut(Event)>);

/// Calls `then` after the page was scrolled or the window has another size, once for each frame at most; told which it was.
pub fn watch(then: impl Fn(bool) + 'static) -> Watch {
    let then: Rc<dyn Fn(bool)> = Rc::new(then);
    let (planned, resized) = (Rc::new(Cell::new(false)), Rc::new(Cell::new(false)));
    let closure = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
        if event.type_() == "resize" {
            resized.set(true);
        }
        if planned.replace(true) {
            return;
        }
        let (then, planned, resized) = (Rc::clone(&then), Rc::clone(&planned), Rc::clone(&resized));
        request_animation_frame(move || {
            planned.set(false);
            then(resized.replace(false));
        });
    });
    if let Some(window) = window() {
        for name in EVENTS {
            let _ = window.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
        }
    }
    Watch(closure)
}

const EVENTS: [&str; 2] = ["scroll", "resize"];

impl Drop for Watch {
    fn drop(&mut self) {
        if let Some(window) = window() {
            for name in EVENTS {
                let _ = window.remove_event_listener_with_callback(name, self.0.as_ref().unchecked_ref());
            }
        }
    }
}

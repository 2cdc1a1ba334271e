//! The viewport: its height, where elements are in it, and scrolling. All lengths are CSS pixels.

use super::{document, window};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::request_animation_frame;
use leptos::task::spawn_local;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::{Element, Event, HtmlElement, ResizeObserver, ScrollIntoViewOptions, ScrollLogicalPosition};

/// The viewport's height.
pub(crate) fn height() -> u32 {
    let height = window().and_then(|window| window.inner_height().ok()).and_then(|height| height.as_f64());
    height.map_or(800, |height| height as u32)
}

/// A registration made by [`on_size`]; dropping it ends it.
pub(crate) struct SizeListener {
    observer: ResizeObserver,
    _on_size: Closure<dyn Fn()>,
}

/// Calls `on_size` once the element has a size, and whenever it gets another. `None` where the browser cannot tell.
pub(crate) fn on_size(element: &Element, on_size: impl Fn() + 'static) -> Option<SizeListener> {
    let on_size = Closure::<dyn Fn()>::new(on_size);
    let observer = ResizeObserver::new(on_size.as_ref().unchecked_ref()).ok()?;
    observer.observe(element);
    Some(SizeListener { observer, _on_size: on_size })
}

impl Drop for SizeListener {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Tells the style sheet an element's height, as a custom property of the document, until it is dropped.
pub(crate) struct PublishedHeight {
    name: &'static str,
    _listener: SizeListener,
}

impl PublishedHeight {
    /// `name`: of the custom property. `None` where the browser cannot tell.
    pub(crate) fn of(element: HtmlElement, name: &'static str) -> Option<Self> {
        let observed = element.clone();
        let listener = on_size(&element, move || set_length(name, observed.offset_height()))?;
        Some(Self { name, _listener: listener })
    }
}

impl Drop for PublishedHeight {
    fn drop(&mut self) {
        set_length(self.name, 0);
    }
}

fn set_length(name: &str, pixels: i32) {
    let root = document().and_then(|document| document.document_element());
    if let Some(root) = root.and_then(|root| root.dyn_into::<HtmlElement>().ok()) {
        let _ = root.style().set_property(name, &[&pixels.to_string(), "px"].concat());
    }
}

/// How far the element's top is above the top of the viewport (negative: below it); `None` if the element is not displayed.
pub(crate) fn offset_above(element: &Element) -> Option<i64> {
    let place = element.get_bounding_client_rect();
    (place.width() > 0.0).then(|| -(place.top().round() as i64))
}

/// The distances of the element's lower right corner from the top and from the right edge of the viewport.
pub(crate) fn lower_right_corner(element: &Element) -> (i32, i32) {
    let place = element.get_bounding_client_rect();
    let width =
        element.owner_document().and_then(|document| document.document_element()).map_or(0, |root| root.client_width());
    (place.bottom().round() as i32, width - place.right().round() as i32)
}

/// The distance from the viewport's left edge to the element's.
pub(crate) fn left_edge(element: &Element) -> f64 {
    element.get_bounding_client_rect().left()
}

/// The distance from the top of the child at index `child` to the top of the next one; `None` without such children.
pub(crate) fn child_spacing(parent: &Element, child: u32) -> Option<u32> {
    let top = |index| Some(parent.children().item(index)?.get_bounding_client_rect().top());
    let spacing = (top(child + 1)? - top(child)?).round();
    (spacing >= 1.0).then_some(spacing as u32)
}

/// Scrolls the page down by `by`.
pub(crate) fn scroll_by(by: i64) {
    if let Some(window) = window() {
        window.scroll_by_with_x_and_y(0.0, by as f64);
    }
}

/// Scrolls as little as is needed to show the first element that matches.
pub(crate) fn reveal(selector: &str) {
    if let Some(element) = document().and_then(|document| document.query_selector(selector).ok().flatten()) {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Runs `task` once the changes made so far are on screen.
pub(crate) fn after_paint(task: impl FnOnce() + 'static) {
    request_animation_frame(move || {
        spawn_local(async move {
            TimeoutFuture::new(0).await;
            task();
        });
    });
}

/// A registration made by [`on_scroll_or_resize`]; dropping it ends it.
pub(crate) struct ViewportListener(Closure<dyn FnMut(Event)>);

/// Calls `on_change` after the page was scrolled or the window resized, at most once a frame; its argument is whether the window
/// was resized.
pub(crate) fn on_scroll_or_resize(on_change: impl Fn(bool) + 'static) -> ViewportListener {
    let on_change: Rc<dyn Fn(bool)> = Rc::new(on_change);
    let (scheduled, resized) = (Rc::new(Cell::new(false)), Rc::new(Cell::new(false)));
    let closure = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
        if event.type_() == "resize" {
            resized.set(true);
        }
        if scheduled.replace(true) {
            return;
        }
        let (on_change, scheduled, resized) = (Rc::clone(&on_change), Rc::clone(&scheduled), Rc::clone(&resized));
        request_animation_frame(move || {
            scheduled.set(false);
            on_change(resized.replace(false));
        });
    });
    if let Some(window) = window() {
        for name in EVENTS {
            let _ = window.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
        }
    }
    ViewportListener(closure)
}

const EVENTS: [&str; 2] = ["scroll", "resize"];

impl Drop for ViewportListener {
    fn drop(&mut self) {
        if let Some(window) = window() {
            for name in EVENTS {
                let _ = window.remove_event_listener_with_callback(name, self.0.as_ref().unchecked_ref());
            }
        }
    }
}

//! Something that is looked at now and then.

use super::super::ui;
use crate::dom::{Node, component, tracked, view};
use crate::reactive::RwSignal;
use std::rc::Rc;

/// Closed until it is opened; what is in it is drawn then, with the rest of the program.
#[component]
pub fn Drawer(
    /// Its class
    class: &'static str,
    /// What it is called
    title: &'static str,
    /// What is in it
    draw: Rc<dyn Fn() -> Node>,
) -> Node {
    let rest = ui().rest;
    let opened = RwSignal::new(false);
    let inside = move || {
        let draw = Rc::clone(&draw);
        opened.get().then(|| rest.behind(move || draw()))
    };
    view! {
        <details class=class on:toggle=move |_| opened.set(true)>
            <summary>{title}</summary>
            {tracked(inside)}
        </details>
    }
}

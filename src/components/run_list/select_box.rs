//! The box that selects a row.

use super::super::ui;
use super::arrivals::Shown;
use crate::dom::{Node, component, tracked, view};
use crate::reactive::{Memo, memo};
use crate::text::{bulk as words, list};
use runboard_core::run::RunId;
use wasm_bindgen::JsCast;

/// Selects a run; with the shift key all from the one pointed at before.
#[component]
pub fn SelectBox(
    /// Which run
    id: RunId,
    /// Its name
    name: Memo<Option<String>>,
    /// What is shown, for a range
    shown: Memo<Shown>,
) -> Node {
    let selection = ui().selection;
    let of = id.clone();
    let selected = memo(move || selection.with(|selection| selection.has(&of)));
    let click = move |event: web_sys::Event| {
        let shift = event.dyn_ref::<web_sys::MouseEvent>().is_some_and(web_sys::MouseEvent::shift_key);
        selection.update(|selection| {
            if shift {
                shown.with_untracked(|shown| selection.extend(&shown.ids, &id));
            } else {
                selection.toggle(&id);
            }
        });
    };
    let label = move || words::select(name.get().as_deref().unwrap_or(list::UNNAMED));
    view! {
        <label class="select-box">
            <input type="checkbox" aria-label=tracked(label) prop:checked=tracked(move || selected.get()) on:click=click />
        </label>
    }
}

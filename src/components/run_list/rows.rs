//! The rows that are in the document, and clicks on them.

use super::row::{RowModel, RunRow, ShownColumns};
use crate::address::Address;
use crate::browser::{focus, page, viewport};
use crate::context::{UiContext, use_ui};
use crate::state::list::{FocusedRow, ListHandle, RenderedRows, ShownRows};
use leptos::html;
use leptos::prelude::*;
use runboard_core::countdown::Countdown;
use runboard_core::list::row_slots::{Reuse, RowSlot, RowSlots};
use runboard_core::query::{Section, Sort, SortKey};
use runboard_core::run::Run;
use runboard_core::run_state::{RunState, StateNote};
use runboard_core::time::Timestamp;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, MouseEvent};

/// The rows of the table. Each `<tr>` has a slot number. An element may be given to another run only while somebody types in the
/// search field or scrolls, and never while the table is in use ([`Reuse`]): that is cheaper than making a new one.
#[derive(Clone, Copy)]
pub struct Rows {
    ui: UiContext,
    list: ListHandle,
    sort: Memo<Sort>,
    shown: Memo<ShownRows>,
    rendered: Memo<RenderedRows>,
    slots: Memo<Vec<RowSlot>>,
    columns: ShownColumns,
}

impl Rows {
    /// The rows to render, in the element `body`.
    pub fn new(
        list: ListHandle,
        sort: Memo<Sort>,
        shown: Memo<ShownRows>,
        rendered: Memo<RenderedRows>,
        body: NodeRef<html::Tbody>,
        columns: ShownColumns,
    ) -> Self {
        let last = StoredValue::new((RowSlots::default(), 0, 0));
        // It depends on what it gave out before, and on where the focus is when the rows change.
        let slots = Memo::new(move |_| {
            let generation = shown.with(|shown| shown.generation);
            let mut slots = Vec::new();
            rendered.with(|rendered| {
                last.update_value(|(row_slots, last_generation, last_start)| {
                    let asked_anew = std::mem::replace(last_generation, generation) != generation;
                    let scrolled = std::mem::replace(last_start, rendered.height_above) != rendered.height_above;
                    let reuse = if in_use(body) {
                        Reuse::Nothing
                    } else if asked_anew {
                        if focus::is_within("#search") { Reuse::All } else { Reuse::Nothing }
                    } else if scrolled {
                        Reuse::OutOfView
                    } else {
                        Reuse::Nothing
                    };
                    slots = row_slots.assign(&rendered.rows, reuse).to_vec();
                });
            });
            slots
        });
        Self { ui: use_ui(), list, sort, shown, rendered, slots, columns }
    }

    /// Renders them.
    pub fn view(self) -> impl IntoView {
        let may_stop = self.ui.config.get().may_stop;
        let numbers = move || self.slots.with(|slots| slots.iter().map(|slot| slot.number).collect::<Vec<_>>());
        view! {
            <For
                each=numbers
                key=|number| *number
                children=move |number| {
                    // A row keeps its last content until it is removed.
                    let model = Memo::new(move |before: Option<&Option<RowModel>>| {
                        self.model(number).or_else(|| before.cloned().flatten())
                    });
                    view! { <RunRow model=model slot_number=number may_stop=may_stop columns=self.columns /> }
                }
            />
        }
    }

    /// What a slot shows; tracked.
    fn model(self, number: u32) -> Option<RowModel> {
        let now = self.ui.clock.tick();
        let (id, index) = self.slots.with(|slots| {
            let slot = slots.iter().find(|slot| slot.number == number)?;
            Some((slot.id.clone(), slot.index))
        })?;
        let run = self.list.run(&id)?;
        Some(RowModel {
            section: self.section_start(&run, index, now),
            state: RunState::of(&run, now),
            countdown: Countdown::of(&run, now)
                .filter(|_| self.columns.with_value(|columns| columns.contains(&SortKey::Countdown))),
            note: StateNote::of(&run, now),
            aria_row_index: self.rendered.with_untracked(|rendered| rendered.row_number(index)),
            selected: self.ui.selection.with(|selection| selection.contains(&id)),
            run,
        })
    }

    /// The section that a row starts, where the list is in order of sections.
    fn section_start(self, run: &Run, index: usize, now: Timestamp) -> Option<Section> {
        if self.sort.get() != Sort::default() {
            return None;
        }
        let section = Section::of(run, now);
        let before =
            index.checked_sub(1).and_then(|before| self.shown.with_untracked(|shown| shown.ids.get(before).cloned()));
        let before = before.and_then(|id| self.list.run_untracked(&id)).map(|run| Section::of(&run, now));
        (before != Some(section)).then_some(section)
    }

    /// Handles a click in the table's body. On the checkbox or beside it, to the left of the name, it selects the run; with Shift, all runs
    /// since the last click. Anywhere else in a row it opens the run.
    pub fn on_click(self, event: &MouseEvent) {
        let Some(target) = element(event) else { return };
        let Some(row) = target.closest("tr").ok().flatten() else { return };
        let find = |selector: &str| row.query_selector(selector).ok().flatten();
        let Some(name) = find(".cell-name a").and_then(|name| name.dyn_into::<HtmlElement>().ok()) else { return };
        let on_box = target.has_type::<HtmlInputElement>();
        // A click by keyboard has no position.
        let before_name = event.detail() > 0
            && (target.class_list().contains("cell-name") || target == row)
            && f64::from(event.client_x()) < viewport::left_edge(&name);
        let checkbox = find("input.select").and_then(|checkbox| checkbox.dyn_into::<HtmlInputElement>().ok());
        match (checkbox.filter(|_| on_box || before_name), self.slot_of(&row)) {
            (Some(checkbox), Some(slot)) => self.select(&checkbox, &slot, event.shift_key()),
            // A click on the link would bubble into this handler while it still runs.
            (_, Some(slot)) if !on_box && opens(event, &target) => self.ui.navigation.go(&Address::Run { id: slot.id }),
            _ => {}
        }
    }

    fn select(self, checkbox: &HtmlInputElement, slot: &RowSlot, shift: bool) {
        focus::without_scrolling(checkbox.unchecked_ref::<HtmlElement>());
        self.ui.selection.update(|selection| {
            if shift {
                self.shown.with_untracked(|shown| selection.extend(&shown.ids, &slot.id));
            } else {
                selection.toggle(&slot.id);
            }
        });
        // The browser has toggled the checkbox itself, which may differ from the selection.
        checkbox.set_checked(self.ui.selection.with_untracked(|selection| selection.contains(&slot.id)));
    }

    /// The index and the run of the row in which an event happened.
    pub fn row_of(self, event: &Event) -> FocusedRow {
        let row = element(event)?.closest("tr").ok()??;
        self.slot_of(&row).map(|slot| (slot.index, slot.id))
    }

    fn slot_of(self, row: &Element) -> Option<RowSlot> {
        let number: u32 = row.get_attribute("data-slot")?.parse().ok()?;
        self.slots.with_untracked(|slots| slots.iter().find(|slot| slot.number == number).cloned())
    }
}

/// Whether a click in a row, outside of what has a click of its own, opens the run. Not at the end of selecting text.
fn opens(event: &MouseEvent, target: &Element) -> bool {
    let plain = event.detail() == 1 && !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key());
    plain && target.closest("a, button").ok().flatten().is_none() && !page::has_selected_text()
}

/// Whether the focus or a pressed pointer is in the table.
fn in_use(body: NodeRef<html::Tbody>) -> bool {
    body.get_untracked().is_some_and(|body| focus::is_in_use(&body))
}

fn element(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

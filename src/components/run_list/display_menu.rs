//! The menu of how the list is displayed: its order, its columns, and the height of its rows.

use super::column_name::column_name;
use super::views_menu::ListQuery;
use crate::browser::{focus, number};
use crate::components::shared::{Icon, IconName, MenuButton};
use crate::context::{UiContext, use_ui};
use crate::lazy::lazy;
use crate::text::list as words;
use leptos::prelude::*;
use runboard_core::list::columns::Columns;
use runboard_core::list::row_height::RowHeight;
use runboard_core::query::{Sort, SortKey};

/// The button "Display" and its menu.
#[component]
pub(super) fn DisplayMenu(query: ListQuery) -> impl IntoView {
    view! { <MenuButton id="display-menu" icon=IconName::Display in_toolbar=true label=words::DISPLAY load=move |_| display(query) /> }
}

lazy! {
    /// The order, the columns, and the height of the rows. Columns and height are kept in this browser.
    fn display(query: ListQuery) -> AnyView {
        let settings = use_ui().settings;
        let ListQuery { sort, on_sort, .. } = query;
        let choose = move |event| {
            let word: String = event_target_value(&event);
            on_sort.run(Sort::parse(&word).unwrap_or_default());
        };
        let orders = SortKey::ALL.into_iter().flat_map(|key| [false, true].map(|descending| Sort { key, descending }));
        let order = move |order: Sort| {
            view! {
                <option value=order.text() prop:selected=move || sort.get() == order>
                    {words::order(column_name(order.key), order.key, order.descending)}
                </option>
            }
        };
        let row_height = |height: RowHeight, name: &'static str| {
            view! {
                <label class="tick">
                    <input
                        type="radio"
                        name="rows"
                        prop:checked=move || settings.row_height() == height
                        on:change=move |_| settings.set_row_height(height)
                    />
                    {name}
                </label>
            }
        };
        view! {
            <div class="menu-settings">
                <label class="choice">
                    <span class="choice-label">{words::ORDER}</span>
                    <select on:change=choose>
                        <option value=Sort::default().text() prop:selected=move || sort.get() == Sort::default()>
                            {words::SECTION}
                        </option>
                        {orders.map(order).collect_view()}
                    </select>
                </label>
                <ColumnChoice />
                <fieldset class="ticks">
                    <legend>{words::ROWS}</legend>
                    {row_height(RowHeight::Comfortable, words::COMFORTABLE)}
                    {row_height(RowHeight::Compact, words::COMPACT)}
                </fieldset>
            </div>
        }
        .into_any()
    }
}

/// The columns after the name in their order, each with a checkbox that shows it. One is moved by dragging it, with its buttons,
/// or with Alt and an arrow key.
#[component]
fn ColumnChoice() -> impl IntoView {
    let ui = use_ui();
    let dragged = RwSignal::new(None::<SortKey>);
    let columns = Memo::new(move |_| ui.settings.columns());
    let order = move || columns.with(|columns| columns.all().iter().map(|(column, _)| *column).collect::<Vec<_>>());
    let column = move |column: SortKey| {
        let name = column_name(column);
        let shown = move || columns.with(|columns| columns.all().contains(&(column, true)));
        let on_keydown = move |event: web_sys::KeyboardEvent| {
            if event.alt_key() && matches!(&*event.key(), "ArrowUp" | "ArrowDown") {
                event.prevent_default();
                move_by_one(ui, column, event.key() == "ArrowUp", ":is(input:enabled, button)");
            }
        };
        // Dragged over another column, it takes that place.
        let on_dragover = move |event: web_sys::DragEvent| {
            let Some(moved) = dragged.get_untracked() else { return };
            event.prevent_default();
            let place = columns.with_untracked(|columns| columns.all().iter().position(|(other, _)| *other == column));
            if moved != column
                && let Some(place) = place
            {
                announce(ui, moved, ui.settings.change_columns(|columns| columns.move_to(moved, place)).flatten());
            }
        };
        let step = move |back: bool| {
            let (icon, part) = if back { (IconName::Up, "[data-back]") } else { (IconName::Down, "[data-on]") };
            view! {
                <button
                    type="button"
                    class="button quiet small"
                    data-back=back.then_some("")
                    data-on=(!back).then_some("")
                    aria-label=words::move_column(name, back)
                    on:click=move |_| move_by_one(ui, column, back, part)
                >
                    <Icon name=icon />
                </button>
            }
        };
        view! {
            <li
                class="column"
                data-column-choice=column.word()
                class:dragged=move || dragged.get() == Some(column)
                draggable="true"
                on:dragstart=move |_| dragged.set(Some(column))
                on:dragover=on_dragover
                on:drop=|event| event.prevent_default()
                on:dragend=move |_| dragged.set(None)
                on:keydown=on_keydown
            >
                <label class="tick">
                    <input
                        type="checkbox"
                        prop:checked=shown
                        disabled=!Columns::can_be_hidden(column)
                        on:change=move |_| { ui.settings.change_columns(|columns| columns.toggle(column)); }
                    />
                    {name}
                </label>
                {step(true)}
                {step(false)}
            </li>
        }
    };
    view! {
        <fieldset class="ticks">
            <legend>{words::COLUMNS}</legend>
            <ul class="columns">
                <For each=order key=|column| *column children=column />
            </ul>
            <p class="hint">{words::COLUMNS_HINT}</p>
        </fieldset>
    }
}

/// Moves a column, and returns the focus to `part` of it: an element that is moved loses the focus.
fn move_by_one(ui: UiContext, column: SortKey, back: bool, part: &'static str) {
    announce(ui, column, ui.settings.change_columns(|columns| columns.move_by_one(column, back)).flatten());
    request_animation_frame(move || {
        let place = ["[data-column-choice=", column.word(), "]"].concat();
        if !focus::is_within(&place) {
            focus::first(&[&place, " ", part].concat());
        }
    });
}

fn announce(ui: UiContext, column: SortKey, place: Option<usize>) {
    if let Some(place) = place {
        let count = ui.settings.columns().all().len();
        ui.announcer.say(&words::column_moved(column_name(column), &number::count(place), &number::count(count)));
    }
}

//! The menu of how the list is displayed: its order, its columns, and the height of its rows.

use super::column_name;
use super::views_menu::ListQuery;
use crate::components::shared::{IconName, MenuButton};
use crate::context::use_ui;
use crate::lazy::lazy;
use crate::state::settings::OPTIONAL_COLUMNS;
use crate::text::list as words;
use leptos::prelude::*;
use runboard_core::query::{Sort, SortKey};

/// The button "Display" and its menu.
#[component]
pub(super) fn DisplayMenu(query: ListQuery) -> impl IntoView {
    view! { <MenuButton id="display-menu" icon=IconName::Display in_toolbar=true label=words::DISPLAY load=move |_| display(query) /> }
}

lazy! {
    /// The order, a checkbox for each optional column, and the height of the rows. Columns and height are kept in this browser.
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
                    {words::order(column_name(order.key), order.key.is_time(), order.descending)}
                </option>
            }
        };
        let column = |column: SortKey| {
            let toggle = move |_| settings.toggle_column(column);
            view! {
                <label class="tick">
                    <input type="checkbox" prop:checked=move || settings.shows_column(column) on:change=toggle />
                    {column_name(column)}
                </label>
            }
        };
        let row_height = |compact: bool, name: &'static str| {
            view! {
                <label class="tick">
                    <input
                        type="radio"
                        name="rows"
                        prop:checked=move || settings.compact() == compact
                        on:change=move |_| settings.set_compact(compact)
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
                <fieldset class="ticks">
                    <legend>{words::COLUMNS}</legend>
                    {OPTIONAL_COLUMNS.map(column)}
                </fieldset>
                <fieldset class="ticks">
                    <legend>{words::ROWS}</legend>
                    {row_height(false, words::COMFORTABLE)}
                    {row_height(true, words::COMPACT)}
                </fieldset>
            </div>
        }
        .into_any()
    }
}

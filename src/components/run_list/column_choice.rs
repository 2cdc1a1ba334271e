//! Which columns are shown, and how close the rows are.

use crate::context::use_ui;
use crate::lazy::lazy;
use crate::state::settings::OPTIONAL_COLUMNS;
use crate::text::list as words;
use leptos::prelude::*;
use runboard_core::query::SortKey;

lazy! {
/// A box for each column that can be left out, and the distance of the rows; kept in this browser.
pub(super) fn column_choice() -> AnyView {
    let settings = use_ui().settings;
    let column = |column: SortKey| {
        let change = move |_| settings.toggle_column(column);
        view! {
            <label class="tick">
                <input type="checkbox" prop:checked=move || settings.shows_column(column) on:change=change />
                {super::column_name(column)}
            </label>
        }
    };
    let rows = |compact: bool, name: &'static str| {
        view! {
            <label class="tick">
                <input
                    type="radio"
                    name="rows"
                    prop:checked={move || settings.compact() == compact}
                    on:change=move |_| settings.set_compact(compact)
                />
                {name}
            </label>
        }
    };
    view! {
            <div class="looks-choices">
                <fieldset class="ticks">
                    <legend>{words::COLUMNS}</legend>
                    {OPTIONAL_COLUMNS.map(column)}
                </fieldset>
                <fieldset class="ticks">
                    <legend>{words::ROWS}</legend>
                    {rows(false, words::COMFORTABLE)}
                    {rows(true, words::COMPACT)}
                </fieldset>
            </div>
    }
        .into_any()
}
}

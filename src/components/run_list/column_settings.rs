//! Which columns are shown, and the height of the rows.

use crate::context::use_ui;
use crate::lazy::lazy;
use crate::state::settings::OPTIONAL_COLUMNS;
use crate::text::list as words;
use leptos::prelude::*;
use runboard_core::query::SortKey;

lazy! {
    /// A checkbox for each optional column, and the choice of the rows' height. The settings are kept in this browser.
    pub(super) fn column_settings() -> AnyView {
        let settings = use_ui().settings;
        let column = |column: SortKey| {
            let toggle = move |_| settings.toggle_column(column);
            view! {
                <label class="tick">
                    <input type="checkbox" prop:checked=move || settings.shows_column(column) on:change=toggle />
                    {super::column_name(column)}
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
            <div class="looks-choices">
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

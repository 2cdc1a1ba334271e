//! The window of a run that is rescheduled, before and after.

use super::ReplacedRun;
use super::form_state::Checked;
use crate::context::use_ui;
use crate::text::form as words;
use leptos::prelude::*;
use runboard_core::time::Timestamp;
use runboard_core::time::input::instant_words;

/// A table of start, end and length, old beside new, with what changes.
#[component]
pub(super) fn WindowChange(
    /// The validated draft
    checked: Memo<Checked>,
    /// The run that the new one replaces
    replaced: ReplacedRun,
) -> impl IntoView {
    let ui = use_ui();
    let rows = Memo::new(move |_| {
        let zone = ui.settings.zone();
        let print = |at: Timestamp| instant_words(at, zone.offset(at));
        let old = replaced.run.with(|run| run.as_ref().and_then(|run| run.window()))?;
        let new = checked.with(|checked| checked.as_ref().ok().map(|run| (run.start_at, run.end_at)));
        // Milliseconds may be a fingerprint.
        let whole = |at: Timestamp| Timestamp::from_millis(at.second().saturating_mul(1000));
        let moved = |from: Timestamp, to: Timestamp| words::moved_by(whole(to).since(whole(from)));
        let (old_length, length) =
            (whole(old.end).since(whole(old.start)), new.map(|(start, end)| whole(end).since(whole(start))));
        Some([
            (words::START, print(old.start), new.map(|(start, _)| (print(start), moved(old.start, start)))),
            (words::END, print(old.end), new.map(|(_, end)| (print(end), moved(old.end, end)))),
            (
                words::LENGTH,
                old_length.exact_words(),
                length.map(|length| (length.exact_words(), words::length_change(old_length, length))),
            ),
        ])
    });
    let row = |(label, old, new): (&'static str, String, Option<(String, String)>)| {
        let (new, change) = new.unwrap_or_else(|| (words::NOT_YET.to_owned(), String::new()));
        view! {
            <tr>
                <th scope="row">{label}</th>
                <td data-label=words::OLD_WINDOW>{old}</td>
                <td data-label=words::NEW_WINDOW>{new}</td>
                <td class="hint">{change}</td>
            </tr>
        }
    };
    move || {
        rows.get().map(|rows| {
            view! {
                <table class="window-change" aria-label=words::WINDOW_CHANGE>
                    <thead>
                        <tr>
                            <td></td>
                            <th scope="col">{words::OLD_WINDOW}</th>
                            <th scope="col">{words::NEW_WINDOW}</th>
                            <th scope="col">{words::CHANGE}</th>
                        </tr>
                    </thead>
                    <tbody>{rows.map(row).collect_view()}</tbody>
                </table>
            }
        })
    }
}

//! The window of a run that is rescheduled, before and after.

use super::ReplacedRun;
use super::form_state::Checked;
use crate::context::use_ui;
use crate::text::form as words;
use leptos::prelude::*;
use runboard_core::time::Timestamp;
use runboard_core::time::print::{clock_words, day_words, offset_words};

/// What the table says of the start, the end or the length. The parts of a value do not break within themselves.
#[derive(Clone, PartialEq)]
struct Row {
    label: &'static str,
    old: Vec<String>,
    /// With how it differs from the old one; `None` while the form has errors.
    new: Option<(Vec<String>, String)>,
}

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
        let print = |at: Timestamp| {
            let offset = zone.offset(at);
            vec![day_words(at, offset), [&*clock_words(at, offset), " ", &offset_words(offset)].concat()]
        };
        let old = replaced.run.with(|run| run.as_ref().and_then(|run| run.window()))?;
        let new = checked.with(|checked| checked.as_ref().ok().map(|run| (run.start_at, run.end_at)));
        // Milliseconds may be a fingerprint.
        let whole = |at: Timestamp| Timestamp::from_millis(at.second().saturating_mul(1000));
        let moved = |from: Timestamp, to: Timestamp| words::moved_by(whole(to).since(whole(from)));
        let (old_length, length) =
            (whole(old.end).since(whole(old.start)), new.map(|(start, end)| whole(end).since(whole(start))));
        Some([
            Row {
                label: words::START,
                old: print(old.start),
                new: new.map(|(start, _)| (print(start), moved(old.start, start))),
            },
            Row { label: words::END, old: print(old.end), new: new.map(|(_, end)| (print(end), moved(old.end, end))) },
            Row {
                label: words::LENGTH,
                old: vec![old_length.exact_words()],
                new: length.map(|length| (vec![length.exact_words()], words::length_change(old_length, length))),
            },
        ])
    });
    // A day and a time of day break only between each other.
    let unbroken = |words: Vec<String>| {
        words.into_iter().map(|word| view! { <span class="unbroken">{word}</span> " " }).collect_view()
    };
    let row = move |Row { label, old, new }: Row| {
        let (new, change) = new.unwrap_or_else(|| (vec![words::NOT_YET.to_owned()], String::new()));
        view! {
            <tr>
                <th scope="row">{label}</th>
                <td>{unbroken(old)}</td>
                <td>{unbroken(new)} <span class="window-changed">{change}</span></td>
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
                        </tr>
                    </thead>
                    <tbody>{rows.map(row).collect_view()}</tbody>
                </table>
            }
        })
    }
}

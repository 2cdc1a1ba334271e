//! How the query was understood, and how one is written.

use super::super::ui;
use super::Listing;
use crate::dom::{Node, component, tracked, view};
use crate::reactive::{Memo, Signal, memo};
use crate::text::query as words;
use runboard_core::query::{Mark, TimeKey, Window};
use runboard_core::time::print::Precision;

/// What could not be taken as it was typed, each with its text, and what the time terms stand for now.
#[component]
pub fn Understood(
    /// What is listed
    listing: Memo<Listing>,
    /// The query field's text
    q: Signal<String>,
) -> Node {
    let settings = ui().settings;
    let marks = memo(move || listing.with(|listing| listing.marks.clone()));
    let windows = memo(move || listing.with(|listing| listing.windows.clone()));
    let cut = move |at: &std::ops::Range<usize>| q.with(|q| q.get(at.clone()).unwrap_or_default().to_owned());
    let mark = move |mark: &Mark| {
        let (text, said) = (cut(&mark.at), words::fault(mark.fault, mark.taken_as_word));
        view! { <li><mark><bdi>{text}</bdi></mark> " " {said}</li> }
    };
    let window = move |(key, windows): &(TimeKey, Vec<Window>)| {
        let side = |at| settings.print(at, Precision::Seconds);
        let ranges: Vec<String> = windows
            .iter()
            .map(|window| words::window(window.from.map(side).as_deref(), window.until.map(side).as_deref()))
            .collect();
        view! { <li>{words::time(*key, &ranges.join(words::OR))}</li> }
    };
    let list = |items: Vec<Node>| (!items.is_empty()).then(|| view! { <ul>{items}</ul> });
    let marked = move || list(marks.get().iter().map(mark).collect());
    // Relative times move on: what they stand for is not said again each time.
    let meant = move || list(windows.get().iter().map(window).collect());
    let rows: Vec<Node> = words::HELP
        .into_iter()
        .map(|(example, means)| {
            view! {
                <tr>
                    <th scope="row"><code>{example}</code></th>
                    <td>{means}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <div class="understood">
            <div role="status">{tracked(marked)}</div>
            <div class="meant">{tracked(meant)}</div>
            <details class="query-help">
                <summary>{words::HELP_TITLE}</summary>
                <p class="hint">{words::HELP_HINT}</p>
                <div class="table-frame" tabindex="0" role="group" aria-label=words::HELP_TITLE>
                    <table class="requests">
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </details>
        </div>
    }
}

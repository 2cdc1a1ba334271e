//! How the query was understood, and how one is written.

use super::drawer::Drawer;
use crate::context::use_ui;
use crate::lazy::lazy;
use crate::state::list::Listing;
use crate::text::query as words;
use leptos::prelude::*;
use runboard_core::query::{QueryIssue, TimeField, TimeRange};
use runboard_core::time::print::Precision;

/// What could not be taken as it was typed, each with its text, and what the time terms stand for now.
#[component]
pub fn Understood(
    /// What is listed
    listing: Memo<Listing>,
    /// The query field's text
    q: Signal<String>,
) -> impl IntoView {
    let asks = Memo::new(move |_| q.with(|q| !q.is_empty()));
    view! {
        <div class="understood">
            <div role="status">{move || asks.get().then(|| meant(listing, q, true))}</div>
            <div class="meant">{move || asks.get().then(|| meant(listing, q, false))}</div>
            <Drawer class="query-help" title=words::HELP_TITLE load=how_to_search />
        </div>
    }
}

/// What of the query was not understood, or what its times stand for.
fn meant(listing: Memo<Listing>, q: Signal<String>, faults: bool) -> AnyView {
    let settings = use_ui().settings;
    let marks = Memo::new(move |_| listing.with(|listing| listing.issues.clone()));
    let windows = Memo::new(move |_| listing.with(|listing| listing.time_ranges.clone()));
    let cut = move |at: &std::ops::Range<usize>| q.with(|q| q.get(at.clone()).unwrap_or_default().to_owned());
    let mark = move |mark: &QueryIssue| {
        let (text, said) = (cut(&mark.at), words::issue(mark.kind, mark.searched_as_word));
        view! { <li><mark><bdi>{text}</bdi></mark> " " {said}</li> }.into_any()
    };
    let window = move |(key, windows): &(TimeField, Vec<TimeRange>)| {
        let side = |at| settings.print(at, Precision::Seconds);
        let ranges: Vec<String> = windows
            .iter()
            .map(|window| words::time_range(window.from.map(side).as_deref(), window.until.map(side).as_deref()))
            .collect();
        view! { <li>{words::time_term(*key, &ranges.join(words::OR))}</li> }.into_any()
    };
    let list = |items: Vec<AnyView>| (!items.is_empty()).then(|| view! { <ul>{items}</ul> });
    let marked = move || list(marks.get().iter().map(mark).collect());
    // Relative times move on: what they stand for is not said again each time.
    let meant = move || list(windows.get().iter().map(window).collect());
    if faults { marked.into_any() } else { meant.into_any() }
}

lazy! {
/// Examples of queries.
fn how_to_search() -> AnyView {
    let rows: Vec<_> = words::HELP
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
        <p class="hint">{words::HELP_HINT}</p>
        <div class="table-frame" tabindex="0" role="group" aria-label=words::HELP_TITLE>
            <table class="requests">
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
        .into_any()
}
}

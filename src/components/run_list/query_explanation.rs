//! How the query was understood, and help with writing one.

use super::lazy_details::LazyDetails;
use crate::components::shared::LazyView;
use crate::context::use_ui;
use crate::lazy::lazy;
use crate::state::list::Listing;
use crate::text::query as words;
use leptos::prelude::*;
use runboard_core::query::{QueryIssue, TimeField, TimeRange};
use runboard_core::time::print::Precision;

/// The parts of the query that were not understood, what its time terms stand for now, and help.
#[component]
pub fn QueryExplanation(
    /// The listing, with the issues and times of its query
    listing: Memo<Listing>,
    /// The query
    q: Signal<String>,
) -> impl IntoView {
    let has_query = move || q.with(|q| !q.is_empty());
    let has_issues = Memo::new(move |_| has_query() && listing.with(|listing| !listing.issues.is_empty()));
    let has_times = Memo::new(move |_| has_query() && listing.with(|listing| !listing.time_ranges.is_empty()));
    view! {
        <div class="understood">
            <div role="status">
                {move || has_issues.get().then(|| view! { <LazyView load=move || issues(listing, q) /> })}
            </div>
            // Not in the live region: relative times change as time goes by, and would be read out again each time.
            <div class="meant">{move || has_times.get().then(|| view! { <LazyView load=move || time_ranges(listing) /> })}</div>
            <LazyDetails class="query-help" title=words::HELP_TITLE load=how_to_search />
        </div>
    }
}

lazy! {
    /// The parts of the query that were not understood.
    fn issues(listing: Memo<Listing>, q: Signal<String>) -> AnyView {
        let issues = Memo::new(move |_| listing.with(|listing| listing.issues.clone()));
        let item = move |issue: &QueryIssue| {
            let text = q.with(|q| q.get(issue.at.clone()).unwrap_or_default().to_owned());
            let explanation = words::issue(issue.kind, issue.searched_as_word);
            view! { <li><mark><bdi>{text}</bdi></mark> " " {explanation}</li> }
        };
        view! { <ul>{move || issues.get().iter().map(item).collect_view()}</ul> }.into_any()
    }
}

lazy! {
    /// What the query's time terms stand for now.
    fn time_ranges(listing: Memo<Listing>) -> AnyView {
        let settings = use_ui().settings;
        let fields = Memo::new(move |_| listing.with(|listing| listing.time_ranges.clone()));
        let item = move |(field, ranges): &(TimeField, Vec<TimeRange>)| {
            let print = |at| settings.print(at, Precision::Seconds);
            let range = |range: &TimeRange| {
                words::time_range(range.from.map(print).as_deref(), range.until.map(print).as_deref())
            };
            let ranges: Vec<String> = ranges.iter().map(range).collect();
            view! { <li>{words::time_term(*field, &ranges.join(words::OR))}</li> }
        };
        view! { <ul>{move || fields.get().iter().map(item).collect_view()}</ul> }.into_any()
    }
}

lazy! {
    /// Examples of queries.
    fn how_to_search() -> AnyView {
        let row = |(example, meaning)| {
            view! {
                <tr>
                    <th scope="row"><code>{example}</code></th>
                    <td>{meaning}</td>
                </tr>
            }
        };
        view! {
            <p class="hint">{words::HELP_HINT}</p>
            <div class="table-frame" tabindex="0" role="group" aria-label=words::HELP_TITLE>
                <table class="requests">
                    <tbody>{words::HELP.into_iter().map(row).collect_view()}</tbody>
                </table>
            </div>
        }
        .into_any()
    }
}

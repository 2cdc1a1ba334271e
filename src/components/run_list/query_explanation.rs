//! How the query was understood, and help with writing one.

use crate::browser::focus;
use crate::components::shared::{IconName, LazyView, MenuButton};
use crate::context::use_ui;
use crate::lazy::lazy;
use crate::state::list::Listing;
use crate::text::query as words;
use leptos::prelude::*;
use runboard_core::query::{IssueKind, QueryTerm, Reading, as_text, remove_term};
use runboard_core::time::print::Precision;
use std::ops::Range;

/// The terms of the query that are not understood, with the way out of each, and what its times stand for now.
#[component]
pub fn QueryExplanation(
    /// The listing, with the terms of its query
    listing: Memo<Listing>,
    /// The query
    q: Signal<String>,
    /// Called with the query without a term that is not understood
    on_query: Callback<String>,
) -> impl IntoView {
    let has_query = move || q.with(|q| !q.is_empty());
    let has_issues = Memo::new(move |_| has_query() && listing.with(|listing| listing.refused));
    let has_times = Memo::new(move |_| has_query() && listing.with(|listing| listing.terms.iter().any(is_time)));
    view! {
        <div class="understood">
            <div role="status">
                {move || has_issues.get().then(|| view! { <LazyView load=move || issues(listing, q, on_query) /> })}
            </div>
            // Not in the live region: relative times change as time goes by, and would be read out again each time.
            <div class="meant">{move || has_times.get().then(|| view! { <LazyView load=move || times(listing) /> })}</div>
        </div>
    }
}

lazy! {
    /// The terms that are not understood.
    fn issues(listing: Memo<Listing>, q: Signal<String>, on_query: Callback<String>) -> AnyView {
        let issues = Memo::new(move |_| {
            let issue = |term: &QueryTerm| match term.reading {
                Reading::NotUnderstood(kind) => Some((term.at.clone(), kind)),
                _ => None,
            };
            listing.with(|listing| listing.terms.iter().filter_map(issue).collect::<Vec<_>>())
        });
        let rewrite = move |query: String| {
            on_query.run(query);
            focus::first("#search");
        };
        let item = move |(at, kind): &(Range<usize>, IssueKind)| {
            let text = q.with(|q| q.get(at.clone()).unwrap_or_default().to_owned());
            let (removed, quoted) = (at.clone(), at.clone());
            let remove = move |_| rewrite(q.with_untracked(|q| remove_term(q, &removed)));
            let quote = move |_| rewrite(q.with_untracked(|q| as_text(q, &quoted)));
            let (remove_label, quote_label) = (words::remove(&text), words::search_as_text(&text));
            view! {
                <li>
                    <mark><bdi>{text}</bdi></mark>
                    " "
                    {words::issue(*kind)}
                    " "
                    <button type="button" class="button quiet small" aria-label=remove_label on:click=remove>
                        {words::REMOVE}
                    </button>
                    {words::is_text(*kind).then(|| view! {
                        " "
                        <button type="button" class="button quiet small" aria-label=quote_label on:click=quote>
                            {words::SEARCH_AS_TEXT}
                        </button>
                    })}
                </li>
            }
        };
        view! { <ul>{move || issues.get().iter().map(item).collect_view()}</ul> }.into_any()
    }
}

/// Whether a term asks about a time.
fn is_time(term: &QueryTerm) -> bool {
    matches!(&term.reading, Reading::Asks { ranges, .. } if !ranges.is_empty())
}

lazy! {
    /// What the query's times stand for now.
    fn times(listing: Memo<Listing>) -> AnyView {
        let settings = use_ui().settings;
        let terms = Memo::new(move |_| {
            listing.with(|listing| listing.terms.iter().filter(|term| is_time(term)).cloned().collect::<Vec<_>>())
        });
        let item = move |term: &QueryTerm| {
            view! { <li>{words::term(&term.reading, &|at| settings.print(at, Precision::Seconds))}</li> }
        };
        view! { <ul>{move || terms.get().iter().map(item).collect_view()}</ul> }.into_any()
    }
}

/// The button "How to search", beside the search field.
#[component]
pub(super) fn SearchHelp() -> impl IntoView {
    view! {
        <div class="search-help">
            <MenuButton id="search-help" icon=IconName::Help label=words::HELP_TITLE load=|_| how_to_search() />
        </div>
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
            <p class="hint query-help-hint">{words::HELP_HINT}</p>
            <div class="table-frame query-help" tabindex="0" role="group" aria-label=words::HELP_TITLE>
                <table class="requests">
                    <tbody>{words::HELP.into_iter().map(row).collect_view()}</tbody>
                </table>
            </div>
        }
        .into_any()
    }
}

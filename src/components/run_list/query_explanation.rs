//! How the query was understood, and help with writing one.

use crate::browser::focus;
use crate::components::shared::{CloseMenu, Icon, IconName, LazyView, MenuButton};
use crate::context::use_ui;
use crate::lazy::lazy;
use crate::state::list::Listing;
use crate::text::query as words;
use leptos::prelude::*;
use runboard_core::query::{self, Field, IssueKind, QueryTerm, Reading, as_text, remove_term};
use std::ops::Range;
use std::sync::Arc;

/// The terms of the query that are not understood, with the way out of each.
#[component]
pub fn QueryIssues(
    /// The listing, with the terms of its query
    listing: Memo<Listing>,
    /// The query
    q: Signal<String>,
    /// Called with the query without a term that is not understood
    on_query: Callback<String>,
) -> impl IntoView {
    let has_issues = Memo::new(move |_| q.with(|q| !q.is_empty()) && listing.with(|listing| listing.refused));
    view! {
        <div class="understood" role="status">
            {move || has_issues.get().then(|| view! { <LazyView load=move || issues(listing, q, on_query) /> })}
        </div>
    }
}

/// The terms of the query that are understood, each with a button that removes it. A filter by state is not among them while its button
/// is pressed.
#[component]
pub fn QueryTerms(
    /// The listing, with the terms of its query
    listing: Memo<Listing>,
    /// The query
    q: Signal<String>,
    /// Called with the query without a term
    on_query: Callback<String>,
) -> impl IntoView {
    let has_terms = Memo::new(move |_| {
        let pressed = shows_states(&q);
        q.with(|q| !q.is_empty())
            && listing.with(|listing| listing.terms.iter().any(|term| has_chip(&term.reading, pressed)))
    });
    move || has_terms.get().then(|| view! { <LazyView load=move || chips(listing, q, on_query) /> })
}

/// Whether the buttons of the filters by state say which states the query asks for; tracked. They do not where the sides of an `OR`
/// differ.
fn shows_states(q: &Signal<String>) -> bool {
    q.with(|q| !query::selected_values(q, "is").is_empty())
}

fn has_chip(reading: &Reading, shows_states: bool) -> bool {
    match reading {
        Reading::Asks { exclude, field, .. } => *exclude || !shows_states || !matches!(field, Field::Is | Field::Needs),
        Reading::Or | Reading::NotUnderstood(_) => false,
    }
}

lazy! {
    /// A chip for each term that is understood.
    fn chips(listing: Memo<Listing>, q: Signal<String>, on_query: Callback<String>) -> AnyView {
        let ui = use_ui();
        let terms = Memo::new(move |_| listing.with(|listing| Arc::clone(&listing.terms)));
        let pressed = Memo::new(move |_| shows_states(&q));
        let chip = move |(at, term): (usize, &QueryTerm)| {
            let has_chip = |reading: &Reading| has_chip(reading, pressed.get());
            if term.reading == Reading::Or {
                let near = |at: Option<usize>| terms.with(|terms| terms.get(at?).map(|term| has_chip(&term.reading)));
                let between = near(at.checked_sub(1)) == Some(true) && near(Some(at + 1)) == Some(true);
                return between.then(|| view! { <li class="chip-or">{words::OR}</li> }.into_any());
            }
            has_chip(&term.reading).then(|| {
                let print = |at| ui.settings.print_readable(at, ui.clock.now());
                let text = words::term(&term.reading, &print);
                let (place, label, title) = (term.at.clone(), words::remove(&text), text.clone());
                let remove = move |_| {
                    on_query.run(q.with_untracked(|q| remove_term(q, &place)));
                    focus::first("#search");
                };
                view! {
                    <li class="chip">
                        <span class="chip-text" title=title>{text}</span>
                        <button type="button" class="chip-remove" tabindex="-1" aria-label=label on:click=remove>
                            <Icon name=IconName::Close />
                        </button>
                    </li>
                }
                .into_any()
            })
        };
        view! {
            <ul class="chips" aria-label=words::TERMS>{move || terms.get().iter().enumerate().map(chip).collect_view()}</ul>
        }
        .into_any()
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

/// The button "How to search", beside the search field.
#[component]
pub(super) fn SearchHelp(
    /// Called with the query of an example
    on_query: Callback<String>,
) -> impl IntoView {
    view! {
        <div class="search-help">
            <MenuButton
                id="search-help"
                icon=IconName::Help
                label=words::HELP_TITLE
                load=move |menu| how_to_search(menu, on_query)
            />
        </div>
    }
}

lazy! {
    /// Examples of queries.
    fn how_to_search(menu: CloseMenu, on_query: Callback<String>) -> AnyView {
        let row = move |(example, meaning): (&'static str, &'static str)| {
            let search_for = move |_| {
                menu.close();
                on_query.run(example.to_owned());
                focus::first("#search");
            };
            let example = if words::is_query(example) {
                view! {
                    <button type="button" class="example" title=words::TRY_EXAMPLE on:click=search_for>
                        <code>{example}</code>
                    </button>
                }
                .into_any()
            } else {
                view! { <code>{example}</code> }.into_any()
            };
            view! {
                <tr>
                    <th scope="row">{example}</th>
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

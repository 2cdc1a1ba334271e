//! The table of runs.

use super::super::{Icon, IconName, ui};
use super::run_row::RunRow;
use super::{Listing, column_name, digits};
use crate::dom::{Node, component, each, tracked, view};
use crate::reactive::{Memo, RwSignal, Signal, memo};
use crate::store::Store;
use crate::text::list as words;
use leptos::prelude::*;
use runboard_core::query::{Sort, SortKey};
use runboard_core::run::RunId;

/// Rows drawn at first, and added each time the person asks for more.
const STEP: usize = 200;

/// The rows that are listed, in order; each drawn row has its own signals, the others are plain data.
#[component]
pub fn RunTable(
    /// All runs
    store: Store,
    /// Which are listed
    listing: Memo<Listing>,
    /// The order
    sort: Signal<Sort>,
    /// The person sorted
    on_sort: Callback<Sort>,
    /// Whether what is shown is old
    stale: Memo<bool>,
) -> Node {
    let settings = ui().settings;
    let most = RwSignal::new(STEP);
    let drawn = memo(move || listing.with(|listing| listing.ids.iter().take(most.get()).cloned().collect::<Vec<_>>()));
    let hidden = memo(move || listing.with(|listing| listing.ids.len().saturating_sub(most.get())));
    let rows = memo(move || listing.with(|listing| listing.ids.len()).saturating_add(1).to_string());
    let head = SortKey::ALL.map(|key| view! { <ColumnHead key=key sort=sort on_sort=on_sort /> });
    view! {
        // The roles are spelled out because narrow screens lay rows out as blocks, which would take them away.
        <table
            role="table"
            class="runs"
            class:stale=tracked(move || stale.get())
            class:compact=tracked(move || settings.compact())
            class:no-job=tracked(move || !settings.shows(SortKey::Job))
            class:no-start=tracked(move || !settings.shows(SortKey::Start))
            class:no-end=tracked(move || !settings.shows(SortKey::End))
            class:no-created=tracked(move || !settings.shows(SortKey::Created))
            aria-label=words::TITLE aria-rowcount=tracked(move || rows.get())>
            <thead role="rowgroup">
                <tr role="row">{head.into_iter().collect::<Vec<_>>()}</tr>
            </thead>
            <tbody role="rowgroup">
                {each(move || drawn.with(|drawn| drawn.iter().map(|id| id.as_str().into()).collect()), move |id| view! { <RunRow store=store id=RunId::new(id) listing=listing /> })}
            </tbody>
        </table>
        {tracked(move || {
            let next = hidden.get().min(STEP);
            (next > 0)
                .then(|| {
                    view! {
                        <div class="more">
                            <button type="button" class="button" on:click=move |_| most.update(|most| *most = most.saturating_add(STEP))>
                                {words::more(&digits(next))}
                            </button>
                        </div>
                    }
                })
        })}
    }
}

/// A column's head: a button that sorts by it, or turns the order round.
#[component]
fn ColumnHead(key: SortKey, sort: Signal<Sort>, on_sort: Callback<Sort>) -> Node {
    let name = column_name(key);
    let here = memo(move || Some(sort.get()).filter(|sort| sort.key == key));
    let aria = move || here.get().map(|sort| if sort.descending { "descending" } else { "ascending" });
    let click = move |_| {
        let next = match here.get_untracked() {
            Some(now) => Sort { descending: !now.descending, ..now },
            // Times are most often wanted newest first, words from A on.
            None => Sort { key, descending: matches!(key, SortKey::Start | SortKey::End | SortKey::Created) },
        };
        on_sort.run(next);
    };
    view! {
        <th role="columnheader" scope="col" aria-sort=tracked(aria) data-column=key.word()>
            <button type="button" class="sort" on:click=click>
                {name}
                {tracked(move || here.get().map(|sort| view! { <Icon name=if sort.descending { IconName::Down } else { IconName::Up } /> }))}
            </button>
        </th>
    }
}

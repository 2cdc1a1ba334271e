//! Which of the listed runs are shown, and which are held back behind the button "Show N new runs".

use super::ListHandle;
use crate::browser::{focus, history, zones::Zone};
use crate::state::settings::Settings;
use leptos::prelude::*;
use runboard_core::list::stable_rows::{Keep, StableRows};
use runboard_core::query::Sort;
use runboard_core::run::RunId;
use std::sync::Arc;

/// The query and the order.
type ListQuery = (String, Sort);

/// The shown rows.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct ShownRows {
    /// Their runs, in order.
    pub(crate) ids: Arc<Vec<RunId>>,
    /// The number of runs that are listed but held back.
    pub(crate) pending: usize,
    /// Rises whenever the person asks for something else.
    pub(crate) generation: u32,
}

/// The rows as of the last computation, and what they were computed for.
#[derive(Default)]
struct LastRows {
    rows: StableRows,
    request: Option<(ListQuery, u32, Zone)>,
    generation: u32,
    /// Whether the list was streaming in, or its last part was not listed yet.
    streaming: bool,
    /// Whether a search was under way.
    searching: bool,
}

/// While the focus is in one of these, rows keep their places.
const IN_USE: &str = ".runs, .search";

/// All listed runs are shown when the person asks for something (another query or order, or `show_all` rises), and while the list
/// streams in. Otherwise new ones are held back. While the pointer is over the rows (`pointed`), they keep their places, and also stay
/// where the query does not list them any more: whoever is about to click must hit the row they aim at. A memo and not an effect, so that the first rows need no second render.
pub(crate) fn shown_rows(
    list: ListHandle,
    settings: &'static Settings,
    query: impl Fn() -> ListQuery + Send + Sync + 'static,
    show_all: RwSignal<u32>,
    streaming: Memo<bool>,
    pointed: RwSignal<bool>,
) -> Memo<ShownRows> {
    let (store, listing) = (list.store, list.listing);
    let last = StoredValue::new(LastRows::default());
    Memo::new(move |_| {
        let (listed, searching, total) =
            listing.with(|listing| (Arc::clone(&listing.ids), listing.searching, listing.total));
        let (query, show_all) = (query(), show_all.get());
        let (streaming, zone) = (streaming.get(), settings.zone());
        let shown = last.try_update_value(|last| {
            // Days differ between zones, so that the same query may mean something else.
            let request = Some((query, show_all, zone));
            let is_new_request = last.request != request;
            last.generation = last.generation.wrapping_add(u32::from(is_new_request));
            let rows = &mut last.rows;
            // Where no rows are shown, nobody is reading any.
            if streaming || last.streaming || searching || last.searching || is_new_request || rows.shown().is_empty() {
                rows.show_all(&listed);
            } else {
                let exists = |id: &RunId| store.get_untracked(id).is_some();
                let keep = if pointed.get_untracked() {
                    Keep::Rows(&exists)
                } else if focus::is_within(IN_USE) || history::scroll_position() > 0.0 {
                    Keep::Places
                } else {
                    Keep::Nothing
                };
                rows.update(&listed, &store.opened_directly(), keep);
            }
            if rows.has_unlisted() {
                // They go when the pointer does.
                pointed.track();
            }
            // The last part of a list that streams in is listed once it has been searched.
            let last_part_is_missing = last.streaming && total < store.len_untracked();
            (last.request, last.streaming, last.searching) = (request, streaming || last_part_is_missing, searching);
            ShownRows { ids: Arc::clone(rows.shown()), pending: rows.pending(), generation: last.generation }
        });
        shown.unwrap_or_default()
    })
}

//! Which of the listed runs are shown, and which wait behind "Show N new runs".

use super::ListHandle;
use crate::browser::{focus, history, zones::Zone};
use crate::state::settings::Settings;
use leptos::prelude::*;
use runboard_core::list::stable_rows::StableRows;
use runboard_core::query::Sort;
use runboard_core::run::RunId;
use std::sync::Arc;

/// The query and the order.
pub type Question = (String, Sort);

/// The rows to draw.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Shown {
    /// Their runs, in order.
    pub ids: Arc<Vec<RunId>>,
    /// How many others are listed.
    pub waiting: usize,
    /// Rises whenever the person asks for something else.
    pub answers: u32,
}

/// What the shown rows were made for.
#[derive(Default)]
struct Basis {
    rows: StableRows,
    question: Option<(Question, u32, Zone)>,
    /// Counts the questions.
    answers: u32,
    /// Whether the list was streaming in, or its last part is not listed yet.
    streaming: bool,
    /// Whether the runs were still being searched.
    searching: bool,
}

/// While the focus is in one of these, rows keep their places.
const IN_USE: &str = ".runs, .search";

/// The rows to draw: all that are listed when the person asks (another query, another order, or `asked` rises) and while the
/// list streams in; else what arrives waits. Made while drawing, so that the first rows are there at once.
pub fn shown(
    list: ListHandle,
    settings: Settings,
    question: impl Fn() -> Question + Send + Sync + 'static,
    asked: RwSignal<u32>,
    streaming: Memo<bool>,
) -> Memo<Shown> {
    let (store, listing) = (list.store(), list.listing());
    let basis = StoredValue::new(Basis::default());
    Memo::new(move |_| {
        let (fresh, searching, total) =
            listing.with(|listing| (Arc::clone(&listing.ids), listing.searching, listing.total));
        let (question, asked) = (question(), asked.get());
        let (streaming, zone) = (streaming.get(), settings.zone());
        let made = basis.try_update_value(|basis| {
            // Another zone has other days, so a query may mean something else.
            let question = Some((question, asked, zone));
            let asks_anew = basis.question != question;
            basis.answers = basis.answers.wrapping_add(u32::from(asks_anew));
            let rows = &mut basis.rows;
            // Where no rows are drawn, nobody reads any.
            if streaming || basis.streaming || searching || basis.searching || asks_anew || rows.shown().is_empty() {
                rows.show_all(&fresh);
            } else {
                rows.update(&fresh, &store.own(), focus::within(IN_USE) || history::scroll() > 0.0);
            }
            // The last part of a list that streams in is listed when its search has ended.
            let comes = basis.streaming && total < store.len_untracked();
            (basis.question, basis.streaming, basis.searching) = (question, streaming || comes, searching);
            Shown { ids: Arc::clone(rows.shown()), waiting: rows.pending(), answers: basis.answers }
        });
        made.unwrap_or_default()
    })
}

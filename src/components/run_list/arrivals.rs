//! Which of the listed runs are drawn, and which wait to be asked for.

use super::super::ui;
use super::{Listing, digits};
use crate::browser::{focus, history, zones::Zone};
use crate::store::Store;
use crate::text::list as words;
use leptos::prelude::*;
use runboard_core::arrivals::Rows;
use runboard_core::query::Sort;
use runboard_core::run::RunId;
use std::sync::Arc;

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

/// What the rows were made for.
#[derive(Default)]
struct Kept {
    rows: Rows,
    question: Option<(String, Sort, u32, Zone)>,
    /// Counts the questions.
    answers: u32,
    /// Whether the list was streaming in, or its last part is not listed yet.
    streaming: bool,
    /// Whether the runs were still being looked through.
    settling: bool,
}

/// What the person reads, types into or works with keeps its place.
const HELD: &str = ".runs, .search";

/// The rows to draw: all that are listed when the person asks (another query, another order, or `asked` rises) and while the
/// list streams in; else what arrives waits. Made while drawing, so that the first rows are there at once.
pub fn shown(
    store: Store,
    listing: Memo<Listing>,
    question: impl Fn() -> (String, Sort) + Send + Sync + 'static,
    asked: RwSignal<u32>,
    streaming: Memo<bool>,
) -> Memo<Shown> {
    let kept = StoredValue::new(Kept::default());
    let settings = ui().settings;
    Memo::new(move |_| {
        let (fresh, settling, total) =
            listing.with(|listing| (Arc::clone(&listing.ids), listing.settling.is_some(), listing.total));
        let ((q, sort), asked) = (question(), asked.get());
        let (streaming, zone) = (streaming.get(), settings.zone());
        let made = kept.try_update_value(|kept| {
            // Days are other days in another zone.
            let question = Some((q, sort, asked, zone));
            let asks_anew = kept.question != question;
            kept.answers = kept.answers.wrapping_add(u32::from(asks_anew));
            let rows = &mut kept.rows;
            // Nothing is read where nothing is drawn.
            if streaming || kept.streaming || settling || kept.settling || asks_anew || rows.shown().is_empty() {
                rows.show(&fresh);
            } else {
                rows.update(&fresh, &store.own(), focus::within(HELD) || history::scroll() > 0.0);
            }
            // The last part is listed only when all of it has been looked through.
            let comes = kept.streaming && total < store.len_untracked();
            (kept.question, kept.streaming, kept.settling) = (question, streaming || comes, settling);
            Shown { ids: Arc::clone(rows.shown()), waiting: rows.waiting(), answers: kept.answers }
        });
        made.unwrap_or_default()
    })
}

/// The button that shows what has arrived. Said once, when the first arrives.
#[component]
pub fn Arrivals(
    /// How many wait
    waiting: Signal<usize>,
    /// Rises when the person asks for them
    asked: RwSignal<u32>,
) -> impl IntoView {
    let announcer = ui().announcer;
    Effect::watch(
        move || waiting.get(),
        move |now, before, _| {
            if before == Some(&0) && *now > 0 {
                announcer.say(&words::arrived(&digits(*now)));
            }
        },
        false,
    );
    let any = Memo::new(move |_| waiting.get() > 0);
    let button = move || {
        any.get().then(|| {
            view! {
                <button type="button" class="button small" on:click=move |_| asked.update(|asked| *asked = asked.wrapping_add(1))>
                    {move || words::show_new(&digits(waiting.get()))}
                </button>
            }
        })
    };
    view! { <div class="arrivals">{button}</div> }
}

//! The navigation. Every address is the index document plus a query ([`Address`]). This turns clicks on links and the browser's back
//! and forward into pages, and keeps focus and scroll position where a person expects them.

use crate::browser::{self, history};
use crate::leak::leak;
use leptos::prelude::*;
pub use runboard_core::address::Address;
use runboard_core::query::Sort;
use runboard_core::run::RunId;
use runboard_core::timeline::edges::Edges;
use runboard_core::timeline::lanes::Grouping;
use wasm_bindgen::JsCast;

/// The current address.
pub struct Navigation {
    address: RwSignal<Address>,
    /// The list, or the timeline that shows the same runs.
    last_list: RwSignal<Address>,
    /// The order of the list, which the timeline's address does not have.
    last_sort: StoredValue<Sort>,
    /// What the timeline showed last, which the list's address does not have.
    last_range: StoredValue<(Edges, Grouping)>,
    has_moved: StoredValue<bool>,
    /// Whether the browser's back or forward led to the current address.
    came_by_history: StoredValue<bool>,
    /// The scroll position to restore once the page has loaded its content.
    pending_scroll: StoredValue<Option<f64>>,
    /// When a letter of the list's query was last typed, on the monotonic clock, while its history entry is still being written.
    typed_at: StoredValue<Option<i64>>,
    /// The run whose page led back to the list.
    last_run: StoredValue<Option<RunId>>,
}

/// Without a letter for so many milliseconds, a query has settled: the next letter starts a history entry.
const SETTLED: i64 = 1000;

/// The page that an address names. The list's query and order are not part of it: typing must not rebuild the page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Page {
    Runs,
    /// The form; the address says what to fill in.
    New(Address),
    Run(RunId),
    /// What it lists is in the address.
    Activity,
    Diagnostics,
}

fn is_list(address: &Address) -> bool {
    matches!(address, Address::Runs { .. } | Address::Timeline { .. })
}

impl Navigation {
    pub(crate) fn new() -> &'static Self {
        let address = Address::parse(&history::query_string());
        let last_list = if is_list(&address) { address.clone() } else { Address::runs() };
        let range = match &address {
            Address::Timeline { edges, grouping, .. } => (*edges, *grouping),
            _ => (Edges::default(), Grouping::default()),
        };
        let sort = if let Address::Runs { sort, .. } = &last_list { *sort } else { Sort::default() };
        leak(Self {
            address: RwSignal::new(address),
            last_list: RwSignal::new(last_list),
            last_sort: StoredValue::new(sort),
            last_range: StoredValue::new(range),
            has_moved: StoredValue::new(false),
            came_by_history: StoredValue::new(false),
            pending_scroll: StoredValue::new(history::saved_scroll()),
            typed_at: StoredValue::new(None),
            last_run: StoredValue::new(None),
        })
    }

    /// Follows links and the history, for as long as the application lives.
    pub(crate) fn run(&'static self) {
        history::disable_scroll_restoration();
        history::track_scrolling();
        if let Some(window) = browser::window() {
            browser::listen(&window, "popstate", move |_| self.on_history_move());
            browser::listen(&window, "pagehide", |_| history::save_scroll());
            browser::listen(&window, "visibilitychange", |_| history::flush());
            // Whoever does something before the content has loaded is not to be scrolled away from it.
            for name in ["wheel", "touchmove", "pointerdown", "keydown"] {
                browser::listen(&window, name, move |_| self.pending_scroll.set_value(None));
            }
        }
        if let Some(document) = browser::document() {
            browser::listen(&document, "click", move |event| self.on_click(&event));
        }
    }

    /// The address; tracked.
    pub(crate) fn address(&'static self) -> Address {
        self.address.get()
    }

    /// The address; not tracked.
    pub fn address_untracked(&'static self) -> Address {
        self.address.get_untracked()
    }

    /// The page; tracked, also where only the list's query changes: make a memo of it.
    pub(crate) fn page(&'static self) -> Page {
        match self.address.get() {
            Address::Runs { .. } | Address::Timeline { .. } => Page::Runs,
            address @ (Address::New { .. } | Address::Planned { .. } | Address::Replace { .. }) => Page::New(address),
            Address::Run { id } => Page::Run(id),
            Address::Activity { .. } => Page::Activity,
            Address::Diagnostics => Page::Diagnostics,
        }
    }

    /// The query and order of the list, on another page those it had last; tracked.
    pub(crate) fn list_query(&'static self) -> (String, Sort) {
        match self.last_list.get() {
            Address::Runs { q, sort } => (q, sort),
            Address::Timeline { q, .. } => (q, self.last_sort.get_value()),
            _ => (String::new(), Sort::default()),
        }
    }

    /// Whether the list is shown as a timeline, on another page whether it was; tracked.
    pub(crate) fn is_timeline(&'static self) -> bool {
        self.last_list.with(|address| matches!(address, Address::Timeline { .. }))
    }

    /// The list or, if that is what is shown now, the timeline of other runs; not tracked.
    pub(crate) fn list_of(&'static self, q: String, sort: Sort) -> Address {
        match self.last_list.get_untracked() {
            Address::Timeline { edges, grouping, .. } => {
                self.last_sort.set_value(sort);
                Address::Timeline { q, edges, grouping }
            }
            _ => Address::Runs { q, sort },
        }
    }

    /// The same runs as a timeline or as a list; not tracked.
    pub(crate) fn switched(&'static self, to_timeline: bool) -> Address {
        let (q, sort) = untrack(|| self.list_query());
        let (edges, grouping) = self.last_range.get_value();
        if to_timeline { Address::Timeline { q, edges, grouping } } else { Address::Runs { q, sort } }
    }

    /// The address of the list as it was left; tracked.
    pub(crate) fn last_list(&'static self) -> Address {
        self.last_list.get()
    }

    /// Goes to an address, as a new history entry.
    pub(crate) fn go(&'static self, address: &Address) {
        history::save_scroll();
        history::push(&address.href());
        self.pending_scroll.set_value(None);
        self.came_by_history.set_value(false);
        self.show(address.clone());
        history::scroll_to(0.0);
    }

    /// Changes the address without a new history entry.
    pub fn rewrite(&'static self, address: &Address) {
        history::replace(&address.href());
        self.set(address.clone());
    }

    /// Changes what the list shows, as a new history entry, so that Back undoes it: for a filter, a view or an order. Focus and
    /// scroll position stay.
    pub fn choose(&'static self, address: &Address) {
        self.typed_at.set_value(None);
        self.add_list_entry(address);
    }

    /// Changes the list's query for each letter typed, or the timeline's range for each step. Those that follow each other share one history entry, so that Back leads
    /// to the query or range before, not to its last letter but one.
    pub fn type_query(&'static self, address: &Address) {
        let now = browser::page::monotonic_millis();
        let before = self.typed_at.get_value();
        if before.is_some_and(|at| now - at < SETTLED) {
            self.rewrite(address);
        } else {
            self.add_list_entry(address);
        }
        self.typed_at.set_value(Some(now));
    }

    fn add_list_entry(&'static self, address: &Address) {
        if self.address.with_untracked(|now| now == address) {
            return;
        }
        history::save_scroll();
        history::push(&address.href());
        self.came_by_history.set_value(false);
        self.set(address.clone());
    }

    /// The run whose page led back to the list, once.
    pub(crate) fn take_last_run(&'static self) -> Option<RunId> {
        self.last_run.try_update_value(Option::take).flatten()
    }

    /// To be called before the page changes for another reason than an address: signing in or out.
    pub fn note_move(&'static self) {
        self.has_moved.set_value(true);
    }

    /// Whether the person has changed the page since the document was loaded. Then the heading of a new page takes the focus.
    pub(crate) fn has_moved(&'static self) -> bool {
        self.has_moved.get_value()
    }

    /// Whether the browser's back or forward led here, rather than a link.
    pub(crate) fn came_by_history(&'static self) -> bool {
        self.came_by_history.get_value()
    }

    /// Whether a scroll position is still to be restored; until then the page has to render all of its content.
    pub(crate) fn has_pending_scroll(&'static self) -> bool {
        self.pending_scroll.try_get_value().flatten().is_some_and(|y| y > 0.0)
    }

    /// Restores the scroll position of this history entry, once. To be called when content was rendered: it scrolls when the page is
    /// long enough, or `is_complete` says that no more content is coming.
    pub(crate) fn restore_scroll(&'static self, is_complete: bool) {
        let can_scroll = |y: &f64| is_complete || history::max_scroll() >= *y;
        if let Some(y) = self.pending_scroll.try_get_value().flatten().filter(can_scroll) {
            self.pending_scroll.set_value(None);
            history::scroll_to(y);
        }
    }

    fn on_history_move(&'static self) {
        history::discard_pending();
        self.pending_scroll.set_value(history::saved_scroll());
        self.came_by_history.set_value(true);
        self.show(Address::parse(&history::query_string()));
    }

    fn show(&'static self, address: Address) {
        self.has_moved.set_value(true);
        self.typed_at.set_value(None);
        self.set(address);
    }

    fn set(&'static self, address: Address) {
        match &address {
            Address::Runs { sort, .. } => self.last_sort.set_value(*sort),
            Address::Timeline { edges, grouping, .. } => self.last_range.set_value((*edges, *grouping)),
            _ => {}
        }
        if is_list(&address) {
            self.last_list.set(address.clone());
            if let Address::Run { id } = self.address.get_untracked() {
                self.last_run.set_value(Some(id));
            }
        }
        self.address.set(address);
    }

    /// Handles plain clicks on links to this document. All others are left to the browser: new tab, download, other pages.
    fn on_click(&'static self, event: &web_sys::Event) {
        let Some(click) = event.dyn_ref::<web_sys::MouseEvent>() else { return };
        let modified = click.meta_key() || click.ctrl_key() || click.shift_key() || click.alt_key();
        if click.default_prevented() || click.button() != 0 || modified {
            return;
        }
        let link = click
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
            .and_then(|element| element.closest("a[href]").ok().flatten());
        let Some(link) = link else { return };
        // Not the properties of an `HTMLAnchorElement`: a link in a picture is another element.
        let href = link.get_attribute("href").unwrap_or_default();
        let Some(url) = web_sys::Url::new_with_base(&href, &history::base()).ok() else { return };
        let is_own = link.get_attribute("target").unwrap_or_default().is_empty()
            && !link.has_attribute("download")
            && url.hash().is_empty()
            && url.origin() == history::origin()
            && url.pathname() == history::path();
        if is_own {
            click.prevent_default();
            self.go(&Address::parse(&url.search()));
        }
    }
}

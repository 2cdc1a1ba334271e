//! The router: every address is the index document plus a query ([`Address`]); this turns clicks on links and the
//! browser's back and forward into views, and keeps focus and scroll where a person expects them.

use crate::browser::{self, history};
use leptos::prelude::*;
pub use runboard_core::address::Address;
use runboard_core::query::Sort;
use runboard_core::run::RunId;
use wasm_bindgen::JsCast;

/// Where the console is.
#[derive(Clone, Copy)]
pub struct Navigation {
    address: RwSignal<Address>,
    last_list: RwSignal<Address>,
    moved: StoredValue<bool>,
    scroll: StoredValue<Option<f64>>,
}

/// Which view an address asks for. The list's text and order are not part of it: typing must not rebuild the page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum View {
    /// The list
    Runs,
    /// The form, with what to fill in
    New(Address),
    /// One run
    Run(RunId),
    /// Diagnostics
    Diagnostics,
}

impl Navigation {
    /// Reads the current address.
    pub fn new() -> Self {
        let address = Address::parse(&history::search());
        let last_list = if matches!(address, Address::Runs { .. }) { address.clone() } else { Address::runs() };
        Self {
            address: RwSignal::new(address),
            last_list: RwSignal::new(last_list),
            moved: StoredValue::new(false),
            scroll: StoredValue::new(history::kept_scroll()),
        }
    }

    /// Follows links and history, for as long as the application lives.
    pub fn run(self) {
        history::own_scrolling();
        history::follow_scrolling();
        if let Some(window) = browser::window() {
            browser::listen(&window, "popstate", move |_| self.arrive());
            browser::listen(&window, "pagehide", |_| history::keep_scroll());
            browser::listen(&window, "visibilitychange", |_| history::settle());
        }
        // Who does something meanwhile is not taken elsewhere any more.
        if let Some(window) = browser::window() {
            for name in ["wheel", "touchmove", "pointerdown", "keydown"] {
                browser::listen(&window, name, move |_| self.scroll.set_value(None));
            }
        }
        if let Some(document) = browser::document() {
            browser::listen(&document, "click", move |event| self.follow(&event));
        }
    }

    /// The address; tracked.
    pub fn address(self) -> Address {
        self.address.get()
    }

    /// The address; not tracked.
    pub fn address_untracked(self) -> Address {
        self.address.get_untracked()
    }

    /// The view; tracked by whoever makes a memo of it.
    pub fn view(self) -> View {
        match self.address.get() {
            Address::Runs { .. } => View::Runs,
            address @ (Address::New { .. } | Address::Replace { .. }) => View::New(address),
            Address::Run { id } => View::Run(id),
            Address::Diagnostics => View::Diagnostics,
        }
    }

    /// The text and order of the list; tracked. What they were last, while another view is shown.
    pub fn list(self) -> (String, Sort) {
        match self.last_list.get() {
            Address::Runs { q, sort } => (q, sort),
            _ => (String::new(), Sort::default()),
        }
    }

    /// The list as it was left; tracked.
    pub fn back_to_list(self) -> Address {
        self.last_list.get()
    }

    /// Goes to an address, as a new entry of the history.
    pub fn go(self, address: &Address) {
        history::keep_scroll();
        history::push(&address.href());
        self.scroll.set_value(None);
        self.show(address.clone());
        history::scroll_to(0.0);
    }

    /// Rewrites the address without a new entry: for what is typed into the list's query.
    pub fn rewrite(self, address: &Address) {
        history::replace(&address.href());
        self.set(address.clone());
    }

    /// The view changes for another reason than an address: signing in or out.
    pub fn note_move(self) {
        self.moved.set_value(true);
    }

    /// Whether the person has moved since the document was loaded: then a new page's heading takes the focus.
    pub fn moved(self) -> bool {
        self.moved.get_value()
    }

    /// Whether this entry was left scrolled, and that is still to be restored: its content has to be as long as it was.
    pub fn scrolls_later(self) -> bool {
        self.scroll.try_get_value().flatten().is_some_and(|y| y > 0.0)
    }

    /// Scrolls to where this entry was left, once: to be called when the page's content is drawn. `whole`: no more of it is on its
    /// way; else it has to be long enough for that already.
    pub fn restore_scroll(self, whole: bool) {
        let arrives = |y: &f64| whole || history::farthest() >= *y;
        if let Some(y) = self.scroll.try_get_value().flatten().filter(arrives) {
            self.scroll.set_value(None);
            history::scroll_to(y);
        }
    }

    fn arrive(self) {
        history::arrived();
        self.scroll.set_value(history::kept_scroll());
        self.show(Address::parse(&history::search()));
    }

    fn show(self, address: Address) {
        self.moved.set_value(true);
        self.set(address);
    }

    fn set(self, address: Address) {
        if matches!(address, Address::Runs { .. }) {
            self.last_list.set(address.clone());
        }
        self.address.set(address);
    }

    /// Takes over plain clicks on links to our own document; all others stay the browser's (new tab, download, other pages).
    fn follow(self, event: &web_sys::Event) {
        let Some(click) = event.dyn_ref::<web_sys::MouseEvent>() else { return };
        let modified = click.meta_key() || click.ctrl_key() || click.shift_key() || click.alt_key();
        if click.default_prevented() || click.button() != 0 || modified {
            return;
        }
        let link = click
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
            .and_then(|element| element.closest("a[href]").ok().flatten())
            .and_then(|element| element.dyn_into::<web_sys::HtmlAnchorElement>().ok());
        let Some(link) = link else { return };
        let ours = link.target().is_empty()
            && !link.has_attribute("download")
            && link.hash().is_empty()
            && link.origin() == history::origin()
            && link.pathname() == history::path();
        if ours {
            click.prevent_default();
            self.go(&Address::parse(&link.search()));
        }
    }
}

impl Default for Navigation {
    fn default() -> Self {
        Self::new()
    }
}

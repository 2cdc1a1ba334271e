//! The drafts of the form. They outlive the page, so that leaving it by mistake loses nothing.

use super::{TabStore, TabStoreKey};
use crate::browser::history;
use crate::leak::leak;
use leptos::prelude::*;
use runboard_core::draft::Draft;
use runboard_core::draft::saved::SavedDraft;
use runboard_core::run::RunId;

/// The most drafts that are kept besides the current one.
const MAX_DRAFTS: usize = 20;

/// The drafts, one for each address of the form.
pub struct DraftsHandle {
    tab_store: TabStore,
    current: RwSignal<Draft>,
    origin: StoredValue<Origin>,
    others: StoredValue<Vec<SavedDraft>>,
    /// Addresses whose draft became a run, with that run.
    sent: StoredValue<Vec<(String, SentRun)>>,
}

/// The run that a draft became.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SentRun {
    /// Its id
    pub id: RunId,
    /// Its name
    pub name: String,
}

/// Where the current draft comes from.
#[derive(Clone, Default)]
struct Origin {
    /// The query of the form's address, which is the draft's key.
    address: String,
    /// The zone that its times are typed in.
    zone: String,
    /// The draft as the address filled it in, before any typing.
    prefilled: Draft,
    /// Whether it was restored after a reload.
    is_restored: bool,
    /// Whether the prefilled draft was restored, so that the address must not fill it in again.
    keeps_prefilled: bool,
}

/// What stands in the draft of an address when its form opens.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OpenedDraft {
    /// Nothing, or what the address filled in: it may do so again
    Empty,
    /// What the address filled in before a reload
    Prefilled,
    /// What the person typed
    Typed,
}

impl DraftsHandle {
    pub(super) fn new(tab_store: TabStore) -> &'static Self {
        leak(Self {
            tab_store,
            current: RwSignal::new(Draft::default()),
            origin: StoredValue::new(Origin::default()),
            others: StoredValue::new(Vec::new()),
            sent: StoredValue::new(Vec::new()),
        })
    }

    /// The draft of the form that is open, or was last.
    pub fn current(&'static self) -> RwSignal<Draft> {
        self.current
    }

    /// Saves a draft in session storage, so that a reload loses nothing.
    pub fn save(&'static self, draft: Draft) {
        if self.tab_store.prefix().is_empty() {
            return;
        }
        let saved = self.origin.with_value(|origin| SavedDraft {
            is_prefilled: is_same_text(&draft, &origin.prefilled),
            draft,
            at: origin.address.clone(),
            zone: origin.zone.clone(),
        });
        self.tab_store.write(TabStoreKey::Draft, saved.to_text().as_deref());
    }

    /// Whether the draft for this address was restored after a reload. True only once.
    pub fn take_restored(&'static self) -> bool {
        let restored = self.origin.try_update_value(|origin| {
            std::mem::take(&mut origin.is_restored) && origin.address == history::query_string()
        });
        restored.unwrap_or(false)
    }

    /// Opens the draft for the current address.
    pub fn open(&'static self) -> OpenedDraft {
        let address = history::query_string();
        let draft = self.current.get_untracked();
        let Origin { address: before, zone, prefilled, keeps_prefilled, .. } = self.origin.get_value();
        let was_typed = draft != Draft::default() && !is_same_text(&draft, &prefilled);
        if address == before {
            return match () {
                () if was_typed => OpenedDraft::Typed,
                () if keeps_prefilled && draft != Draft::default() => OpenedDraft::Prefilled,
                () => OpenedDraft::Empty,
            };
        }
        let found = self.others.try_update_value(|others| {
            others.retain(|saved| saved.at != before);
            if was_typed {
                others.push(SavedDraft { draft, at: before, zone, is_prefilled: false });
            }
            let found = others.iter().position(|saved| saved.at == address).map(|index| others.remove(index));
            let excess = others.len().saturating_sub(MAX_DRAFTS);
            others.drain(..excess);
            found
        });
        let found = found.flatten();
        self.save_others();
        let zone = found.as_ref().map(|saved| saved.zone.clone()).unwrap_or_default();
        self.origin.set_value(Origin { address, zone, ..Origin::default() });
        let opened = if found.is_some() { OpenedDraft::Typed } else { OpenedDraft::Empty };
        self.current.set(found.map(|saved| saved.draft).unwrap_or_default());
        opened
    }

    /// The run that the draft of the current address became. A link that leads here asks for another run, `back` does not: then the
    /// address must not fill the form in again.
    pub fn sent_run(&'static self, back: bool) -> Option<SentRun> {
        let address = self.address();
        let sent_run = self.sent.try_update_value(|sent| {
            let found = sent.iter().find(|(of, _)| *of == address).map(|(_, run)| run.clone());
            if !back {
                sent.retain(|(of, _)| *of != address);
            }
            found
        });
        sent_run.flatten().filter(|_| back)
    }

    /// Fills the form in without that counting as typing.
    pub fn prefill(&'static self, draft: Draft) {
        self.origin.try_update_value(|origin| {
            (origin.prefilled, origin.keeps_prefilled) = (draft.clone(), false);
        });
        self.current.try_set(draft);
    }

    /// The zone that the draft's times are typed in; `None` before anything was typed.
    pub fn zone(&'static self) -> Option<String> {
        self.origin.try_with_value(|origin| origin.zone.clone()).filter(|zone| !zone.is_empty())
    }

    /// Records that the draft's times are in this zone now.
    pub fn set_zone(&'static self, zone: &str) {
        self.origin.try_update_value(|origin| zone.clone_into(&mut origin.zone));
        if let Some(draft) = self.current.try_get_untracked() {
            self.save(draft);
        }
    }

    /// The address of the draft that is open, or was last.
    pub(super) fn address(&'static self) -> String {
        self.origin.try_with_value(|origin| origin.address.clone()).unwrap_or_default()
    }

    /// Empties the draft of an address, because its run was created. Drafts of other addresses stay.
    pub(super) fn clear_draft_of(&'static self, address: &str, run: SentRun) {
        self.sent.try_update_value(|sent| {
            sent.retain(|(of, _)| of != address);
            sent.push((address.to_owned(), run));
        });
        if self.address() == address {
            self.current.try_set(Draft::default());
        } else {
            self.others.try_update_value(|others| others.retain(|saved| saved.at != address));
            self.save_others();
        }
    }

    fn save_others(&'static self) {
        let text = self.others.try_with_value(|others| SavedDraft::all_to_text(others)).flatten();
        self.tab_store.write(TabStoreKey::OtherDrafts, text.as_deref());
    }

    pub(super) fn restore(&'static self) {
        let others = self.tab_store.read(TabStoreKey::OtherDrafts).map(|text| SavedDraft::read_all(&text));
        self.others.set_value(others.unwrap_or_default());
        if let Some(SavedDraft { draft, at, zone, is_prefilled }) =
            self.tab_store.read(TabStoreKey::Draft).and_then(|text| SavedDraft::read(&text))
        {
            let prefilled = if is_prefilled { draft.clone() } else { Draft::default() };
            let origin = Origin { address: at, zone, prefilled, is_restored: true, keeps_prefilled: is_prefilled };
            self.origin.set_value(origin);
            self.current.set(draft);
        }
    }

    pub(super) fn clear(&'static self) {
        self.origin.set_value(Origin::default());
        self.others.set_value(Vec::new());
        self.sent.set_value(Vec::new());
        self.current.set(Draft::default());
    }
}

/// Whether the fields of both say the same; what is known of the run to replace comes later.
fn is_same_text(one: &Draft, other: &Draft) -> bool {
    Draft { replaced_start: other.replaced_start, ..one.clone() } == *other
}

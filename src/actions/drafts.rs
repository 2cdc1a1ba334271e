//! What is typed into the form. It outlives the page, so that leaving by mistake loses nothing.

use super::{Part, Pending};
use crate::browser::history;
use leptos::prelude::*;
use runboard_core::draft::Draft;
use runboard_core::draft::kept::Kept;

/// How many drafts of other addresses are kept.
const MAX_DRAFTS: usize = 20;

/// The drafts, one for each address of the form.
#[derive(Clone, Copy)]
pub struct DraftsHandle {
    pending: Pending,
    current: RwSignal<Draft>,
    origin: StoredValue<Origin>,
    others: StoredValue<Vec<Kept>>,
}

/// Where the current draft belongs.
#[derive(Clone, Default)]
struct Origin {
    /// The query of the form's address.
    address: String,
    /// The zone of its times.
    zone: String,
    /// What the address filled in.
    prefilled: Draft,
    /// It was kept before a reload.
    reloaded: bool,
}

impl DraftsHandle {
    pub(super) fn new(pending: Pending) -> Self {
        Self {
            pending,
            current: RwSignal::new(Draft::default()),
            origin: StoredValue::new(Origin::default()),
            others: StoredValue::new(Vec::new()),
        }
    }

    /// The draft of the form that is, or was last, open.
    pub fn current(self) -> RwSignal<Draft> {
        self.current
    }

    /// Keeps a draft in session storage, so that a reload loses nothing.
    pub fn keep(self, draft: Draft) {
        if self.pending.key().is_empty() {
            return;
        }
        let (at, zone) = self.origin.with_value(|origin| (origin.address.clone(), origin.zone.clone()));
        self.pending.write(Part::Draft, Kept { draft, at, zone }.to_text().as_deref());
    }

    /// Whether a reload brought back what was typed at this address. True once.
    pub fn take_reloaded(self) -> bool {
        let back = self
            .origin
            .try_update_value(|origin| std::mem::take(&mut origin.reloaded) && origin.address == history::search());
        back.unwrap_or(false)
    }

    /// The form of the present address is opened. Says whether it was typed into before: then the address fills in nothing more.
    pub fn open(self) -> bool {
        let address = history::search();
        let draft = self.current.get_untracked();
        let Origin { address: before, zone, prefilled, .. } = self.origin.get_value();
        let typed = draft != Draft::default() && draft != prefilled;
        if address == before {
            return typed;
        }
        let found = self.others.try_update_value(|others| {
            others.retain(|kept| kept.at != before);
            if typed {
                others.push(Kept { draft, at: before, zone });
            }
            let found = others.iter().position(|kept| kept.at == address).map(|place| others.remove(place));
            let excess = others.len().saturating_sub(MAX_DRAFTS);
            others.drain(..excess);
            found
        });
        let found = found.flatten();
        let zone = found.as_ref().map(|kept| kept.zone.clone()).unwrap_or_default();
        self.origin.set_value(Origin { address, zone, ..Origin::default() });
        let back = found.is_some();
        self.current.set(found.map(|kept| kept.draft).unwrap_or_default());
        back
    }

    /// Fills the form in, which does not count as typing.
    pub fn prefill(self, draft: Draft) {
        self.origin.try_update_value(|origin| origin.prefilled = draft.clone());
        self.current.try_set(draft);
    }

    /// The zone of the draft's times; none where nothing was typed yet.
    pub fn zone(self) -> Option<String> {
        self.origin.try_with_value(|origin| origin.zone.clone()).filter(|zone| !zone.is_empty())
    }

    /// From now on the draft's times are in this zone.
    pub fn set_zone(self, zone: &str) {
        self.origin.try_update_value(|origin| zone.clone_into(&mut origin.zone));
        if let Some(draft) = self.current.try_get_untracked() {
            self.keep(draft);
        }
    }

    /// Empties the form: what was typed was sent.
    pub(super) fn clear_current(self) {
        self.current.try_set(Draft::default());
    }

    pub(super) fn recall(self) {
        if let Some(Kept { draft, at, zone }) = self.pending.read(Part::Draft).and_then(|text| Kept::read(&text)) {
            self.origin.set_value(Origin { address: at, zone, prefilled: Draft::default(), reloaded: true });
            self.current.set(draft);
        }
    }

    pub(super) fn forget(self) {
        self.origin.set_value(Origin::default());
        self.others.set_value(Vec::new());
        self.current.set(Draft::default());
    }
}

//! Sees every change to a piece of the document.

use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, MutationObserver, MutationObserverInit, MutationRecord, Node};

pub(crate) struct Witness {
    observer: MutationObserver,
    seen: Array,
    _closure: Closure<dyn FnMut(Array)>,
}

impl Witness {
    pub(crate) fn of(node: &Node) -> Self {
        let seen = Array::new();
        let into = seen.clone();
        let closure = Closure::<dyn FnMut(Array)>::new(move |records: Array| {
            for record in records.iter() {
                into.push(&record);
            }
        });
        let observer = MutationObserver::new(closure.as_ref().unchecked_ref()).unwrap();
        let init = MutationObserverInit::new();
        init.set_child_list(true);
        init.set_attributes(true);
        init.set_character_data(true);
        init.set_subtree(true);
        observer.observe_with_options(node, &init).unwrap();
        Self { observer, seen, _closure: closure }
    }

    /// What was seen so far.
    pub(crate) fn records(&self) -> Vec<MutationRecord> {
        for record in self.observer.take_records().iter() {
            self.seen.push(&record);
        }
        self.seen.iter().map(JsCast::unchecked_into).collect()
    }

    /// What was seen so far, in words.
    pub(crate) fn changes(&self) -> Vec<String> {
        let words = |record: &MutationRecord| {
            let target = record.target().unwrap();
            let text = target.text_content().unwrap_or_default();
            format!(
                "{} of {} “{text}” {}",
                record.type_(),
                target.node_name(),
                record.attribute_name().unwrap_or_default()
            )
        };
        self.records().iter().map(words).collect()
    }

    pub(crate) fn saw_nothing(&self) {
        assert_eq!(self.changes(), Vec::<String>::new());
    }

    /// Something changed, and nothing but within this element.
    pub(crate) fn saw_changes_only_in(&self, element: &Element) {
        let records = self.records();
        assert!(!records.is_empty(), "nothing changed");
        for record in records {
            assert!(element.contains(record.target().as_ref()), "{:?}", self.changes());
        }
    }
}

impl Drop for Witness {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

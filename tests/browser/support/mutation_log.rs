//! Records every mutation of an element and its descendants.

use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, MutationObserver, MutationObserverInit, MutationRecord, Node};

pub(crate) struct MutationLog {
    observer: MutationObserver,
    seen: Array,
    _closure: Closure<dyn FnMut(Array)>,
}

impl MutationLog {
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

    /// The mutations so far.
    pub(crate) fn records(&self) -> Vec<MutationRecord> {
        for record in self.observer.take_records().iter() {
            self.seen.push(&record);
        }
        self.seen.iter().map(JsCast::unchecked_into).collect()
    }

    /// The mutations so far, as text.
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

    pub(crate) fn assert_none(&self) {
        assert_eq!(self.changes(), Vec::<String>::new());
    }

    /// Asserts that something changed, but only within this element.
    pub(crate) fn assert_only_in(&self, element: &Element) {
        self.assert_only_in_any(std::slice::from_ref(element));
    }

    /// Asserts that something changed, but only within these elements.
    pub(crate) fn assert_only_in_any(&self, elements: &[Element]) {
        let records = self.records();
        assert!(!records.is_empty(), "nothing changed");
        for record in records {
            let target = record.target();
            assert!(elements.iter().any(|element| element.contains(target.as_ref())), "{:?}", self.changes());
        }
    }
}

impl Drop for MutationLog {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

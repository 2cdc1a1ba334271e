//! Functions that are called with each new state of a feature.

use leptos::prelude::*;
use std::rc::Rc;

type Listener<T> = Rc<dyn Fn(&T)>;

/// Those who follow a feature. Unlike an effect, a listener is called for every state, also where two follow each other at once.
pub(super) struct Listeners<T: 'static>(StoredValue<Vec<Listener<T>>, LocalStorage>);

impl<T: 'static> Clone for Listeners<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: 'static> Copy for Listeners<T> {}

impl<T: 'static> Listeners<T> {
    /// Nobody listens yet.
    pub(super) fn new() -> Self {
        Self(StoredValue::new_local(Vec::new()))
    }

    /// Calls `listener` with every state from now on; those who came first are called first.
    pub(super) fn add(self, listener: impl Fn(&T) + 'static) {
        self.0.update_value(|listeners| listeners.push(Rc::new(listener)));
    }

    /// Calls them all.
    pub(super) fn publish(self, state: &T) {
        // A listener may publish in turn, so they are not called while they are borrowed.
        for listener in self.0.try_get_value().unwrap_or_default() {
            listener(state);
        }
    }
}

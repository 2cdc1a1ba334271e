//! Callbacks for each new state of an action.

use leptos::prelude::*;
use std::rc::Rc;

type Listener<T> = Rc<dyn Fn(&T)>;

/// A list of callbacks. Unlike an effect, a callback sees every state, also when two follow each other at once.
pub(super) struct Listeners<T: 'static>(StoredValue<Vec<Listener<T>>, LocalStorage>);

impl<T: 'static> Clone for Listeners<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: 'static> Copy for Listeners<T> {}

impl<T: 'static> Listeners<T> {
    pub(super) fn new() -> Self {
        Self(StoredValue::new_local(Vec::new()))
    }

    /// Calls `listener` with every state from now on, after those that were added before it.
    pub(super) fn add(self, listener: impl Fn(&T) + 'static) {
        self.0.update_value(|listeners| listeners.push(Rc::new(listener)));
    }

    /// Calls all listeners.
    pub(super) fn publish(self, state: &T) {
        // A listener may publish in turn, so the list must not be borrowed meanwhile.
        for listener in self.0.try_get_value().unwrap_or_default() {
            listener(state);
        }
    }
}

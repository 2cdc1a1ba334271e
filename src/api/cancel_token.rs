//! Ends a wait early.

use std::cell::{Cell, RefCell};
use std::task::{Context, Waker};

/// Cancels one wait: the current one, or else the next.
#[derive(Default)]
pub(crate) struct CancelToken {
    cancelled: Cell<bool>,
    waker: RefCell<Option<Waker>>,
}

impl CancelToken {
    /// Cancels the current wait, or the next one.
    pub(crate) fn cancel(&self) {
        self.cancelled.set(true);
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }

    /// Takes an unused cancellation back.
    pub(crate) fn reset(&self) {
        self.cancelled.set(false);
    }

    /// For the `poll` of the wait: whether it was cancelled. If not, its task is woken when it is.
    pub(crate) fn poll_cancelled(&self, context: &Context<'_>) -> bool {
        if self.cancelled.take() {
            return true;
        }
        self.waker.replace(Some(context.waker().clone()));
        false
    }
}

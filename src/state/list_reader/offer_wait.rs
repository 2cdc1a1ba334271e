//! Waiting for all runs from a tab that has offered them, in place of a read of the whole list. Only the waiting: what is sent is
//! received by `state::shared_runs`, which knows messages and of which the reader knows nothing.

use crate::api::CancelToken;
use crate::browser::page::monotonic_millis;
use futures_util::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use runboard_core::collections::id_index::IdIndex;
use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// If no part comes for so many milliseconds, this tab reads the list itself.
const PART_TIMEOUT: u32 = 3_000;
/// An offer older than so many milliseconds is ignored.
const OFFER_TTL: i64 = 10_000;

/// Where this tab stands with an offer of all runs. Only one task waits at a time.
#[derive(Default)]
pub(super) struct OfferWait {
    stage: Cell<Stage>,
    /// The runs that this tab had read itself when it asked: they are newer.
    read_here: RefCell<IdIndex>,
    waker: RefCell<Option<Waker>>,
}

#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Stage {
    /// No offer is open.
    #[default]
    None,
    /// Another tab made an offer, at this instant of the monotonic clock.
    Offered(i64),
    /// This tab has asked for the runs; so many parts have arrived.
    Waiting(u32),
    /// All runs are here.
    Done,
}

/// While this lives, the tab waits for runs. Dropping it ends the wait; parts that arrive later are then refused.
struct WaitGuard<'a>(&'a OfferWait);

impl Drop for WaitGuard<'_> {
    fn drop(&mut self) {
        self.0.reset();
    }
}

impl OfferWait {
    /// Another tab has made an offer.
    pub(super) fn offer_received(&self) {
        if !self.is_waiting() {
            self.set(Stage::Offered(monotonic_millis()));
        }
    }

    /// A part of the runs has arrived.
    pub(super) fn part_received(&self) {
        if let Stage::Waiting(parts) = self.stage.get() {
            self.set(Stage::Waiting(parts.wrapping_add(1)));
        }
    }

    /// The last part has arrived. Returns whether this tab was waiting for it.
    pub(super) fn finish_wait(&self) -> bool {
        let is_waiting = self.is_waiting();
        if is_waiting {
            self.set(Stage::Done);
        }
        is_waiting
    }

    /// Forgets an offer, and ends a wait.
    pub(super) fn reset(&self) {
        self.read_here.take();
        self.set(Stage::None);
    }

    /// Whether this tab has asked for the runs and not all are here.
    pub(super) fn is_waiting(&self) -> bool {
        matches!(self.stage.get(), Stage::Waiting(_))
    }

    /// The runs that this tab had read itself when it asked.
    pub(super) fn read_here(&self) -> IdIndex {
        self.read_here.borrow().clone()
    }

    /// Waits until an offer is open.
    pub(super) async fn offered(&self) {
        let is_recent = |stage| matches!(stage, Stage::Offered(at) if monotonic_millis() - at < OFFER_TTL);
        self.wait_until(is_recent).await;
    }

    /// Asks for the runs with `ask`, which returns whether it has asked, and waits for them. `read_here` are the runs that this tab has
    /// read itself. Returns true once all are here; false if the other tab falls silent or the person cancels.
    pub(super) async fn accept(&self, read_here: IdIndex, ask: impl FnOnce() -> bool, cancel: &CancelToken) -> bool {
        self.read_here.replace(read_here);
        self.set(Stage::Waiting(0));
        let guard = WaitGuard(self);
        if !ask() {
            return false;
        }
        while self.is_waiting() {
            let before = self.stage.get();
            let cancelled =
                poll_fn(|context| if cancel.poll_cancelled(context) { Poll::Ready(()) } else { Poll::Pending });
            let part = pin!(self.wait_until(move |stage| stage != before));
            match select(pin!(cancelled), select(part, TimeoutFuture::new(PART_TIMEOUT))).await {
                Either::Left(_) => {
                    // The requests under way are to end, too: the token is used up by whoever sees it first.
                    cancel.cancel();
                    return false;
                }
                Either::Right((Either::Left(_), _)) => {}
                Either::Right((Either::Right(_), _)) => return false,
            }
        }
        let is_done = self.stage.get() == Stage::Done;
        drop(guard);
        is_done
    }

    fn set(&self, stage: Stage) {
        self.stage.set(stage);
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }

    async fn wait_until(&self, is_met: impl Fn(Stage) -> bool) {
        let poll = |context: &mut Context<'_>| {
            if is_met(self.stage.get()) {
                return Poll::Ready(());
            }
            self.waker.replace(Some(context.waker().clone()));
            Poll::Pending
        };
        poll_fn(poll).await;
    }
}

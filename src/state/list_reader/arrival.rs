//! All runs from another tab, in place of a read of the whole list.

use crate::api::CancelToken;
use crate::browser::page::monotonic_millis;
use futures_util::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use runboard_core::collections::id_index::IdIndex;
use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// A tab that has sent nothing for so many milliseconds is not waited for.
const PATIENCE: u32 = 3_000;
/// An offer that was not taken up for so many milliseconds is forgotten.
const OFFER_LASTS: i64 = 10_000;

/// Whether another tab is sending all runs.
#[derive(Default)]
pub(super) struct Arrival {
    stage: Cell<Stage>,
    /// The runs that this tab had read itself when it asked: they are newer.
    own: RefCell<IdIndex>,
    waker: RefCell<Option<Waker>>,
}

#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Stage {
    /// No tab is.
    #[default]
    None,
    /// Another tab offered them, at this instant of the monotonic clock.
    Offered(i64),
    /// They were asked for; with the number of parts that have come.
    Expected(u32),
    /// All of them are here.
    Done,
}

/// They were asked for, and are waited for until this is dropped: whatever comes after that is refused.
struct Expectation<'a>(&'a Arrival);

impl Drop for Expectation<'_> {
    fn drop(&mut self) {
        self.0.forget();
    }
}

impl Arrival {
    /// Another tab offers them.
    pub(super) fn offer(&self) {
        if !self.is_expected() {
            self.set(Stage::Offered(monotonic_millis()));
        }
    }

    /// A part of them is here.
    pub(super) fn part_received(&self) {
        if let Stage::Expected(parts) = self.stage.get() {
            self.set(Stage::Expected(parts.wrapping_add(1)));
        }
    }

    /// All of them are here. Returns whether they were expected.
    pub(super) fn complete(&self) -> bool {
        let is_expected = self.is_expected();
        if is_expected {
            self.set(Stage::Done);
        }
        is_expected
    }

    /// None are offered or expected any more.
    pub(super) fn forget(&self) {
        self.own.take();
        self.set(Stage::None);
    }

    /// Whether they were asked for and are not here yet.
    pub(super) fn is_expected(&self) -> bool {
        matches!(self.stage.get(), Stage::Expected(_))
    }

    /// The runs that this tab had read itself when it asked.
    pub(super) fn own(&self) -> IdIndex {
        self.own.borrow().clone()
    }

    /// Waits until they are offered.
    pub(super) async fn offered(&self) {
        let is_recent = |stage| matches!(stage, Stage::Offered(at) if monotonic_millis() - at < OFFER_LASTS);
        self.wait_until(is_recent).await;
    }

    /// Asks for them with `ask`, which returns whether it has asked; `own` are the runs that this tab has read itself. Returns true when
    /// all are here; false if the other tab falls silent or the person cancels the wait.
    pub(super) async fn take_up(&self, own: IdIndex, ask: impl FnOnce() -> bool, cancel: &CancelToken) -> bool {
        self.own.replace(own);
        self.set(Stage::Expected(0));
        let expectation = Expectation(self);
        if !ask() {
            return false;
        }
        while self.is_expected() {
            let before = self.stage.get();
            let cancelled =
                poll_fn(|context| if cancel.poll_cancelled(context) { Poll::Ready(()) } else { Poll::Pending });
            let part = pin!(self.wait_until(move |stage| stage != before));
            match select(pin!(cancelled), select(part, TimeoutFuture::new(PATIENCE))).await {
                Either::Left(_) => {
                    // For the requests that are under way, too.
                    cancel.cancel();
                    return false;
                }
                Either::Right((Either::Left(_), _)) => {}
                Either::Right((Either::Right(_), _)) => return false,
            }
        }
        let is_done = self.stage.get() == Stage::Done;
        drop(expectation);
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

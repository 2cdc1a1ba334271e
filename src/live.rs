//! Drives the poll policy: reads now, again at the interval, at once when the page is seen again, later after failures,
//! and never twice at a time. What is read belongs to the page that asked: it is aborted when the page goes.

use crate::browser::page;
use crate::clock::Clock;
use crate::reactive::{RwSignal, StoredValue, effect, on_change};
use crate::session::Session;
use futures_util::future::{AbortHandle, Abortable};
use leptos::prelude::*;
use leptos::task::spawn_local;
use runboard_core::policy::poll::{Event, Poll};
use runboard_core::problem::{Problem, ProblemKind};
use runboard_core::time::{Span, Timestamp};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

/// A reading that repeats itself.
#[derive(Clone, Copy)]
pub struct Live {
    poll: RwSignal<Poll>,
    clock: Clock,
    tell: StoredValue<Rc<dyn Fn(Event)>>,
}

impl Live {
    /// Starts reading with `read`, for as long as the current owner (a page) lives. Each reading says how long to rest after it.
    pub fn start<F>(clock: Clock, session: Session, interval: Span, read: impl Fn() -> F + 'static) -> Self
    where
        F: Future<Output = Result<Span, Problem>> + 'static,
    {
        let poll = RwSignal::new(Poll::new(interval, page::visible()));
        let under_way = StoredValue::new(None::<AbortHandle>);
        on_cleanup(move || {
            if let Some(handle) = under_way.try_get_value().flatten() {
                handle.abort();
            }
        });
        let read: Read = Rc::new(move || Box::pin(read()));
        let tell: Rc<dyn Fn(Event)> = Rc::new(move |event| tell(poll, clock, under_way, &read, event));

        let on_tick = Rc::clone(&tell);
        effect(move || {
            clock.tick();
            untrack(|| on_tick(Event::Tick));
        });
        let on_hidden = Rc::clone(&tell);
        on_change(
            move || clock.shown(),
            move |_, shown| {
                if !shown {
                    on_hidden(Event::Hidden);
                }
            },
        );
        let on_return = Rc::clone(&tell);
        on_change(move || clock.returned(), move |_, _| on_return(Event::Returned));
        let on_token = Rc::clone(&tell);
        on_change(move || session.epoch(), move |_, _| on_token(Event::Asked));
        Self { poll, clock, tell: StoredValue::new(tell) }
    }

    /// Reads now.
    pub fn ask(self) {
        if let Some(tell) = self.tell.try_get_value() {
            tell(Event::Asked);
        }
    }

    /// Rests no longer than this from now on.
    pub fn rest_at_most(self, span: Span) {
        let soonest = self.clock.now().plus(span);
        self.poll.try_update_untracked(|poll| {
            poll.interval = span;
            poll.due = poll.due.filter(|_| poll.failures == 0).map(|due| due.min(soonest)).or(poll.due);
        });
    }

    /// Whether a reading is under way; tracked.
    pub fn reading(self) -> bool {
        self.poll.with(|poll| poll.in_flight)
    }

    /// How long until the next reading, if one is planned; tracked, with the clock's tick.
    pub fn next_in(self) -> Option<Span> {
        let now: Timestamp = self.clock.tick();
        self.poll.with(|poll| poll.due).map(|due| due.since(now))
    }
}

/// One reading; each says how long to rest after it.
type Read = Rc<dyn Fn() -> Pin<Box<dyn Future<Output = Result<Span, Problem>>>>>;

fn tell(poll: RwSignal<Poll>, clock: Clock, under_way: StoredValue<Option<AbortHandle>>, read: &Read, event: Event) {
    let Some(before) = poll.try_get_untracked() else { return };
    let (after, send) = before.step(event, clock.now(), js_sys::Math::random());
    if after != before {
        poll.try_set(after);
    }
    if !send {
        return;
    }
    let (handle, registration) = AbortHandle::new_pair();
    under_way.set_value(Some(handle));
    let read = Rc::clone(read);
    let reading = Abortable::new(
        async move {
            let event = match read().await {
                Ok(interval) => {
                    poll.try_update_untracked(|poll| poll.interval = interval);
                    Event::Succeeded
                }
                Err(problem) => match problem.kind {
                    ProblemKind::Unauthorised { .. } | ProblemKind::NoToken => Event::Halted,
                    ProblemKind::Limited { wait } => Event::Failed(wait),
                    _ => Event::Failed(None),
                },
            };
            tell(poll, clock, under_way, &read, event);
        },
        registration,
    );
    spawn_local(async move {
        let _ = reading.await;
    });
}

//! Several requests under way at the same time. They belong to whoever waits for them: dropped, they are aborted.

use super::{Api, ListPage};
use crate::browser::random;
use gloo_timers::future::TimeoutFuture;
use runboard_core::list::loading::{ListLoader, PageRequest};
use runboard_core::problem::Problem;
use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

/// What came of a request.
pub struct Answered {
    /// What was asked for.
    pub ask: PageRequest,
    /// The answer.
    pub outcome: Result<ListPage, Problem>,
}

/// A request under way.
pub type UnderWay = Pin<Box<dyn Future<Output = Answered>>>;

/// Sends a request, after its wait.
pub fn send(api: Api, ask: PageRequest) -> UnderWay {
    Box::pin(async move {
        if ask.delay.millis() > 0 {
            TimeoutFuture::new(u32::try_from(ask.delay.millis()).unwrap_or(u32::MAX)).await;
        }
        let outcome = if ask.without_query { api.list().await } else { api.list_page(ask.page, ask.page_size).await };
        Answered { ask, outcome }
    })
}

/// Reads every page of the list; says whether that was all of it.
///
/// # Errors
/// The first page, or one that stays missing, could not be read.
pub async fn read_all(api: Api, mut heard: impl FnMut(ListPage)) -> Result<bool, Problem> {
    let (mut loading, first) = ListLoader::start();
    let (mut under_way, to_the_end) = (vec![send(api, first)], Stop::default());
    let mut failed = None;
    while let Some(answered) = next(&mut under_way, &to_the_end).await {
        let asks = match answered.outcome {
            Ok(page) => {
                let asks = loading.page_received(answered.ask, &page);
                heard(page);
                asks
            }
            Err(problem) if loading.awaits_first_page() => return Err(problem),
            Err(problem) => {
                let asks = loading.page_failed(answered.ask, problem.wait(), problem.is_hopeless(), random::fraction());
                failed = Some(problem);
                asks
            }
        };
        under_way.extend(asks.into_iter().map(|ask| send(api, ask)));
    }
    match failed {
        Some(problem) if !loading.missing_pages().is_empty() => Err(problem),
        _ => Ok(loading.is_complete()),
    }
}

/// Lets a person end the waiting.
#[derive(Default)]
pub struct Stop {
    asked: Cell<bool>,
    waiting: RefCell<Option<Waker>>,
}

impl Stop {
    /// Ends the waiting of now, or the next one.
    pub fn ask(&self) {
        self.asked.set(true);
        if let Some(waker) = self.waiting.take() {
            waker.wake();
        }
    }

    /// As if it had never been asked.
    pub fn forget(&self) {
        self.asked.set(false);
    }
}

/// The next one to be answered, whichever that is; none when the person does not want it, or nothing is under way.
pub async fn next(under_way: &mut Vec<UnderWay>, stop: &Stop) -> Option<Answered> {
    poll_fn(|context| poll(under_way, stop, context)).await
}

fn poll(under_way: &mut Vec<UnderWay>, stop: &Stop, context: &mut Context<'_>) -> Poll<Option<Answered>> {
    if stop.asked.take() || under_way.is_empty() {
        return Poll::Ready(None);
    }
    stop.waiting.replace(Some(context.waker().clone()));
    for at in 0..under_way.len() {
        if let Some(request) = under_way.get_mut(at)
            && let Poll::Ready(answered) = request.as_mut().poll(context)
        {
            drop(under_way.swap_remove(at));
            return Poll::Ready(Some(answered));
        }
    }
    Poll::Pending
}

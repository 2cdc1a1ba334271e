//! Requests for several pages of the list at a time. They belong to the caller that waits for them: dropping one aborts it.

use super::{Api, CancelToken, ListPage};
use crate::browser::random;
use gloo_timers::future::TimeoutFuture;
use runboard_core::list::loading::{ListLoader, PageRequest};
use runboard_core::problem::Problem;
use runboard_core::run::Run;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll};

/// A request with its outcome.
pub(crate) struct PageResponse {
    pub(crate) request: PageRequest,
    pub(crate) outcome: Result<ListPage, Problem>,
}

/// A request under way.
pub(crate) type PendingPage = Pin<Box<dyn Future<Output = PageResponse>>>;

/// Sends a request, after its delay.
pub(crate) fn send(api: &'static Api, request: PageRequest) -> PendingPage {
    Box::pin(async move {
        if request.delay.millis() > 0 {
            TimeoutFuture::new(u32::try_from(request.delay.millis()).unwrap_or(u32::MAX)).await;
        }
        let outcome =
            if request.without_query { api.list().await } else { api.list_page(request.page, request.page_size).await };
        PageResponse { request, outcome }
    })
}

/// Reads every page of the list and calls `on_page` with each as it arrives. Returns whether the list is complete.
///
/// # Errors
/// The first page, or one that stays missing after its retries, could not be read.
pub(crate) async fn read_all(api: &'static Api, mut on_page: impl FnMut(ListPage)) -> Result<bool, Problem> {
    let (mut loader, first) = ListLoader::start();
    let (mut pending, never) = (vec![send(api, first)], CancelToken::default());
    let mut last_problem = None;
    while let Some(response) = next(&mut pending, &never).await {
        let requests = match response.outcome {
            Ok(page) => {
                let requests = loader.page_received(response.request, &page);
                on_page(page);
                requests
            }
            Err(problem) if loader.awaits_first_page() => return Err(problem),
            Err(problem) => {
                let requests =
                    loader.page_failed(response.request, problem.wait(), problem.is_hopeless(), random::fraction());
                last_problem = Some(problem);
                requests
            }
        };
        pending.extend(requests.into_iter().map(|request| send(api, request)));
    }
    match last_problem {
        Some(problem) if !loader.missing_pages().is_empty() => Err(problem),
        _ => Ok(loader.is_complete()),
    }
}

/// Reads the first page and, if there are more, the last: in a list in order of creation, the newest runs are on one of them.
///
/// # Errors
/// One of them could not be read.
pub(crate) async fn read_newest(api: &'static Api) -> Result<Vec<Run>, Problem> {
    let first = api.list().await?;
    let last = first.last_page().filter(|last| *last > 1);
    let mut runs = first.runs;
    if let Some(last) = last {
        runs.extend(api.list_page(last, first.page_size).await?.runs);
    }
    Ok(runs)
}

/// Waits for whichever request is answered first. `None` if the wait was cancelled or nothing is pending.
pub(crate) async fn next(pending: &mut Vec<PendingPage>, cancel: &CancelToken) -> Option<PageResponse> {
    poll_fn(|context| poll(pending, cancel, context)).await
}

fn poll(pending: &mut Vec<PendingPage>, cancel: &CancelToken, context: &mut Context<'_>) -> Poll<Option<PageResponse>> {
    if cancel.poll_cancelled(context) || pending.is_empty() {
        return Poll::Ready(None);
    }
    for index in 0..pending.len() {
        if let Some(request) = pending.get_mut(index)
            && let Poll::Ready(response) = request.as_mut().poll(context)
        {
            drop(pending.swap_remove(index));
            return Poll::Ready(Some(response));
        }
    }
    Poll::Pending
}

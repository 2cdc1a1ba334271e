//! A read that hangs is raced by a second one, by the rule in [`runboard_core::policy::hedge`].

use super::Api;
use super::endpoint::Endpoint;
use super::transport::{HttpRequest, HttpResponse};
use crate::browser::page;
use futures_util::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use runboard_core::policy::hedge::{HedgeSchedule, Patience, ReadKind, ends_race};
use runboard_core::problem::Problem;
use runboard_core::time::Span;
use std::future::Future;
use std::pin::{Pin, pin};

type Outcome = Result<HttpResponse, Problem>;

impl Api {
    /// Reads an address. Dropping the future aborts every request under way, and so does the answer that wins for the other.
    pub(super) async fn read(&'static self, kind: ReadKind, endpoint: &Endpoint) -> Outcome {
        let first = self.attempt(kind, endpoint);
        match select(first, pin!(self.until_hung(kind))).await {
            Either::Left((outcome, _)) => outcome,
            Either::Right(((), first)) => match select(first, self.attempt(kind, endpoint)).await {
                Either::Left((outcome, other)) | Either::Right((outcome, other)) => match &outcome {
                    Err(problem) if !ends_race(problem) => other.await,
                    _ => outcome,
                },
            },
        }
    }

    fn attempt(&'static self, kind: ReadKind, endpoint: &Endpoint) -> Pin<Box<dyn Future<Output = Outcome>>> {
        let request = HttpRequest::get(endpoint.as_str());
        Box::pin(async move {
            let sent_at = now();
            let outcome = self.send(request).await;
            // Each of the two is noted, also the one that does not win: it may have asked for fewer requests.
            self.update_hedge(|hedge| match &outcome {
                Ok(_) => hedge.answered(kind, since(sent_at)),
                Err(problem) => hedge.failed(kind, problem, now()),
            });
            outcome
        })
    }

    /// Waits until a read that is sent now is to be raced; for ever, if it is not to be.
    async fn until_hung(&'static self, kind: ReadKind) {
        let sent_at = now();
        loop {
            let present = page::is_visible() && page::is_online();
            let patience = self.update_hedge(|hedge| {
                let patience = hedge.patience(kind, since(sent_at), now(), present);
                if patience == Patience::Race {
                    hedge.raced(now());
                }
                patience
            });
            match patience {
                Some(Patience::Wait(span)) => {
                    TimeoutFuture::new(u32::try_from(span.millis()).unwrap_or(u32::MAX)).await
                }
                Some(Patience::Race) => return,
                Some(Patience::Leave) | None => std::future::pending().await,
            }
        }
    }

    fn update_hedge<T>(&'static self, update: impl FnOnce(&mut HedgeSchedule) -> T) -> Option<T> {
        self.hedge.try_update_value(update)
    }
}

fn now() -> Span {
    Span::from_millis(page::monotonic_millis())
}

fn since(instant: Span) -> Span {
    Span::from_millis(now().millis().saturating_sub(instant.millis()))
}

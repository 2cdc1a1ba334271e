//! What a create does to the rest: sends, reads, stores, and tells other tabs.

use super::{CreateHandle, SubmittedFrom};
use crate::actions::{Services, TabStoreKey};
use crate::api::list_requests;
use crate::browser::random;
use leptos::prelude::*;
use leptos::task::spawn_local;
use runboard_core::embed::ConsoleMessage;
use runboard_core::policy::create::{Effect, Event};
use runboard_core::problem::Problem;
use runboard_core::run::Run;

impl CreateHandle {
    pub(super) fn perform(&'static self, effect: Effect) {
        let Services { api, clock, store, poller, host, .. } = *self.services;
        let tab_store = self.tab_store;
        let scope = tab_store.prefix();
        match effect {
            Effect::Save(text) => {
                let saved = self.tab_store.write(TabStoreKey::Create, Some(&text));
                self.step(Event::Saved(saved));
            }
            Effect::ClearSaved => {
                self.tab_store.write(TabStoreKey::Create, None);
            }
            Effect::Post(key, run) => {
                self.submitted_from.set_value(SubmittedFrom::Form(self.drafts.address()));
                spawn_local(async move {
                    let outcome = api.create_run(&run).await;
                    if tab_store.prefix() != scope {
                        // The person signed out meanwhile: the outcome is read after signing in again, and is nobody else's.
                        return;
                    }
                    if let Ok(run) = &outcome {
                        store.put(run.clone());
                        host.send(ConsoleMessage::Created(run.id.as_str()));
                    }
                    poller.runs_changed();
                    self.step(Event::Answered(key, outcome.map(Box::new)));
                });
            }
            Effect::ReadList => spawn_local(async move {
                let sent = clock.moment();
                let outcome = self.read_list().await;
                if tab_store.prefix() != scope {
                    return;
                }
                match outcome {
                    Ok((runs, is_complete)) => {
                        for run in &runs {
                            store.put_sent(run.clone(), sent);
                        }
                        self.step(Event::Read(runs, is_complete));
                    }
                    Err(problem) => self.step(Event::ReadFailed(problem, random::fraction())),
                }
            }),
            Effect::ReadNewest => spawn_local(async move {
                let sent = clock.moment();
                let outcome = list_requests::read_newest(api).await;
                if let Some(mut runs) = outcome.ok().filter(|_| tab_store.prefix() == scope) {
                    self.state.try_with_untracked(|state| runs.retain(|run| state.may_concern(run)));
                    for run in &runs {
                        store.put_sent(run.clone(), sent);
                    }
                    self.step(Event::NewestRead(runs));
                }
            }),
            Effect::ReadRun(id) => spawn_local(async move {
                let outcome = api.read_run(&id).await;
                if let Some(answer) = outcome.ok().filter(|_| tab_store.prefix() == scope) {
                    store.put(answer.run.clone());
                    self.step(Event::RunsSeen(vec![answer.run]));
                }
            }),
            Effect::ShowRun(id) => self.show_created(id),
            Effect::NotifyTabs(said) => self.tabs.broadcast(said),
        }
    }

    /// Reads the whole list. Returns the runs that may have come from one of our requests, and whether the list is complete.
    async fn read_list(&'static self) -> Result<(Vec<Run>, bool), Problem> {
        let mut runs = Vec::new();
        let read = list_requests::read_all(self.services.api, |page| {
            let page = page.runs.into_iter();
            self.state.try_with_untracked(|state| runs.extend(page.filter(|run| state.may_concern(run))));
        });
        match read.await {
            // A run that was found counts, even if a later page failed.
            Err(problem) if runs.is_empty() => Err(problem),
            outcome => Ok((runs, outcome.unwrap_or(false))),
        }
    }
}

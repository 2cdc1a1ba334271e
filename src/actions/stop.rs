//! Drives [`Stop`], one per run.

use super::{Actions, find};
use leptos::task::spawn_local;
use runboard_core::policy::stop::{Effect, Event};
use runboard_core::run::{Run, RunId, Status};

impl Actions {
    /// A person pressed "Stop run" in the dialog, with the status as it was shown. Does nothing while one is under way.
    pub fn stop(self, id: RunId, shown: Option<Status>) {
        self.on_stop(id, Event::Ask(shown));
    }

    /// The person has seen the outcome.
    pub fn dismiss_stop(self, id: RunId) {
        self.on_stop(id, Event::Dismiss);
    }

    /// A run was read: its status may confirm a stop.
    pub fn observe(self, run: &Run) {
        let asked = self.stops.try_with_untracked(|stops| find(stops, &run.id).is_some()).unwrap_or(false);
        if asked {
            self.on_stop(run.id.clone(), Event::Observed(Box::new(run.clone())));
        }
    }

    fn on_stop(self, id: RunId, event: Event) {
        let Some(state) = self.stops.try_with_untracked(|stops| find(stops, &id).cloned()) else { return };
        let before = state.unwrap_or_default();
        let (state, effect) = before.clone().step(event, self.clock.now());
        if state != before {
            self.stops.update(|stops| match stops.iter_mut().find(|(of, _)| *of == id) {
                Some((_, stop)) => *stop = state,
                None => stops.push((id.clone(), state)),
            });
        }
        match effect {
            Some(Effect::Post) => spawn_local(async move {
                let outcome = self.api.stop(&id).await;
                if let Ok(Some(run)) = &outcome {
                    self.store.put(run.clone());
                }
                self.on_stop(id, Event::Answered(outcome.map(|run| run.map(Box::new))));
            }),
            Some(Effect::Reread) => spawn_local(async move {
                if let Ok(answer) = self.api.run(&id).await {
                    self.store.put(answer.run.clone());
                    self.observe(&answer.run);
                }
            }),
            None => {}
        }
    }
}

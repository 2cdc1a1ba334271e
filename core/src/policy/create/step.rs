//! The transitions of creating a run.

use super::{BlockReason, CreateRequest, CreateState, Effect, Event, OutcomeSearch, Stage, WATCH_FOR};
use crate::policy::intent::{Fate, Intent, Made};
use crate::policy::run_match;
use crate::policy::run_match::Likeness;
use crate::policy::tabs::{TabActivity, TabEvent};
use crate::problem::Problem;
use crate::run::{Run, RunId};
use crate::time::Timestamp;

impl CreateState {
    /// The next state and its effects. [`Effect::Post`] follows only on [`Event::Saved`] after [`Event::Submit`] or
    /// [`Event::SendAgain`], once for each of them that was not blocked. An outcome stays until [`Event::Dismiss`], the
    /// next submit, or a more certain outcome.
    #[must_use]
    pub fn step(mut self, event: Event, now: Timestamp) -> (Self, Vec<Effect>) {
        let mut effects = Vec::new();
        match event {
            Event::Submit(request) => {
                if self.block_reason(&request.run).is_none() {
                    self.save(*request, now, &mut effects);
                }
            }
            Event::SendAgain(request) => {
                if matches!(self.block_reason(&request.run), None | Some(BlockReason::Unclear)) {
                    self.save(*request, now, &mut effects);
                }
            }
            Event::Saved(saved) => self.saved(saved, &mut effects),
            Event::Answered(key, Ok(run)) => self.created(&key, *run, &mut effects),
            Event::Answered(key, Err(problem)) => self.failed(&key, problem, now, &mut effects),
            Event::Read(runs, whole) => {
                self.examine(&runs, now, &mut effects);
                self.note_check(now, &mut effects);
                self.read(whole, now);
            }
            Event::NewestRead(runs) => {
                self.examine(&runs, now, &mut effects);
                self.note_check(now, &mut effects);
            }
            Event::RunsSeen(runs) => self.examine(&runs, now, &mut effects),
            Event::ReadFailed(problem, random) => {
                if let Stage::Searching(search) = &mut self.stage {
                    search.failed(&problem, random, now);
                }
            }
            Event::HeardElsewhere(key, run) => self.heard_elsewhere(&key, run, now, &mut effects),
            Event::Tick | Event::Resumed => {
                let at_once = event == Event::Resumed;
                if let Stage::Searching(search) = &mut self.stage
                    && search.start_if_due(now, at_once)
                {
                    effects.push(Effect::ReadList);
                } else if at_once && self.intents.iter().any(Intent::is_unchecked) {
                    // The read after the refusal may have failed for want of a token or of a network.
                    effects.push(Effect::ReadNewest);
                }
            }
            Event::LateFindsSeen => {
                for intent in self.intents.iter_mut().filter(|intent| self.late_finds.contains(&intent.key)) {
                    intent.told = true;
                }
                self.late_finds.clear();
                effects.push(self.save_effect());
            }
            Event::Dismiss => {
                if self.blocks_dismissal() {
                    return (self, effects);
                }
                self.move_on(now);
                self.stage = Stage::Ready;
                effects.push(self.save_effect());
            }
        }
        (self, effects)
    }

    const fn blocks_dismissal(&self) -> bool {
        matches!(self.stage, Stage::Ready | Stage::Saving | Stage::Sent | Stage::Searching(_))
    }

    /// Saves a request.
    fn save(&mut self, request: CreateRequest, now: Timestamp, effects: &mut Vec<Effect>) {
        self.move_on(now);
        let mut known = request.known;
        // Runs that earlier requests created are not the result of this one.
        known.extend(self.intents.iter().flat_map(|intent| &intent.made).map(|made| made.id.clone()));
        self.intents.push(Intent {
            key: request.key,
            run: request.fingerprint.apply_to(&request.run),
            asked_at: now,
            tolerance: request.tolerance,
            known,
            fate: Fate::Open,
            refused: false,
            watched_until: None,
            made: Vec::new(),
            told: false,
        });
        self.stage = Stage::Saving;
        effects.push(self.save_effect());
    }

    fn saved(&mut self, saved: bool, effects: &mut Vec<Effect>) {
        let Some(intent) = self.intents.last().filter(|_| self.stage == Stage::Saving) else { return };
        effects.push(Effect::NotifyTabs(TabEvent::Activity(intent.key.clone(), intent.run.clone(), TabActivity::Sent)));
        effects.push(Effect::Post(intent.key.clone(), intent.run.clone()));
        self.stage = Stage::Sent;
        self.save_failed = !saved;
    }

    /// The answer names the run of that request and overrides earlier guesses.
    fn created(&mut self, key: &str, run: Run, effects: &mut Vec<Effect>) {
        let Some(at) = self.intents.iter().position(|intent| intent.key == key) else { return };
        for intent in &mut self.intents {
            intent.made.retain(|made| made.id != run.id);
            if intent.fate == Fate::Made && intent.made.is_empty() {
                intent.fate = if intent.refused { Fate::Refused } else { Fate::Left };
            }
        }
        let current = at + 1 == self.intents.len() && self.stage != Stage::Ready;
        let Some(intent) = self.intents.get_mut(at) else { return };
        let differences = run_match::differences(&intent.run, &run);
        intent.made.retain(|made| made.likeness == Likeness::Exact);
        intent.made.insert(0, Made { id: run.id.clone(), likeness: Likeness::Exact, late: false });
        intent.fate = Fate::Made;
        if current {
            // The run is shown now.
            intent.told = true;
            self.stage = Stage::Created { differences };
            effects.push(Effect::ShowRun(run.id.clone()));
        } else {
            self.report(at);
        }
        effects.push(Effect::NotifyTabs(TabEvent::Settled(key.to_owned(), Some(run.id))));
        effects.extend([self.save_effect(), Effect::ReadNewest]);
    }

    fn failed(&mut self, key: &str, problem: Problem, now: Timestamp, effects: &mut Vec<Effect>) {
        let Some(intent) = self.intents.last_mut().filter(|intent| intent.key == key) else { return };
        if self.stage != Stage::Sent {
            // Its outcome is already known or being searched for: a failure adds nothing.
            return;
        }
        if problem.outcome_unknown() {
            let (key, run) = (intent.key.clone(), intent.run.clone());
            let mut search = OutcomeSearch::new(Some(problem), now);
            search.in_flight = true;
            self.stage = Stage::Searching(search);
            effects.extend([Effect::NotifyTabs(TabEvent::Activity(key, run, TabActivity::Unclear)), Effect::ReadList]);
        } else {
            intent.fate = Fate::Refused;
            intent.refused = true;
            let (key, run) = (intent.key.clone(), intent.run.clone());
            self.stage = Stage::Refused(problem);
            effects.extend([Effect::NotifyTabs(TabEvent::Settled(key, None)), self.save_effect()]);
            // "Already exists" may well refer to an earlier request for the same run.
            let is_repeated = self.intents.iter().any(|other| other.is_open() && other.is_alike(&run));
            effects.push(if is_repeated { Effect::ReadList } else { Effect::ReadNewest });
        }
    }

    /// A read ended; its runs were examined before.
    fn read(&mut self, whole: bool, now: Timestamp) {
        let Stage::Searching(search) = &mut self.stage else { return };
        if search.found_nothing(whole, now) {
            let (readings, over, partial) = (search.done, now.since(search.since), search.partial);
            self.stage = Stage::NotFound { readings, over, partial };
        }
    }

    /// Examines runs for results of the requests: first exact matches, then, for requests without a result, probable
    /// ones. A run is the result of one request only. For a request that has its run, only a second one of the same likeness is
    /// news.
    fn examine(&mut self, runs: &[Run], now: Timestamp, effects: &mut Vec<Effect>) {
        let mut changed = false;
        let ends = self.intents.len();
        for wanted in [Likeness::Exact, Likeness::Probable] {
            for at in 0..ends {
                // While a request is in flight, its answer decides: a merely probable run may be its own.
                let under_way = self.is_sending() && (at + 1 == ends || wanted == Likeness::Probable);
                if !under_way {
                    changed |= self.examine_for(at, wanted, runs, now);
                }
            }
        }
        if changed {
            effects.push(self.save_effect());
        }
    }

    fn examine_for(&mut self, at: usize, wanted: Likeness, runs: &[Run], now: Timestamp) -> bool {
        let Some(intent) = self.intents.get(at).filter(|intent| intent.is_watched(now)) else { return false };
        let may_be_probable = match intent.fate {
            Fate::Open | Fate::Left => true,
            // A merely probable run more likely belongs to the request whose outcome is unknown.
            Fate::Refused => !self.intents.iter().any(|other| other.is_open() && other.is_alike(&intent.run)),
            Fate::Made => intent.was_coarsened(runs),
        };
        if wanted == Likeness::Probable && !may_be_probable {
            return false;
        }
        let taken: Vec<RunId> =
            self.intents.iter().flat_map(|intent| &intent.made).map(|made| made.id.clone()).collect();
        let looked_for = matches!(self.stage, Stage::Searching(_));
        let current = at + 1 == self.intents.len() && self.stage != Stage::Ready;
        let Some(intent) = self.intents.get_mut(at) else { return false };
        let late = !(current && looked_for);
        let mut found: Vec<Made> = Vec::new();
        for run in runs.iter().filter(|run| !taken.contains(&run.id) && intent.likeness(run) == Some(wanted)) {
            if found.iter().all(|made| made.id != run.id) {
                found.push(Made { id: run.id.clone(), likeness: wanted, late });
            }
        }
        if found.is_empty() {
            return false;
        }
        if wanted == Likeness::Exact {
            intent.made.retain(|made| made.likeness == Likeness::Exact);
        }
        intent.made.append(&mut found);
        intent.fate = Fate::Made;
        let is_duplicate = intent.is_duplicated();
        let is_awaited =
            current && matches!(self.stage, Stage::Searching(_) | Stage::NotFound { .. } | Stage::Refused(_));
        if is_awaited {
            self.stage = Stage::Found;
        }
        // The form reports what it waited for; a second run is reported everywhere.
        if !is_awaited || is_duplicate {
            self.report(at);
        }
        true
    }

    /// Another tab says that it knows the outcome of a request that this tab also holds (it was duplicated).
    fn heard_elsewhere(&mut self, key: &str, run: Option<RunId>, now: Timestamp, effects: &mut Vec<Effect>) {
        let is_open = self.intents.iter().any(|intent| intent.key == key && intent.is_open());
        // While this tab's own request is in flight, its own answer counts.
        if !is_open || self.is_sending() {
            return;
        }
        if let Some(id) = run {
            effects.push(Effect::ReadRun(id));
        } else if let Stage::Searching(search) = &mut self.stage
            && search.start_if_due(now, true)
        {
            effects.push(Effect::ReadList);
        }
    }

    /// The newest runs were read, so refused requests are watched for a minute more.
    fn note_check(&mut self, now: Timestamp, effects: &mut Vec<Effect>) {
        if self.intents.iter().any(Intent::is_unchecked) {
            self.intents.iter_mut().for_each(|intent| intent.note_check(now));
            effects.push(self.save_effect());
        }
    }

    fn report(&mut self, at: usize) {
        let Some(intent) = self.intents.get_mut(at) else { return };
        intent.told = false;
        if !self.late_finds.contains(&intent.key) {
            self.late_finds.push(intent.key.clone());
        }
    }

    /// The person moves on. Unknown outcomes are still watched for, and so is a second run of a known one (something
    /// between here and the API may repeat requests). After a day everything is dropped.
    fn move_on(&mut self, now: Timestamp) {
        self.intents.retain(|intent| intent.is_watched(now) && now.since(intent.asked_at) < WATCH_FOR);
        let excess = self.intents.len().saturating_sub(MAX_WATCHED);
        self.intents.drain(..excess);
        for intent in &mut self.intents {
            match intent.fate {
                Fate::Open => intent.fate = Fate::Left,
                Fate::Made if !self.late_finds.contains(&intent.key) => intent.told = true,
                _ => {}
            }
        }
    }

    /// What session storage has to hold now.
    fn save_effect(&self) -> Effect {
        self.saved_text().map_or(Effect::ClearSaved, Effect::Save)
    }
}

/// The most requests that are watched: nobody leaves more of them unclear in a day.
const MAX_WATCHED: usize = 50;

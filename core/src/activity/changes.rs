//! What changes in a run by time alone, by a reading, or because it is new.

use super::entry::{Entry, HowKnown, Moment, ReadTime, Transition};
use crate::phase::{Disagreement, Phase};
use crate::run::Run;
use crate::run_state::{RunState, attention_changes};
use crate::time::{Span, Timestamp};
use std::sync::Arc;

/// A run as it was last read.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    pub(super) run: Arc<Run>,
    /// When that reading was sent: the run was like this at some moment between then and its answer.
    pub(super) sent: Moment,
    /// When its answer came, by the API's clock.
    pub(super) received: Timestamp,
    /// Up to when windows that open and end by time were told.
    pub(super) told: Timestamp,
}

/// A run that was created so long before all runs were known is not new: only this console had not seen it.
const CREATED_BEFORE: Span = Span::from_minutes(-1);

#[derive(Clone, Copy, PartialEq, Eq)]
struct Facts {
    state: RunState,
    phase: Phase,
    contradiction: Option<Disagreement>,
}

impl Facts {
    fn of(run: &Run, at: Timestamp) -> Self {
        Self { state: RunState::of(run, at), phase: Phase::of(run, at), contradiction: Disagreement::of(run, at) }
    }

    /// What has happened where these facts became others.
    fn changes_to(self, after: Self) -> impl Iterator<Item = Transition> {
        let opened = after.phase == Phase::Open && self.phase != Phase::Open;
        let entered = (after.state != self.state).then(|| match after.state {
            RunState::Open if opened => None,
            state => Some(entering(state)),
        });
        let contradiction = after.contradiction.filter(|now| self.contradiction != Some(*now));
        let opened = opened.then_some(Transition::Opened);
        [opened, entered.flatten(), contradiction.map(Transition::Contradiction)].into_iter().flatten()
    }
}

/// What a run that enters a state without its window opening has done.
const fn entering(state: RunState) -> Transition {
    match state {
        RunState::Running => Transition::Running,
        RunState::Completed => Transition::Completed,
        RunState::Failed => Transition::Failed,
        RunState::Stopped => Transition::Stopped,
        RunState::Ended => Transition::Ended,
        RunState::Scheduled | RunState::Open | RunState::Unknown => Transition::Reverted(state),
    }
}

/// What follows from the window alone, whatever the API says meanwhile.
const fn is_of_window(transition: Transition) -> bool {
    matches!(transition, Transition::Opened | Transition::Ended)
}

/// What time alone changes in a run after `from`, up to `to`, in order.
fn by_time(run: &Run, from: Timestamp, to: Timestamp) -> Vec<(Transition, Timestamp)> {
    let mut instants: Vec<Timestamp> =
        attention_changes(run).into_iter().flatten().filter(|at| from < *at && *at <= to).collect();
    instants.sort_unstable();
    instants.dedup();
    let before = |at: Timestamp| Facts::of(run, at.plus(Span::from_millis(-1)));
    let at = |at: Timestamp| before(at).changes_to(Facts::of(run, at)).map(move |transition| (transition, at));
    instants.into_iter().flat_map(at).collect()
}

/// When time next changes the window of a run after this instant.
pub(super) fn next_change(run: &Run, after: Timestamp) -> Option<Timestamp> {
    let window = run.window()?;
    [window.start, window.end].into_iter().find(|at| *at > after)
}

/// The windows that opened or ended since that was last told. Contradictions wait for a reading, since the API may have changed its
/// word in time.
pub(super) fn passed(seen: &Seen, now: Moment) -> Vec<Entry> {
    let by_window =
        by_time(&seen.run, seen.told, now.api).into_iter().filter(|(transition, _)| is_of_window(*transition));
    by_window.map(|(transition, at)| at_instant(&seen.run, transition, at, now)).collect()
}

/// What a reading of a run that was read before shows.
pub(super) fn read_again(seen: &Seen, run: &Run, at: ReadTime) -> Vec<Entry> {
    let now = at.received;
    // What the API says was so when the reading was sent, and may not be so any more: another tab may have passed it on late.
    let (said_before, said) = (seen.sent.api, at.sent.api);
    let is_same = seen.run.status == run.status && seen.run.window() == run.window();
    let by_time = by_time(run, said_before.min(seen.told), now.api);
    // Where the status or the window has changed, it is unknown when: time tells only of the new window.
    let is_told = |(transition, instant): &(Transition, Timestamp)| match is_of_window(*transition) {
        true => *instant > seen.told,
        false => is_same && said_before < *instant && *instant <= said,
    };
    let by_time: Vec<_> = by_time.into_iter().filter(is_told).collect();
    let before = Facts { contradiction: Disagreement::of(&seen.run, said_before), ..Facts::of(&seen.run, seen.told) };
    let after = Facts { contradiction: Disagreement::of(run, said), ..Facts::of(run, now.api) };
    let by_reading = before.changes_to(after);
    let by_reading = by_reading.filter(|transition| !by_time.iter().any(|(told, _)| told == transition));
    let by_reading: Vec<_> = by_reading.map(|transition| between(run, transition, Some(seen.sent), now)).collect();
    by_time
        .into_iter()
        .map(|(transition, instant)| at_instant(run, transition, instant, now))
        .chain(by_reading)
        .collect()
}

/// What the first reading of a run shows, where all others were known before. `all_known` is when the reading that knew them was
/// sent. Returns nothing for a run that is new only to this console, if `knows_old_ones` is false.
pub(super) fn read_first(run: &Run, all_known: Moment, knows_old_ones: bool, at: ReadTime) -> Vec<Entry> {
    let now = at.received;
    let created = run.created_at.filter(|created| *created <= now.api);
    let is_recent = run.created_at.map(|created| created > all_known.api.plus(CREATED_BEFORE));
    if !knows_old_ones && is_recent != Some(true) {
        return Vec::new();
    }
    let appeared = match created.filter(|_| is_recent == Some(true)) {
        Some(created) => at_instant(run, Transition::Appeared, created, now),
        None => between(run, Transition::Appeared, Some(all_known), now),
    };
    let mut entries = vec![appeared];
    if is_recent == Some(false) {
        // Nobody knows when it came to be as it is.
        return entries;
    }
    let by_time = by_time(run, created.unwrap_or(all_known.api), now.api);
    let by_time: Vec<_> = by_time.into_iter().filter(|(transition, _)| is_of_window(*transition)).collect();
    let facts = Facts { contradiction: Disagreement::of(run, at.sent.api), ..Facts::of(run, now.api) };
    let has_opened = by_time.iter().any(|(transition, _)| *transition == Transition::Opened);
    let is_open = (facts.phase == Phase::Open && !has_opened).then_some(Transition::Opened);
    let has_state =
        matches!(facts.state, RunState::Running | RunState::Completed | RunState::Failed | RunState::Stopped);
    let state = has_state.then(|| entering(facts.state));
    entries.extend(by_time.into_iter().map(|(transition, instant)| at_instant(run, transition, instant, now)));
    let now_true = [is_open, state, facts.contradiction.map(Transition::Contradiction)];
    entries.extend(now_true.into_iter().flatten().map(|transition| between(run, transition, Some(all_known), now)));
    entries
}

fn at_instant(run: &Run, transition: Transition, at: Timestamp, now: Moment) -> Entry {
    Entry::seen(run, transition, now, HowKnown::At(at), Some(at))
}

/// Told apart by when the API says the run last changed: every tab that sees the change reads the same.
pub(super) fn between(run: &Run, transition: Transition, after: Option<Moment>, now: Moment) -> Entry {
    Entry::seen(run, transition, now, HowKnown::Between { after }, run.updated_at)
}

//! When a read that hangs is raced by a second, equal one: a hedged request (Dean and Barroso, "The Tail at Scale", 2013). Only
//! reads are; a write must be sent once.

use crate::problem::{Problem, ProblemKind};
use crate::time::Span;

/// The least patience: a server that usually answers in 50 ms may well take a second now and then.
const MIN_PATIENCE: Span = Span::from_seconds(2);
/// The patience while the usual time of a read is not known.
const FIRST_PATIENCE: Span = Span::from_seconds(10);
/// Where twice the usual time is more than this, a second read would hardly be answered before the first one's time-out of 30 s.
const MAX_PATIENCE: Span = Span::from_seconds(20);
/// How many times of a kind are kept.
const KEPT_TIMES: usize = 5;
/// The most second reads in any minute, of all kinds together.
const MAX_PER_MINUTE: usize = 4;
const MINUTE: i64 = 60_000;

/// The reads whose times are compared with each other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ReadKind {
    /// The list as it is documented, without a query.
    List,
    /// A further page of the list.
    ListPage,
    /// A run.
    Run,
    /// The summary of a run.
    Summary,
}

/// What a read that is not answered yet does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Patience {
    /// It waits this long, then asks again.
    Wait(Span),
    /// It is raced by a second read.
    Race,
    /// It is left to its time-out.
    Leave,
}

/// What is known of the times of reads. Instants are on the monotonic clock.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct HedgeSchedule {
    /// The latest times of each kind, the oldest first.
    times: [Vec<Span>; 4],
    raced_at: Vec<Span>,
    /// The server asked for fewer requests: nothing is raced before this instant.
    hold: Option<Span>,
}

impl HedgeSchedule {
    /// What a read does that has waited for `waited`. Call it when the read is sent, too. `present` tells whether the page is
    /// visible and online: otherwise, a read may be late for reasons of the browser's.
    pub fn patience(&self, kind: ReadKind, waited: Span, now: Span, present: bool) -> Patience {
        let Some(limit) = self.limit(kind) else { return Patience::Leave };
        let waits = Span::from_millis(limit.millis().saturating_sub(waited.millis()));
        if waits.millis() > 0 {
            return Patience::Wait(waits);
        }
        if self.hold.is_some_and(|hold| now < hold) || self.raced_within_a_minute(now) >= MAX_PER_MINUTE {
            return Patience::Leave;
        }
        if present { Patience::Race } else { Patience::Wait(MIN_PATIENCE) }
    }

    /// Twice the usual time of a kind, within limits; `None` where a second read would come too late.
    fn limit(&self, kind: ReadKind) -> Option<Span> {
        let Some(usual) = median(self.times_of(kind)) else { return Some(FIRST_PATIENCE) };
        let twice = Span::from_millis(usual.millis().saturating_mul(2));
        (twice <= MAX_PATIENCE).then(|| twice.max(MIN_PATIENCE))
    }

    /// A read is raced now.
    pub fn raced(&mut self, now: Span) {
        self.raced_at.retain(|at| is_within_a_minute(*at, now));
        self.raced_at.push(now);
    }

    /// A request of this kind was answered after `took`.
    pub fn answered(&mut self, kind: ReadKind, took: Span) {
        let is_slower = self.limit(kind).is_some_and(|limit| took > limit);
        let times = self.times_of_mut(kind);
        if is_slower {
            // The server became slow: racing it again would only add to its work.
            times.clear();
        }
        times.push(took.max(Span::default()));
        if times.len() > KEPT_TIMES {
            times.remove(0);
        }
    }

    /// A read of this kind failed. A server that asks for fewer requests is not raced for a minute, or for as long as it asks.
    pub fn failed(&mut self, kind: ReadKind, problem: &Problem, now: Span) {
        if let ProblemKind::TimedOut { after } = problem.kind {
            // Nor is one that does not answer at all, until it does.
            *self.times_of_mut(kind) = vec![after];
        }
        if matches!(problem.status, Some(429 | 503)) || problem.wait().is_some() {
            let wait = problem.wait().unwrap_or_default().millis().max(MINUTE);
            let until = Span::from_millis(now.millis().saturating_add(wait));
            self.hold = Some(self.hold.map_or(until, |hold| hold.max(until)));
        }
    }

    fn raced_within_a_minute(&self, now: Span) -> usize {
        self.raced_at.iter().filter(|at| is_within_a_minute(**at, now)).count()
    }

    fn times_of(&self, kind: ReadKind) -> &[Span] {
        let [list, page, run, summary] = &self.times;
        match kind {
            ReadKind::List => list,
            ReadKind::ListPage => page,
            ReadKind::Run => run,
            ReadKind::Summary => summary,
        }
    }

    fn times_of_mut(&mut self, kind: ReadKind) -> &mut Vec<Span> {
        let [list, page, run, summary] = &mut self.times;
        match kind {
            ReadKind::List => list,
            ReadKind::ListPage => page,
            ReadKind::Run => run,
            ReadKind::Summary => summary,
        }
    }
}

/// Whether this failure ends a race whose other read is still under way: it is the API's own word, a wait that it asks for, or the
/// first read's time-out. Any other failure may be one connection's alone.
pub const fn ends_race(problem: &Problem) -> bool {
    match problem.kind {
        ProblemKind::TimedOut { .. } => true,
        ProblemKind::Limited { wait } | ProblemKind::Intercepted { wait } => wait.is_some(),
        // The person signed out, or the token is being renewed: that is no answer to the read under way.
        ProblemKind::NoToken => false,
        _ => !problem.outcome_unknown(),
    }
}

fn is_within_a_minute(at: Span, now: Span) -> bool {
    (0..MINUTE).contains(&now.millis().saturating_sub(at.millis()))
}

/// The middle one, or the quicker of the two in the middle.
fn median(times: &[Span]) -> Option<Span> {
    let is_middle = |time: &&Span| {
        let quicker = times.iter().filter(|other| other < time).count();
        let as_quick = times.iter().filter(|other| other == time).count();
        (quicker..quicker + as_quick).contains(&(times.len().saturating_sub(1) / 2))
    };
    times.iter().find(is_middle).copied()
}

#[cfg(test)]
mod tests;

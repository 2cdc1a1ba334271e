//! What is done here is seen as well, a moment later, like what anybody does. A list that says "stopped by me" need not say
//! "was stopped", too.

use super::entry::{Action, Done, Entry, HowKnown, Outcome, Transition, What};
use super::kind::Kind;
use crate::run::RunId;
use crate::time::Timestamp;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// When something was asked for, and when its outcome was known, by this computer's clock.
type Asked = (Timestamp, Option<Timestamp>);

/// Leaves out what was seen of a run only because it was done here, if what was done is in the same list: so nothing is lost.
pub(super) fn leave_out_echoes(listed: &mut Vec<Arc<Entry>>) {
    let mut done: FxHashMap<(Kind, RunId), Vec<Asked>> = FxHashMap::default();
    for entry in &*listed {
        for (kind, run) in expected(entry).into_iter().flatten() {
            let settled = match &entry.what {
                What::Done(Done { settled: Some(settled), .. }) => Some(settled.here),
                _ => None,
            };
            done.entry((kind, run.clone())).or_default().push((entry.noticed.here, settled));
        }
    }
    if done.is_empty() {
        return;
    }
    listed.retain(|entry| {
        let Some(run) = entry.run.as_ref().filter(|_| matches!(entry.what, What::Seen(_))) else { return true };
        let asked = done.get(&(Kind::of(entry), run.clone()));
        !asked.is_some_and(|asked| asked.iter().any(|asked| is_echo(entry, *asked)))
    });
}

/// What must be seen of which runs after something was done here.
fn expected(entry: &Entry) -> [Option<(Kind, &RunId)>; 2] {
    let What::Done(done) = &entry.what else { return [None, None] };
    let stops = matches!(done.action, Action::Stop | Action::Reschedule) && done.outcome == Outcome::Confirmed;
    let creates = matches!(done.action, Action::Schedule | Action::Reschedule);
    let kind = Kind::of_transition;
    [
        entry.run.as_ref().filter(|_| stops).map(|run| (kind(Transition::Stopped), run)),
        done.new_run.as_ref().filter(|_| creates).map(|run| (kind(Transition::Appeared), run)),
    ]
}

/// What was noticed before it was asked for was somebody else's; so was what had not happened yet when the outcome was known.
fn is_echo(entry: &Entry, (asked, settled): Asked) -> bool {
    let not_before = match entry.known {
        HowKnown::Between { after: Some(after) } => Some(after.here),
        _ => None,
    };
    asked <= entry.noticed.here && not_before.zip(settled).is_none_or(|(not_before, settled)| not_before <= settled)
}

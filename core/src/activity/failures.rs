//! Jumps of the share of failures among the final status reports of a run.

use super::changes::between;
use super::entry::{FailureRise, Moment, ReadTime, Transition};
use super::noticed::Noticed;
use crate::run::{Run, RunId};
use crate::summary::Summary;
use rustc_hash::FxBuildHasher;
use std::collections::HashMap;
use std::sync::Arc;

/// The share of failures of each run whose summary was read, as far as later ones are compared with it.
#[derive(Clone, Debug, Default)]
pub(super) struct FailureShares(HashMap<RunId, (u32, Moment), FxBuildHasher>);

/// Among fewer final reports, one more failure changes the share by far too much.
const MIN_REPORTS: u64 = 20;

impl FailureShares {
    /// What a reading of a run's summary shows: an entry if the share rose by `threshold` (tenths of a percent, such as 100) or more
    /// since it was lowest. A slow rise is told, too, once it adds up to that.
    pub(super) fn read(&mut self, run: &Arc<Run>, summary: &Summary, at: ReadTime, threshold: u32) -> Option<Noticed> {
        let share = failure_share(summary)?;
        let (lowest, since) = self.0.get(&run.id).copied().unwrap_or((share, at.sent));
        let rose = share.saturating_sub(lowest) >= threshold.max(1);
        if rose {
            // The next rise happens after this answer: in between, the two could not be told apart.
            self.0.insert(run.id.clone(), (share, at.received));
        } else if share <= lowest {
            self.0.insert(run.id.clone(), (share, at.sent));
        }
        let rise = FailureRise { from: lowest, to: share };
        let transition = Transition::FailuresRose(rise);
        let after = (Arc::clone(run), at.received.api);
        rose.then(|| Noticed { entry: between(run, transition, Some(since), at.received), before: None, after })
    }
}

impl FailureShares {
    /// Each run, its lowest share since the last rise, and when that was read.
    pub(super) fn all(&self) -> impl Iterator<Item = (&RunId, u32, Moment)> {
        self.0.iter().map(|(run, (share, at))| (run, *share, *at))
    }

    /// What later shares of a run are compared with.
    pub(super) fn of(&self, run: &RunId) -> Option<(u32, Moment)> {
        self.0.get(run).copied()
    }

    /// Another tab has read a run's summary.
    pub(super) fn hear(&mut self, run: RunId, share: u32, at: Moment) {
        if self.of(&run).is_none_or(|(_, known)| known.here <= at.here) {
            self.0.insert(run, (share, at));
        }
    }

    /// As they were known before a reload.
    pub(super) fn restored(shares: impl Iterator<Item = (RunId, u32, Moment)>) -> Self {
        Self(shares.map(|(run, share, at)| (run, (share, at))).collect())
    }
}

/// Tenths of a percent of the final status reports; `None` if there are too few.
fn failure_share(summary: &Summary) -> Option<u32> {
    let rate = summary.deliveries?.success_rate().filter(|rate| rate.of >= MIN_REPORTS)?;
    Some(1000_u32.saturating_sub(rate.permille()))
}

//! What came of a run. The counts are not parts of one whole: one recipient can cause several status reports, so nothing
//! here adds them up to 100 %.

use crate::run::RunId;
use serde_json::Value;

/// The summary of a run. A block the API left out means "no data yet": neither an error nor zero.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Summary {
    /// `recipient_response`: recipients who responded.
    pub responses: Option<Responses>,
    /// `action_delivery_status`: recipients handled, and the status reports that followed.
    pub deliveries: Option<Deliveries>,
    /// The `job_run_id` of a block, when it names a run other than the one asked for.
    pub other_run: Option<RunId>,
}

/// The block `recipient_response`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Responses {
    /// How many recipients responded.
    pub recipients: Option<u64>,
}

/// The block `action_delivery_status`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Deliveries {
    /// How many recipients were handled.
    pub recipients: Option<u64>,
    /// Status reports in the success class.
    pub succeeded: Option<u64>,
    /// Status reports in the failure class.
    pub failed: Option<u64>,
    /// Status reports in the info class.
    pub info: Option<u64>,
}

/// Succeeded among succeeded and failed status reports.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SuccessRate {
    /// Reports in the success class.
    pub succeeded: u64,
    /// Reports in the success or failure class; never 0.
    pub of: u64,
}

impl Summary {
    /// Reads the body of a summary answer for the run asked for. `None` when it is no JSON object. The blocks are
    /// looked for in `_embedded`, then at the top; a count may be a number or digits in a string; a negative or
    /// fractional one is `None`.
    pub fn read(body: &str, asked: &RunId) -> Option<Self> {
        todo!()
    }
}

impl Deliveries {
    /// The success rate; `None` when either count is missing or both are 0.
    pub fn success_rate(&self) -> Option<SuccessRate> {
        todo!()
    }
}

impl SuccessRate {
    /// Tenths of a percent, rounded half up, but never 1000 while something failed and never 0 while something succeeded.
    pub fn permille(self) -> u32 {
        todo!()
    }

    /// `9 of 11 (81.8 %)`, numbers grouped by `group` (the browser's number format).
    pub fn words(self, group: &dyn Fn(u64) -> String) -> String {
        todo!()
    }
}

//! What came of a run. The counts are not parts of one whole: one recipient can cause several status reports, so nothing
//! here adds them up to 100 %.

use crate::json;
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
        let value = json::parse(body).filter(Value::is_object)?;
        let embedded = value.get("_embedded");
        let block = |key: &str| {
            let object = |holder: &'_ Value| holder.get(key).is_some_and(Value::is_object);
            embedded.filter(|holder| object(holder)).or(Some(&value).filter(|holder| object(holder)))?.get(key)
        };
        let (responses, deliveries) = (block("recipient_response"), block("action_delivery_status"));
        let count = |block: &Value, key: &str| json::count(block.get(key)?);
        let other_run = [responses, deliveries].into_iter().flatten().find_map(|block| {
            let id = json::id(block.get("job_run_id")?)?;
            (id != asked.as_str()).then(|| RunId::new(&id))
        });
        Some(Self {
            responses: responses.map(|block| Responses { recipients: count(block, "recipients_count") }),
            deliveries: deliveries.map(|block| Deliveries {
                recipients: count(block, "recipients_count"),
                succeeded: count(block, "status_succeeded_count"),
                failed: count(block, "status_failed_count"),
                info: count(block, "status_info_count"),
            }),
            other_run,
        })
    }
}

impl Deliveries {
    /// The success rate; `None` when either count is missing or both are 0.
    pub fn success_rate(&self) -> Option<SuccessRate> {
        let (succeeded, failed) = self.succeeded.zip(self.failed)?;
        let of = succeeded.saturating_add(failed);
        (of > 0).then_some(SuccessRate { succeeded, of })
    }
}

impl SuccessRate {
    /// Tenths of a percent, rounded half up, but never 1000 while something failed and never 0 while something succeeded.
    pub fn permille(self) -> u32 {
        let (succeeded, of) = (u128::from(self.succeeded.min(self.of)), u128::from(self.of.max(1)));
        let rounded = ((succeeded * 2000 + of) / (of * 2)) as u32;
        let least = u32::from(self.succeeded > 0);
        let most = if self.succeeded < self.of { 999 } else { 1000 };
        rounded.clamp(least, most)
    }

    /// `9 of 11 (81.8 %)`, numbers grouped by `group` (the browser's number format); `100 %` and `0 %` are exact.
    pub fn words(self, group: &dyn Fn(u64) -> String) -> String {
        let permille = self.permille();
        let mut out = group(self.succeeded);
        out.push_str(" of ");
        out.push_str(&group(self.of));
        out.push_str(" (");
        out.push_str(&(permille / 10).to_string());
        if permille != 0 && permille != 1000 {
            out.push('.');
            out.push(char::from(b'0' + (permille % 10) as u8));
        }
        out.push_str(" %)");
        out
    }
}

#[cfg(test)]
mod tests;

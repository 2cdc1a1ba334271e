//! The results of a run. The counts are not parts of one whole: one recipient can cause several status reports, so nothing
//! here adds them up to 100 %.

use crate::run::RunId;
use crate::wire::Raw;
use crate::wire::summary::{ActionDeliveryStatus, Blocks, RecipientResponse, Summary as Envelope};

/// The summary of a run. A missing block means "no data yet", neither an error nor zero.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Summary {
    /// `recipient_response`: recipients who responded.
    pub responses: Option<Responses>,
    /// `action_delivery_status`: recipients handled, and the resulting status reports.
    pub deliveries: Option<Deliveries>,
    /// The `job_run_id` of a block, if it is not the requested run.
    pub other_run: Option<RunId>,
}

/// The block `recipient_response`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Responses {
    /// The number of recipients who responded.
    pub recipients: Option<u64>,
}

/// The block `action_delivery_status`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Deliveries {
    /// The number of recipients handled.
    pub recipients: Option<u64>,
    /// Status reports in the success class.
    pub succeeded: Option<u64>,
    /// Status reports in the failure class.
    pub failed: Option<u64>,
    /// Status reports in the info class.
    pub info: Option<u64>,
}

/// The share of succeeded among succeeded and failed status reports.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SuccessRate {
    /// Reports in the success class.
    pub succeeded: u64,
    /// Reports in the success or failure class; never 0.
    pub of: u64,
}

impl Summary {
    /// Reads the body of the summary of the requested run: the blocks in `_embedded`, otherwise at the top. `None` if it is
    /// not a JSON object.
    pub fn read(body: &str, asked: &RunId) -> Option<Self> {
        let body = Raw::of_body(body)?;
        let (Envelope { embedded }, top): (_, Blocks) = (body.read()?, body.read()?);
        let embedded = embedded.unwrap_or_default();
        let blocks = Blocks {
            recipient_response: embedded.recipient_response.or(top.recipient_response),
            action_delivery_status: embedded.action_delivery_status.or(top.action_delivery_status),
        };
        let responses = blocks.recipient_response.as_ref().and_then(|block| block.job_run_id.as_ref());
        let deliveries = blocks.action_delivery_status.as_ref().and_then(|block| block.job_run_id.as_ref());
        let other_run = [responses, deliveries].into_iter().flatten().find(|id| ***id != *asked.as_str());
        Some(Self { other_run: other_run.map(|id| RunId::new(id)), ..Self::from(&blocks) })
    }
}

impl From<&Blocks> for Summary {
    fn from(blocks: &Blocks) -> Self {
        let responses = blocks.recipient_response.as_ref();
        let deliveries = blocks.action_delivery_status.as_ref();
        Self {
            responses: responses.map(|block| Responses { recipients: block.recipients_count }),
            deliveries: deliveries.map(|block| Deliveries {
                recipients: block.recipients_count,
                succeeded: block.status_succeeded_count,
                failed: block.status_failed_count,
                info: block.status_info_count,
            }),
            other_run: None,
        }
    }
}

/// Without `job_run_id`: whose counts they are was reported when they were read.
impl From<&Summary> for Blocks {
    fn from(summary: &Summary) -> Self {
        Self {
            recipient_response: summary
                .responses
                .map(|block| RecipientResponse { recipients_count: block.recipients, job_run_id: None }),
            action_delivery_status: summary.deliveries.map(|block| ActionDeliveryStatus {
                recipients_count: block.recipients,
                status_succeeded_count: block.succeeded,
                status_failed_count: block.failed,
                status_info_count: block.info,
                job_run_id: None,
            }),
        }
    }
}

impl Deliveries {
    /// The success rate; `None` if either count is missing, both are 0, or their sum is too large to be exact.
    pub fn success_rate(&self) -> Option<SuccessRate> {
        let (succeeded, failed) = self.succeeded.zip(self.failed)?;
        let of = succeeded.checked_add(failed)?;
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

    /// `81.8 %`; `100 %` and `0 %` are exact.
    pub fn percent(self) -> String {
        let permille = self.permille();
        let mut out = (permille / 10).to_string();
        if permille != 0 && permille != 1000 {
            out.push('.');
            out.push(char::from(b'0' + (permille % 10) as u8));
        }
        out.push_str(" %");
        out
    }

    /// `9 of 11 (81.8 %)`, with numbers formatted by `group` (the browser's number format).
    pub fn words(self, group: &dyn Fn(u64) -> String) -> String {
        [&group(self.succeeded), " of ", &group(self.of), " (", &self.percent(), ")"].concat()
    }
}

#[cfg(test)]
mod tests;

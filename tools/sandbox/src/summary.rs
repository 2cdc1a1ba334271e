//! What a run has done by a given time, and the printed shape it is answered in.
//!
//! A pure function: no thread moves these numbers, so a restart or a second look at the same time changes nothing.

use serde::Serialize;

use crate::hash::Stable;
use crate::run::StoredRun;
use crate::time::Millis;

const HOUR_MS: u64 = 3_600_000;

/// The counts of a run at one time. They are not parts of one whole: one recipient can cause several status reports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Recipients the action was carried out for.
    pub recipients: u64,
    /// Status reports in the action's success class.
    pub succeeded: u64,
    /// Status reports in its failure class.
    pub failed: u64,
    /// Status reports in its info class (accepted, read and the like).
    pub info: u64,
    /// Recipients who responded.
    pub responders: u64,
}

/// The counts at `now`; `None` while the run has not been taken up. No count ever falls while the clock runs forward,
/// and all stand still from a stop, a failure or the end of the window on.
#[must_use]
pub fn counts(run: &StoredRun, now: Millis) -> Option<Counts> {
    let opens = run.opens_at();
    let until = run.stopped_at.unwrap_or_else(|| run.fails_at.map_or(now, |at| at.min(now))).min(run.end_at);
    let elapsed = u64::try_from(until.since(opens)).ok()?;
    let window = u64::try_from(run.end_at.since(opens)).unwrap_or(0).max(1);
    let plan = Plan::of(run);

    // The list is gone through in the first part of the window, at most two hours; responses go on until its end.
    let sending = (window * 35 / 100).clamp(1, 2 * HOUR_MS);
    let lag = (window * 3 / 100).min(90_000);
    let recipients = ramp(plan.audience, elapsed, sending);
    Some(Counts {
        recipients,
        succeeded: ramp(plan.succeeded, elapsed.saturating_sub(lag), sending),
        failed: ramp(plan.failed, elapsed.saturating_sub(lag / 2), sending),
        info: ramp(plan.info, elapsed.saturating_sub(lag / 3), sending + lag),
        responders: easing_out(plan.responders, elapsed.saturating_sub(lag), window - lag).min(recipients),
    })
}

/// What a run would come to if nobody stopped it.
struct Plan {
    audience: u64,
    succeeded: u64,
    failed: u64,
    info: u64,
    responders: u64,
}

impl Plan {
    fn of(run: &StoredRun) -> Self {
        let mut stream = Stable::new(run.seed, "audience").text(&run.id);
        // Many small lists, few large ones.
        let audience = match stream.between(0, 9) {
            0..=2 => stream.between(12, 90),
            3..=7 => stream.between(90, 1_200),
            _ => stream.between(1_200, 24_000),
        };
        let mut percent = |low, high| audience * stream.between(low, high) / 100;
        Self {
            audience,
            succeeded: percent(58, 94),
            failed: percent(2, 14),
            info: percent(80, 210),
            responders: percent(9, 68),
        }
    }
}

/// `total` reached evenly over `duration`, rounded down.
fn ramp(total: u64, elapsed: u64, duration: u64) -> u64 {
    let done = u128::from(total) * u128::from(elapsed.min(duration)) / u128::from(duration.max(1));
    u64::try_from(done).unwrap_or(total)
}

/// `total` reached over `duration`, quickly at first and ever more slowly, rounded down. In integers, because the
/// answer must be the same on every machine.
fn easing_out(total: u64, elapsed: u64, duration: u64) -> u64 {
    let (whole, done) = (u128::from(duration.max(1)), u128::from(elapsed.min(duration)));
    let share = u128::from(total) * (done * (2 * whole - done)) / (whole * whole);
    u64::try_from(share).unwrap_or(total)
}

/// A summary in the printed form: these keys in this order.
#[derive(Clone, Debug, Serialize)]
pub struct WireSummary {
    total_items: u8,
    page: u8,
    page_size: u8,
    _embedded: Embedded,
    total_pages: u8,
    _links: Links,
}

#[derive(Clone, Debug, Serialize)]
struct Embedded {
    #[serde(skip_serializing_if = "Option::is_none")]
    recipient_response: Option<RecipientResponse>,
    #[serde(skip_serializing_if = "Option::is_none")]
    action_delivery_status: Option<ActionDeliveryStatus>,
}

#[derive(Clone, Debug, Serialize)]
struct RecipientResponse {
    recipients_count: u64,
    job_run_id: String,
}

#[derive(Clone, Debug, Serialize)]
struct ActionDeliveryStatus {
    recipients_count: u64,
    status_succeeded_count: u64,
    status_failed_count: u64,
    status_info_count: u64,
    job_run_id: String,
}

#[derive(Clone, Debug, Serialize)]
struct Links {
    #[serde(rename = "self")]
    this: Link,
    prev: Link,
    next: Link,
    first: Link,
}

#[derive(Clone, Debug, Serialize)]
struct Link {
    href: String,
}

/// The summary of `run` at `now`, its links on `origin` (scheme and host, no slash at the end).
///
/// `total_items` counts the blocks that are there. All four links point at page 1 and drop the path's prefix, both as
/// printed: a reader that follows them is wrong.
#[must_use]
pub fn wire(run: &StoredRun, now: Millis, origin: &str) -> WireSummary {
    wire_counts(&run.id, counts(run, now), origin)
}

fn wire_counts(id: &str, counts: Option<Counts>, origin: &str) -> WireSummary {
    let action_delivery_status = counts.map(|counts| ActionDeliveryStatus {
        recipients_count: counts.recipients,
        status_succeeded_count: counts.succeeded,
        status_failed_count: counts.failed,
        status_info_count: counts.info,
        job_run_id: id.to_owned(),
    });
    let recipient_response = counts
        .filter(|counts| counts.responders > 0)
        .map(|counts| RecipientResponse { recipients_count: counts.responders, job_run_id: id.to_owned() });
    let link = || Link { href: format!("{origin}/runs/{id}/summary?page_size=100&page=1") };
    WireSummary {
        total_items: u8::from(action_delivery_status.is_some()) + u8::from(recipient_response.is_some()),
        page: 1,
        page_size: 100,
        _embedded: Embedded { recipient_response, action_delivery_status },
        total_pages: 1,
        _links: Links { this: link(), prev: link(), next: link(), first: link() },
    }
}

#[cfg(test)]
mod tests;

//! What a run has done by a given time, and how the API prints it.
//!
//! The counts are a pure function of the stored run and the time, so neither a restart nor a second look changes them.

use serde::Serialize;

use crate::run::StoredRun;
use crate::seeded_rng::SeededRng;
use crate::timestamp::Timestamp;

const HOUR_MS: u64 = 3_600_000;

/// The counts of a run at one time. They are not parts of one whole: one recipient can cause several status reports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counts {
    /// Recipients for whom the action was carried out.
    recipients: u64,
    /// Status reports in the action's success class.
    succeeded: u64,
    /// Status reports in its failure class.
    failed: u64,
    /// Status reports in its info class, such as accepted or read.
    info: u64,
    /// Recipients who responded.
    responders: u64,
}

/// The counts at `now`; `None` before the run has started. No count ever falls while the clock runs forward, and none
/// changes after a stop, a failure or the end of the window.
fn counts(run: &StoredRun, now: Timestamp) -> Option<Counts> {
    let opens = run.opens_at();
    let until = run.stopped_at.unwrap_or_else(|| run.fails_at.map_or(now, |at| at.min(now))).min(run.end_at);
    let elapsed = u64::try_from(until.millis_since(opens)).ok()?;
    let window = u64::try_from(run.end_at.millis_since(opens)).unwrap_or(0).max(1);
    let totals = Totals::of(run);

    // The run iterates its list in the first part of the window, within two hours. Responses continue until its end.
    let sending = (window * 35 / 100).clamp(1, 2 * HOUR_MS);
    let lag = (window * 3 / 100).min(90_000);
    let recipients = linear(totals.audience, elapsed, sending);
    Some(Counts {
        recipients,
        succeeded: linear(totals.succeeded, elapsed.saturating_sub(lag), sending),
        failed: linear(totals.failed, elapsed.saturating_sub(lag / 2), sending),
        info: linear(totals.info, elapsed.saturating_sub(lag / 3), sending + lag),
        responders: ease_out(totals.responders, elapsed.saturating_sub(lag), window - lag).min(recipients),
    })
}

/// What a run reaches if nobody stops it.
struct Totals {
    audience: u64,
    succeeded: u64,
    failed: u64,
    info: u64,
    responders: u64,
}

impl Totals {
    fn of(run: &StoredRun) -> Self {
        let mut rng = SeededRng::new(run.seed, "audience").with_text(&run.id);
        // Many small lists, few large ones.
        let audience = match rng.in_range(0..=9) {
            0..=2 => rng.in_range(12..=90),
            3..=7 => rng.in_range(90..=1_200),
            _ => rng.in_range(1_200..=24_000),
        };
        let mut percent = |range| audience * rng.in_range(range) / 100;
        Self {
            audience,
            succeeded: percent(58..=94),
            failed: percent(2..=14),
            info: percent(80..=210),
            responders: percent(9..=68),
        }
    }
}

/// Reaches `total` evenly over `duration`, rounded down.
fn linear(total: u64, elapsed: u64, duration: u64) -> u64 {
    let done = u128::from(total) * u128::from(elapsed.min(duration)) / u128::from(duration.max(1));
    u64::try_from(done).unwrap_or(total)
}

/// Reaches `total` over `duration`, fast at first and slower towards the end, rounded down. In integers, because the
/// result must be the same on every machine.
fn ease_out(total: u64, elapsed: u64, duration: u64) -> u64 {
    let (whole, done) = (u128::from(duration.max(1)), u128::from(elapsed.min(duration)));
    let share = u128::from(total) * (done * (2 * whole - done)) / (whole * whole);
    u64::try_from(share).unwrap_or(total)
}

/// A summary as printed by the API: these keys in this order.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct SummaryResponse {
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

/// The summary of `run` at `now`, with links to `origin` (scheme and host without a slash at the end).
///
/// As printed, `total_items` counts the blocks, and all four links point at page 1 and lack the path's prefix, so that a
/// reader who follows them fails.
pub(crate) fn response(run: &StoredRun, now: Timestamp, origin: &str) -> SummaryResponse {
    response_with(&run.id, counts(run, now), origin)
}

fn response_with(id: &str, counts: Option<Counts>, origin: &str) -> SummaryResponse {
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
    SummaryResponse {
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

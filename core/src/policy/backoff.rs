//! How long to wait after failures.

use crate::time::Span;

/// The wait before the next try after so many failures in a row (1 or more): full jitter, uniformly between half of the
/// base (1 s) and the doubled-per-failure cap (2 s, 4 s, 8 s … at most 120 s), and never less than what the server asked for (`Retry-After`, at
/// most 10 min). `random` lies in 0..1.
pub fn wait(failures: u32, asked: Option<Span>, random: f64) -> Span {
    let doublings = failures.saturating_sub(1).min(6);
    let cap = (BASE << doublings).min(CAP);
    let least = BASE / 2;
    // NaN becomes 0; `clamp` keeps what is outside 0..1 within.
    let jittered = least + ((cap - least) as f64 * random.clamp(0.0, 1.0)) as i64;
    let asked = asked.map_or(0, Span::millis).min(MOST_ASKED);
    Span::from_millis(jittered.max(asked))
}

const BASE: i64 = 2_000;
const CAP: i64 = 120_000;
const MOST_ASKED: i64 = 600_000;

#[cfg(test)]
mod tests;

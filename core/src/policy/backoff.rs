//! How long to wait before a retry.

use crate::time::Span;

/// The wait before the next try after `failures` failures in a row (1 or more): random between 1 s and a limit that
/// doubles with every failure (2 s, 4 s, 8 s … at most 120 s), but never less than the server's `Retry-After` (of at
/// most 10 min). `random` is in 0..1.
pub fn wait(failures: u32, asked: Option<Span>, random: f64) -> Span {
    let doublings = failures.saturating_sub(1).min(6);
    let cap = (BASE << doublings).min(CAP);
    let least = BASE / 2;
    // NaN becomes 0; `clamp` handles values outside 0..1.
    let jittered = least + ((cap - least) as f64 * random.clamp(0.0, 1.0)) as i64;
    let asked = asked.map_or(0, Span::millis).min(MOST_ASKED);
    Span::from_millis(jittered.max(asked))
}

const BASE: i64 = 2_000;
const CAP: i64 = 120_000;
const MOST_ASKED: i64 = 600_000;

#[cfg(test)]
mod tests;

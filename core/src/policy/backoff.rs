//! How long to wait after failures.

use crate::time::Span;

/// The wait before the next try after so many failures in a row (1 or more): full jitter, uniformly between half of the
/// base and the doubled-per-failure cap (2 s, 4 s, 8 s … at most 120 s), and never less than what the server asked for (`Retry-After`, at
/// most 10 min). `random` lies in 0..1.
pub fn wait(failures: u32, asked: Option<Span>, random: f64) -> Span {
    todo!()
}

//! Signing out after a while without a key or a pointer (`auth.idleMinutes`).

use crate::time::Span;

/// How long before the end the person is warned.
const WARN_BEFORE: Span = Span::from_minutes(1);

/// What follows from being idle.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Idle {
    /// Nothing yet.
    Active,
    /// The person is warned: so much is left.
    Ending(Span),
    /// The person is signed out.
    Over,
}

/// What follows after `idle` without a key or a pointer, where `limit` is allowed.
pub fn idle(limit: Span, idle: Span) -> Idle {
    let left = Span::from_millis(limit.millis().saturating_sub(idle.millis()));
    match left {
        left if left.millis() <= 0 => Idle::Over,
        left if left <= WARN_BEFORE => Idle::Ending(left),
        _ => Idle::Active,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn warning_comes_a_minute_before_the_sign_out() {
        let limit = Span::from_minutes(5);
        for (millis, outcome) in [
            (-1, Idle::Active),
            (0, Idle::Active),
            (239_999, Idle::Active),
            (240_000, Idle::Ending(Span::from_minutes(1))),
            (299_999, Idle::Ending(Span::from_millis(1))),
            (300_000, Idle::Over),
            (i64::MAX, Idle::Over),
        ] {
            assert_eq!(idle(limit, Span::from_millis(millis)), outcome, "{millis}");
        }
    }
}

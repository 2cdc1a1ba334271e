//! Which parts of all runs a tab takes in.

use crate::time::{Span, Timestamp};

/// After so long without a part, the tab that sends them was frozen or has slept, and what it sends is old.
const LONGEST_GAP: Span = Span::from_seconds(3);

/// The parts that one tab sends in a row. Others may send theirs at the same time, and a tab that was frozen may go on much later.
#[derive(Debug, Default)]
pub struct Parts {
    from: String,
    /// The number of the part that comes next; 0 if none does.
    next: u32,
    received_at: Option<Timestamp>,
}

/// What a part is to the tab that receives it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// The first one: what came before is forgotten.
    First,
    /// The one that comes next.
    Next,
    /// None that is taken in.
    Refused,
}

impl Parts {
    /// A part arrives from a tab; the first one is number 1. `now` is by this computer's clock.
    pub fn receive(&mut self, from: &str, number: u32, now: Timestamp) -> Part {
        let is_under_way = self.next > 0 && self.received_at.is_some_and(|at| now.since(at) <= LONGEST_GAP);
        let is_same_tab = self.from == from;
        let part = match number {
            1 if is_same_tab || !is_under_way => Part::First,
            _ if is_same_tab && is_under_way && number == self.next => Part::Next,
            _ => return Part::Refused,
        };
        *self = Self { from: from.to_owned(), next: number.saturating_add(1), received_at: Some(now) };
        part
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Part::{First, Next, Refused};

    /// Receives parts, each with its tab, its number and the second in which it comes.
    fn receive(parts: &[(&str, u32, i64)]) -> Vec<Part> {
        let mut known = Parts::default();
        let at = |seconds| Timestamp::from_millis(1_772_000_000_000).plus(Span::from_seconds(seconds));
        parts.iter().map(|(from, number, seconds)| known.receive(from, *number, at(*seconds))).collect()
    }

    #[test]
    fn parts_in_a_row_are_taken_in() {
        assert_eq!(receive(&[("a", 1, 0), ("a", 2, 1), ("a", 3, 4)]), [First, Next, Next]);
    }

    #[test]
    fn only_one_of_two_tabs_that_send_at_a_time_is_heard() {
        let parts = [("a", 1, 0), ("b", 1, 0), ("a", 2, 0), ("b", 2, 0), ("a", 3, 0), ("b", 3, 0)];
        assert_eq!(receive(&parts), [First, Refused, Next, Refused, Next, Refused]);
    }

    #[test]
    fn tab_that_goes_on_after_a_pause_is_refused_and_another_one_may_begin() {
        let parts = [("a", 1, 0), ("a", 2, 4), ("a", 3, 4), ("b", 1, 4), ("a", 4, 4), ("b", 2, 5)];
        assert_eq!(receive(&parts), [First, Refused, Refused, First, Refused, Next]);
    }

    #[test]
    fn part_that_was_missed_ends_it_until_the_tab_begins_again() {
        let parts = [("a", 2, 0), ("a", 1, 0), ("a", 3, 0), ("a", 2, 0), ("a", 1, 0), ("a", 2, 0)];
        assert_eq!(receive(&parts), [Refused, First, Refused, Next, First, Next]);
    }
}

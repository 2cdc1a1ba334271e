//! Short confirmations that go away by themselves.

use crate::run::RunId;
use crate::time::{Span, Timestamp};

/// How long a confirmation is shown, not counting the time during which it is held.
pub const SHOWN_FOR: Span = Span::from_seconds(10);
/// The most that are shown at once; the oldest goes first.
const MOST: usize = 3;
/// The most that one tick counts. A longer pause means that the page was hidden or the machine asleep, and nobody saw anything.
const LONGEST_TICK: Span = Span::from_seconds(2);

/// The confirmations on screen, oldest first.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Toasts<T> {
    shown: Vec<Toast<T>>,
    last_id: u32,
    last_tick: Option<Timestamp>,
}

/// One of them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Toast<T> {
    /// Unique among all since the page was loaded.
    pub id: u32,
    /// What it says.
    pub content: T,
    time_left: Span,
}

impl<T> Default for Toasts<T> {
    fn default() -> Self {
        Self { shown: Vec::new(), last_id: 0, last_tick: None }
    }
}

impl<T> Toasts<T> {
    /// Those on screen, oldest first.
    pub fn shown(&self) -> &[Toast<T>] {
        &self.shown
    }

    /// Shows another one.
    pub fn add(&mut self, content: T) {
        self.last_id = self.last_id.wrapping_add(1);
        self.shown.push(Toast { id: self.last_id, content, time_left: SHOWN_FOR });
        let excess = self.shown.len().saturating_sub(MOST);
        self.shown.drain(..excess);
    }

    /// The person dismissed one.
    pub fn dismiss(&mut self, id: u32) {
        self.shown.retain(|toast| toast.id != id);
    }

    /// To be called every second while the page is visible. `is_held`: whether the pointer or the focus is on one of them, so that
    /// none of them goes.
    pub fn tick(&mut self, now: Timestamp, is_held: bool) {
        let since = self.last_tick.replace(now).map_or(0, |last| now.since(last).millis());
        if is_held {
            return;
        }
        let passed = since.clamp(0, LONGEST_TICK.millis());
        for toast in &mut self.shown {
            toast.time_left = Span::from_millis(toast.time_left.millis().saturating_sub(passed));
        }
        self.shown.retain(|toast| toast.time_left.millis() > 0);
    }
}

/// The confirmed stops that need no toast any more, because one was shown or another report includes them. The state of a stop
/// changes again after its confirmation, when the counts are read.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ConfirmedStops(Vec<(RunId, Timestamp)>);

impl ConfirmedStops {
    /// Whether this confirmation is new; from now on it is not.
    pub fn note(&mut self, id: &RunId, confirmed_at: Timestamp) -> bool {
        let is_new = !self.0.iter().any(|(other, at)| other == id && *at == confirmed_at);
        if is_new {
            self.0.push((id.clone(), confirmed_at));
        }
        is_new
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_772_000_000_000);

    fn after(seconds: i64) -> Timestamp {
        NOW.plus(Span::from_seconds(seconds))
    }

    fn showing(names: &[&'static str]) -> Toasts<&'static str> {
        let mut toasts = Toasts::default();
        toasts.tick(NOW, false);
        names.iter().for_each(|name| toasts.add(*name));
        toasts
    }

    fn names(toasts: &Toasts<&'static str>) -> Vec<&'static str> {
        toasts.shown().iter().map(|toast| toast.content).collect()
    }

    #[test]
    fn toast_is_shown_for_ten_seconds() {
        let mut toasts = showing(&["a"]);
        (1..=9).for_each(|second| toasts.tick(after(second), false));
        assert_eq!(names(&toasts), ["a"]);
        toasts.tick(after(10), false);
        assert!(toasts.shown().is_empty());
    }

    #[test]
    fn time_does_not_count_while_a_toast_is_held() {
        let mut toasts = showing(&["a"]);
        (1..=60).for_each(|second| toasts.tick(after(second), true));
        (61..=69).for_each(|second| toasts.tick(after(second), false));
        assert_eq!(names(&toasts), ["a"]);
        toasts.tick(after(70), false);
        assert!(toasts.shown().is_empty());
    }

    #[test]
    fn time_does_not_count_while_the_page_is_hidden_or_the_clock_is_set_back() {
        let mut toasts = showing(&["a"]);
        toasts.tick(after(3600), false);
        toasts.tick(after(-60), false);
        assert_eq!(names(&toasts), ["a"]);
    }

    #[test]
    fn dismissed_toast_goes_alone() {
        let mut toasts = showing(&["a", "b"]);
        let first = toasts.shown()[0].id;
        toasts.dismiss(first);
        toasts.dismiss(first);
        assert_eq!(names(&toasts), ["b"]);
    }

    #[test]
    fn confirmed_stop_is_new_once_also_when_others_were_confirmed_meanwhile() {
        let (a, b) = (RunId::new("a"), RunId::new("b"));
        let mut stops = ConfirmedStops::default();
        assert!(stops.note(&a, NOW));
        assert!(stops.note(&b, after(1)));
        assert!(!stops.note(&a, NOW) && !stops.note(&b, after(1)));
        assert!(stops.note(&a, after(2)), "stopped again");
    }

    #[test]
    fn oldest_gives_way_to_a_fourth() {
        assert_eq!(names(&showing(&["a", "b", "c", "d"])), ["b", "c", "d"]);
    }
}

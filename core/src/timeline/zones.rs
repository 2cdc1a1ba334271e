//! A window as the clocks of other zones show it.

use super::bands::{ClockChange, clock_changes};
use super::quiet_hours::QuietHours;
use super::range::Range;
use super::stretch::{Placed, Stretch, total_within};
use crate::isolate::isolate;
use crate::time::print::{clock_words, day_words, offset_words};
use crate::time::{Span, Timestamp, zone};
use crate::window::Window;

/// How many zones are pinned at most.
pub const MAX_PINNED: usize = 4;

/// Every day costs dozens of questions to the browser.
const LONGEST_WITH_NIGHTS: Span = Span::from_hours(31 * 24);

/// A window in a zone.
#[derive(Clone, PartialEq, Debug)]
pub struct ZoneWindow {
    /// Its start: day and time
    pub start: [String; 2],
    /// Its end; the day is left out where it is that of the start
    pub end: [String; 2],
    /// The zone's offset at the start, and at the end where that is another one
    pub offset: String,
    /// How much of it is night there; not counted in a window of more than a month
    pub night: Span,
    /// Where the nights stand in a picture of the window, in percent of its width
    pub nights: Vec<Placed>,
    /// The changes of the clocks within it
    pub changes: Vec<ClockChange>,
}

impl ZoneWindow {
    /// What the clocks of a zone show.
    pub fn new(window: Window, offset: zone::Offset<'_>) -> Self {
        let Window { start, end } = window;
        let (first, last) = (offset(start), offset(end));
        let day = |at: Timestamp| day_words(at, offset(at));
        let nights = if end.since(start) <= LONGEST_WITH_NIGHTS {
            QuietHours::NIGHT.between(start, end, offset)
        } else {
            Vec::new()
        };
        let range = Range::new(start, end);
        let changes = clock_changes(range, offset).into_iter().filter(|change| change.at < end);
        Self {
            start: [day(start), clock_words(start, first)],
            end: [if day(start) == day(end) { String::new() } else { day(end) }, clock_words(end, last)],
            offset: match (offset_words(first), offset_words(last)) {
                (first, last) if first == last => first,
                (first, last) => [&*first, " → ", &*last].concat(),
            },
            night: total_within(&nights, window),
            nights: nights.into_iter().filter_map(|night| placed(night, window)).collect(),
            changes: changes.collect(),
        }
    }

    /// `Mon 30 Nov 2026 09:00 – 17:00`
    pub fn words(&self) -> String {
        let [day, clock] = &self.start;
        let [end_day, end_clock] = &self.end;
        let space = if end_day.is_empty() { "" } else { " " };
        [day, " ", clock, " – ", end_day, space, end_clock].concat()
    }
}

/// Where a stretch stands in a picture of a window; `None` if it is not in it. A [`Range`] would be longer than a short window.
fn placed(stretch: Stretch, window: Window) -> Option<Placed> {
    let x =
        |at: Timestamp| at.since(window.start).millis() as f64 * 100.0 / window.end.since(window.start).millis() as f64;
    let (from, to) = (stretch.from.max(window.start), stretch.to.min(window.end));
    (from < to).then(|| Placed { x: x(from), width: x(to) - x(from) })
}

/// The place that a zone is named for: `New York` of `America/New_York`.
pub fn city(zone: &str) -> String {
    let last = zone.rsplit('/').next().unwrap_or(zone);
    last.replace('_', " ")
}

/// The zone that somebody means who types its name or the place: `europe/berlin`, `New York`. `None` if there is none, or several.
pub fn meant<'a>(typed: &str, names: &'a [String]) -> Option<&'a str> {
    let typed = typed.trim().replace(' ', "_");
    if typed.is_empty() {
        return None;
    }
    let same = |name: &str| name.eq_ignore_ascii_case(&typed);
    if let Some(name) = names.iter().find(|name| same(name)) {
        return Some(name);
    }
    let mut places = names.iter().filter(|name| name.rsplit('/').next().is_some_and(same));
    places.next().filter(|_| places.next().is_none()).map(String::as_str)
}

/// The window in several zones, a line each, to be sent to somebody.
pub fn as_text(title: &str, window: Window, zones: &[(&str, zone::Offset<'_>)]) -> String {
    let mut out = if title.is_empty() { String::new() } else { format!("{}, ", isolate(title)) };
    // Milliseconds may be a fingerprint.
    out.push_str(&Span::from_seconds(window.end.second().saturating_sub(window.start.second())).exact_words());
    for (name, offset) in zones {
        let shown = ZoneWindow::new(window, *offset);
        let place = if *name == "UTC" { String::new() } else { format!(" ({name}, {})", shown.offset) };
        out.push_str(&format!("\n{}: {}{place}", city(name), shown.words()));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    fn window(start: &str, end: &str) -> Window {
        Window::new(time(start), time(end)).unwrap()
    }

    fn berlin(at: Timestamp) -> i32 {
        if at < time("2026-10-25T01:00:00Z") { 7200 } else { 3600 }
    }

    #[test]
    fn a_window_is_shown_as_the_clocks_there_show_it() {
        let tokyo = ZoneWindow::new(window("2026-11-30T08:00:00Z", "2026-11-30T16:00:00Z"), &|_| 9 * 3600);
        assert_eq!(tokyo.words(), "Mon 30 Nov 2026 17:00 – Tue 1 Dec 2026 01:00");
        assert_eq!((tokyo.offset.as_str(), tokyo.night), ("UTC+09:00", Span::from_hours(3)));
        assert_eq!(tokyo.nights, [Placed { x: 62.5, width: 37.5 }], "from 22:00 to the end");
        assert_eq!(tokyo.changes, []);
    }

    #[test]
    fn a_change_of_the_clocks_within_it_is_named() {
        let shown = ZoneWindow::new(window("2026-10-24T22:00:00Z", "2026-10-25T06:00:00Z"), &berlin);
        assert_eq!(shown.words(), "Sun 25 Oct 2026 00:00 – 07:00");
        assert_eq!(shown.offset, "UTC+02:00 → UTC+01:00");
        assert_eq!(shown.changes, [ClockChange { at: time("2026-10-25T01:00:00Z"), by: Span::from_hours(-1) }]);
        assert_eq!(shown.night, Span::from_hours(7), "the hour that comes twice is night twice");
    }

    #[test]
    fn nights_of_a_window_of_minutes_fill_it() {
        let short = ZoneWindow::new(window("2026-11-30T22:30:00Z", "2026-11-30T22:35:00Z"), &|_| 0);
        assert_eq!(short.nights, [Placed { x: 0.0, width: 100.0 }]);
    }

    #[test]
    fn a_zone_is_found_by_name_or_place() {
        let names = ["America/New_York", "Europe/Berlin", "America/Indiana/Knox", "Europe/Knox", "UTC"];
        let names: Vec<String> = names.map(str::to_owned).to_vec();
        for (typed, wanted) in [
            ("new york", Some("America/New_York")),
            (" EUROPE/berlin ", Some("Europe/Berlin")),
            ("utc", Some("UTC")),
            ("Knox", None),
            ("Atlantis", None),
            ("", None),
        ] {
            assert_eq!(meant(typed, &names), wanted, "{typed}");
        }
    }

    #[test]
    fn the_text_for_a_chat_has_a_line_for_each_zone() {
        let text = as_text(
            "Spring sale",
            window("2026-10-24T22:00:00.123Z", "2026-10-25T06:00:00Z"),
            &[("Europe/Berlin", &berlin), ("UTC", &|_| 0)],
        );
        let wanted = "Spring sale, 8 h\n\
            Berlin: Sun 25 Oct 2026 00:00 – 07:00 (Europe/Berlin, UTC+02:00 → UTC+01:00)\n\
            UTC: Sat 24 Oct 2026 22:00 – Sun 25 Oct 2026 06:00";
        assert_eq!(text.replace(['\u{2068}', '\u{2069}'], ""), wanted);
    }
}

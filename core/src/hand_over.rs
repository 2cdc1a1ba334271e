//! The text for the next shift: what runs now, what comes, what ended, what needs attention, and what was stopped here.

mod sections;
#[cfg(test)]
mod tests;
mod words;

use crate::activity::Record;
use crate::address::{Address, encode};
use crate::isolate::isolate;
use crate::run::{JobId, Run, is_visible};
use crate::time::print::{readable, readable_end};
use crate::time::zone::Offset;
use crate::time::{Span, Timestamp};
use sections::{Item, Section};
use std::borrow::Cow;
use std::sync::Arc;

/// What the text is made of.
pub struct HandOver<'a> {
    /// All runs that are known.
    pub runs: &'a [Arc<Run>],
    /// What happened and what was done here.
    pub record: &'a Record,
    /// When the last text was made ([`Record::last_hand_over`]), by the API's clock; without one, the last 24 hours count.
    pub since: Option<Timestamp>,
    /// The API's time.
    pub now: Timestamp,
    /// The zones of all times; two that are the same are named once.
    pub zones: [Zone<'a>; 2],
    /// The address of the console, with which links begin: an absolute one that ends with a slash.
    pub base: &'a str,
    /// The configured label of a job.
    pub job_label: &'a dyn Fn(&JobId) -> Option<Arc<str>>,
}

/// A time zone and its name.
#[derive(Clone, Copy)]
pub struct Zone<'a> {
    /// Such as `Europe/Berlin`.
    pub name: &'a str,
    /// Its offsets.
    pub offset: Offset<'a>,
}

/// The form of the text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// Lines, for a chat or a mail.
    Plain,
    /// Markdown, for a chat that shows it or a wiki.
    Markdown,
}

/// As many runs are listed in a section: nobody reads more.
const MAX_ITEMS: usize = 100;
const HALF_A_YEAR: Span = Span::from_hours(183 * 24);
/// Longer links are cut by some browsers and mail programs.
const MAX_LINK: usize = 2_000;

impl HandOver<'_> {
    /// The text. Names are in one line, and nothing in them is read as Markdown.
    pub fn text(&self, format: Format) -> String {
        let title = self.title();
        let mut out = match format {
            Format::Plain => [&title, "\n"].concat(),
            Format::Markdown => ["# ", &escape(&title), "\n"].concat(),
        };
        for section in sections::of(self) {
            self.push_section(&mut out, &section, format);
        }
        out
    }

    /// `Hand-over, Sun 29 Nov 10:05 Europe/Berlin (Sun 29 Nov 09:05 UTC)`
    pub fn title(&self) -> String {
        [words::TITLE, ", ", &self.in_zones(&|zone| self.readable(self.now, zone))].concat()
    }

    /// A link that opens a mail with the plain text; `None` if it is too long for one, and can only be copied.
    pub fn mail_link(&self) -> Option<String> {
        let body = self.text(Format::Plain).replace('\n', "\r\n");
        let link = ["mailto:?subject=", &encode(&self.title()), "&body=", &encode(&body)].concat();
        (link.len() <= MAX_LINK).then_some(link)
    }

    fn push_section(&self, out: &mut String, section: &Section<'_>, format: Format) {
        let heading = [section.heading, " (", &section.items.len().to_string(), ")"].concat();
        match format {
            Format::Plain => out.extend(["\n", &heading, "\n"]),
            Format::Markdown => out.extend(["\n## ", &heading, "\n\n"]),
        }
        if section.items.is_empty() {
            out.extend([words::NONE, "\n"]);
        }
        for item in section.items.iter().take(MAX_ITEMS) {
            self.push_item(out, item, format);
        }
        let rest = section.items.len().saturating_sub(MAX_ITEMS);
        if rest > 0 {
            out.extend(["- ", &words::more(rest), "\n"]);
        }
    }

    fn push_item(&self, out: &mut String, item: &Item<'_>, format: Format) {
        let name = if is_visible(item.name) { item.name } else { words::UNNAMED };
        let label = item.job.map(|job| (self.job_label)(job).unwrap_or_else(|| job.shared()));
        let link = self.link(item);
        let times = self.times(item);
        let said = item.said.as_str();
        match format {
            Format::Plain => {
                out.extend(["- ", &isolate(name)]);
                out.extend(label.iter().flat_map(|label| [Cow::Borrowed(" ("), isolate(label), Cow::Borrowed(")")]));
                out.extend([": ", said, "\n"]);
                out.extend(times.iter().flat_map(|times| ["  ", times, "\n"]));
                out.extend(["  ", &link, "\n"]);
            }
            Format::Markdown => {
                out.extend(["- [", &escape(&isolate(name)), "](<", &link, ">)"]);
                out.extend(
                    label.iter().flat_map(|label| [String::from(" ("), escape(&isolate(label)), String::from(")")]),
                );
                out.extend([": ", &escape(said)]);
                out.extend(times.iter().flat_map(|times| ["  \n  ", times]));
                out.push('\n');
            }
        }
    }

    fn link(&self, item: &Item<'_>) -> String {
        let href = Address::Run { id: item.id.clone() }.href();
        [self.base, href.strip_prefix("./").unwrap_or(&href)].concat()
    }

    /// `Sun 29 Nov 09:00 – 17:00 Europe/Berlin (Sun 29 Nov 08:00 – 16:00 UTC)`
    fn times(&self, item: &Item<'_>) -> Option<String> {
        let words = |zone: Zone<'_>| {
            let start = item.start.map(|start| self.readable(start, zone));
            let end = item.end.map(|end| match item.start {
                Some(start) => readable_end(start, end, ((zone.offset)(start), (zone.offset)(end)), self.now),
                None => self.readable(end, zone),
            });
            match (start, end) {
                (Some(start), Some(end)) => [&start, " – ", &end].concat(),
                (Some(start), None) => start,
                (None, end) => end.unwrap_or_default(),
            }
        };
        (item.start.is_some() || item.end.is_some()).then(|| self.in_zones(&words))
    }

    fn readable(&self, at: Timestamp, zone: Zone<'_>) -> String {
        readable(at, (zone.offset)(at), self.now)
    }

    fn in_zones(&self, words: &dyn Fn(Zone<'_>) -> String) -> String {
        let [first, second] = self.zones;
        let in_first = [&words(first), " ", first.name].concat();
        if first.name == second.name {
            return in_first;
        }
        [&in_first, " (", &words(second), " ", second.name, ")"].concat()
    }
}

/// Which of these zones to propose beside `first`: the first whose clocks show another time, now or in half a year.
pub fn second_zone(first: Offset<'_>, others: &[Offset<'_>], now: Timestamp) -> Option<usize> {
    let differ = |other: Offset<'_>| [now, now.plus(HALF_A_YEAR)].into_iter().any(|at| other(at) != first(at));
    others.iter().position(|other| differ(*other))
}

/// With a backslash before each character that Markdown may read as more than itself.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_punctuation()
            && !matches!(c, ',' | '.' | ':' | ';' | '/' | '?' | '%' | '"' | '\'' | '(' | ')' | '-')
        {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

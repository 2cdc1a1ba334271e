//! Every address of the console: the index document plus a query, so that the same files work under any path without a
//! rewrite rule. Parsing and printing are inverse to each other.

use crate::activity::{Filter, Kind};
use crate::query::Sort;
use crate::run::{RunId, is_segment};
use crate::time::Timestamp;
use crate::timeline::edges::{Edge, Edges};
use crate::timeline::lanes::Grouping;
use crate::window::Window;
use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use std::borrow::Cow;

/// What an address shows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Address {
    /// `./`, `?q=…&sort=…`
    Runs {
        /// The text of the query field.
        q: String,
        /// The sort order.
        sort: Sort,
    },
    /// `?new`, with values to prefill
    New {
        /// `job`
        job: Option<String>,
        /// `name`
        name: Option<String>,
        /// `from`: the run to copy
        from: Option<RunId>,
    },
    /// `?new&replaces=<id>`: reschedules a run that has not opened
    Replace {
        /// The run to replace.
        id: RunId,
    },
    /// `?new&job=…&start=…&end=…`, or with `replaces` in place of `job`: a window that was chosen on the timeline
    Planned {
        /// The job of a new run
        job: Option<String>,
        /// The run to reschedule
        replaces: Option<RunId>,
        /// The window
        window: Window,
    },
    /// `?run=<id>`
    Run {
        /// The run.
        id: RunId,
    },
    /// `?timeline&q=…&from=…&to=…&by=run`
    Timeline {
        /// The text of the query field.
        q: String,
        /// The range of time. Without both edges, or with one that cannot be read, the one at first.
        edges: Edges,
        /// What shares a lane.
        grouping: Grouping,
    },
    /// `?activity&q=…&kind=…&mine&since=…&until=…`
    Activity {
        /// What to list. Its run and job have no place in an address: the text of `q` finds them.
        filter: Filter,
    },
    /// `?diagnostics`
    Diagnostics,
}

impl Address {
    /// The unfiltered list in its default order.
    pub fn runs() -> Self {
        Self::Runs { q: String::new(), sort: Sort::default() }
    }

    /// All that is recorded.
    pub fn activity() -> Self {
        Self::Activity { filter: Filter::default() }
    }

    /// Parses the query of a location (with or without `?`). `new` wins over `run`, and `run` over `timeline`, `activity` and `diagnostics`; an
    /// empty `run=` is the list; unknown keys are ignored; an invalid sort is the default one. Values are decoded once:
    /// `+` and `%20` are spaces, a broken escape is taken literally, and bytes that are not UTF-8 become U+FFFD.
    pub fn parse(search: &str) -> Self {
        let search = search.strip_prefix('?').unwrap_or(search);
        // Of a repeated key, the first value counts.
        let value = |wanted: &str| {
            search.split('&').find_map(|pair| {
                let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
                (decode(key) == wanted).then(|| decode(value).into_owned())
            })
        };
        let id = |key: &str| value(key).filter(|id| !id.is_empty()).map(|id| RunId::new(&id));
        let runs = || Self::Runs {
            q: value("q").unwrap_or_default(),
            sort: value("sort").and_then(|text| Sort::parse(&text)).unwrap_or_default(),
        };
        if value("new").is_some() {
            let time = |key: &str| Timestamp::parse(&value(key)?);
            if let Some(window) = time("start").zip(time("end")).and_then(|(start, end)| Window::new(start, end)) {
                return Self::Planned { job: value("job"), replaces: id("replaces"), window };
            }
            if let Some(id) = id("replaces") {
                return Self::Replace { id };
            }
            return Self::New { job: value("job"), name: value("name"), from: id("from") };
        }
        if value("run").is_some() {
            return id("run").map_or_else(runs, |id| Self::Run { id });
        }
        if value("timeline").is_some() {
            let edge = |key: &str| value(key).and_then(|text| Edge::parse(&text));
            let edges = edge("from").zip(edge("to")).map(|(from, to)| Edges { from, to }).unwrap_or_default();
            let grouping = if value("by").as_deref() == Some("run") { Grouping::ByRun } else { Grouping::ByJob };
            return Self::Timeline { q: value("q").unwrap_or_default(), edges, grouping };
        }
        if value("activity").is_some() {
            let time = |key: &str| Timestamp::parse(&value(key)?);
            // A kind that is none is left out.
            let kinds = value("kind").unwrap_or_default().split(',').filter_map(Kind::from_word).collect();
            let (since, until) = (time("since"), time("until"));
            let (q, mine) = (value("q").unwrap_or_default(), value("mine").is_some());
            let notified = value("notified").is_some();
            return Self::Activity { filter: Filter { q, kinds, mine, notified, since, until, ..Filter::default() } };
        }
        if value("diagnostics").is_some() { Self::Diagnostics } else { runs() }
    }

    /// The relative reference: `./` or `./?…`. Only what must be encoded is encoded; a space is `%20`, a plus `%2B`.
    pub fn href(&self) -> String {
        let mut out = String::from("./");
        match self {
            Self::Runs { q, sort } => {
                push(&mut out, "q", Some(q.as_str()).filter(|q| !q.is_empty()));
                push(&mut out, "sort", Some(*sort).filter(|sort| *sort != Sort::default()).map(Sort::text).as_deref());
            }
            Self::New { job, name, from } => {
                out.push_str("?new");
                push(&mut out, "job", job.as_deref());
                push(&mut out, "name", name.as_deref());
                push(&mut out, "from", from.as_ref().map(RunId::as_str));
            }
            Self::Replace { id } => {
                out.push_str("?new");
                push(&mut out, "replaces", Some(id.as_str()));
            }
            Self::Planned { job, replaces, window } => {
                out.push_str("?new");
                push(&mut out, "job", job.as_deref());
                push(&mut out, "replaces", replaces.as_ref().map(RunId::as_str));
                push(&mut out, "start", Some(&window.start.to_iso()));
                push(&mut out, "end", Some(&window.end.to_iso()));
            }
            Self::Run { id } => push(&mut out, "run", Some(id.as_str())),
            Self::Timeline { q, edges, grouping } => {
                out.push_str("?timeline");
                push(&mut out, "q", Some(q.as_str()).filter(|q| !q.is_empty()));
                if *edges != Edges::default() {
                    push(&mut out, "from", Some(&edges.from.text()));
                    push(&mut out, "to", Some(&edges.to.text()));
                }
                push(&mut out, "by", (*grouping == Grouping::ByRun).then_some("run"));
            }
            Self::Activity { filter: Filter { q, kinds, mine, notified, since, until, .. } } => {
                out.push_str("?activity");
                push(&mut out, "q", Some(q.as_str()).filter(|q| !q.is_empty()));
                let words: Vec<&str> = kinds.iter().copied().map(Kind::word).collect();
                push(&mut out, "kind", Some(words.join(",")).filter(|words| !words.is_empty()).as_deref());
                if *mine {
                    out.push_str("&mine");
                }
                if *notified {
                    out.push_str("&notified");
                }
                push(&mut out, "since", since.map(Timestamp::to_iso).as_deref());
                push(&mut out, "until", until.map(Timestamp::to_iso).as_deref());
            }
            Self::Diagnostics => out.push_str("?diagnostics"),
        }
        out
    }
}

/// Characters that a browser would encode, misread or end the query at. Everything beyond ASCII is encoded, too.
const IN_QUERY: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'&')
    .add(b'\'')
    .add(b'+')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Everything but the unreserved characters of RFC 3986, section 2.3.
const IN_SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

fn push(out: &mut String, key: &str, value: Option<&str>) {
    let Some(value) = value else { return };
    out.push(if out.contains('?') { '&' } else { '?' });
    out.push_str(key);
    out.push('=');
    out.extend(utf8_percent_encode(value, IN_QUERY));
}

/// Decodes a key or value of a query, once. A broken escape is taken literally.
fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains(['+', '%']) {
        return Cow::Borrowed(text);
    }
    let spaced = text.replace('+', " ");
    Cow::Owned(percent_decode_str(&spaced).decode_utf8_lossy().into_owned())
}

/// Encodes text as a single path segment (RFC 3986): everything but unreserved characters becomes UTF-8 `%XX`, and a
/// space is never `+`. `None` for what cannot stand in a path ([`is_segment`]), in whatever way it is encoded.
pub fn encode_segment(text: &str) -> Option<String> {
    is_segment(text).then(|| encode(text))
}

/// Everything but unreserved characters as UTF-8 `%XX`.
pub(crate) fn encode(text: &str) -> String {
    utf8_percent_encode(text, IN_SEGMENT).collect()
}

#[cfg(test)]
mod tests;

//! What the tabs of one browser tell each other, so that two of them do not schedule the same run unaware. Nothing in it
//! is a secret: every page of the origin may listen.

use super::intent::alike;
use crate::draft::NewRun;
use crate::json;
use crate::run::{JobId, RunId};
use crate::time::{Span, Timestamp};
use serde_json::{Map, Value};

/// One message on the channel.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Message {
    /// [`super::intent::storage_key`]: the API and application it is about.
    pub home: String,
    /// Random; names the tab that speaks.
    pub tab: String,
    /// What it says.
    pub said: Said,
}

/// What a tab says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Said {
    /// The key of a request (or of the form, while it is typed), what it asks for, and how far it is.
    Doing(String, NewRun, Doing),
    /// What became of the request of that key: the run, or that it was refused.
    Settled(String, Option<RunId>),
}

/// How far another tab is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Doing {
    /// It stands in its form, complete. Said again every [`TYPING_AGAIN`] while it does.
    Typing,
    /// It was scheduled.
    Made,
    /// It is under way.
    Sent,
    /// Its outcome is not known.
    Unclear,
}

const DOINGS: [(&str, Doing); 4] =
    [("typing", Doing::Typing), ("made", Doing::Made), ("sent", Doing::Sent), ("unclear", Doing::Unclear)];

/// How often a tab with a complete form says so.
pub const TYPING_AGAIN: Span = Span::from_seconds(20);
/// A form not heard of for so long is closed.
const TYPING_HOLDS: Span = Span::from_seconds(50);
/// What was sent is worth a warning for so long.
const SENT_HOLDS: Span = Span::from_minutes(10);
/// More than this is not remembered: nobody has so many tabs.
const MOST: usize = 50;

impl Message {
    /// As compact JSON.
    pub fn to_text(&self) -> String {
        let mut object = Map::new();
        let mut put = |key: &str, value: &str| object.insert(key.to_owned(), Value::from(value));
        put("home", &self.home);
        put("tab", &self.tab);
        match &self.said {
            Said::Doing(key, run, doing) => {
                put("key", key);
                put("jobId", run.job_id.as_str());
                put("name", &run.name);
                put("startAt", &run.start_at.to_iso());
                put("endAt", &run.end_at.to_iso());
                put("doing", DOINGS.iter().find(|(_, known)| known == doing).map_or("", |(word, _)| word));
            }
            Said::Settled(key, run) => {
                put("settled", key);
                if let Some(run) = run {
                    put("run", run.as_str());
                }
            }
        }
        Value::from(object).to_string()
    }

    /// Reads a message; what cannot be read is none.
    pub fn read(text: &str) -> Option<Self> {
        let value = json::parse(text)?;
        let text = |key: &str| json::text(&value, &[key]).filter(|text| !text.is_empty());
        let time = |key: &str| Timestamp::parse(text(key)?);
        let said = match text("settled") {
            Some(key) => Said::Settled(key.to_owned(), text("run").map(RunId::new)),
            None => {
                let word = text("doing")?;
                let run = NewRun {
                    job_id: JobId::new(text("jobId")?),
                    name: text("name")?.to_owned(),
                    start_at: time("startAt")?,
                    end_at: time("endAt")?,
                };
                Said::Doing(text("key")?.to_owned(), run, DOINGS.iter().find(|(known, _)| *known == word)?.1)
            }
        };
        Some(Self { home: text("home")?.to_owned(), tab: text("tab")?.to_owned(), said })
    }
}

/// What the other tabs are doing.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Neighbours {
    heard: Vec<Heard>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct Heard {
    home: String,
    key: String,
    run: NewRun,
    doing: Doing,
    at: Timestamp,
}

impl Neighbours {
    /// Takes in a message; a tab does not hear itself. A request in flight is not undone by what a form says.
    pub fn hear(&mut self, message: Message, own_tab: &str, now: Timestamp) {
        let Message { home, tab, said } = message;
        if tab == own_tab {
            return;
        }
        self.heard.retain(|heard| heard.holds(now));
        match said {
            Said::Settled(key, None) => self.heard.retain(|heard| heard.key != key),
            Said::Settled(key, Some(_)) => {
                for heard in self.heard.iter_mut().filter(|heard| heard.key == key) {
                    (heard.doing, heard.at) = (Doing::Made, now);
                }
            }
            Said::Doing(key, run, doing) => {
                self.heard.retain(|heard| heard.key != key);
                self.heard.push(Heard { home, key, run, doing, at: now });
                let excess = self.heard.len().saturating_sub(MOST);
                self.heard.drain(..excess);
            }
        }
    }

    /// Whether another tab is at the same run (same API and application, job and name, windows that overlap): how far it is. Of
    /// several, the one furthest from harmless. Requests of the keys given are this tab's own (it was duplicated).
    pub fn twin(&self, home: &str, run: &NewRun, own_keys: &[&str], now: Timestamp) -> Option<Doing> {
        let same = |heard: &&Heard| {
            heard.home == home && !own_keys.contains(&heard.key.as_str()) && heard.holds(now) && alike(&heard.run, run)
        };
        self.heard.iter().filter(same).map(|heard| heard.doing).max()
    }
}

impl Heard {
    /// Whether it is recent enough to matter. A clock that was set back makes it matter longer, not less.
    fn holds(&self, now: Timestamp) -> bool {
        let holds = if self.doing == Doing::Typing { TYPING_HOLDS } else { SENT_HOLDS };
        now.since(self.at) < holds
    }
}

#[cfg(test)]
mod tests;

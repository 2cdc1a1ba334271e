//! Messages between the tabs of one browser, so that two of them do not schedule or stop the same run by accident. They contain no
//! secret: every page of the origin can listen.

use super::bulk_stop::MAX_RUNS;
use super::intent::alike;
use crate::draft::NewRun;
use crate::run::RunId;
use crate::time::{Span, Timestamp};
use crate::wire::tabs::{self as wire, TabMessage};
use crate::wire::{Unreadable, read, to_text};

/// One message on the channel.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Message {
    /// [`super::intent::storage_key`]: the API and application it is about.
    pub scope: String,
    /// A random id of the sending tab.
    pub tab: String,
    /// Its content.
    pub said: TabEvent,
}

/// The content of a message.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum TabEvent {
    /// The key of a request (or of the form while it is being filled in), the run it asks for, and its progress.
    Activity(String, NewRun, TabActivity),
    /// The outcome of the request with that key: the run it created, or `None` if it was refused.
    Settled(String, Option<RunId>),
    /// The runs that a bulk stop of the tab is about to stop; none once it has ended or waits for the person. Repeated every
    /// [`STOPPING_REPEAT`].
    Stopping(Vec<RunId>),
}

/// The progress of another tab, from harmless to critical.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum TabActivity {
    /// Its form is complete but not sent. Repeated every [`TYPING_REPEAT`].
    Typing,
    /// The run was created.
    Created,
    /// The request is in flight.
    Sent,
    /// The outcome is unknown.
    Unclear,
}

/// How often a tab with a complete form announces it.
pub const TYPING_REPEAT: Span = Span::from_seconds(20);
/// A form without an announcement for this long counts as closed.
const TYPING_HOLDS: Span = Span::from_seconds(50);
/// A sent request is worth a warning for this long.
const SENT_HOLDS: Span = Span::from_minutes(10);
/// How often a tab with a bulk stop says so.
pub const STOPPING_REPEAT: Span = Span::from_seconds(5);
/// A bulk stop of which nothing was heard for this long counts as ended: the tab may have been closed. Browsers let a tab in the
/// background say something only once in a while.
const STOPPING_HOLDS: Span = Span::from_seconds(30);
/// The most entries remembered: nobody has so many tabs.
const MOST: usize = 50;

impl Message {
    /// As compact JSON.
    pub fn to_text(&self) -> String {
        to_text(&TabMessage::from(self))
    }

    /// Reads a message; `None` if it is unreadable.
    pub fn read(text: &str) -> Option<Self> {
        read::<TabMessage>(text)?.try_into().ok()
    }
}

impl From<&Message> for TabMessage {
    fn from(message: &Message) -> Self {
        let said = match &message.said {
            TabEvent::Activity(key, run, doing) => {
                wire::Said::Doing { key: key.clone(), run: run.into(), stage: (*doing).into() }
            }
            TabEvent::Settled(key, run) => {
                wire::Said::Settled { key: key.clone(), run: run.as_ref().map(|run| run.as_str().to_owned()) }
            }
            TabEvent::Stopping(runs) => {
                wire::Said::Stopping { runs: runs.iter().map(|run| run.as_str().to_owned()).collect() }
            }
        };
        Self { scope: message.scope.clone(), tab: message.tab.clone(), said }
    }
}

impl TryFrom<TabMessage> for Message {
    type Error = Unreadable;

    fn try_from(message: TabMessage) -> Result<Self, Unreadable> {
        let said = match message.said {
            wire::Said::Doing { key, run, stage } => TabEvent::Activity(key, run.try_into()?, stage.into()),
            wire::Said::Settled { key, run } => TabEvent::Settled(key, run.as_deref().map(RunId::new)),
            wire::Said::Stopping { runs } => {
                TabEvent::Stopping(runs.iter().take(MAX_RUNS).map(|run| RunId::new(run)).collect())
            }
        };
        Ok(Self { scope: message.scope, tab: message.tab, said })
    }
}

impl From<TabActivity> for wire::Stage {
    fn from(doing: TabActivity) -> Self {
        match doing {
            TabActivity::Typing => Self::Typing,
            TabActivity::Created => Self::Made,
            TabActivity::Sent => Self::Sent,
            TabActivity::Unclear => Self::Unclear,
        }
    }
}

impl From<wire::Stage> for TabActivity {
    fn from(stage: wire::Stage) -> Self {
        match stage {
            wire::Stage::Typing => Self::Typing,
            wire::Stage::Made => Self::Created,
            wire::Stage::Sent => Self::Sent,
            wire::Stage::Unclear => Self::Unclear,
        }
    }
}

/// The activity of the other tabs.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct OtherTabs {
    heard: Vec<Heard>,
    stopping: Vec<Stopping>,
}

/// A bulk stop in another tab.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Stopping {
    scope: String,
    tab: String,
    runs: Vec<RunId>,
    at: Timestamp,
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct Heard {
    scope: String,
    key: String,
    run: NewRun,
    doing: TabActivity,
    /// The run that it is said to have created. Anything on this origin can say so.
    made: Option<RunId>,
    at: Timestamp,
}

impl OtherTabs {
    /// Records a message; a tab's own messages are ignored.
    pub fn receive(&mut self, message: Message, own_tab: &str, now: Timestamp) {
        let Message { scope, tab, said } = message;
        if tab == own_tab {
            return;
        }
        self.heard.retain(|heard| heard.holds(now));
        match said {
            TabEvent::Stopping(runs) => {
                self.stopping.retain(|other| other.tab != tab && other.holds(now));
                if !runs.is_empty() {
                    self.stopping.push(Stopping { scope, tab, runs, at: now });
                    let excess = self.stopping.len().saturating_sub(MOST);
                    self.stopping.drain(..excess);
                }
            }
            TabEvent::Settled(key, None) => self.heard.retain(|heard| heard.key != key),
            TabEvent::Settled(key, Some(id)) => {
                for heard in self.heard.iter_mut().filter(|heard| heard.key == key) {
                    (heard.made, heard.at) = (Some(id.clone()), now);
                }
            }
            TabEvent::Activity(key, run, doing) => {
                self.heard.retain(|heard| heard.key != key);
                // That a run was created is not believed without its id.
                let doing = if doing == TabActivity::Created { TabActivity::Sent } else { doing };
                self.heard.push(Heard { scope, key, run, doing, made: None, at: now });
                let excess = self.heard.len().saturating_sub(MOST);
                self.heard.drain(..excess);
            }
        }
    }

    /// The runs that bulk stops of other tabs say they are about to stop, each once. Anything on this origin can say so: it is a reason
    /// to leave them out and to tell the person, and none to believe that they are stopped.
    pub fn stopping_elsewhere(&self, scope: &str, now: Timestamp) -> Vec<RunId> {
        let in_scope = self.stopping.iter().filter(|other| other.scope == scope && other.holds(now));
        let mut runs: Vec<RunId> = in_scope.flat_map(|other| other.runs.iter().cloned()).collect();
        runs.sort_unstable();
        runs.dedup();
        runs
    }

    /// Whether another tab is known to be sending the request with this key, and this run would be news of it.
    pub fn is_news(&self, key: &str, made: &RunId) -> bool {
        self.heard.iter().any(|heard| heard.key == key && heard.made.as_ref() != Some(made))
    }

    /// The most advanced activity of another tab on the same run: same API and application, same job and name, overlapping
    /// windows. Requests with `own_keys` belong to this tab, which may be a duplicate of the other. `was_read` tells whether the API
    /// gave that run, and it is the one that was asked for: before that, nobody is told that it was created.
    pub fn same_run_elsewhere(
        &self,
        scope: &str,
        run: &NewRun,
        own_keys: &[&str],
        was_read: &dyn Fn(&RunId, &NewRun) -> bool,
        now: Timestamp,
    ) -> Option<TabActivity> {
        let same = |heard: &&Heard| {
            heard.scope == scope
                && !own_keys.contains(&heard.key.as_str())
                && heard.holds(now)
                && alike(&heard.run, run)
        };
        let doing = |heard: &Heard| {
            let is_created = heard.made.as_ref().is_some_and(|made| was_read(made, &heard.run));
            if is_created { TabActivity::Created } else { heard.doing }
        };
        self.heard.iter().filter(same).map(doing).max()
    }
}

impl Stopping {
    fn holds(&self, now: Timestamp) -> bool {
        now.since(self.at) < STOPPING_HOLDS
    }
}

impl Heard {
    /// Whether it is recent enough to matter. A clock that is set back makes it matter longer, never shorter.
    fn holds(&self, now: Timestamp) -> bool {
        let holds = if self.doing == TabActivity::Typing { TYPING_HOLDS } else { SENT_HOLDS };
        now.since(self.at) < holds
    }
}

#[cfg(test)]
mod tests;

//! The query language of the list, and its order. One text holds every filter; the filter controls write into it.

use crate::phase::Phase;
use crate::run::Run;

/// A query: all of its terms must hold.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Query {
    terms: Vec<Term>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct Term {
    exclude: bool,
    test: Test,
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum Test {
    /// In the name, id, job id or job label (folded)
    Word(String),
    /// `phase:open`; several by comma: any of them
    Phase(Vec<Phase>),
    /// `status:running`
    Status(Vec<String>),
    /// `job:…` exact id, or part of its label
    Job(String),
    /// `name:…`
    Name(String),
    /// `id:…` beginning of the id
    Id(String),
}

/// A run with what the query needs to know of it besides.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The run.
    pub run: &'a Run,
    /// Its phase now.
    pub phase: Phase,
    /// Its job's readable label, if configured.
    pub job_label: Option<&'a str>,
}

impl Query {
    /// Reads a query: words; `job:`, `status:`, `phase:`, `name:`, `id:`; `-` in front excludes; double quotes hold
    /// spaces together (`name:"spring sale"`); an unknown key or phase makes the whole term a word. Never fails.
    pub fn parse(text: &str) -> Self {
        todo!()
    }

    /// Whether it has no terms.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether all terms hold. Letter case does not matter.
    pub fn matches(&self, subject: Subject<'_>) -> bool {
        todo!()
    }
}

/// The value(s) that a text's terms `key:` ask for (not the excluded ones), lower case: what a filter control shows as chosen.
pub fn chosen(text: &str, key: &str) -> Vec<String> {
    todo!()
}

/// The text with the terms `key:` replaced by one that asks for `values` (none: removed); quoted where needed. The rest stays as typed.
pub fn choose(text: &str, key: &str, values: &[String]) -> String {
    todo!()
}

/// A column to sort by.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum SortKey {
    /// `name`
    Name,
    /// `status`: by phase, then by the word
    Status,
    /// `job`: by label, else id
    Job,
    /// `start`
    Start,
    /// `end`
    End,
    /// `created`
    Created,
}

impl SortKey {
    /// All of them, in the order of the columns.
    pub const ALL: [Self; 6] = [Self::Name, Self::Status, Self::Job, Self::Start, Self::End, Self::Created];

    /// Its word in an address.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Status => "status",
            Self::Job => "job",
            Self::Start => "start",
            Self::End => "end",
            Self::Created => "created",
        }
    }
}

/// The order of the list.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Sort {
    /// By what.
    pub key: SortKey,
    /// Whether the largest or newest comes first.
    pub descending: bool,
}

impl Default for Sort {
    /// Newest first.
    fn default() -> Self {
        Self { key: SortKey::Created, descending: true }
    }
}

impl Sort {
    /// Reads `start` (ascending) or `-start` (descending).
    pub fn parse(text: &str) -> Option<Self> {
        todo!()
    }

    /// Its text in an address.
    pub fn text(self) -> String {
        todo!()
    }

    /// The order of two runs: total and stable in meaning (ties by creation, newest first, then by id); what is missing comes last in
    /// both directions; text is compared without letter case.
    pub fn compare(self, a: Subject<'_>, b: Subject<'_>) -> std::cmp::Ordering {
        todo!()
    }
}

/// How many runs there are of each phase and of each status word.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Counts {
    /// By phase, in the order of [`Phase::ALL`], zeros left out.
    pub phases: Vec<(Phase, usize)>,
    /// By status word (lower case), most frequent first, then by word.
    pub statuses: Vec<(String, usize)>,
}

impl Counts {
    /// Counts the runs.
    pub fn of<'a>(runs: impl Iterator<Item = (&'a Run, Phase)>) -> Self {
        todo!()
    }
}

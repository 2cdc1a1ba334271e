//! The record in the browser's storage: one database for all persons, in which each entry has its own key, so that two tabs that see
//! the same write it once.

use crate::browser::database::{Database, StorageRefused};
use crate::browser::next_task;
use runboard_core::activity::{Entry, KnownRuns, MAX_AGE, RecordChange};
use runboard_core::run::RunId;
use runboard_core::time::Timestamp;

const NAME: &str = "runboard.activity";
/// Entries as JSON, under person, run and key.
const ENTRIES: &str = "entries";
/// What each person knew of the runs, after a line with the person and one with the time.
const PEOPLE: &str = "people";
/// So many entries are read before the browser may draw.
const SLICE: usize = 500;

/// Whether the record is kept beyond this tab.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Kept {
    /// It is being read
    #[default]
    Loading,
    /// Yes
    Yes,
    /// No: the token names nobody whose record it would be
    Nobody,
    /// No: the browser refuses, or there is no room
    Refused,
    /// No, and what may have been stored before could not be cleared
    NotCleared,
}

/// What is stored for a person.
#[derive(Default)]
pub(super) struct Stored {
    pub(super) entries: Vec<Entry>,
    pub(super) known: KnownRuns,
}

/// The storage of one person's record.
pub(super) struct RecordStorage {
    database: Database,
    scope: String,
}

impl RecordStorage {
    pub(super) async fn open(scope: &str) -> Result<Self, StorageRefused> {
        Ok(Self { database: Database::open(NAME, &[ENTRIES, PEOPLE]).await?, scope: scope.to_owned() })
    }

    /// Reads all of it, and removes what is too old: entries, and what is left of persons who have not been here for as long.
    pub(super) async fn read(&self, now: Timestamp) -> Result<Stored, StorageRefused> {
        let people = self.database.begin(PEOPLE, false)?.all(&[]).await?;
        let mut stored = Stored::default();
        for person in &people {
            let Some((scope, (at, known))) =
                person.split_once('\n').and_then(|(scope, rest)| Some((scope, rest.split_once('\n')?)))
            else {
                continue;
            };
            let at = at.parse().map_or(Timestamp::EARLIEST, Timestamp::from_millis);
            if scope == self.scope {
                stored.known = KnownRuns::of_text(known);
            } else if now.since(at) > MAX_AGE {
                self.forget(scope).await?;
            }
        }
        let texts = self.database.begin(ENTRIES, false)?.all(&[&self.scope]).await?;
        for slice in texts.chunks(SLICE) {
            stored.entries.extend(slice.iter().filter_map(|text| Entry::read(text)));
            if texts.len() > SLICE {
                next_task().await;
            }
        }
        let old: Vec<Entry> = stored.entries.extract_if(.., |entry| now.since(entry.noticed.here) > MAX_AGE).collect();
        if !old.is_empty() {
            let transaction = self.database.begin(ENTRIES, true)?;
            for entry in &old {
                transaction.remove(&self.key(entry))?;
            }
            transaction.finish().await?;
        }
        Ok(stored)
    }

    /// Adds entries in one transaction: `add` gets what is stored of the same runs now, as other tabs may have written it, and says
    /// what is to be done.
    pub(super) async fn add(
        &self,
        entries: &[Entry],
        add: impl FnOnce(Vec<Entry>) -> Vec<RecordChange>,
    ) -> Result<(), StorageRefused> {
        let transaction = self.database.begin(ENTRIES, true)?;
        let mut known = Vec::new();
        for run in runs_of(entries) {
            let texts = transaction.all(&[&self.scope, &run]).await?;
            known.extend(texts.iter().filter_map(|text| Entry::read(text)));
        }
        for change in add(known) {
            for entry in &change.removed {
                transaction.remove(&self.key(entry))?;
            }
            for entry in &change.put {
                transaction.put(&self.key(entry), &entry.to_text())?;
            }
        }
        transaction.finish().await
    }

    /// What is stored of these runs.
    pub(super) async fn of_runs(&self, runs: &[String]) -> Result<Vec<Entry>, StorageRefused> {
        let transaction = self.database.begin(ENTRIES, false)?;
        let mut entries = Vec::new();
        for run in runs {
            let texts = transaction.all(&[&self.scope, run]).await?;
            entries.extend(texts.iter().filter_map(|text| Entry::read(text)));
        }
        Ok(entries)
    }

    /// Stores what is known of the runs.
    pub(super) async fn put_known(&self, known: &str, now: Timestamp) -> Result<(), StorageRefused> {
        let transaction = self.database.begin(PEOPLE, true)?;
        transaction.put(&[&self.scope], &[&self.scope, "\n", &now.millis().to_string(), "\n", known].concat())?;
        transaction.finish().await
    }

    /// Removes all entries.
    pub(super) async fn clear(&self) -> Result<(), StorageRefused> {
        let transaction = self.database.begin(ENTRIES, true)?;
        transaction.remove_all(&[&self.scope])?;
        transaction.finish().await
    }

    async fn forget(&self, scope: &str) -> Result<(), StorageRefused> {
        for store in [ENTRIES, PEOPLE] {
            let transaction = self.database.begin(store, true)?;
            transaction.remove_all(&[scope])?;
            transaction.finish().await?;
        }
        Ok(())
    }

    fn key<'a>(&'a self, entry: &'a Entry) -> [&'a str; 3] {
        [&self.scope, run_of(entry), &entry.key]
    }
}

/// The runs that entries are about, each once; empty for what is about several.
pub(super) fn runs_of(entries: &[Entry]) -> Vec<String> {
    let mut runs: Vec<String> = entries.iter().map(|entry| run_of(entry).to_owned()).collect();
    runs.sort_unstable();
    runs.dedup();
    runs
}

fn run_of(entry: &Entry) -> &str {
    entry.run.as_ref().map(RunId::as_str).unwrap_or_default()
}

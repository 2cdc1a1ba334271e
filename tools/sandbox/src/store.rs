//! Where runs are kept: one SQLite database, one table, every change on disk before it is answered.

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use crate::hash::Stable;
use crate::run::StoredRun;
use crate::time::Millis;

const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS runs (
        seq        INTEGER PRIMARY KEY,
        id         TEXT NOT NULL UNIQUE,
        job_id     TEXT NOT NULL,
        name       TEXT NOT NULL,
        start_at   INTEGER NOT NULL,
        end_at     INTEGER NOT NULL,
        created_at INTEGER NOT NULL,
        stopped_at INTEGER,
        fails_at   INTEGER,
        seed       INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX IF NOT EXISTS runs_by_creation ON runs (created_at, seq);
";

const COLUMNS: &str = "id, job_id, name, start_at, end_at, created_at, stopped_at, fails_at, seed";

/// The runs of one sandbox.
#[derive(Debug)]
pub struct Store {
    inner: Mutex<Inner>,
}

#[derive(Debug)]
struct Inner {
    connection: Connection,
    /// Counting 100,000 rows takes longer than reading a page of them, so the number is kept.
    total: u64,
}

/// A run that is about to be stored.
#[derive(Clone, Debug)]
pub struct NewRun {
    /// Any non-empty text.
    pub job_id: String,
    /// 1 to 255 characters.
    pub name: String,
    /// Start of the window.
    pub start_at: Millis,
    /// End of the window.
    pub end_at: Millis,
}

/// The order of a list, by `created_at`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Oldest first.
    Ascending,
    /// Newest first.
    Descending,
}

/// What came of an attempt to stop a run.
#[derive(Clone, Debug)]
pub enum Stop {
    /// It is stopped now.
    Stopped(StoredRun),
    /// It was over before; nothing was changed.
    AlreadyOver(StoredRun),
    /// There is no such run.
    Unknown,
}

impl Store {
    /// Opens the database at `path`, or one in memory. One sandbox per database: a second one is refused.
    ///
    /// # Errors
    /// When SQLite cannot open or prepare it.
    pub fn open(path: Option<&Path>) -> rusqlite::Result<Self> {
        let connection = match path {
            Some(path) => Connection::open(path)?,
            None => Connection::open_in_memory()?,
        };
        // A cached total and a second writer would contradict each other.
        connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
        connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
        // FULL syncs the log at every commit: a power cut after the answer loses nothing.
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.execute_batch(SCHEMA)?;
        let total = connection.query_row("SELECT COUNT(*) FROM runs", [], |row| row.get::<_, i64>(0))?;
        let total = u64::try_from(total).unwrap_or(0);
        Ok(Self { inner: Mutex::new(Inner { connection, total }) })
    }

    /// How many runs there are.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.lock().total
    }

    /// Stores a run and gives it its id: committed and synced when this returns.
    ///
    /// The id follows from the seed, the number of the run and its contents, so that a test that resets the sandbox and
    /// freezes its clock meets the same ids, and the same counts, every time.
    ///
    /// # Errors
    /// When SQLite cannot write.
    pub fn insert(&self, run: NewRun, created_at: Millis, seed: u64) -> rusqlite::Result<StoredRun> {
        let mut inner = self.lock();
        let id = Stable::new(seed, "created run")
            .number(inner.total)
            .number(created_at.get().cast_unsigned())
            .text(&run.job_id)
            .text(&run.name)
            .uuid();
        let stored = StoredRun {
            id,
            job_id: run.job_id,
            name: run.name,
            start_at: run.start_at,
            end_at: run.end_at,
            created_at,
            stopped_at: None,
            fails_at: None,
            seed,
        };
        let transaction = inner.connection.transaction()?;
        insert(&transaction, &stored)?;
        transaction.commit()?;
        inner.total += 1;
        Ok(stored)
    }

    /// One run.
    ///
    /// # Errors
    /// When SQLite cannot read.
    pub fn get(&self, id: &str) -> rusqlite::Result<Option<StoredRun>> {
        get(&self.lock().connection, id)
    }

    /// `limit` runs after the first `offset`, and how many there are in all.
    ///
    /// # Errors
    /// When SQLite cannot read.
    pub fn page(&self, offset: u64, limit: u64, order: Order) -> rusqlite::Result<(u64, Vec<StoredRun>)> {
        let inner = self.lock();
        let mut statement = inner.connection.prepare_cached(&page_query(order))?;
        let offset = i64::try_from(offset).unwrap_or(i64::MAX);
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let runs = statement.query_map(params![limit, offset], read)?.collect::<Result<_, _>>()?;
        Ok((inner.total, runs))
    }

    /// Stops a run at `now` unless it is over: committed and synced when this returns.
    ///
    /// # Errors
    /// When SQLite cannot read or write.
    pub fn stop(&self, id: &str, now: Millis) -> rusqlite::Result<Stop> {
        let mut inner = self.lock();
        let transaction = inner.connection.transaction()?;
        let Some(mut run) = get(&transaction, id)? else {
            return Ok(Stop::Unknown);
        };
        if run.status(now).is_over() {
            return Ok(Stop::AlreadyOver(run));
        }
        transaction.execute("UPDATE runs SET stopped_at = ?1 WHERE id = ?2", params![now.get(), id])?;
        transaction.commit()?;
        run.stopped_at = Some(now);
        Ok(Stop::Stopped(run))
    }

    /// Stores many runs in one transaction; on an error, none.
    ///
    /// # Errors
    /// When SQLite cannot write, or two runs share an id.
    pub fn insert_all(&self, runs: &[StoredRun]) -> rusqlite::Result<()> {
        let mut inner = self.lock();
        let transaction = inner.connection.transaction()?;
        for run in runs {
            insert(&transaction, run)?;
        }
        transaction.commit()?;
        inner.total += runs.len() as u64;
        Ok(())
    }

    /// Forgets every run.
    ///
    /// # Errors
    /// When SQLite cannot write.
    pub fn clear(&self) -> rusqlite::Result<()> {
        let mut inner = self.lock();
        inner.connection.execute("DELETE FROM runs", [])?;
        inner.total = 0;
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        // A panic while the lock was held rolled its transaction back, so the data is whole.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn insert(transaction: &Transaction<'_>, run: &StoredRun) -> rusqlite::Result<()> {
    let mut statement = transaction.prepare_cached(
        "INSERT INTO runs (id, job_id, name, start_at, end_at, created_at, stopped_at, fails_at, seed)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    statement.execute(params![
        run.id,
        run.job_id,
        run.name,
        run.start_at.get(),
        run.end_at.get(),
        run.created_at.get(),
        run.stopped_at.map(Millis::get),
        run.fails_at.map(Millis::get),
        run.seed.cast_signed(),
    ])?;
    Ok(())
}

fn get(connection: &Connection, id: &str) -> rusqlite::Result<Option<StoredRun>> {
    let mut statement = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM runs WHERE id = ?1"))?;
    statement.query_row([id], read).optional()
}

fn read(row: &Row<'_>) -> rusqlite::Result<StoredRun> {
    Ok(StoredRun {
        id: row.get(0)?,
        job_id: row.get(1)?,
        name: row.get(2)?,
        start_at: Millis::new(row.get(3)?),
        end_at: Millis::new(row.get(4)?),
        created_at: Millis::new(row.get(5)?),
        stopped_at: row.get::<_, Option<i64>>(6)?.map(Millis::new),
        fails_at: row.get::<_, Option<i64>>(7)?.map(Millis::new),
        seed: row.get::<_, i64>(8)?.cast_unsigned(),
    })
}

/// The index alone finds the page; only the page's own rows are then read from the table, and sorted.
fn page_query(order: Order) -> String {
    let direction = match order {
        Order::Ascending => "ASC",
        Order::Descending => "DESC",
    };
    format!(
        "SELECT {COLUMNS} FROM runs WHERE seq IN
             (SELECT seq FROM runs ORDER BY created_at {direction}, seq {direction} LIMIT ?1 OFFSET ?2)
         ORDER BY created_at {direction}, seq {direction}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_found_by_the_index_and_never_by_walking_the_table() {
        let store = Store::open(None).unwrap();
        let inner = store.lock();
        for order in [Order::Ascending, Order::Descending] {
            let query = format!("EXPLAIN QUERY PLAN {}", page_query(order));
            let mut statement = inner.connection.prepare(&query).unwrap();
            let plan = statement.query_map([1000, 99_000], |row| row.get::<_, String>(3)).unwrap();
            let plan: Vec<String> = plan.map(Result::unwrap).collect();
            assert!(plan.iter().any(|step| step == "SEARCH runs USING INTEGER PRIMARY KEY (rowid=?)"), "{plan:?}");
            let scans: Vec<_> = plan.iter().filter(|step| step.starts_with("SCAN")).collect();
            assert_eq!(scans, ["SCAN runs USING COVERING INDEX runs_by_creation"], "{plan:?}");
        }
    }

    #[test]
    fn every_commit_is_synced() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(Some(&folder.path().join("runs.db"))).unwrap();
        let inner = store.lock();
        let pragma =
            |name: &str| inner.connection.pragma_query_value(None, name, |row| row.get::<_, rusqlite::types::Value>(0));
        assert_eq!(pragma("synchronous").unwrap(), rusqlite::types::Value::Integer(2), "FULL");
        assert_eq!(pragma("journal_mode").unwrap(), rusqlite::types::Value::Text("wal".to_owned()));
    }
}

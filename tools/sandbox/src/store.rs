//! The database of runs: SQLite, one table. Every change is on disk before it is answered.

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use crate::run::StoredRun;
use crate::seeded_rng::SeededRng;
use crate::timestamp::Timestamp;

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

#[derive(Debug)]
pub(crate) struct Store {
    inner: Mutex<Inner>,
}

#[derive(Debug)]
struct Inner {
    connection: Connection,
    /// Cached, because counting 100,000 rows takes longer than reading a page of them.
    run_count: u64,
}

/// A validated run that has no id yet.
#[derive(Clone, Debug)]
pub(crate) struct NewRun {
    pub(crate) job_id: String,
    pub(crate) name: String,
    pub(crate) start_at: Timestamp,
    pub(crate) end_at: Timestamp,
}

/// The order of a list by `created_at`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    OldestFirst,
    NewestFirst,
}

#[derive(Clone, Debug)]
pub(crate) enum StopOutcome {
    Stopped(StoredRun),
    /// The run was over before; nothing was changed.
    AlreadyOver(StoredRun),
    NotFound,
}

impl Store {
    /// Opens the database at `path`, or one in memory. Fails when another sandbox has it open.
    pub(crate) fn open(path: Option<&Path>) -> rusqlite::Result<Self> {
        let connection = match path {
            Some(path) => Connection::open(path)?,
            None => Connection::open_in_memory()?,
        };
        // A second writer would make the cached count wrong.
        connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
        connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
        // FULL syncs the log at every commit, so that a power cut after the answer loses nothing.
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.execute_batch(SCHEMA)?;
        let run_count = connection.query_row("SELECT COUNT(*) FROM runs", [], |row| row.get::<_, i64>(0))?;
        let run_count = u64::try_from(run_count).unwrap_or(0);
        Ok(Self { inner: Mutex::new(Inner { connection, run_count }) })
    }

    pub(crate) fn run_count(&self) -> u64 {
        self.lock().run_count
    }

    /// Stores a run and gives it its id. Committed and synced when this returns.
    ///
    /// The id is computed from the seed, the number of runs, the clock and the contents, so that a test that resets the
    /// sandbox and freezes its clock gets the same ids, and with them the same counts, every time.
    pub(crate) fn insert(&self, run: NewRun, created_at: Timestamp, seed: u64) -> rusqlite::Result<StoredRun> {
        let mut inner = self.lock();
        let id = SeededRng::new(seed, "created run")
            .with_number(inner.run_count)
            .with_number(created_at.millis().cast_unsigned())
            .with_text(&run.job_id)
            .with_text(&run.name)
            .uuid()
            .to_string();
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
        inner.run_count += 1;
        Ok(stored)
    }

    pub(crate) fn get(&self, id: &str) -> rusqlite::Result<Option<StoredRun>> {
        get(&self.lock().connection, id)
    }

    /// The number of all runs, and `limit` of them after the first `offset`.
    pub(crate) fn page(&self, offset: u64, limit: u64, order: Order) -> rusqlite::Result<(u64, Vec<StoredRun>)> {
        let inner = self.lock();
        let mut statement = inner.connection.prepare_cached(&page_query(order))?;
        let offset = i64::try_from(offset).unwrap_or(i64::MAX);
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let runs = statement.query_map(params![limit, offset], read)?.collect::<Result<_, _>>()?;
        Ok((inner.run_count, runs))
    }

    /// Stops a run at `now` unless it is over. Committed and synced when this returns.
    pub(crate) fn stop(&self, id: &str, now: Timestamp) -> rusqlite::Result<StopOutcome> {
        let mut inner = self.lock();
        let transaction = inner.connection.transaction()?;
        let Some(mut run) = get(&transaction, id)? else {
            return Ok(StopOutcome::NotFound);
        };
        if run.status(now).is_over() {
            return Ok(StopOutcome::AlreadyOver(run));
        }
        transaction.execute("UPDATE runs SET stopped_at = ?1 WHERE id = ?2", params![now.millis(), id])?;
        transaction.commit()?;
        run.stopped_at = Some(now);
        Ok(StopOutcome::Stopped(run))
    }

    /// Stores all runs in one transaction, or none of them on an error.
    pub(crate) fn insert_all(&self, runs: &[StoredRun]) -> rusqlite::Result<()> {
        let mut inner = self.lock();
        let transaction = inner.connection.transaction()?;
        for run in runs {
            insert(&transaction, run)?;
        }
        transaction.commit()?;
        inner.run_count += runs.len() as u64;
        Ok(())
    }

    /// Deletes all runs.
    pub(crate) fn clear(&self) -> rusqlite::Result<()> {
        let mut inner = self.lock();
        inner.connection.execute("DELETE FROM runs", [])?;
        inner.run_count = 0;
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        // A panic while the lock was held has rolled its transaction back, so the data is consistent.
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
        run.start_at.millis(),
        run.end_at.millis(),
        run.created_at.millis(),
        run.stopped_at.map(Timestamp::millis),
        run.fails_at.map(Timestamp::millis),
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
        start_at: Timestamp::from_millis(row.get(3)?),
        end_at: Timestamp::from_millis(row.get(4)?),
        created_at: Timestamp::from_millis(row.get(5)?),
        stopped_at: row.get::<_, Option<i64>>(6)?.map(Timestamp::from_millis),
        fails_at: row.get::<_, Option<i64>>(7)?.map(Timestamp::from_millis),
        seed: row.get::<_, i64>(8)?.cast_unsigned(),
    })
}

/// The inner query finds the page in the index alone; only the page's own rows are then read from the table.
fn page_query(order: Order) -> String {
    let direction = match order {
        Order::OldestFirst => "ASC",
        Order::NewestFirst => "DESC",
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
    fn finds_a_page_in_the_index_without_scanning_the_table() {
        let store = Store::open(None).unwrap();
        let inner = store.lock();
        for order in [Order::OldestFirst, Order::NewestFirst] {
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
    fn syncs_every_commit_to_disk() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(Some(&folder.path().join("runs.db"))).unwrap();
        let inner = store.lock();
        let pragma =
            |name: &str| inner.connection.pragma_query_value(None, name, |row| row.get::<_, rusqlite::types::Value>(0));
        assert_eq!(pragma("synchronous").unwrap(), rusqlite::types::Value::Integer(2), "FULL");
        assert_eq!(pragma("journal_mode").unwrap(), rusqlite::types::Value::Text("wal".to_owned()));
    }
}

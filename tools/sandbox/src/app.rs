//! The state that all request handlers share.

use std::path::Path;
use std::sync::Arc;

use crate::clock::Clock;
use crate::faults::FaultRules;
use crate::options::Options;
use crate::request_log::RequestLog;
use crate::seeding;
use crate::store::Store;
use crate::token::TokenKeys;

pub(crate) struct App {
    pub(crate) store: Store,
    pub(crate) clock: Clock,
    pub(crate) keys: TokenKeys,
    pub(crate) faults: FaultRules,
    pub(crate) request_log: RequestLog,
    pub(crate) seed: u64,
    pub(crate) cors: bool,
    pub(crate) allow_remote: bool,
}

pub(crate) type SharedApp = Arc<App>;

impl App {
    /// Opens the database, adds sample runs when it is empty, and loads or creates the signing key.
    ///
    /// # Errors
    /// A sentence that names what could not be opened and why.
    pub(crate) fn new(options: &Options) -> Result<SharedApp, String> {
        if let Some(folder) = options.database.as_deref().and_then(Path::parent) {
            create_data_folder(folder)?;
        }
        let store = Store::open(options.database.as_deref()).map_err(|error| match &options.database {
            Some(path) => {
                format!("cannot open the database {}: {error} (is another sandbox using it?)", path.display())
            }
            None => format!("cannot open a database in memory: {error}"),
        })?;
        let app = Self {
            store,
            clock: Clock::new(options.clock),
            keys: TokenKeys::load_or_create(options.key.as_deref())?,
            faults: FaultRules::default(),
            request_log: RequestLog::default(),
            seed: options.seed,
            cors: options.cors,
            allow_remote: options.allow_remote,
        };
        if app.store.run_count() == 0 {
            app.add_sample_runs(options.seed_runs)?;
        }
        Ok(Arc::new(app))
    }

    /// Stores `count` sample runs whose windows lie around the clock's time.
    ///
    /// # Errors
    /// A sentence when the database cannot be written.
    pub(crate) fn add_sample_runs(&self, count: u64) -> Result<(), String> {
        let runs = seeding::sample_runs(count, self.seed, self.clock.now());
        self.store.insert_all(&runs).map_err(|error| format!("cannot store the sample runs: {error}"))
    }
}

/// Creates the data folder. Git ignores a new one, because it will hold the private key.
fn create_data_folder(folder: &Path) -> Result<(), String> {
    if folder.as_os_str().is_empty() || folder.is_dir() {
        return Ok(());
    }
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(folder.join(".gitignore"), "*\n"))
        .map_err(|error| format!("cannot create the data folder {}: {error}", folder.display()))
}

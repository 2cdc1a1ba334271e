//! Everything one sandbox is made of.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::routing::MethodRouter;

use crate::clock::Clock;
use crate::faults::Faults;
use crate::files;
use crate::journal::Journal;
use crate::store::Store;
use crate::time::Millis;
use crate::token::Keys;

/// The path that the operations' printed paths begin with.
pub const API_BASE: &str = "/beta";
/// The path that the sandbox's own endpoints begin with.
pub const CONTROL_BASE: &str = "/sandbox";

/// How a sandbox is set up.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where to listen; port 0 for any free one.
    pub address: SocketAddr,
    /// Accept control requests that name a host other than this machine.
    pub allow_remote: bool,
    /// The database; in memory when there is none.
    pub database: Option<PathBuf>,
    /// The PEM file of the key pair; kept only in memory when there is none.
    pub key: Option<PathBuf>,
    /// Decides ids, audiences and seeded runs.
    pub seed: u64,
    /// How many runs an empty database is filled with.
    pub seed_runs: u64,
    /// The time to start at, instead of the machine's.
    pub clock: Option<Millis>,
    /// Answer other origins.
    pub cors: bool,
    /// The built console, when it is served too.
    pub console: Option<ConsoleOptions>,
}

/// How the built console is served.
#[derive(Clone, Debug)]
pub struct ConsoleOptions {
    /// The folder with `index.html`.
    pub folder: PathBuf,
    /// The path it is served under; begins and ends with a slash.
    pub mount: String,
    /// What `config.json` answers.
    pub config: ConsoleConfig,
    /// Further sources for the directive `frame-ancestors`.
    pub frame_ancestors: Vec<String>,
    /// Further sources for the directive `connect-src`.
    pub connect_src: Vec<String>,
}

/// What `config.json` answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConsoleConfig {
    /// One that fits the sandbox.
    Generated,
    /// This text.
    Given(String),
    /// The file in the folder.
    File,
}

/// The parts of a running sandbox.
pub struct App {
    /// The runs.
    pub store: Store,
    /// The time.
    pub clock: Clock,
    /// The key pair.
    pub keys: Keys,
    /// The rules for faults.
    pub faults: Faults,
    /// The log of requests.
    pub journal: Journal,
    /// The built console.
    pub files: Option<MethodRouter>,
    /// See [`Options::seed`].
    pub seed: u64,
    /// See [`Options::cors`].
    pub cors: bool,
    /// See [`Options::allow_remote`].
    pub allow_remote: bool,
}

/// The parts, as handlers share them.
pub type Shared = Arc<App>;

impl App {
    /// Opens the database, fills it when it is empty, and reads or makes the key pair.
    ///
    /// # Errors
    /// A sentence that names what could not be opened and why.
    pub fn new(options: &Options) -> Result<Shared, String> {
        if let Some(folder) = options.database.as_deref().and_then(Path::parent) {
            prepare_folder(folder)?;
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
            keys: Keys::load_or_create(options.key.as_deref())?,
            faults: Faults::default(),
            journal: Journal::default(),
            files: options.console.as_ref().map(files::service).transpose()?,
            seed: options.seed,
            cors: options.cors,
            allow_remote: options.allow_remote,
        };
        if app.store.total() == 0 {
            app.fill(options.seed_runs)?;
        }
        Ok(Arc::new(app))
    }

    /// Stores `number` seeded runs around the clock's time.
    ///
    /// # Errors
    /// A sentence when the database cannot be written.
    pub fn fill(&self, number: u64) -> Result<(), String> {
        let runs = crate::seeding::runs(number, self.seed, self.clock.now());
        self.store.insert_all(&runs).map_err(|error| format!("cannot store the seeded runs: {error}"))
    }
}

/// Makes the data folder. A new one is ignored by git, because a key pair comes to lie in it.
fn prepare_folder(folder: &Path) -> Result<(), String> {
    if folder.as_os_str().is_empty() || folder.is_dir() {
        return Ok(());
    }
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(folder.join(".gitignore"), "*\n"))
        .map_err(|error| format!("cannot make the data folder {}: {error}", folder.display()))
}

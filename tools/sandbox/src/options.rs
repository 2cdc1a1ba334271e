//! How a sandbox is set up.

use std::net::SocketAddr;
use std::path::PathBuf;

use crate::timestamp::Timestamp;

/// The path that all printed paths of the API begin with.
pub(crate) const API_BASE: &str = "/beta";
/// The path that the sandbox's own endpoints begin with.
pub(crate) const CONTROL_BASE: &str = "/sandbox";

/// How a sandbox is set up.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where to listen; port 0 takes any free port.
    pub address: SocketAddr,
    /// Accept control requests whose `Host` is not this machine.
    pub allow_remote: bool,
    /// The database file; in memory when `None`.
    pub database: Option<PathBuf>,
    /// The PEM file with the signing key; a new key in memory when `None`.
    pub key: Option<PathBuf>,
    /// Decides ids, audiences and sample runs.
    pub seed: u64,
    /// How many sample runs an empty database gets.
    pub seed_runs: u64,
    /// The time to start at instead of this machine's time.
    pub clock: Option<Timestamp>,
    /// Send CORS headers and answer preflights.
    pub cors: bool,
    /// How to serve the built console, if at all.
    pub console: Option<ConsoleOptions>,
}

/// How the built console is served.
#[derive(Clone, Debug)]
pub struct ConsoleOptions {
    /// The folder with `index.html`.
    pub folder: PathBuf,
    /// The path to serve it under; begins and ends with a slash.
    pub mount: String,
    /// The contents of `config.json`.
    pub config: ConsoleConfig,
    /// Sources for the `frame-ancestors` directive; `'none'` when empty.
    pub frame_ancestors: Vec<String>,
    /// Sources added to the `connect-src` directive.
    pub connect_src: Vec<String>,
    /// A page that embeds it, if any.
    pub host_page: Option<HostPageOptions>,
}

/// How the page that embeds the console is served.
#[derive(Clone, Debug)]
pub struct HostPageOptions {
    /// The folder with `index.html`.
    pub folder: PathBuf,
    /// Where to listen; port 0 takes any free port.
    pub address: SocketAddr,
}

/// The contents of `config.json`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConsoleConfig {
    /// A configuration for this sandbox.
    Generated,
    /// This JSON.
    Given(String),
    /// The file in the console's folder.
    File,
}

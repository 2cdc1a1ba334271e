//! Reading `config.json`.

use crate::api::transport::{self, HttpRequest};
use crate::browser::log;
use crate::config::{Config, ConfigFault};
use runboard_core::problem::{Problem, ProblemKind};

/// Why the console cannot start.
#[derive(Clone, PartialEq, Debug)]
pub enum ConfigProblem {
    /// The file could not be read, though it may exist.
    NotRead(Problem),
    /// Its content cannot be used.
    Fault(ConfigFault),
}

/// Reads `config.json` beside the page. A missing file means the defaults. Also returns the keys that mean nothing here.
///
/// # Errors
/// When it cannot be read or used. The console then says so instead of guessing where the API is.
pub(crate) async fn load() -> Result<(Config, Vec<String>), ConfigProblem> {
    match transport::send(HttpRequest::get("config.json").preloaded_asset()).await {
        Ok(response) => Config::read(&response.body).map_err(ConfigProblem::Fault).inspect(|(_, unknown)| {
            for key in unknown {
                log::warn(&format!("config.json: unknown key {key}"));
            }
        }),
        Err(problem) if problem.kind == ProblemKind::NotFound => Ok((Config::default(), Vec::new())),
        Err(problem) => Err(ConfigProblem::NotRead(problem)),
    }
}

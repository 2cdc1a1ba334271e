//! Reading `config.json`.

use crate::api::transport::{self, Call};
use crate::browser::log;
use crate::config::{Config, ConfigFault};
use runboard_core::problem::{Problem, ProblemKind};

/// Why there is no configuration to start with.
#[derive(Clone, PartialEq, Debug)]
pub enum ConfigProblem {
    /// The file could not be read, and it is not known to be missing.
    NotRead(Problem),
    /// It cannot be used.
    Fault(ConfigFault),
}

/// Reads `config.json` beside the page. A missing file means the defaults.
///
/// # Errors
/// When it cannot be read or used: the console then shows why instead of guessing where the API is.
pub async fn load() -> Result<(Config, Vec<String>), ConfigProblem> {
    match transport::send(Call::get("config.json").anonymous()).await {
        Ok(answer) => Config::read(&answer.body).map_err(ConfigProblem::Fault).inspect(|(_, unknown)| {
            for key in unknown {
                log::warn(&format!("config.json: unknown key {key}"));
            }
        }),
        Err(problem) if problem.kind == ProblemKind::NotFound => Ok((Config::default(), Vec::new())),
        Err(problem) => Err(ConfigProblem::NotRead(problem)),
    }
}

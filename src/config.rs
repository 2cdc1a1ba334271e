//! Fetching the run-time configuration. What it may say is [`runboard_core::config`].

use crate::api::transport::{self, Call};
use crate::browser::log;
use leptos::prelude::*;
pub use runboard_core::config::{AuthSource, Config, ConfigFault, Paths, Theme, TokenStorage};
use runboard_core::problem::{Problem, ProblemKind};
use runboard_core::run::JobId;
use std::sync::Arc;

/// The configuration in force, for every part of the console.
#[derive(Clone, Copy)]
pub struct Settled {
    config: StoredValue<Arc<Config>>,
    unknown_keys: StoredValue<Arc<[String]>>,
}

/// Why there is no configuration to start with.
#[derive(Clone, PartialEq, Debug)]
pub enum ConfigProblem {
    /// The file could not be read, and it is not known to be missing.
    NotRead(Problem),
    /// It cannot be used.
    Fault(ConfigFault),
}

impl Settled {
    /// From a configuration that was read.
    pub fn new(config: Config, unknown_keys: Vec<String>) -> Self {
        Self { config: StoredValue::new(Arc::new(config)), unknown_keys: StoredValue::new(unknown_keys.into()) }
    }

    /// The configuration.
    pub fn get(self) -> Arc<Config> {
        self.config.get_value()
    }

    /// Keys that mean nothing here: a warning.
    pub fn unknown_keys(self) -> Arc<[String]> {
        self.unknown_keys.get_value()
    }

    /// The readable label of a job, if configured.
    pub fn job_label(self, job: &JobId) -> Option<String> {
        self.config.with_value(|config| config.jobs.get(job.as_str()).map(ToOwned::to_owned))
    }
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

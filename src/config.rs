//! The configuration in force. Its format is in [`runboard_core::config`].

use crate::leak::leak;
use leptos::prelude::*;
pub use runboard_core::config::{AuthSource, Config, ConfigFault, Theme, TokenStorage};
use runboard_core::run::JobId;
use std::sync::Arc;

/// The configuration, shared by every part of the console.
pub struct ConfigHandle {
    config: StoredValue<Arc<Config>>,
    unknown_keys: StoredValue<Arc<[String]>>,
}

impl ConfigHandle {
    pub(crate) fn new(config: Config, unknown_keys: Vec<String>) -> &'static Self {
        leak(Self { config: StoredValue::new(Arc::new(config)), unknown_keys: StoredValue::new(unknown_keys.into()) })
    }

    /// The configuration.
    pub fn get(&'static self) -> Arc<Config> {
        self.config.get_value()
    }

    /// The keys in `config.json` that mean nothing here.
    pub(crate) fn unknown_keys(&'static self) -> Arc<[String]> {
        self.unknown_keys.get_value()
    }

    /// The configured label of a job.
    pub(crate) fn job_label(&'static self, job: &JobId) -> Option<String> {
        self.config.with_value(|config| config.jobs.get(job.as_str()).map(ToOwned::to_owned))
    }
}

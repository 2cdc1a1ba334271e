//! The build of the console that is hosted.

use super::fields::text;
use serde::Deserialize;

/// `version.json` beside the page, written by the build.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
pub struct Release {
    /// The version.
    pub version: String,
    /// The commit it was built from, if known.
    #[serde(default, deserialize_with = "text")]
    pub commit: Option<String>,
    /// The id in the names of its files.
    pub build: String,
}

impl Release {
    /// Reads the file. `None` if it is something else, such as the error page of a host.
    pub fn read(text: &str) -> Option<Self> {
        super::read(text)
    }
}

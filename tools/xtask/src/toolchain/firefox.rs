//! The second browser the tests drive: the machine's own Firefox ESR, and its driver from crates.io.

use std::path::PathBuf;

use super::version::Version;
use super::{apt, browser, rust};
use crate::failure::{Failure, Outcome};
use crate::layout::Layout;

/// Names under which systems install it, that of the release with extended support first.
const NAMES: [&str; 2] = ["firefox-esr", "firefox"];

/// It speaks to every Firefox from 115 on.
const DRIVER: Version = Version { major: 0, minor: 37, patch: 1 };

/// A Firefox and its driver.
#[derive(Debug, Clone)]
pub(crate) struct Firefox {
    pub(crate) program: PathBuf,
    pub(crate) driver: PathBuf,
}

/// Finds the browser by `FIREFOX` or on PATH (on Debian, as root, it is installed), and the driver by `GECKODRIVER`, on PATH
/// or in the cache of tools, where it is built once.
pub(crate) fn ready(layout: &Layout) -> Outcome<Firefox> {
    let lack = |why: &str| {
        Failure::new(format!("{why}, so the console was tried in Chromium only"))
            .remedy("Install it (Debian: apt-get install firefox-esr) or set FIREFOX to its path")
    };
    let find = || browser::chosen("FIREFOX", &NAMES);
    let mut program = find()?;
    if program.is_none() && apt::is_possible() {
        apt::install(&["firefox-esr"], "Firefox ESR", "set FIREFOX to an installed one")
            .map_err(|failure| lack(&failure.to_string()))?;
        program = find()?;
    }
    let program = program.ok_or_else(|| lack("Firefox ESR not found"))?;
    let driver = match browser::chosen("GECKODRIVER", &[])? {
        Some(driver) => driver,
        None => rust::cargo_tool(layout, "geckodriver", "geckodriver", DRIVER, &[], "about 2 minutes on two cores")?,
    };
    Ok(Firefox { program, driver })
}

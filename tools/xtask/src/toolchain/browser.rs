//! The browser the tests drive: the machine's own Chromium and its driver, never a download.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::apt;
use super::version::Version;
use crate::command::{ask, on_path};
use crate::failure::{Failure, Outcome};

/// Names under which systems install the browser, the plainest first.
const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const DRIVERS: [&str; 2] = ["chromedriver", "chromium.chromedriver"];

/// A browser and a driver of the same major version.
#[derive(Debug)]
pub(crate) struct Browser {
    pub(crate) chrome: PathBuf,
    pub(crate) driver: PathBuf,
}

/// Finds both by `CHROME` and `CHROMEDRIVER` or on PATH; on Debian, as root, installs what is missing.
pub(crate) fn ready() -> Outcome<Browser> {
    let find = || Ok::<_, Failure>((chosen("CHROME", &BROWSERS)?, chosen("CHROMEDRIVER", &DRIVERS)?));
    let mut found = find()?;
    if (found.0.is_none() || found.1.is_none()) && apt::is_possible() {
        apt::install(
            &["chromium", "chromium-driver"],
            "Chromium and its driver",
            "set CHROME and CHROMEDRIVER to an installed pair",
        )?;
        found = find()?;
    }
    let (Some(chrome), Some(driver)) = found else {
        return Err(Failure::new("Chromium or its driver is not installed").remedy(
            "Install both (Debian: apt-get install chromium chromium-driver) or set CHROME and CHROMEDRIVER to their paths",
        ));
    };
    same_major(&major_of(&chrome)?, &major_of(&driver)?)?;
    Ok(Browser { chrome, driver })
}

/// A driver refuses a browser of another major version, half a minute later and in other words.
fn same_major(chrome: &Version, driver: &Version) -> Outcome {
    if chrome.major == driver.major {
        return Ok(());
    }
    Err(Failure::new(format!("Chromium is version {} but its driver is version {}", chrome.major, driver.major))
        .remedy("Install both from one source, or set CHROME and CHROMEDRIVER to a pair of one version"))
}

/// A program by a variable, or by the first of these names on PATH.
pub(super) fn chosen(variable: &str, names: &[&str]) -> Outcome<Option<PathBuf>> {
    match env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from) {
        Some(path) if path.is_file() => Ok(Some(path)),
        Some(path) => Err(Failure::new(format!("{variable} is set to {}, which is no file", path.display()))
            .remedy(format!("Set {variable} to the program's path, or unset it"))),
        None => Ok(names.iter().find_map(|name| on_path(name))),
    }
}

fn major_of(program: &Path) -> Outcome<Version> {
    let answer = ask(Command::new(program).arg("--version"))?;
    Version::first_in(&answer.stdout)
        .ok_or_else(|| Failure::new(format!("{} does not say its version", program.display())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_and_a_driver_of_different_versions_are_refused_by_name() {
        let version = |major| Version { major, minor: 0, patch: 1 };
        assert_eq!(same_major(&version(156), &version(156)), Ok(()));
        let failure = same_major(&version(156), &version(150)).unwrap_err().to_string();
        assert!(failure.contains("156") && failure.contains("150"), "{failure}");
    }
}

//! The component tests: one wasm binary in a headless browser, in one after the other.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::counts::{self, Counts};
use crate::command::follow;
use crate::failure::{OrFail, Outcome};
use crate::layout::Layout;
use crate::toolchain::bindgen;
use crate::toolchain::browser;
use crate::toolchain::firefox::Firefox;
use crate::toolchain::rust::{WASM, wasm_cargo};

/// Seconds for the whole binary; wasm-bindgen's own 20 are short for a cold machine.
const TIMEOUT: &str = "300";

/// In Chromium.
pub(super) fn chromium(layout: &Layout, arguments: &[String]) -> Outcome<Counts> {
    let browser = browser::ready()?;
    let engine = Engine { driver: ("CHROMEDRIVER", &browser.driver), browser: ("goog:chromeOptions", &browser.chrome) };
    run(layout, arguments, &engine)
}

/// In Firefox.
pub(super) fn firefox(layout: &Layout, arguments: &[String], firefox: &Firefox) -> Outcome<Counts> {
    let engine = Engine { driver: ("GECKODRIVER", &firefox.driver), browser: ("moz:firefoxOptions", &firefox.program) };
    run(layout, arguments, &engine)
}

/// A driver under the variable by which the runner takes it, and a browser under the key by which the driver takes it.
struct Engine<'a> {
    driver: (&'static str, &'a Path),
    browser: (&'static str, &'a Path),
}

/// The variables that name a driver; of several the runner would take its own first.
const DRIVERS: [&str; 4] = ["CHROMEDRIVER", "GECKODRIVER", "SAFARIDRIVER", "MSEDGEDRIVER"];

fn run(layout: &Layout, arguments: &[String], engine: &Engine<'_>) -> Outcome<Counts> {
    let runner = bindgen::test_runner(layout)?;
    let mut tests = wasm_cargo(layout);
    for variable in DRIVERS {
        tests.env_remove(variable);
    }
    tests
        .args(["test", "--locked", "--package", "runboard", "--target", WASM, "--test", "*"])
        .args(arguments)
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner)
        .env(engine.driver.0, engine.driver.1)
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", capabilities(layout, engine.browser)?)
        .env("WASM_BINDGEN_TEST_TIMEOUT", TIMEOUT)
        // The browser gets this zone from the driver, and at first the console shows times in the browser's zone.
        .env("TZ", "UTC");

    let mut seen = Counts::default();
    let status = follow(&mut tests, |line| {
        seen.names.extend(counts::failed_test(line).map(str::to_owned));
        if let Some(counts) = counts::result_line(line) {
            seen = std::mem::take(&mut seen).and(counts);
        }
    })?;
    Ok(seen.judged(status.success()))
}

/// What `webdriver.json` says of the browser, with the program that was found; the driver would otherwise look for one by itself.
fn capabilities(layout: &Layout, browser: (&str, &Path)) -> Outcome<PathBuf> {
    let text = fs::read_to_string(layout.root.join("webdriver.json")).or_fail("cannot read webdriver.json")?;
    let settings: Value = serde_json::from_str(&text).or_fail("webdriver.json is not JSON")?;
    let path = layout.state()?.join("webdriver.json");
    fs::write(&path, with_binary(&settings, browser).to_string())
        .or_fail(format!("cannot write {}", path.display()))?;
    Ok(path)
}

/// Only its own: a driver may refuse the settings of another.
fn with_binary(settings: &Value, (key, program): (&str, &Path)) -> Value {
    let mut options = settings.get(key).cloned().unwrap_or_else(|| json!({}));
    if let Some(options) = options.as_object_mut() {
        options.insert("binary".into(), json!(program));
    }
    json!({ key: options })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_driver_is_told_which_browser_to_start() {
        let settings =
            json!({"goog:chromeOptions": {"args": ["--headless"]}, "moz:firefoxOptions": {"args": ["-headless"]}});
        assert_eq!(
            with_binary(&settings, ("goog:chromeOptions", Path::new("/opt/chrome"))),
            json!({"goog:chromeOptions": {"args": ["--headless"], "binary": "/opt/chrome"}})
        );
        assert_eq!(
            with_binary(&settings, ("moz:firefoxOptions", Path::new("/opt/firefox"))),
            json!({"moz:firefoxOptions": {"args": ["-headless"], "binary": "/opt/firefox"}})
        );
    }
}

//! The component tests: one wasm binary in a headless browser.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::counts::{self, Counts};
use crate::command::follow;
use crate::failure::{OrFail, Outcome};
use crate::layout::Layout;
use crate::toolchain::browser;
use crate::toolchain::rust::{self, WASM, cargo};

/// Seconds for the whole binary; wasm-bindgen's own 20 are short for a cold machine.
const TIMEOUT: &str = "300";

pub(super) fn run(layout: &Layout, arguments: &[String]) -> Outcome<Counts> {
    let browser = browser::ready()?;
    let tools = rust::tools(layout)?;
    let mut tests = cargo(layout);
    tests
        .args(["test", "--locked", "--package", "runboard", "--target", WASM, "--test", "*"])
        .args(arguments)
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", &tools.test_runner)
        .env("CHROMEDRIVER", &browser.driver)
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", capabilities(layout, &browser.chrome)?)
        .env("WASM_BINDGEN_TEST_TIMEOUT", TIMEOUT);

    let mut seen = Counts::default();
    let status = follow(&mut tests, |line| {
        if let Some(counts) = counts::result_line(line) {
            seen = seen.and(counts);
        }
    })?;
    Ok(seen.judged(status.success()))
}

/// `webdriver.json` with the browser that was found; the driver would otherwise look for one by itself.
fn capabilities(layout: &Layout, chrome: &Path) -> Outcome<PathBuf> {
    let text = fs::read_to_string(layout.root.join("webdriver.json")).or_fail("cannot read webdriver.json")?;
    let settings: Value = serde_json::from_str(&text).or_fail("webdriver.json is not JSON")?;
    let path = layout.state()?.join("webdriver.json");
    fs::write(&path, with_binary(settings, chrome).to_string()).or_fail(format!("cannot write {}", path.display()))?;
    Ok(path)
}

fn with_binary(mut settings: Value, chrome: &Path) -> Value {
    if let Some(options) = settings.get_mut("goog:chromeOptions").and_then(Value::as_object_mut) {
        options.insert("binary".into(), json!(chrome));
    }
    settings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_driver_is_told_which_browser_to_start() {
        let settings = json!({"goog:chromeOptions": {"args": ["--headless"]}});
        assert_eq!(
            with_binary(settings, Path::new("/opt/chrome")),
            json!({"goog:chromeOptions": {"args": ["--headless"], "binary": "/opt/chrome"}})
        );
    }
}

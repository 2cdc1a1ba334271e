//! `bench list`: what the list costs with many runs, measured by Playwright on the sealed release build. The table it prints
//! belongs into `docs/performance.md`.

use crate::command::run;
use crate::console;
use crate::failure::Outcome;
use crate::layout::Layout;
use crate::sandbox;
use crate::toolchain::{browser, node};

/// Builds what is needed, measures, and prints a table of figures, each also as a ratio to the smallest list.
pub(crate) fn list(layout: &Layout, no_build: bool) -> Outcome {
    let browser = browser::ready()?;
    let node = node::ready(layout)?;
    if !no_build {
        console::build(layout)?;
    }
    let sandbox = sandbox::build(layout)?;
    let mut playwright = node.playwright();
    playwright
        .current_dir(layout.end2end())
        .args(["test", "--config", "bench/playwright.config.ts"])
        .env("CHROME", &browser.chrome)
        .env("RUNBOARD_SANDBOX", sandbox)
        .env("RUNBOARD_DIST", layout.dist());
    run(&mut playwright, "measuring the list")
}

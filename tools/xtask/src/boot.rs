//! `bench boot`: the request graph of a cold start on a slow link. The measuring is Playwright's, in `tests/end2end/bench`; it
//! fails when a request waits for another that it does not need.

use crate::command::{run, step};
use crate::failure::Outcome;
use crate::layout::Layout;
use crate::sandbox;
use crate::toolchain::{browser, node};

/// Measures the build that is in `dist/`.
pub(crate) fn report(layout: &Layout) -> Outcome {
    let browser = browser::ready()?;
    let node = node::ready(layout)?;
    let sandbox = sandbox::build(layout)?;
    step("Starting the console cold on a slow link, 3 times (1.6 Mbit/s, 150 ms there and back)");
    let mut playwright = node.playwright();
    playwright
        .current_dir(layout.end2end())
        .args(["test", "--config", "bench/playwright.config.ts"])
        .env("CHROME", &browser.chrome)
        .env("RUNBOARD_SANDBOX", sandbox)
        .env("RUNBOARD_DIST", layout.dist());
    run(&mut playwright, "the cold start")
}

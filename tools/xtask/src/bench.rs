//! `bench boot`, `bench list`, `bench timeline` and `bench tabs`: what Playwright measures on the release build, in `tests/end2end/bench`.

use crate::command::{run, step};
use crate::failure::Outcome;
use crate::layout::Layout;
use crate::sandbox;
use crate::toolchain::{browser, node};

/// The request graph of a cold start on a slow link, which fails when a request waits for another that it does not need; and the
/// time to the first row on three links.
pub(crate) fn boot(layout: &Layout) -> Outcome {
    step("Starting the console cold: the requests on a slow link, and the first row on three links (2 minutes)");
    measure(layout, "boot.bench.ts", "the cold start")
}

/// What the list costs with many runs, each figure also as a ratio to the smallest list. The table it prints belongs into
/// `docs/performance.md`.
pub(crate) fn list(layout: &Layout) -> Outcome {
    step("Measuring the list with 1,000, 10,000 and 100,000 runs (some minutes)");
    measure(layout, "list.bench.ts", "measuring the list")
}

/// What moving and zooming the timeline cost with many runs, as ratios to a bare page and to the smallest list.
pub(crate) fn timeline(layout: &Layout) -> Outcome {
    step("Measuring the timeline with 1,000, 10,000 and 100,000 runs (some minutes)");
    measure(layout, "timeline.bench.ts", "measuring the timeline")
}

/// How long a new tab takes to show the list, by itself and beside a tab that knows it.
pub(crate) fn tabs(layout: &Layout) -> Outcome {
    step("Opening a second tab with 1,000, 10,000 and 100,000 runs (two minutes)");
    measure(layout, "tabs.bench.ts", "opening a second tab")
}

/// Runs one of the measurements on the build that is in `dist/`.
fn measure(layout: &Layout, file: &str, what: &str) -> Outcome {
    let browser = browser::ready()?;
    let node = node::ready(layout)?;
    let sandbox = sandbox::build(layout)?;
    let mut playwright = node.playwright();
    playwright
        .current_dir(layout.end2end())
        .args(["test", "--config", "bench/playwright.config.ts", file])
        .env("CHROME", &browser.chrome)
        .env("RUNBOARD_SANDBOX", sandbox)
        .env("RUNBOARD_DIST", layout.dist());
    run(&mut playwright, what)
}

// The journeys run on the sealed release build, in the machine's own Chromium. `cargo xtask test --only e2e` builds all
// that is needed and sets CHROME, RUNBOARD_SANDBOX and RUNBOARD_DIST; what follows `--` goes to Playwright.

import { defineConfig } from "@playwright/test";

const chrome = process.env["CHROME"];

export default defineConfig({
  testMatch: "**/*.spec.ts",
  outputDir: "results/traces",
  reporter: [["list"], ["json", { outputFile: "results/report.json" }]],
  // A test that passes only at the second try has found something.
  retries: 0,
  forbidOnly: true,
  fullyParallel: true,
  workers: 2,
  timeout: 45_000,
  // A build that is broken throughout still ends in a report.
  globalTimeout: 30 * 60_000,
  expect: { timeout: 10_000 },
  use: {
    browserName: "chromium",
    launchOptions: {
      ...(chrome ? { executablePath: chrome } : {}),
      args: [
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
    // Shorter than a test, so that what was waited for is named.
    actionTimeout: 10_000,
    navigationTimeout: 20_000,
    locale: "en-GB",
    timezoneId: "UTC",
    trace: "retain-on-failure",
  },
});

// The smoke journey in Firefox ESR. Only Playwright's runner: the browser is driven by WebDriver. `cargo xtask test --only
// firefox` sets FIREFOX, GECKODRIVER, RUNBOARD_SANDBOX and RUNBOARD_DIST.

import { defineConfig } from "@playwright/test";

export default defineConfig({
  testMatch: "*.spec.ts",
  outputDir: "../results/firefox",
  reporter: [["list"], ["json", { outputFile: "../results/firefox.json" }]],
  retries: 0,
  forbidOnly: true,
  // One browser: it is what takes long to start.
  workers: 1,
  timeout: 60_000,
  globalTimeout: 5 * 60_000,
  expect: { timeout: 15_000 },
});

// Measures the release build. `cargo xtask bench boot` and `bench list` build all that is needed and set CHROME,
// RUNBOARD_SANDBOX and RUNBOARD_DIST.

import { defineConfig } from "@playwright/test";

const chrome = process.env["CHROME"];

export default defineConfig({
  testMatch: "*.bench.ts",
  outputDir: "../results/bench",
  reporter: "line",
  workers: 1,
  timeout: 10 * 60_000,
  use: {
    browserName: "chromium",
    viewport: { width: 1280, height: 800 },
    locale: "en-GB",
    timezoneId: "UTC",
    launchOptions: {
      ...(chrome ? { executablePath: chrome } : {}),
      args: ["--disable-gpu", "--no-first-run", "--disable-background-networking", "--js-flags=--expose-gc"],
    },
  },
});

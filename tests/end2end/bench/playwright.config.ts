// `cargo xtask bench boot` sets CHROME, RUNBOARD_SANDBOX and RUNBOARD_DIST.

import { defineConfig } from "@playwright/test";

const chrome = process.env["CHROME"];

export default defineConfig({
  testMatch: "*.bench.ts",
  outputDir: "../results/bench",
  reporter: [["line"]],
  retries: 0,
  workers: 1,
  timeout: 120_000,
  use: { browserName: "chromium", launchOptions: chrome ? { executablePath: chrome } : {} },
});

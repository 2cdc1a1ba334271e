// Works a scripted operator against random faults on the release build. `cargo xtask soak` builds all that is needed and sets
// CHROME, RUNBOARD_SANDBOX, RUNBOARD_DIST, RUNBOARD_SOAK_MINUTES, RUNBOARD_SOAK_SEED and, for a replay, RUNBOARD_SOAK_STEPS.

import { defineConfig } from "@playwright/test";
import { launchOptions } from "../browser.ts";

export default defineConfig({
  testMatch: "*.soak.ts",
  outputDir: "../results/soak-traces",
  reporter: "list",
  workers: 1,
  // The soak ends by itself.
  timeout: 0,
  use: {
    browserName: "chromium",
    launchOptions,
  },
});

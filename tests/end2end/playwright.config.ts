// The journeys run on the release build, in the machine's own Chromium. `cargo xtask test --only e2e` builds all
// that is needed and sets CHROME, RUNBOARD_SANDBOX and RUNBOARD_DIST, and where there are web servers RUNBOARD_NGINX,
// RUNBOARD_CADDY, RUNBOARD_APACHE2 and RUNBOARD_HOSTING; what follows `--` goes to Playwright.

import { defineConfig } from "@playwright/test";
import { launchOptions } from "./browser.ts";
import type { Hosting } from "./fixtures.ts";

/** Where the console runs, and which of the tags of `journeys/hosts.spec.ts` hold there. */
const project = (name: string, hosting: Hosting, grep?: RegExp) => ({ name, use: hosting, ...(grep ? { grep } : {}) });

// The whole suite runs on nginx under a path: a proxy before the API is how the console is meant to be hosted. Where a
// connection breaks, a proxy answers 502: such journeys (@connection) run without one, too, and @direct only without.
const hosted = [
  { ...project("nginx, under a path", { host: "nginx", under: "/portal/console/" }), grepInvert: /@direct/ },
  project("sandbox", { host: "sandbox", under: "/" }, /@anywhere|@configured|@server|@connection|@direct/),
  project("nginx", { host: "nginx", under: "/" }, /@anywhere|@configured|@server/),
  project("Caddy, under a path", { host: "caddy", under: "/a/b/" }, /@anywhere|@configured|@server/),
  project("Apache, under a path", { host: "apache", under: "/a/b/" }, /@anywhere|@configured|@server/),
  project("a plain file server", { host: "plain", under: "/a/b/" }, /@anywhere/),
  project("Netlify", { host: "netlify", under: "/" }, /@anywhere|@configured/),
  project("Netlify, under a path", { host: "netlify", under: "/a/b/" }, /@anywhere|@configured/),
  project("Cloudflare Pages", { host: "cloudflare", under: "/" }, /@anywhere|@configured/),
  project("S3 and CloudFront", { host: "cloudfront", under: "/" }, /@anywhere|@configured/),
  project("S3 and CloudFront, under a path", { host: "cloudfront", under: "/a/b/" }, /@anywhere|@configured/),
];
// Without web servers the sandbox serves the whole suite.
const alone = [project("sandbox", { host: "sandbox", under: "/" })];

export default defineConfig<object, Hosting>({
  projects: process.env["RUNBOARD_HOSTING"] ? hosted : alone,
  testMatch: "**/{journeys,bugs}/*.spec.ts",
  outputDir: "results/traces",
  reporter: [["list"], ["json", { outputFile: "results/report.json" }]],
  // A test that passes only at the second try has found something.
  retries: 0,
  forbidOnly: true,
  fullyParallel: true,
  workers: 2,
  timeout: 45_000,
  // A build that is broken throughout still ends in a report; one that works takes half of it on two slow cores.
  globalTimeout: 55 * 60_000,
  expect: { timeout: 10_000 },
  use: {
    browserName: "chromium",
    launchOptions,
    // Shorter than a test, so that what was waited for is named.
    actionTimeout: 10_000,
    navigationTimeout: 20_000,
    locale: "en-GB",
    timezoneId: "UTC",
    trace: "retain-on-failure",
  },
});

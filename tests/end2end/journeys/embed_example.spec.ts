// The host page that docs/embedding.md begins with, as `cargo xtask start --embed` serves it.

import { join } from "node:path";
import { type FrameLocator, type Page, expect } from "@playwright/test";
import { startSandbox, test as base } from "../fixtures.ts";
import { FOLDER } from "../portal.ts";

const board = (page: Page): FrameLocator => page.frameLocator("run-board iframe");

/** A sandbox with the host page; its generated configuration says where that is. */
const test = base.extend<{ example: { console: string; hostPage: string } }>({
  example: async ({}, use) => {
    const flags = ["--host-page", join(FOLDER, "embed"), "--host-page-port", "0", "--seed-runs", "3"];
    const { child, url } = await startSandbox(...flags);
    const { links } = (await (await fetch(new URL("config.json", url))).json()) as { links: { portal: string } };
    await use({ console: url, hostPage: links.portal });
    child.kill();
  },
});

test("the example host page shows the runs, signed in, under a strict policy with Trusted Types", async ({ page, example }) => {
  const answer = await page.goto(example.hostPage);
  expect(answer?.headers()["content-security-policy"]).toContain("require-trusted-types-for 'script'; trusted-types 'none'");
  await expect(board(page).getByRole("table", { name: "Runs" })).toBeVisible();
  await expect(page.getByRole("alert")).toHaveCount(0);
  await page.goto(example.console);
  await page.getByRole("link", { name: "Open the portal" }).click();
  await expect(board(page).getByRole("table", { name: "Runs" })).toBeVisible();
});

for (const [status, said] of [
  [401, "You are signed out of the portal. Reload this page to sign in."],
  [503, "The portal could not issue a token (error 503). Try again in a minute."],
] as const) {
  test(`the example host page says what to do when its server answers ${status} instead of a token`, async ({ page, example, guard }) => {
    guard.allow(new RegExp(`status of ${status}`));
    await page.route("**/portal/token", (route) => route.fulfill({ status, contentType: "text/html", body: "<h1>No</h1>" }));
    await page.goto(example.hostPage);
    await expect(board(page).getByText(said)).toBeVisible();
    await page.unroute("**/portal/token");
    await board(page).getByRole("button", { name: "Try again" }).click();
    await expect(board(page).getByRole("table", { name: "Runs" })).toBeVisible();
  });
}

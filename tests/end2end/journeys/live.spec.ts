// What is read again and when: within a budget, never while nobody looks, and as the person chose.

import type { Page } from "@playwright/test";
import { type Sandbox, expect, test } from "../fixtures.ts";
import {
  ago,
  ahead,
  apiRequests,
  createdAt,
  heading,
  links,
  openSettings,
  resultCount,
  show,
  state,
  tokensForADay,
} from "./parts.ts";

/** How often the list is read again, in the menu of settings. */
async function chooseUpdates(page: Page, choice: string): Promise<void> {
  await (await openSettings(page)).getByRole("combobox", { name: "Updates" }).selectOption(choice);
  await page.keyboard.press("Escape");
}
async function expectUpdates(page: Page, value: string): Promise<void> {
  await expect((await openSettings(page)).getByRole("combobox", { name: "Updates" })).toHaveValue(value);
  await page.keyboard.press("Escape");
}
const PAUSED = "Updates are paused";

/** Opens a run whose window ends in two hours, with all that is read of it. */
async function openRun(sandbox: Sandbox, signedIn: (address: string) => Promise<Page>): Promise<void> {
  await tokensForADay(sandbox);
  const run = await createdAt(sandbox, ago(120), { name: "Spring campaign", startAt: ago(60), endAt: ahead(7200) });
  const page = await signedIn(`./?run=${run.id}`);
  await expect.poll(async () => (await sandbox.requests("summary"))[0]?.status).toBe(200);
  await expect(state(page)).toHaveText("Running");
}

/** What the API was asked for since, in no order. */
const askedSince = async (sandbox: Sandbox, before: number): Promise<string[]> =>
  (await apiRequests(sandbox)).slice(before).map((request) => request.operation).sort();

test("paused, nothing is read by itself, and that is said; it is remembered, and “Resume updates” ends it", async ({
  signedIn,
  sandbox,
  frozen,
  page,
}) => {
  await tokensForADay(sandbox);
  await sandbox.createRun({ name: "Autumn survey" });
  await signedIn();
  await expect(links(page)).toHaveText(["Autumn survey"]);
  await chooseUpdates(page, "Paused");
  await expect(page.getByText(PAUSED)).toBeVisible();
  const asked = (await apiRequests(sandbox)).length;
  await sandbox.createRun({ name: "Spring campaign" });
  await frozen.advance(600);
  await frozen.advance(1);
  await expect(links(page)).toHaveText(["Autumn survey"]);
  // The one behind its back.
  expect((await apiRequests(sandbox)).length).toBe(asked + 1);
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect(links(page)).toHaveCount(2);
  await page.reload();
  await expect(links(page)).toHaveCount(2);
  await expectUpdates(page, "paused");
  await page.getByRole("button", { name: "Resume updates" }).click();
  await expect(page.getByText(PAUSED)).toHaveCount(0);
  await sandbox.createRun({ name: "Clinic recall" });
  await frozen.advance(15);
  await page.getByRole("button", { name: "Show 1 new run" }).click();
  await expect(links(page)).toHaveCount(3);
});

test("the interval that was chosen is kept to, and remembered", async ({ signedIn, sandbox, frozen, page }) => {
  await signedIn();
  await expect(resultCount(page)).toHaveText("0 runs");
  await chooseUpdates(page, "Every 1 min");
  await page.reload();
  await expect(resultCount(page)).toHaveText("0 runs");
  await expectUpdates(page, "60");
  const asked = (await sandbox.requests("list")).length;
  for (let passed = 0; passed < 55; passed += 11) await frozen.advance(11);
  expect((await sandbox.requests("list")).length).toBe(asked);
  await frozen.advance(6);
  await expect.poll(async () => (await sandbox.requests("list")).length).toBe(asked + 1);
});

test("around a start and an end nothing is read more than 20 times a minute in all", async ({
  signedIn,
  sandbox,
  frozen,
}) => {
  test.setTimeout(90_000);
  const run = await sandbox.createRun({ name: "Spring campaign", startAt: ahead(30), endAt: ahead(90) });
  const page = await signedIn(`./?run=${run.id}`);
  await expect(heading(page)).toHaveText("Spring campaign");
  await expect.poll(async () => (await sandbox.requests("summary"))[0]?.status).toBe(200);
  const before = (await apiRequests(sandbox)).length;
  for (let second = 0; second < 60; second += 1) {
    await frozen.advance(1);
  }
  await expect(state(page)).toHaveText("Running");
  const asked = (await apiRequests(sandbox)).slice(before);
  expect(asked.length).toBeLessThanOrEqual(20);
});

test("hidden for an hour, with the clock moved: no request, and on return one of each kind", async ({
  signedIn,
  sandbox,
  frozen,
  page,
}) => {
  await openRun(sandbox, signedIn);
  await show(page, "hidden");
  const asked = (await apiRequests(sandbox)).length;
  await frozen.advance(1800);
  await frozen.advance(1800);
  expect((await apiRequests(sandbox)).length).toBe(asked);
  await show(page, "visible");
  await expect(page.getByText("Ends in 1 h", { exact: true })).toBeVisible();
  await expect.poll(() => askedSince(sandbox, asked)).toEqual(["run", "summary"]);
});

test("a computer that slept an hour is right within one request of each kind when it wakes", async ({
  signedIn,
  sandbox,
  frozen,
  page,
  context,
}) => {
  await openRun(sandbox, signedIn);
  const asked = (await apiRequests(sandbox)).length;
  // Asleep no timer fires and no event tells of it: only the clock on the wall has gone on.
  await sandbox.clock({ advance_seconds: 3600 });
  await context.clock.setSystemTime(new Date(frozen.now().getTime() + 3_600_000));
  await page.clock.fastForward(1000);
  await expect(page.getByText("Ends in 59 min 59 s", { exact: true })).toBeVisible();
  await expect.poll(() => askedSince(sandbox, asked)).toEqual(["run", "summary"]);
});

for (const [comes, back] of [
  ["is seen again", async (page: Page) => (await show(page, "hidden"), await show(page, "visible"))],
  ["has a network again", async (page: Page) => (await page.context().setOffline(true), await page.context().setOffline(false))],
] as const) {
  test(`what hangs on a connection that is no more is asked for again at once when the page ${comes}`, async ({
    signedIn,
    sandbox,
    frozen,
    page,
    guard,
  }) => {
    guard.allow(/net::ERR_/);
    await openRun(sandbox, signedIn);
    // These are never answered, and nothing says so.
    let hangs = true;
    // Counted where they are held: a request is told of before it is decided what becomes of it.
    let held = 0;
    await page.route("**/beta/**", async (route) => {
      if (hangs) held += 1;
      else await route.continue();
    });
    await frozen.advance(15);
    await expect.poll(() => held).toBe(2);
    // Well before they would be given up by themselves. What races them hangs, too.
    await frozen.advance(5);
    await expect.poll(() => held).toBe(4);
    hangs = false;
    const asked = (await apiRequests(sandbox)).length;
    await back(page);
    await expect.poll(() => askedSince(sandbox, asked)).toEqual(["run", "summary"]);
    await expect(page.getByText("Ends in 1 h 59 min", { exact: false }).first()).toBeVisible();
  });
}

test("when the network is switched under a request, the list is right within one more", async ({
  signedIn,
  sandbox,
  guard,
  frozen,
  page,
  context,
}) => {
  guard.allow(/net::ERR_/);
  await tokensForADay(sandbox);
  await sandbox.createRun({ name: "Autumn survey" });
  await signedIn();
  await expect(links(page)).toHaveText(["Autumn survey"]);
  const asked = (await sandbox.requests("list")).length;
  // What is under way when the network goes is lost with it.
  let lose = (): void => {};
  await page.route("**/beta/runs/**", async (route) => {
    await new Promise<void>((resolve) => (lose = resolve));
    await route.abort("internetdisconnected");
  });
  const underWay = page.waitForRequest("**/beta/runs/**");
  await frozen.advance(15);
  await underWay;
  await context.setOffline(true);
  lose();
  await expect(page.getByText("This computer is offline.").first()).toBeVisible();
  await frozen.advance(4);
  await page.unroute("**/beta/runs/**");
  await sandbox.createRun({ name: "Spring campaign" });
  await context.setOffline(false);
  // What is new does not push what is there.
  await page.getByRole("button", { name: "Show 1 new run" }).click();
  await expect(links(page)).toHaveCount(2);
  await expect(links(page).filter({ hasText: "Spring campaign" })).toBeVisible();
  await expect(page.getByText("This computer is offline.")).toHaveCount(0);
  expect(await sandbox.requests("list")).toHaveLength(asked + 1);
});

// A read that hangs, as on a connection that died without a word, is raced by a second one. What is shown is as fresh as before,
// long before the first one's time-out; nothing is asked twice without need, and a write never is.

import type { Page, Route } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { Gate, ahead, ago, alert, counted, createdAt, deliveries, fill, heading, links, schedule, summary, tokensForADay } from "../journeys/parts.ts";

test.beforeEach(async ({ frozen, sandbox, guard }) => {
  void frozen;
  // An aborted request is told of as failed.
  guard.allow(/net::ERR_/);
  await tokensForADay(sandbox);
});

/** Holds back requests of this kind until `release`, and counts them. The first `hangs` are never answered. */
class Held {
  sent = 0;
  private readonly routes: Route[] = [];

  constructor(
    private readonly page: Page,
    private readonly pattern: string,
    private hangs: number,
  ) {}

  async start(): Promise<this> {
    await this.page.route(this.pattern, async (route) => {
      this.sent += 1;
      if (this.sent > this.hangs) return await route.continue();
      this.routes.push(route);
    });
    return this;
  }

  /** Answers what was held back, and everything from now on. */
  async release(): Promise<void> {
    this.hangs = 0;
    // The page may have given it up meanwhile.
    for (const route of this.routes) await route.continue().catch(() => {});
  }
}

test("a list whose reading hangs is fresh again within seconds, and the hung request is aborted", async ({ signedIn, sandbox, frozen }) => {
  await sandbox.createRun({ name: "Autumn survey" });
  const page = await signedIn();
  await expect(links(page)).toHaveText(["Autumn survey"]);
  const held = await new Held(page, "**/beta/runs/", 1).start();
  const hung = page.waitForRequest("**/beta/runs/");
  const aborted = page.waitForEvent("requestfailed");
  await frozen.advance(15);
  await hung;
  await sandbox.createRun({ name: "Spring campaign" });
  // Within its usual time nothing is asked again.
  await frozen.advance(1);
  expect(held.sent).toBe(1);
  await frozen.advance(2);
  await page.getByRole("button", { name: "Show 1 new run" }).click();
  await expect(links(page)).toHaveText(["Autumn survey", "Spring campaign"]);
  expect(await aborted).toBe(await hung);
  expect(held.sent).toBe(2);
  // Nothing failed, so nothing is said to be old.
  await expect(page.getByText("the last try failed")).toHaveCount(0);
});

test("of a run and its summary that hang together, each is raced once", async ({ sandbox, signedIn, frozen }) => {
  const run = await createdAt(sandbox, ago(120), { name: "Spring campaign", startAt: ago(60), endAt: ahead(7200) });
  const page = await signedIn(`./?run=${run.id}`);
  await expect(summary(page)).toContainText("Succeeded");
  const runs = await new Held(page, `**/beta/runs/${run.id}`, 1).start();
  const summaries = await new Held(page, `**/beta/jobs/runs/${run.id}/summary`, 1).start();
  const before = await counted(deliveries(page), "Recipients");
  await frozen.advance(15);
  await expect.poll(() => [runs.sent, summaries.sent]).toEqual([1, 1]);
  await frozen.advance(3);
  await expect.poll(() => counted(deliveries(page), "Recipients")).toBeGreaterThan(before);
  expect([runs.sent, summaries.sent]).toEqual([2, 2]);
});

test("the second read may fail: the first one still counts", async ({ signedIn, sandbox, frozen, guard }) => {
  guard.allow(/status of 500/);
  await sandbox.createRun({ name: "Autumn survey" });
  const page = await signedIn();
  await expect(links(page)).toHaveText(["Autumn survey"]);
  const held = await new Held(page, "**/beta/runs/", 1).start();
  await frozen.advance(15);
  await expect.poll(() => held.sent).toBe(1);
  await sandbox.createRun({ name: "Spring campaign" });
  await sandbox.faults({ operation: "list", count: 1, fault: { kind: "status", status: 500 } });
  const failed = page.waitForResponse((response) => response.status() === 500);
  await frozen.advance(3);
  await failed;
  await held.release();
  await page.getByRole("button", { name: "Show 1 new run" }).click();
  await expect(links(page)).toHaveCount(2);
  expect(held.sent).toBe(2);
  await expect(page.getByText("the last try failed")).toHaveCount(0);
});

test("a server that became slow is not asked twice for every reading", async ({ signedIn, sandbox, frozen }) => {
  await sandbox.createRun({ name: "Autumn survey" });
  const page = await signedIn();
  await expect(links(page)).toHaveText(["Autumn survey"]);
  let gate = new Gate();
  let sent = 0;
  await page.route("**/beta/runs/", async (route) => {
    sent += 1;
    // Whoever asks later is answered later; by then the first answer has ended the race.
    if (sent === 1) await gate.wait(route);
  });
  const counts: number[] = [];
  const refresh = page.getByRole("button", { name: "Refresh" });
  for (let reading = 0; reading < 4; reading += 1) {
    [sent, gate] = [0, new Gate()];
    await sandbox.createRun({ name: `Spring campaign ${reading}` });
    await refresh.click();
    await expect.poll(() => sent).toBe(1);
    await frozen.advance(4);
    if (reading === 0) await expect.poll(() => sent).toBe(2);
    gate.open();
    await expect(links(page)).toHaveCount(2 + reading);
    // A second request would have been noted before the answer to the first was shown.
    counts.push(sent);
    await expect(refresh).not.toHaveAttribute("aria-busy", "true");
  }
  expect(counts).toEqual([2, 1, 1, 1]);
});

test("a server that asks for fewer requests is not raced", async ({ signedIn, sandbox, frozen, guard }) => {
  guard.allow(/status of 429/);
  await sandbox.createRun({ name: "Autumn survey" });
  const page = await signedIn();
  await expect(links(page)).toHaveText(["Autumn survey"]);
  await sandbox.faults({ operation: "list", count: 1, fault: { kind: "status", status: 429 } });
  await frozen.advance(15);
  await expect(page.getByText("the last try failed")).toBeVisible();
  const held = await new Held(page, "**/beta/runs/", 9).start();
  await page.getByRole("button", { name: "Try again" }).first().click();
  await expect.poll(() => held.sent).toBe(1);
  await frozen.advance(15);
  expect(held.sent).toBe(1);
  await held.release();
  await expect(page.getByText("the last try failed")).toHaveCount(0);
});

test("nothing is raced while the page is hidden", async ({ signedIn, sandbox, frozen, page }) => {
  await sandbox.createRun({ name: "Autumn survey" });
  await signedIn();
  await expect(links(page)).toHaveText(["Autumn survey"]);
  const held = await new Held(page, "**/beta/runs/", 9).start();
  await frozen.advance(15);
  await expect.poll(() => held.sent).toBe(1);
  await page.evaluate(() => {
    Object.defineProperty(document, "visibilityState", { configurable: true, get: () => "hidden" });
    document.dispatchEvent(new Event("visibilitychange"));
  });
  await frozen.advance(8);
  await frozen.advance(4);
  expect(held.sent).toBe(1);
});

test("a create that hangs is sent once", async ({ signedIn, sandbox, frozen, page }) => {
  await signedIn("./?new");
  const held = await new Held(page, "**/beta/jobs/runs", 1).start();
  await fill(page);
  await schedule(page).click();
  await expect.poll(() => held.sent).toBe(1);
  await frozen.advance(12);
  await frozen.advance(12);
  expect(held.sent).toBe(1);
  await held.release();
  await expect(heading(page)).toHaveText("Spring campaign");
  await expect(alert(page)).toHaveCount(0);
  expect(await sandbox.requests("create")).toHaveLength(1);
});

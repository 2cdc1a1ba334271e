// Of all tabs and frames of one person, one reads the list and tells the others: ten tabs ask the API for no more than one does.

import type { BrowserContext, CDPSession, Locator, Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { opensAnew, portalKnows } from "../bugs/signed_in.ts";
import { fill, heading, links, preview, pressEnter, readers, reads, resultCount, row, schedule, show, updated } from "./parts.ts";

const showNew = (page: Page, count = 1): Locator =>
  page.getByRole("button", { name: count === 1 ? "Show 1 new run" : `Show ${count} new runs` });

/** Opens a tab with the list, and waits until it shows this run. */
async function opensList(context: BrowserContext, run = "Autumn survey"): Promise<Page> {
  const page = await opensAnew(context);
  await expect(row(page, run)).toBeVisible();
  return page;
}

const inspect = (page: Page): Promise<CDPSession> => page.context().newCDPSession(page);

test.beforeEach(async ({ sandbox }) => {
  await portalKnows(sandbox, "ann");
  await sandbox.createRun({ name: "Autumn survey" });
});

test("one tab reads, the other shows the same; when the first is closed, the other takes over", async ({ context, sandbox, frozen }) => {
  const reader = await opensList(context);
  const other = await opensList(context);
  expect(await reads(sandbox)).toBe(1);
  await sandbox.createRun({ name: "Spring campaign" });
  await frozen.advance(15);
  for (const page of [reader, other]) {
    await showNew(page).click();
    await expect(links(page)).toHaveCount(2);
  }
  await expect(updated(other)).toHaveText((await updated(reader).textContent()) ?? "");
  expect(await reads(sandbox)).toBe(2);
  const [before] = await readers(other);
  await reader.close();
  await expect.poll(async () => (await readers(other)).some((holder) => holder !== before)).toBe(true);
  await sandbox.createRun({ name: "Clinic recall" });
  await frozen.advance(15);
  await expect(showNew(other)).toBeVisible();
  expect(await reads(sandbox)).toBe(3);
});

test("ten tabs ask for the list no more often than one", async ({ context, sandbox, frozen }) => {
  test.setTimeout(120_000);
  const pages: Page[] = [];
  for (let tab = 0; tab < 10; tab += 1) pages.push(await opensList(context));
  expect(await reads(sandbox)).toBe(1);
  for (let round = 1; round <= 4; round += 1) {
    await sandbox.createRun({ name: `Round ${round}` });
    await frozen.advance(15);
    for (const page of pages) await expect(showNew(page, round)).toBeVisible();
    expect(await reads(sandbox)).toBe(1 + round);
  }
});

test("a run that is gone, and one that has changed, are told", async ({ context, sandbox, frozen }) => {
  const stopped = await sandbox.createRun({ name: "Spring campaign" });
  const reader = await opensList(context);
  const other = await opensList(context);
  await expect(links(other)).toHaveCount(2);
  const headers = { authorization: `Bearer ${await sandbox.token({ sub: "ann" })}` };
  await fetch(new URL(`beta/runs/${stopped.id}/stop`, sandbox.url), { method: "POST", headers });
  await frozen.advance(15);
  for (const page of [reader, other]) await expect(row(page, "Spring campaign")).toContainText("Stopped");
  expect(await reads(sandbox)).toBe(2);
});

test("“Refresh” reads in the tab in which it is pressed, and tells the others", async ({ context, sandbox, frozen }) => {
  const reader = await opensList(context);
  const other = await opensList(context);
  await frozen.advance(5);
  await sandbox.createRun({ name: "Spring campaign" });
  await other.getByRole("button", { name: "Refresh" }).click();
  await expect(links(other)).toHaveCount(2);
  await expect(showNew(reader)).toBeVisible();
  expect(await reads(sandbox)).toBe(2);
});

test("a tab that crashes is replaced at once", async ({ context, sandbox, frozen, guard }) => {
  guard.allow(/crash/i);
  const reader = await opensList(context);
  const other = await opensList(context);
  const [before] = await readers(other);
  const session = await inspect(reader);
  void session.send("Page.crash").catch(() => {});
  await expect.poll(async () => (await readers(other)).some((holder) => holder !== before)).toBe(true);
  await reader.close();
  await sandbox.createRun({ name: "Spring campaign" });
  await frozen.advance(15);
  await expect(showNew(other)).toBeVisible();
  expect(await reads(sandbox)).toBe(2);
});

test("a tab that stands still is replaced within an interval and a second, and follows when it goes on", async ({ context, sandbox, configure }) => {
  test.setTimeout(90_000);
  await configure({ poll: { seconds: 5 } });
  const reader = await opensList(context);
  const other = await opensList(context);
  const session = await inspect(reader);
  const [before] = await readers(other);
  // Chromium freezes no tab that is in sight. In the debugger it stands still as well, and keeps its lock.
  await session.send("Debugger.enable");
  await session.send("Debugger.pause");
  await sandbox.createRun({ name: "Spring campaign" });
  await expect(showNew(other)).toBeVisible();
  await expect.poll(async () => (await readers(other))[0]).not.toBe(before);
  const asked = await reads(sandbox);
  await session.send("Debugger.resume");
  await expect(showNew(reader)).toBeVisible();
  expect(await reads(sandbox)).toBeLessThanOrEqual(asked + 2);
});

test("a tab that hears nothing reads itself", async ({ context, sandbox, configure }) => {
  // So that no interval ends meanwhile.
  await configure({ poll: { seconds: 300 } });
  await opensList(context);
  const deaf = await context.newPage();
  await deaf.addInitScript(() => {
    Object.defineProperty(BroadcastChannel.prototype, "onmessage", { set: () => {} });
  });
  await deaf.goto("./");
  await expect(row(deaf, "Autumn survey")).toBeVisible();
  expect(await reads(sandbox)).toBe(2);
});

for (const missing of ["locks", "channels"]) {
  test(`without ${missing}, each tab reads for itself`, async ({ context, sandbox, frozen }) => {
    await context.addInitScript((missing) => {
      if (missing === "locks") Object.defineProperty(Navigator.prototype, "locks", { value: undefined });
      else Object.defineProperty(globalThis, "BroadcastChannel", { value: class { constructor() { throw new Error("no channels"); } } });
    }, missing);
    const pages = [await opensList(context), await opensList(context)];
    expect(await reads(sandbox)).toBe(2);
    await sandbox.createRun({ name: "Spring campaign" });
    await frozen.advance(15);
    for (const page of pages) await expect(showNew(page)).toBeVisible();
    expect(await reads(sandbox)).toBe(4);
  });
}

test("tabs of two persons share nothing", async ({ context, sandbox, frozen }) => {
  const ann = await opensList(context);
  await sandbox.clearFaults();
  await portalKnows(sandbox, "bob");
  const bob = await opensList(context);
  expect(await reads(sandbox)).toBe(2);
  expect(await readers(ann)).toHaveLength(2);
  await sandbox.createRun({ name: "Spring campaign" });
  await frozen.advance(15);
  for (const page of [ann, bob]) await expect(showNew(page)).toBeVisible();
  expect(await reads(sandbox)).toBe(4);
});

test("a reader whose sign-in ends is replaced", async ({ context, sandbox, frozen, guard }) => {
  guard.allow(/status of 40[13]/);
  const reader = await opensList(context);
  const other = await opensList(context);
  const [before] = await readers(other);
  await sandbox.createRun({ name: "Spring campaign" });
  await sandbox.clearFaults();
  await sandbox.faults(
    { operation: "token", fault: { kind: "status", status: 403 } },
    { operation: "list", count: 1, fault: { kind: "status", status: 401 } },
  );
  await frozen.advance(15);
  await expect.poll(async () => (await readers(other)).some((holder) => holder !== before)).toBe(true);
  await frozen.advance(15);
  await expect(showNew(other)).toBeVisible();
  // What it hears, it shows, too: the person is the same.
  await expect(showNew(reader)).toBeVisible();
});

test("a failed read is told in all tabs, and the next good one ends that", async ({ context, sandbox, frozen, guard }) => {
  guard.allow(/status of 503/);
  const pages = [await opensList(context), await opensList(context)];
  await sandbox.faults({ operation: "list", count: 1, fault: { kind: "status", status: 503 } });
  await frozen.advance(15);
  for (const page of pages) await expect(page.getByRole("main")).toContainText("The API failed (error 503).");
  await frozen.advance(15);
  for (const page of pages) await expect(page.getByRole("main")).not.toContainText("error 503");
  expect(await reads(sandbox)).toBe(3);
});

test("a tab that never got the list tells another one only that it fails", async ({ context, sandbox, frozen, guard }) => {
  guard.allow(/status of 503/);
  const first = await opensList(context);
  await show(first, "hidden");
  await expect.poll(() => readers(first)).toEqual([]);
  await sandbox.faults({ operation: "list", fault: { kind: "status", status: 503 } });
  const failing = await opensAnew(context);
  await expect(failing.getByRole("main")).toContainText("The runs could not be loaded");
  await frozen.advance(5);
  await show(first, "visible");
  await frozen.advance(60);
  await expect(first.getByRole("main")).toContainText("Shown as of Tue 10 Mar 2026 09:00 UTC");
  await expect(first.getByRole("main")).toContainText("The API failed (error 503).");
  await expect(resultCount(first)).toHaveText("1 run");
  await expect(row(first, "Autumn survey")).toBeVisible();
});

test("a tab that follows one that gets nothing says so, and shows the list once that one gets it", async ({ context, sandbox, frozen, guard }) => {
  guard.allow(/status of 503/);
  await sandbox.faults({ operation: "list", fault: { kind: "status", status: 503 } });
  const pages = [await opensAnew(context), await opensAnew(context)];
  for (const page of pages) await expect(page.getByRole("main")).toContainText("The runs could not be loaded");
  await frozen.advance(20);
  for (const page of pages) await expect(page.getByRole("main")).toContainText("The runs could not be loaded");
  await sandbox.clearFaults();
  await portalKnows(sandbox, "ann");
  await frozen.advance(300);
  for (const page of pages) await expect(row(page, "Autumn survey")).toBeVisible();
});

test("a tab that has loaded all runs for the page of one takes nothing from the list of another", async ({ context, sandbox, frozen }) => {
  void frozen;
  const { id } = await sandbox.createRun({ name: "Spring campaign" });
  const ofRun = await opensAnew(context, `./?run=${id}`);
  await expect(heading(ofRun)).toHaveText("Spring campaign");
  const list = await opensList(context);
  await expect(updated(list)).toHaveText("09:00:00");
  // The name that only this tab reads shows that the other one has heard of it.
  await ofRun.route(/\/runs\/$/, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: (await answer.text()).replace("Autumn survey", "Winter campaign") });
  });
  await ofRun.getByRole("button", { name: "Load other runs" }).click();
  await expect(row(list, "Winter campaign")).toBeVisible();
  await expect(updated(list)).toHaveText("09:00:00");
  await expect(resultCount(list)).toHaveText("2 runs");
});

test("while the form is open, a clash that appears is told there, and before sending", async ({ context, sandbox, frozen, signedIn }) => {
  await opensList(context);
  const page = await signedIn("./?new");
  await fill(page, { job: "12345678", name: "Spring campaign", start: "+1h", end: "+2h" });
  await expect(preview(page)).toContainText("Spring campaign");
  await expect(preview(page)).not.toContainText("Checking for other runs");
  await expect(preview(page)).not.toContainText("in this window");
  const asked = await reads(sandbox);
  await sandbox.createRun({ name: "Of a colleague", startAt: at(frozen.now(), 5400), endAt: at(frozen.now(), 9000) });
  await frozen.advance(15);
  await expect(preview(page)).toContainText("A run that clashes with this one has appeared since you filled in the form.");
  await expect(preview(page).getByRole("link", { name: "Of a colleague" })).toBeVisible();
  expect(await reads(sandbox)).toBe(asked + 1);
  await schedule(page).click();
  await expect(page.getByText("Check it, then schedule again.").first()).toBeVisible();
  expect((await sandbox.requests("create")).length).toBe(2);
  await pressEnter(schedule(page));
  await expect.poll(async () => (await sandbox.requests("create")).length).toBe(3);
});

const at = (now: Date, seconds: number): string => new Date(now.getTime() + seconds * 1000).toISOString();

test("a run that only a message claims is asked for before it is believed to be the one that was scheduled", async ({
  context,
  sandbox,
  frozen,
  guard,
}) => {
  guard.allow(/status of 404 .*\/no-such-run\b|ERR_FAILED/);
  const reader = await opensList(context);
  await reader.evaluate(() => {
    const heard: string[] = [];
    Object.assign(globalThis, { heard });
    new BroadcastChannel("runboard.reader").onmessage = (event) => heard.push(String(event.data));
  });
  const page = await opensAnew(context, "./?new");
  await page.route("**/beta/jobs/runs", (route) => (route.request().method() === "POST" ? route.abort() : route.continue()));
  await fill(page);
  await schedule(page).click();
  await expect(page.getByRole("alert")).toContainText("not known");
  await page.evaluate(() => {
    const heard: string[] = [];
    Object.assign(globalThis, { heard });
    new BroadcastChannel("runboard.reader").onmessage = (event) => heard.push(String(event.data));
  });
  await sandbox.createRun({ name: "Clinic recall" });
  await frozen.advance(15);
  const heard = async (): Promise<string[]> => {
    const of = (tab: Page): Promise<string[]> => tab.evaluate(() => (globalThis as unknown as { heard: string[] }).heard);
    return [...(await of(reader)), ...(await of(page))].filter((text) => text.includes("Clinic recall"));
  };
  await expect.poll(async () => (await heard()).length).toBeGreaterThan(0);
  const told = (await heard()).at(-1) ?? "";
  const message = JSON.parse(told, (key: string, value: unknown): unknown => {
    const claims: Record<string, unknown> = {
      id: "no-such-run",
      name: "Spring campaign",
      job_id: "12345678",
      start_at: "2026-03-10T09:30:00.000Z",
      end_at: "2026-03-10T11:00:00.000Z",
    };
    return key in claims ? claims[key] : value;
  }) as object;
  await reader.evaluate((text) => new BroadcastChannel("runboard.reader").postMessage(text), JSON.stringify(message));
  await expect
    .poll(async () => (await sandbox.requests("run")).map((request) => request.path))
    .toContainEqual(expect.stringContaining("no-such-run"));
  await expect(page.getByText("the run was found")).toHaveCount(0);
});

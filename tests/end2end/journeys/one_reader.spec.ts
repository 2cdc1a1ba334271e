// Of all tabs and frames of one person, one reads the list and tells the others: ten tabs ask the API for no more than one does.

import type { BrowserContext, CDPSession, Locator, Page } from "@playwright/test";
import { type Sandbox, expect, test } from "../fixtures.ts";
import { opensAnew, portalKnows } from "../bugs/signed_in.ts";
import { Gate, fill, heading, links, preview, pressEnter, resultCount, row, schedule, show, stopBehind } from "./parts.ts";

const reads = async (sandbox: Sandbox): Promise<number> => (await sandbox.requests("list")).length;
const showNew = (page: Page, count = 1): Locator =>
  page.getByRole("button", { name: count === 1 ? "Show 1 new run" : `Show ${count} new runs` });
/** When the list was last read, as the page says. */
const updated = (page: Page): Locator => page.locator(".as-of time");

/** Opens a tab with the list, and waits until it shows this run. */
async function opensList(context: BrowserContext, run = "Autumn survey"): Promise<Page> {
  const page = await opensAnew(context);
  await expect(row(page, run)).toBeVisible();
  return page;
}

/** The id of the run that a link leads to. */
const idOf = (link: Locator): Promise<string> =>
  link.evaluate((link: HTMLAnchorElement) => new URL(link.href).searchParams.get("run") ?? "");

/** Whether a tab holds the lock of the one that reads. */
const holders = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const { held = [] } = await navigator.locks.query();
    return held.filter(({ name }) => name?.startsWith("runboard.reader ")).map(({ clientId }) => clientId ?? "");
  });

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
  const [before] = await holders(other);
  await reader.close();
  await expect.poll(async () => (await holders(other)).some((holder) => holder !== before)).toBe(true);
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
  const [before] = await holders(other);
  const session = await inspect(reader);
  void session.send("Page.crash").catch(() => {});
  await expect.poll(async () => (await holders(other)).some((holder) => holder !== before)).toBe(true);
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
  const [before] = await holders(other);
  // Chromium freezes no tab that is in sight. In the debugger it stands still as well, and keeps its lock.
  await session.send("Debugger.enable");
  await session.send("Debugger.pause");
  await sandbox.createRun({ name: "Spring campaign" });
  await expect(showNew(other)).toBeVisible();
  await expect.poll(async () => (await holders(other))[0]).not.toBe(before);
  const asked = await reads(sandbox);
  await session.send("Debugger.resume");
  await expect(showNew(reader)).toBeVisible();
  expect(await reads(sandbox)).toBeLessThanOrEqual(asked + 2);
});

test("a tab that hears nothing reads itself", async ({ context, sandbox }) => {
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
  expect(await holders(ann)).toHaveLength(2);
  await sandbox.createRun({ name: "Spring campaign" });
  await frozen.advance(15);
  for (const page of [ann, bob]) await expect(showNew(page)).toBeVisible();
  expect(await reads(sandbox)).toBe(4);
});

test("a reader whose sign-in ends is replaced", async ({ context, sandbox, frozen, guard }) => {
  guard.allow(/status of 40[13]/);
  const reader = await opensList(context);
  const other = await opensList(context);
  const [before] = await holders(other);
  await sandbox.createRun({ name: "Spring campaign" });
  await sandbox.clearFaults();
  await sandbox.faults(
    { operation: "token", fault: { kind: "status", status: 403 } },
    { operation: "list", count: 1, fault: { kind: "status", status: 401 } },
  );
  await frozen.advance(15);
  await expect.poll(async () => (await holders(other)).some((holder) => holder !== before)).toBe(true);
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

test("a long list reaches a new tab without a request", async ({ context, sandbox }) => {
  await sandbox.reset({ seed_runs: 2_500 });
  await portalKnows(sandbox, "ann");
  const count = (page: Page): Locator => page.getByText(/^2,500 runs$/);
  const reader = await opensAnew(context);
  await expect(count(reader)).toBeVisible();
  await expect(updated(reader)).toBeVisible();
  const asked = await reads(sandbox);
  const other = await opensAnew(context);
  await expect(count(other)).toBeVisible();
  await expect(updated(other)).toBeVisible();
  // The page for new runs may have been due meanwhile.
  expect(await reads(sandbox)).toBeLessThanOrEqual(asked + 2);
});

/** As many runs as are read in parts at each interval. */
const MANY = 6_000;
const all = (page: Page, count = MANY): Locator => page.getByText(new RegExp(`^${count.toLocaleString("en-GB")} runs$`));

/** Opens a tab with very many runs, and looks away from it once it knows all of them. `name`: of one more, the newest. */
async function opensManyAndLooksAway(context: BrowserContext, sandbox: Sandbox, name?: string): Promise<Page> {
  await sandbox.reset({ seed_runs: MANY, clock: await sandbox.time() });
  if (name !== undefined) await sandbox.createRun({ name });
  await portalKnows(sandbox, "ann");
  const page = await opensAnew(context);
  await expect(all(page, MANY + (name === undefined ? 0 : 1))).toBeVisible();
  await expect(updated(page)).toBeVisible();
  await show(page, "hidden");
  await expect.poll(() => holders(page)).toEqual([]);
  return page;
}

test("a tab opened in place of one with a long list is given it, and shows what is newer itself", async ({ context, sandbox }) => {
  await opensManyAndLooksAway(context, sandbox);
  const asked = await reads(sandbox);
  // Meanwhile one run was given another name, without a word on when, and one was added, where the list begins. All other pages never
  // come, so what is shown of them is from the other tab.
  let more = 0;
  await context.route(/\/runs\/\?.*page=/, () => void (more += 1));
  await context.route(/\/runs\/$/, async (route) => {
    const answer = await route.fetch();
    const body = (await answer.json()) as { _embedded: { runs: { id: string; name: string }[] } };
    const [renamed] = body._embedded.runs;
    if (renamed) Object.assign(renamed, { name: "Winter campaign" });
    body._embedded.runs.push({ ...renamed, id: "added", name: "Spring campaign" });
    await route.fulfill({ response: answer, json: body });
  });
  const other = await opensAnew(context);
  await expect(all(other, MANY + 1)).toBeVisible();
  await expect(updated(other)).toBeVisible();
  await expect(other.getByRole("button", { name: "Stop loading" })).toHaveCount(0);
  for (const name of ["Winter campaign", "Spring campaign"]) {
    await other.getByRole("searchbox", { name: "Search runs" }).fill(name);
    await expect(links(other)).toHaveText([name]);
  }
  expect(await reads(sandbox)).toBe(asked + 1);
  // Those that were under way when the runs were offered, and those for new runs.
  expect(more).toBeLessThan(7);
});

/** From now on, what the tabs that are opened would send of all runs is held until it is asked for. */
async function holdRuns(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const held: { channel: string; message: unknown }[] = [];
    const post = BroadcastChannel.prototype.postMessage;
    BroadcastChannel.prototype.postMessage = function (message) {
      if (!this.name.startsWith("runboard.runs/")) return post.call(this, message);
      held.push({ channel: this.name, message });
    };
    const send = (): void => {
      for (const { channel, message } of held.splice(0)) {
        const sender = new BroadcastChannel(channel);
        post.call(sender, message);
        sender.close();
      }
    };
    Object.assign(globalThis, { held, send });
  });
}

interface Holding {
  held: { channel: string; message: unknown }[];
  send: () => void;
}
const parts = (page: Page): Promise<number> => page.evaluate(() => (globalThis as unknown as Holding).held.length);

/** Has a tab send what it held, and waits until another one has got it. */
async function sendHeldRuns(from: Page, to: Page): Promise<void> {
  const [channel = "", count] = await from.evaluate(() => {
    const { held } = globalThis as unknown as Holding;
    return [held[0]?.channel, held.length] as const;
  });
  const got = to.evaluate(
    ([name, count]) =>
      new Promise<void>((resolve) => {
        let left = count;
        // The console's own channel is older, so it hears each part first.
        const channel = new BroadcastChannel(name);
        channel.onmessage = () => {
          left -= 1;
          if (left === 0) resolve();
        };
        Object.assign(globalThis, { listens: true });
      }),
    [channel, count] as const,
  );
  await expect.poll(() => to.evaluate(() => "listens" in globalThis)).toBe(true);
  await from.evaluate(() => (globalThis as unknown as Holding).send());
  await got;
}

/** A tab that has asked the one before for a long list and is sent none of it; all pages but the first wait for `pages`. */
async function awaitsRuns(context: BrowserContext, sandbox: Sandbox): Promise<{ first: Page; other: Page; pages: Gate }> {
  await holdRuns(context);
  const first = await opensManyAndLooksAway(context, sandbox);
  const pages = new Gate();
  await context.route(/\/runs\/\?.*page=/, pages.wait);
  const other = await opensAnew(context);
  // Seven parts: the first hundred runs, and the others.
  await expect.poll(() => parts(first)).toBe(7);
  return { first, other, pages };
}

test("a list that is awaited from another tab can be stopped, and what then comes changes nothing", async ({ context, sandbox, frozen }) => {
  const { first, other, pages } = await awaitsRuns(context, sandbox);
  await other.getByRole("button", { name: "Stop loading" }).click();
  const loadAll = other.getByRole("button", { name: "Load all runs" });
  await expect(loadAll).toBeVisible();
  const shown = await resultCount(other).textContent();
  await sendHeldRuns(first, other);
  await expect(loadAll).toBeVisible();
  await expect(resultCount(other)).toHaveText(shown ?? "");
  pages.open();
  await loadAll.click();
  // The page lets a moment pass before it reads again.
  await frozen.advance(1);
  await expect(all(other)).toBeVisible();
});

test("a tab that was promised a long list reads it itself when nothing comes, and what comes later changes nothing", async ({
  context,
  sandbox,
}) => {
  await holdRuns(context);
  const first = await opensManyAndLooksAway(context, sandbox);
  await sandbox.createRun({ name: "Spring campaign" });
  const other = await opensAnew(context);
  await expect(all(other, MANY + 1)).toBeVisible();
  await expect(updated(other)).toBeVisible();
  expect(await parts(first)).toBe(7);
  await sendHeldRuns(first, other);
  await other.getByRole("searchbox", { name: "Search runs" }).fill("Spring campaign");
  await expect(links(other)).toHaveText(["Spring campaign"]);
  await other.getByRole("searchbox", { name: "Search runs" }).fill("");
  await expect(all(other, MANY + 1)).toBeVisible();
});

test("who leaves the list while it is awaited finds it read when they return", async ({ context, sandbox }) => {
  const { first, other, pages } = await awaitsRuns(context, sandbox);
  await links(other).first().click();
  await expect(heading(other)).not.toHaveText("Runs");
  pages.open();
  await sendHeldRuns(first, other);
  await other.getByRole("banner").getByRole("link", { name: "Runs" }).click();
  await expect(all(other)).toBeVisible();
  await expect(updated(other)).toBeVisible();
  await expect(other.getByRole("button", { name: "Stop loading" })).toHaveCount(0);
});

test("a tab that is being told the list goes on when it becomes the one that reads", async ({ context, sandbox }) => {
  await holdRuns(context);
  await sandbox.reset({ seed_runs: MANY });
  await portalKnows(sandbox, "ann");
  const reader = await opensAnew(context);
  await expect(all(reader)).toBeVisible();
  await expect(updated(reader)).toBeVisible();
  await context.route(/\/runs\/\?.*page=/, () => {});
  const other = await opensAnew(context);
  await expect.poll(() => parts(reader)).toBe(7);
  await show(reader, "hidden");
  await expect.poll(() => holders(reader)).not.toEqual([]);
  await sendHeldRuns(reader, other);
  await expect(all(other)).toBeVisible();
  await expect(updated(other)).toBeVisible();
  await expect(other.getByRole("button", { name: "Stop loading" })).toHaveCount(0);
});

test("what was read more than five minutes ago is no longer given to a new tab", async ({ context, sandbox, frozen }) => {
  await opensManyAndLooksAway(context, sandbox);
  const asked = await reads(sandbox);
  await frozen.advance(301);
  const other = await opensAnew(context);
  await expect(all(other)).toBeVisible();
  await expect(updated(other)).toBeVisible();
  expect((await reads(sandbox)) - asked).toBe(asked);
});

for (const [when, record] of [
  ["after", "./"],
  ["before", "./?activity"],
] as const) {
  test(`what changed since the other tab read the list is not said to have changed since it was handed over, if the record is loaded ${when} that`, async ({
    context,
    sandbox,
    frozen,
  }) => {
    await opensManyAndLooksAway(context, sandbox, "Spring campaign");
    await frozen.advance(60);
    // All pages but the first are known from the other tab alone.
    await context.route(/\/runs\/\?.*page=/, () => {});
    const other = await opensAnew(context, record);
    const link = (name: string): Locator => other.getByRole("banner").getByRole("link", { name });
    if (when === "before") {
      await expect(other.getByRole("main").locator(".empty-title")).toHaveText("Nothing recorded yet");
      await link("Runs").click();
    }
    await expect(updated(other)).toBeVisible();
    await other.getByRole("searchbox", { name: "Search runs" }).fill("Spring campaign");
    // The record is loaded, and a long list shown, as soon as there is time for it.
    await frozen.advance(1);
    await expect(links(other)).toHaveText(["Spring campaign"]);
    await stopBehind(sandbox, await idOf(links(other).first()));
    await frozen.advance(9);
    await links(other).first().click();
    await expect(heading(other)).toHaveText("Spring campaign");
    await link("Activity").click();
    const stopped = other.locator(".entry", { hasText: "Spring campaign was stopped" });
    await expect(stopped).toContainText("seen at 09:01:10, between 09:00:00 and 09:01:10");
  });
}

test("while the form is open, a clash that appears is told there, and before sending", async ({ context, sandbox, frozen, signedIn }) => {
  await opensList(context);
  const page = await signedIn("./?new");
  await fill(page, { job: "12345678", name: "Spring campaign", start: "+1h", end: "+2h" });
  await expect(preview(page)).toContainText("Spring campaign");
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

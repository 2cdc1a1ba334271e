// Bells: what a person asked to be notified of, wherever they are in the console and while they look at something else.

import type { BrowserContext, Locator, Page } from "@playwright/test";
import { opensAnew, portalKnows } from "../bugs/signed_in.ts";
import { type Frozen, expect, test } from "../fixtures.ts";
import { settle } from "../under_way.ts";
import { ahead, banner, fourRuns, heading, links, openMenu, reads, show, stopBehind, stopButton, stopDialog } from "./parts.ts";

const notice = (page: Page): Locator => page.locator(".shell-notes .notice", { has: page.locator(".alerts") });
const tick = (page: Page, name: string): Locator => page.getByRole("checkbox", { name, exact: true });
const icon = (page: Page): Promise<string | null> => page.locator("link[rel=icon]").getAttribute("href");

/** Waits until such an answer has come, and the page has dealt with it. The clock waits for its end before it leaps. */
async function reading(page: Page, path: RegExp, act: () => Promise<unknown>): Promise<void> {
  const answer = page.waitForResponse((response) => path.test(new URL(response.url()).pathname));
  await act();
  await answer;
  await settle(page);
}

const LIST = /\/runs\/$/;
const SUMMARY = /\/summary$/;

/** Sets a bell on the run, on its page. */
async function setBell(page: Page, id: string, what = "This run"): Promise<void> {
  await page.goto(`./?run=${id}`);
  await page.getByRole("button", { name: "Notify me" }).click();
  await tick(page, what).check();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Notifications on" })).toBeVisible();
}

/** The same where no bell is set yet, from the list of four runs: then the list is read again for the bell. */
async function setFirstBell(page: Page, id: string, what?: string): Promise<void> {
  await expect(links(page)).toHaveCount(4);
  await reading(page, LIST, () => setBell(page, id, what));
}

/** Lets time pass until the list was read. */
const pass = (page: Page, frozen: Frozen, seconds: number): Promise<void> => reading(page, LIST, () => frozen.advance(seconds));

/** Notifications of the operating system, as the browser was asked to show them. The person gives the answer when asked. */
class System {
  readonly shown: { title: string; body: string }[] = [];
  asked = 0;

  constructor(private readonly context: BrowserContext) {}

  async answers(answer: "granted" | "denied" | "throws"): Promise<void> {
    await this.context.exposeBinding("__shown", (_source, title: string, body: string) => void this.shown.push({ title, body }));
    await this.context.exposeBinding("__asked", () => void (this.asked += 1));
    await this.context.addInitScript((answer) => {
      const page = globalThis as unknown as { __shown(title: string, body: string): void; __asked(): void };
      const key = "test.permission";
      class Fake {
        static get permission(): string {
          return localStorage.getItem(key) ?? "default";
        }
        static async requestPermission(): Promise<string> {
          page.__asked();
          localStorage.setItem(key, answer === "denied" ? "denied" : "granted");
          return Fake.permission;
        }
        onclick: (() => void) | null = null;
        constructor(title: string, options: { body?: string }) {
          if (answer === "throws") throw new TypeError("Illegal constructor");
          page.__shown(title, options.body ?? "");
          Object.assign(globalThis, { __last: this });
        }
        close(): void {}
      }
      Object.defineProperty(globalThis, "Notification", { value: Fake, configurable: true, writable: true });
    }, answer);
  }
}

/** Turns system notifications on, where the person is asked. */
async function turnOnSystem(page: Page): Promise<void> {
  await page.goto("./?activity");
  await expect(page.locator(".empty-title")).toBeVisible();
  await page.getByRole("button", { name: "Notifications", exact: true }).click();
  await tick(page, "Desktop notifications").click();
}

test.beforeEach(async ({ sandbox }) => portalKnows(sandbox, "ann"));

test("a run with a bell tells on any page that it was stopped, until its page is opened", async ({ sandbox, frozen, signedIn }) => {
  const { open, upcoming } = await fourRuns(sandbox);
  const page = await signedIn();
  const ownIcon = await icon(page);
  await setFirstBell(page, open.id);
  await page.goto("./?diagnostics");
  await expect(heading(page)).toHaveText("Diagnostics");
  await page.mouse.move(5, 5);
  await expect.poll(() => reads(sandbox)).toBe(3);
  await stopBehind(sandbox, open.id);
  await stopBehind(sandbox, upcoming.id);
  await frozen.advance(15);
  await expect(notice(page)).toContainText("09:00:15 bin collection was stopped");
  await expect(notice(page)).not.toContainText("Clinic recall");
  await expect(page).toHaveTitle("(1) Diagnostics · Runboard");
  expect(await icon(page)).toMatch(/^data:image\/svg\+xml,.*%3E1%3C/);
  await expect(banner(page).getByRole("link", { name: "Activity 1 unseen notification" })).toBeVisible();

  // It stays over a reload, and until it was seen.
  await page.reload();
  await page.mouse.move(5, 5);
  await expect(notice(page)).toContainText("bin collection was stopped");
  await notice(page).getByRole("link", { name: "bin collection" }).click();
  await expect(heading(page)).toHaveText("bin collection");
  await expect(notice(page)).toHaveCount(0);
  await expect(page).toHaveTitle("bin collection · Runboard");
  expect(await icon(page)).toBe(ownIcon);
  await page.reload();
  await expect(page.getByRole("region", { name: "Recorded activity" })).toContainText("was stopped");
  await expect(notice(page)).toHaveCount(0);
});

test("a hidden tab with a bell reads once a minute; without one it reads nothing", async ({ sandbox, frozen, signedIn }) => {
  const { open } = await fourRuns(sandbox);
  const page = await signedIn();
  await expect(links(page)).toHaveCount(4);
  await show(page, "hidden");
  await frozen.advance(120);
  await reading(page, LIST, () => show(page, "visible"));
  expect(await reads(sandbox)).toBe(2);

  await setFirstBell(page, open.id);
  expect(await reads(sandbox)).toBe(3);
  await show(page, "hidden");
  for (let minute = 1; minute <= 3; minute += 1) {
    await frozen.advance(30);
    expect(await reads(sandbox)).toBe(2 + minute);
    await pass(page, frozen, 30);
    expect(await reads(sandbox)).toBe(3 + minute);
  }
  await stopBehind(sandbox, open.id);
  await frozen.advance(60);
  await expect(page).toHaveTitle("(1) bin collection · Runboard");
});

test("a job and a view can have bells, too; a run that leaves the view was in it", async ({ sandbox, frozen, signedIn }) => {
  const { open, upcoming, over } = await fourRuns(sandbox);
  const page = await signedIn();
  await setFirstBell(page, upcoming.id, "All runs of clinic-3");
  await page.goto("./");
  await expect(links(page)).toHaveCount(4);
  const views = await openMenu(page, "Views");
  await views.getByRole("button", { name: "Notify me about runs in Open now" }).click();
  await page.keyboard.press("Escape");
  await pass(page, frozen, 15);
  const second = await sandbox.createRun({ name: "Recall 2", jobId: "clinic-3", startAt: ahead(600), endAt: ahead(9000) });
  await stopBehind(sandbox, open.id);
  await pass(page, frozen, 15);
  await expect(notice(page)).toContainText("bin collection was stopped");
  await stopBehind(sandbox, second.id);
  await pass(page, frozen, 15);
  await expect(notice(page)).toContainText("Recall 2 was stopped");
  await expect(notice(page)).not.toContainText("Autumn survey");

  await page.goto("./?activity");
  await page.getByRole("button", { name: "Notifications", exact: true }).click();
  const bells = page.getByRole("list", { name: "You are notified about" });
  await expect(bells.getByRole("listitem")).toHaveText(["All runs of clinic-3Turn off", "Runs in Open nowTurn off"]);
  await bells.getByRole("button", { name: "Turn off: All runs of clinic-3" }).click();
  await expect(bells.getByRole("listitem")).toHaveText(["Runs in Open nowTurn off"]);
  await page.keyboard.press("Escape");
  await notice(page).getByRole("button", { name: "Dismiss" }).click();
  await expect(notice(page)).toHaveCount(0);
  await page.getByRole("button", { name: "Notified", exact: true }).click();
  await expect(page).toHaveURL(/\?activity&notified$/);
  await expect(page.getByRole("list", { name: "What happened" }).locator(".entry")).toHaveCount(2);
  expect(over.id).not.toBe(open.id);
});

test("who stops a run here is not told that it was stopped, in no tab", async ({ context, sandbox, frozen, signedIn }) => {
  const { open } = await fourRuns(sandbox);
  const page = await signedIn();
  await setFirstBell(page, open.id);
  const other = await context.newPage();
  await other.goto("./");
  await expect(links(other)).toHaveCount(4);
  await stopButton(page).click();
  await stopDialog(page).getByRole("button", { name: "Stop run" }).click();
  await expect(page.getByText(/^Stopped\. Requested/)).toBeVisible();
  await page.goto("./");
  await expect(links(page)).toHaveCount(4);
  await frozen.advance(15);
  for (const tab of [page, other]) {
    await tab.goto("./?activity");
    const happened = tab.getByRole("list", { name: "What happened" });
    await expect(happened).toContainText("bin collection");
    await expect(happened.locator(".entry")).toHaveCount(1);
    await expect(tab).toHaveTitle("Activity · Runboard");
    await expect(notice(tab)).toHaveCount(0);
  }
});

test("where only the record cannot be stored, who stops a run is not told of it in another tab either", async ({ context, sandbox, frozen, signedIn }) => {
  await context.addInitScript(() => void Object.defineProperty(globalThis, "indexedDB", { value: undefined }));
  const { open } = await fourRuns(sandbox);
  const page = await signedIn();
  await setFirstBell(page, open.id);
  const other = await context.newPage();
  await other.goto("./?activity");
  await expect(other.locator(".empty-title")).toHaveText("Nothing recorded yet");
  await stopButton(page).click();
  await stopDialog(page).getByRole("button", { name: "Stop run" }).click();
  await expect(page.getByText(/^Stopped\. Requested/)).toBeVisible();
  await frozen.advance(15);
  for (const tab of [other, page]) {
    await banner(tab).getByRole("link", { name: "Activity" }).click();
    const entries = tab.getByRole("list", { name: "What happened" }).locator(".entry");
    await expect(entries).toHaveCount(1);
    await expect(entries).toHaveAttribute("data-kind", "stopped-here");
    await expect(tab).toHaveTitle("Activity · Runboard");
    await expect(notice(tab)).toHaveCount(0);
  }
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("button", { name: "Clear…" }).click();
  await page.getByRole("button", { name: "Clear record" }).click();
  for (const tab of [page, other]) await expect(tab.locator(".empty-title")).toHaveText("Nothing recorded yet");
});

test("a page that is merely open has not been read: it tells until somebody does something on it", async ({ sandbox, frozen, signedIn }) => {
  const { open } = await fourRuns(sandbox);
  const page = await signedIn();
  await setFirstBell(page, open.id);
  await stopBehind(sandbox, open.id);
  await frozen.advance(15);
  await expect(notice(page)).toContainText("bin collection was stopped");
  await expect(page).toHaveTitle("(1) bin collection · Runboard");
  await page.mouse.move(40, 40);
  await expect(notice(page)).toHaveCount(0);
  await expect(page).toHaveTitle("bin collection · Runboard");
});

test("a run that ended while the computer slept is told on waking, before its bell goes", async ({ sandbox, frozen, signedIn }) => {
  await portalKnows(sandbox, "ann");
  const { open } = await fourRuns(sandbox);
  const page = await signedIn();
  await setFirstBell(page, open.id);
  await banner(page).getByRole("link", { name: "Runs" }).click();
  await expect(links(page)).toHaveCount(4);
  await pass(page, frozen, 15);
  await stopBehind(sandbox, open.id);
  await frozen.advance(6 * 3600);
  await expect(notice(page)).toContainText("bin collection was stopped");
});

test("with a bell set, the list opens with what there is, keeps its rows, and “r” elsewhere leaves it alone", async ({ sandbox, frozen, signedIn }) => {
  const { open } = await fourRuns(sandbox);
  const page = await signedIn();
  await setFirstBell(page, open.id);
  await frozen.advance(2);
  await banner(page).getByRole("link", { name: "Runs" }).click();
  await expect(links(page)).toHaveCount(4);
  await sandbox.createRun({ name: "A newcomer" });
  await pass(page, frozen, 15);
  await expect(page.getByRole("button", { name: "Show 1 new run" })).toBeVisible();
  await expect(links(page)).toHaveCount(4);
  const before = await reads(sandbox);
  await links(page).first().click();
  await expect(page.getByRole("button", { name: /Notif/ }).first()).toBeVisible();
  await frozen.answered();
  const runs = (await sandbox.requests("run")).length;
  await page.keyboard.press("r");
  await expect.poll(async () => (await sandbox.requests("run")).length).toBe(runs + 1);
  await frozen.advance(1);
  expect(await reads(sandbox)).toBe(before);
});

test("ten hidden tabs with bells read no more than one", async ({ context, sandbox, frozen }) => {
  test.setTimeout(120_000);
  const { open } = await fourRuns(sandbox);
  const page = await opensAnew(context);
  await setBell(page, open.id);
  const pages = [page];
  for (let tab = 1; tab < 10; tab += 1) {
    const other = await opensAnew(context);
    await expect(links(other)).toHaveCount(4);
    pages.push(other);
  }
  for (const tab of pages) await show(tab, "hidden");
  const visible = await reads(sandbox);
  await frozen.advance(60);
  await expect.poll(() => reads(sandbox)).toBeGreaterThan(visible);
  for (const tab of pages) await settle(tab);
  const before = await reads(sandbox);
  // As long as the interval: a longer leap would let the others fall due before they could hear of the reading.
  for (let minute = 1; minute <= 3; minute += 1) {
    await frozen.advance(55);
    await expect.poll(() => reads(sandbox)).toBe(before + minute);
    for (const tab of pages) await settle(tab);
  }
});

test("failures that rise by what was chosen are told", async ({ sandbox, frozen, signedIn }) => {
  const { open } = await fourRuns(sandbox);
  const page = await signedIn();
  await setFirstBell(page, open.id);
  await page.getByRole("button", { name: "Notifications on" }).click();
  await page.getByRole("combobox", { name: "Notify when failed deliveries rise by" }).selectOption("20 percentage points");
  await page.keyboard.press("Escape");
  const counts = (succeeded: number, failed: number) =>
    sandbox.faults({
      operation: "summary",
      fault: {
        kind: "patch",
        merge: { _embedded: { action_delivery_status: { status_succeeded_count: succeeded, status_failed_count: failed } } },
      },
    });
  await sandbox.clearFaults();
  await portalKnows(sandbox, "ann");
  await frozen.answered();
  await counts(95, 5);
  await reading(page, SUMMARY, () => page.goto("./"));
  await expect.poll(async () => (await sandbox.requests("summary")).at(-1)?.fault).toBe("patch");
  for (const [succeeded, failed, told] of [
    [85, 15, 0],
    [70, 30, 1],
  ] as const) {
    await sandbox.clearFaults();
    await portalKnows(sandbox, "ann");
    await counts(succeeded, failed);
    await reading(page, SUMMARY, () => frozen.advance(16));
    await expect(notice(page)).toHaveCount(told);
  }
  await expect(notice(page)).toContainText("bin collection has more failures: 30.0 %, before that 5.0 %");
});

test("the system tells once, from two hidden tabs, and only after a click asked for it", async ({ context, sandbox, frozen }) => {
  const system = new System(context);
  await system.answers("granted");
  const { open, upcoming } = await fourRuns(sandbox);
  const page = await opensAnew(context);
  await setBell(page, open.id);
  const other = await opensAnew(context);
  await expect(links(other)).toHaveCount(4);
  expect(system.asked).toBe(0);
  await turnOnSystem(page);
  await expect.poll(() => system.shown).toEqual([{ title: "Desktop notifications are on", body: "" }]);
  expect(system.asked).toBe(1);
  await page.keyboard.press("Escape");
  await other.mouse.move(5, 5);
  await setBell(other, upcoming.id);

  // One tab is in sight: its page says it.
  await show(page, "hidden");
  await stopBehind(sandbox, open.id);
  // The hidden one reads once a minute, so the other takes over.
  await frozen.advance(17);
  await expect(notice(other)).toContainText("bin collection was stopped");
  await frozen.advance(2);
  await expect(page).toHaveTitle("(1) Activity · Runboard");
  expect(system.shown).toHaveLength(1);
  await notice(other).getByRole("button", { name: "Dismiss" }).click();
  await expect(page).toHaveTitle("Activity · Runboard");

  await show(other, "hidden");
  await stopBehind(sandbox, upcoming.id);
  await frozen.advance(60);
  await expect(other).toHaveTitle("(1) Clinic recall · Runboard");
  await expect(page).toHaveTitle("(1) Activity · Runboard");
  await frozen.advance(2);
  await expect.poll(() => system.shown.slice(1)).toEqual([{ title: "Clinic recall was stopped", body: "09:01:19 UTC" }]);
  // Long after, there is still one.
  await frozen.advance(60);
  expect(system.shown).toHaveLength(2);
});

test("a click on a system notification opens the run", async ({ context, sandbox, frozen }) => {
  const system = new System(context);
  await system.answers("granted");
  const { open } = await fourRuns(sandbox);
  const page = await opensAnew(context);
  await setBell(page, open.id);
  await turnOnSystem(page);
  await expect.poll(() => system.shown.length).toBe(1);
  await show(page, "hidden");
  await stopBehind(sandbox, open.id);
  await frozen.advance(60);
  await expect(page).toHaveTitle("(1) Activity · Runboard");
  await frozen.advance(2);
  await expect.poll(() => system.shown.length).toBe(2);
  await show(page, "visible");
  await page.evaluate(() => (globalThis as unknown as { __last: { onclick(): void } }).__last.onclick());
  await expect(heading(page)).toHaveText("bin collection");
  await expect(page).toHaveTitle("bin collection · Runboard");
});

for (const [answer, told] of [
  ["denied", "Your browser blocks notifications from this site."],
  ["throws", "This browser can’t show desktop notifications here."],
] as const) {
  test(`system notifications that the browser refuses (${answer}) are said to be refused, and stay off`, async ({ context, sandbox, frozen }) => {
    const system = new System(context);
    await system.answers(answer);
    const { open } = await fourRuns(sandbox);
    const page = await opensAnew(context);
    await setBell(page, open.id);
    await turnOnSystem(page);
    await expect(page.getByText(told)).toBeVisible();
    await expect(tick(page, "Desktop notifications")).not.toBeChecked();
    // The page tells all the same.
    await page.keyboard.press("Escape");
    await stopBehind(sandbox, open.id);
    await frozen.advance(15);
    await expect(notice(page)).toContainText("bin collection was stopped");
  });
}

test("where the browser stores nothing, bells hold in this tab, and that is said", async ({ context, page, sandbox, frozen, signedIn }) => {
  await context.addInitScript(() => {
    Object.defineProperty(globalThis, "indexedDB", { get: () => undefined });
    const setItem = Storage.prototype.setItem;
    Storage.prototype.setItem = function (key: string, value: string) {
      if (this === localStorage) throw new DOMException("full", "QuotaExceededError");
      setItem.call(this, key, value);
    };
  });
  const { open } = await fourRuns(sandbox);
  await signedIn(`./?run=${open.id}`);
  await page.getByRole("button", { name: "Notify me" }).click();
  await tick(page, "This run").check();
  await expect(page.getByText("It could not be stored, so it holds until you close or reload this tab.")).toBeVisible();
  await page.keyboard.press("Escape");
  await banner(page).getByRole("link", { name: "Runs" }).click();
  await expect(links(page)).toHaveCount(4);
  await pass(page, frozen, 15);
  await stopBehind(sandbox, open.id);
  await pass(page, frozen, 15);
  await expect(notice(page)).toContainText("bin collection was stopped");
  await notice(page).getByRole("button", { name: "Dismiss" }).click();
  await expect(notice(page)).toHaveCount(0);
});

test("bells are each person's own, and go with an hour after the end of their run", async ({ sandbox, frozen, signedIn }) => {
  const { open } = await fourRuns(sandbox);
  const page = await signedIn();
  await setFirstBell(page, open.id);
  const keys = () => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("runboard.bells/")));
  expect((await keys())[0]).toContain("ann");
  await frozen.advance(3600);
  await expect(notice(page)).toContainText("bin collection completed");
  await expect(page.getByRole("button", { name: "Notifications on" })).toBeVisible();
  await frozen.advance(3600);
  await expect(page.getByRole("button", { name: "Notify me" })).toBeVisible();
  await page.getByRole("button", { name: "Notify me" }).click();
  await expect(tick(page, "This run")).toHaveCount(0);
  await page.keyboard.press("Escape");

  const upcoming = await sandbox.createRun({ name: "Later", startAt: ahead(20_000), endAt: ahead(30_000) });
  await setBell(page, upcoming.id);
  await sandbox.clearFaults();
  await portalKnows(sandbox, "ben");
  await page.evaluate(() => sessionStorage.clear());
  await page.goto(`./?run=${upcoming.id}`);
  await page.mouse.move(5, 5);
  await expect(page.getByRole("button", { name: "Notify me" })).toBeVisible();
  await setBell(page, upcoming.id, "All runs of Pizza campaign");
  expect((await keys()).map((key) => /(ann|ben)$/.exec(key)?.[1]).sort()).toEqual(["ann", "ben"]);
});

test("a tab that was never looked at goes on for the one in which the bell was set", async ({ context, sandbox, frozen }) => {
  const { open } = await fourRuns(sandbox);
  const behind = await context.newPage();
  await behind.addInitScript(() =>
    Object.defineProperty(document, "visibilityState", { configurable: true, get: () => "hidden" }),
  );
  await behind.goto("./");
  await expect(heading(behind)).toHaveText("Runs");
  const page = await opensAnew(context);
  await setBell(page, open.id);
  await page.close();
  await pass(behind, frozen, 60);
  await stopBehind(sandbox, open.id);
  await pass(behind, frozen, 60);
  await expect(behind).toHaveTitle("(1) Runs · Runboard");
});

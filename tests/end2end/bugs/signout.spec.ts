// What is unclear outlives a sign-out and a closed tab: warned of before, told after signing in again as the same person, and only read.

import type { Page } from "@playwright/test";
import { type Frozen, type Sandbox, type WireRun, expect, test } from "../fixtures.ts";
import { ago, ahead, alert, createdAt, expectList, field, fill, heading, schedule, signOut, stopButton, stopDialog } from "../journeys/parts.ts";
import { newRun, opensAnew, portalKnows } from "./signed_in.ts";

const UNKNOWN = "It is not known yet whether “Spring campaign” was scheduled.";
const warning = (page: Page) => page.getByRole("dialog", { name: "Sign out now?" });

/** Schedules a run whose answer is lost; the list does not show it yet. */
async function scheduleUnclear(page: Page, sandbox: Sandbox): Promise<void> {
  await sandbox.faults(
    { operation: "create", count: 1, fault: { kind: "status", status: 503, after: true } },
    { operation: "list", fault: { kind: "status", status: 200, body: [] } },
  );
  await fill(page);
  await schedule(page).click();
  await expect(alert(page)).toContainText("It is not known yet whether the run was scheduled.");
}

/** From now on the list shows every run. */
async function listShowsAll(sandbox: Sandbox, sub: string): Promise<void> {
  await sandbox.clearFaults();
  await portalKnows(sandbox, sub);
}

/** The person signs out although something is unclear, and is signed in again by the portal. */
async function leaveAndReturn(page: Page): Promise<void> {
  await signOut(page);
  await warning(page).getByRole("button", { name: "Sign out" }).click();
  await expect(heading(page)).toHaveText("Sign in");
  await expect(heading(page)).toBeFocused();
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(newRun(page)).toBeVisible();
}

/** Long enough that a page that went away was not just reloaded, as far as any tab can tell. */
async function reloadWouldBeOver(page: Page, frozen: Frozen): Promise<void> {
  await expect(heading(page)).toContainText(/Runs|New run/);
  await frozen.advance(11);
}

/** Long enough for a request that nobody wanted to be sent, and in steps, so that what follows from an answer shows, too. */
async function nothingMoreComes(frozen: Frozen): Promise<void> {
  for (let step = 0; step < 3; step += 1) await frozen.advance(30);
}

/** As a person does it, so that the page is told that it goes away. */
async function closeTab(page: Page): Promise<void> {
  const closed = page.waitForEvent("close");
  await page.close({ runBeforeUnload: true });
  await closed;
}

const stored = (page: Page, storage: "localStorage" | "sessionStorage"): Promise<string> =>
  page.evaluate((name) => JSON.stringify(Object.entries(globalThis[name]).filter(([key]) => key.startsWith("runboard.intent/"))), storage);

const posts = async (sandbox: Sandbox): Promise<string[]> =>
  (await sandbox.requests()).filter((request) => request.method === "POST" && request.operation !== "token").map((request) => request.operation);

test.beforeEach(async ({ frozen, sandbox, guard }) => {
  void frozen;
  guard.allow(/status of 503/);
  await portalKnows(sandbox, "ann");
});

test("an answer that comes after signing in again neither leads away from a form nor empties it", async ({ page, sandbox, signedIn, frozen }) => {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route("**/beta/jobs/runs", async (route) => {
    const response = await route.fetch();
    await held;
    await route.fulfill({ response });
  });
  await signedIn("./?new");
  await fill(page, {});
  await schedule(page).click();
  await expect.poll(() => posts(sandbox)).toEqual(["create"]);
  await leaveAndReturn(page);
  await fill(page, { name: "Another campaign" });
  release();
  await expect(page.getByText("Spring campaign").first()).toBeVisible();
  await page.unrouteAll({ behavior: "wait" });
  await nothingMoreComes(frozen);
  await expect(field(page, "Run name")).toHaveValue("Another campaign");
  expect(new URL(page.url()).search).toBe("?new");
  expect(await posts(sandbox)).toEqual(["create"]);
});

test.describe("while a create is unknown", () => {
  test.beforeEach(async ({ signedIn, sandbox }) => {
    await scheduleUnclear(await signedIn("./?new"), sandbox);
  });

  test("signing out is warned of, and the person may stay", async ({ page, sandbox, frozen }) => {
    await signOut(page);
    await expect(warning(page)).toContainText("The result of scheduling “Spring campaign” is not known yet.");
    await expect(warning(page)).toContainText("When you sign in again as the same person in this browser, the console checks the results and tells you.");
    await expect(warning(page).getByRole("button", { name: "Stay signed in" })).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(warning(page)).toHaveCount(0);
    await signOut(page);
    await warning(page).getByRole("button", { name: "Stay signed in" }).click();
    await expect(warning(page)).toHaveCount(0);
    await expect(field(page, "Run name")).toHaveValue("Spring campaign");
    await nothingMoreComes(frozen);
    expect(await posts(sandbox)).toEqual(["create"]);
  });

  test("it is told after signing in again as the same person, and read until it is known", async ({ page, sandbox, frozen }) => {
    await leaveAndReturn(page);
    await expect(alert(page)).toContainText("It is not known yet whether the run was scheduled.");
    await expect(alert(page)).toContainText("“Spring campaign”, requested Tue 10 Mar 2026 09:00 UTC.");
    // The form holds what "Send again" would send.
    await expect(field(page, "Run name")).toHaveValue("Spring campaign");
    await page.getByRole("link", { name: "Runs", exact: true }).click();
    await expect(alert(page)).toContainText(UNKNOWN);
    await listShowsAll(sandbox, "ann");
    await page.reload();
    await expect(page.getByText("“Spring campaign” was scheduled. The reply was lost, but the run was found.")).toBeVisible();
    await nothingMoreComes(frozen);
    expect(await posts(sandbox)).toEqual(["create"]);
  });

  test("it is told after signing in again in another tab", async ({ page, sandbox, context, frozen }) => {
    await signOut(page);
    await warning(page).getByRole("button", { name: "Sign out" }).click();
    await expect(heading(page)).toHaveText("Sign in");
    await page.close();
    const other = await opensAnew(context);
    await expect(alert(other)).toContainText(UNKNOWN);
    await nothingMoreComes(frozen);
    expect(await posts(sandbox)).toEqual(["create"]);
  });

  test("another person is told nothing, and it is kept for the one whose it is", async ({ page, sandbox, frozen }) => {
    await signOut(page);
    await warning(page).getByRole("button", { name: "Sign out" }).click();
    await sandbox.clearFaults();
    await sandbox.faults({ operation: "list", fault: { kind: "status", status: 200, body: [] } });
    await portalKnows(sandbox, "bob");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("link", { name: "Runs", exact: true }).click();
    await expectList(page, "0 runs");
    await frozen.advance(60);
    await expect(page.getByText("Spring campaign")).toHaveCount(0);
    await signOut(page);
    await expect(heading(page)).toHaveText("Sign in");
    await sandbox.clearFaults();
    await portalKnows(sandbox, "ann");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByText("“Spring campaign” was scheduled. The reply was lost, but the run was found.")).toBeVisible();
    await nothingMoreComes(frozen);
    expect(await posts(sandbox)).toEqual(["create"]);
  });

  test("a tab that is opened after this one was closed tells it, once", async ({ page, sandbox, context, frozen }) => {
    await closeTab(page);
    const other = await opensAnew(context);
    await reloadWouldBeOver(other, frozen);
    await expect(alert(other)).toContainText(UNKNOWN);
    const third = await opensAnew(context);
    await reloadWouldBeOver(third, frozen);
    await expect(third.getByText("Spring campaign")).toHaveCount(0);
    expect(await stored(third, "localStorage")).toBe("[]");
    await listShowsAll(sandbox, "ann");
    await frozen.advance(15);
    await expect(other.getByText("“Spring campaign” was scheduled. The reply was lost, but the run was found.")).toBeVisible();
    await nothingMoreComes(frozen);
    expect(await posts(sandbox)).toEqual(["create"]);
  });

  test("a tab that is open already tells it when this one is closed", async ({ page, context, frozen }) => {
    const other = await opensAnew(context);
    await expectList(other, "0 runs");
    await closeTab(page);
    await reloadWouldBeOver(other, frozen);
    await expect(alert(other)).toContainText(UNKNOWN);
  });

  test("a reload goes on by itself, and tells it in no other tab", async ({ page, context, frozen, sandbox }) => {
    const other = await opensAnew(context);
    await page.reload();
    await expect(alert(page)).toContainText("It is not known yet whether the run was scheduled.");
    expect(await stored(page, "localStorage")).toBe("[]");
    await reloadWouldBeOver(other, frozen);
    await expect(other.getByText("Spring campaign")).toHaveCount(0);
    await nothingMoreComes(frozen);
    expect(await posts(sandbox)).toEqual(["create"]);
  });

  test("a duplicated tab that is still open is the only one that tells it", async ({ page, context, frozen }) => {
    const entries = await page.evaluate(() => Object.entries(sessionStorage));
    const twin = await context.newPage();
    await twin.addInitScript((all) => {
      if (sessionStorage.length === 0) for (const [key, value] of all) sessionStorage.setItem(key, value);
    }, entries);
    await twin.goto("./");
    await expect(alert(twin)).toContainText(UNKNOWN);
    await closeTab(page);
    const other = await opensAnew(context);
    await reloadWouldBeOver(other, frozen);
    await expect(other.getByText("Spring campaign")).toHaveCount(0);
    await expect(alert(twin)).toContainText("Spring campaign");
  });

  test("what is kept holds no token, and is dropped after a week", async ({ page, sandbox, context, frozen }) => {
    await signOut(page);
    await warning(page).getByRole("button", { name: "Sign out" }).click();
    await expect(heading(page)).toHaveText("Sign in");
    const text = await stored(page, "localStorage");
    expect(text).toContain("Spring campaign");
    expect(text).not.toContain("eyJ");
    // In the tab itself only the draft stays.
    const inTab = await stored(page, "sessionStorage");
    expect((JSON.parse(inTab) as [string, string][]).map(([key]) => key)).toEqual([expect.stringMatching(/#draft$/)]);
    expect(inTab).not.toContain("eyJ");
    await page.close();
    await frozen.advance(7 * 86_400);
    await sandbox.clearFaults();
    await portalKnows(sandbox, "ann");
    const other = await opensAnew(context);
    await expectList(other, "1 run");
    await frozen.advance(1);
    await expect(alert(other)).toHaveCount(0);
    expect(await stored(other, "localStorage")).toBe("[]");
  });
});

test("with storage refused, the person is told that nothing is remembered", async ({ context, page, sandbox }) => {
  await context.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("refused", "QuotaExceededError");
    };
  });
  await page.goto("./?new");
  await scheduleUnclear(page, sandbox);
  await signOut(page);
  await expect(warning(page)).toContainText("This browser doesn’t let the console remember this");
  await warning(page).getByRole("button", { name: "Sign out" }).click();
  await expect(heading(page)).toHaveText("Sign in");
});

test("with nothing unclear, signing out asks nothing", async ({ signedIn, sandbox, frozen }) => {
  const page = await signedIn("./?new");
  await fill(page);
  await schedule(page).click();
  await expect(heading(page)).toHaveText("Spring campaign");
  await signOut(page);
  await expect(heading(page)).toHaveText("Sign in");
  expect(await stored(page, "localStorage")).toBe("[]");
  expect(await stored(page, "sessionStorage")).toBe("[]");
  await nothingMoreComes(frozen);
  expect(await posts(sandbox)).toEqual(["create"]);
});

test.describe("while a stop is unknown", () => {
  let run: WireRun;

  test.beforeEach(async ({ sandbox, signedIn }) => {
    run = await createdAt(sandbox, ago(7200), { name: "Spring campaign", startAt: ago(3600), endAt: ahead(5400) });
    const page = await signedIn(`./?run=${run.id}`);
    await sandbox.faults(
      { operation: "stop", count: 1, fault: { kind: "status", status: 503 } },
      { operation: "run", fault: { kind: "status_word", word: "running" } },
    );
    await stopButton(page).click();
    await stopDialog(page).getByRole("button", { name: "Stop run" }).click();
    await expect(alert(page)).toContainText("Stop requested Tue 10 Mar 2026 09:00 UTC, but no clear reply came.");
  });

  test("signing out is warned of, and it is told on any page after signing in again", async ({ page, sandbox, frozen }) => {
    await signOut(page);
    await expect(warning(page)).toContainText("The result of stopping “Spring campaign” is not known yet.");
    await page.keyboard.press("Escape");
    await page.getByRole("link", { name: "Runs", exact: true }).click();
    await leaveAndReturn(page);
    await expect(alert(page)).toContainText("“Spring campaign” was not stopped. The console keeps checking.");
    await alert(page).getByRole("link", { name: "Open the run" }).click();
    await expect(alert(page)).toContainText("Stop requested Tue 10 Mar 2026 09:00 UTC, but no clear reply came.");
    await nothingMoreComes(frozen);
    expect((await posts(sandbox)).slice(1)).toEqual(["stop"]);
  });

  test("a tab that is opened after this one was closed tells it, and what became of it", async ({ page, sandbox, context, frozen }) => {
    await closeTab(page);
    const other = await opensAnew(context);
    await reloadWouldBeOver(other, frozen);
    await expect(alert(other)).toContainText("“Spring campaign” was not stopped. The console keeps checking.");
    await sandbox.clearFaults();
    await portalKnows(sandbox, "ann");
    await sandbox.faults({ operation: "run", fault: { kind: "status_word", word: "stopped" } });
    await frozen.advance(30);
    const stopped = other.getByRole("status").filter({ hasText: "“Spring campaign” was stopped." });
    await expect(stopped).toBeVisible();
    await stopped.getByRole("button", { name: "Dismiss" }).click();
    await expect(stopped).toHaveCount(0);
    await nothingMoreComes(frozen);
    expect((await posts(sandbox)).slice(1)).toEqual(["stop"]);
  });
});

test("the rest of a bulk stop waits for the person after signing in again", async ({ signedIn, sandbox, page, frozen }) => {
  for (const name of ["Autumn survey", "Clinic recall", "Dental check-up"]) await sandbox.createRun({ name });
  await signedIn();
  await page.route("**/beta/runs/*-*", () => {});
  await page.getByRole("checkbox", { name: "Select Autumn survey", exact: true }).check();
  await page.getByRole("checkbox", { name: "Select Clinic recall", exact: true }).check();
  await page.getByRole("checkbox", { name: "Select Dental check-up", exact: true }).check();
  await page.getByRole("button", { name: "Stop 3 runs" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Stop 3 runs" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await signOut(page);
  await expect(warning(page)).toContainText("3 runs that you chose to stop have not been asked to stop yet.");
  await warning(page).getByRole("button", { name: "Sign out" }).click();
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("Not all of these runs were asked to stop before you left this page or signed out.")).toBeVisible();
  await nothingMoreComes(frozen);
  expect((await posts(sandbox)).slice(3)).toEqual([]);
});

// Requests without a known result that several tabs leave at once, and what a tab says and allows before they are checked.

import type { BrowserContext, Locator, Page } from "@playwright/test";
import { type Frozen, type Sandbox, expect, test } from "../fixtures.ts";
import { alert, field, fill, heading, preview, schedule, scheduleBlocked } from "../journeys/parts.ts";
import { newRun, opensAnew, portalKnows } from "./signed_in.ts";

const UNKNOWN = (name: string): string => `It is not known yet whether “${name}” was scheduled.`;
const CLOSED = "A tab that was closed or reloaded left a request whose result is not known.";
const CHECKED_ELSEWHERE = "Another tab of this browser is checking it.";

const warning = (page: Page): Locator => page.getByRole("dialog", { name: "Sign out now?" });
const dismiss = (page: Page): Locator => page.getByRole("main").getByRole("button", { name: "Dismiss" });

async function clickSignOut(page: Page): Promise<void> {
  await page.getByRole("banner").getByRole("button", { name: "Settings", exact: true }).click();
  await page.getByRole("group", { name: "Settings", exact: true }).getByRole("button", { name: "Sign out" }).click();
}

async function signOut(page: Page): Promise<void> {
  await clickSignOut(page);
  await warning(page).getByRole("button", { name: "Sign out" }).click();
  await expect(heading(page)).toHaveText("Sign in");
}

async function signIn(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(newRun(page)).toBeVisible();
}

/** As a person does it, so that the page is told that it goes away. */
async function closeTab(page: Page): Promise<void> {
  const closed = page.waitForEvent("close");
  await page.close({ runBeforeUnload: true });
  await closed;
}

/** From now on the portal signs this person in, and no other fault applies. */
async function onlyPortalKnows(sandbox: Sandbox, sub: string): Promise<void> {
  await sandbox.clearFaults();
  await portalKnows(sandbox, sub);
}

/** The answers of creates are lost, and the list shows no run. */
async function losesCreates(sandbox: Sandbox): Promise<void> {
  await sandbox.faults(
    { operation: "create", fault: { kind: "status", status: 503, after: true } },
    { operation: "list", fault: { kind: "status", status: 200, body: [] } },
  );
}

async function listShowsAll(sandbox: Sandbox): Promise<void> {
  await onlyPortalKnows(sandbox, "ann");
}

/** A tab in which a create of this name has no known result. */
async function unclearTab(context: BrowserContext, name: string): Promise<Page> {
  const page = await opensAnew(context, "./?new");
  await fill(page, { name });
  await schedule(page).click();
  await expect(alert(page)).toContainText("It is not known yet whether the run was scheduled.");
  return page;
}

const creates = async (sandbox: Sandbox): Promise<number> => (await sandbox.requests("create")).length;

/** What tabs left in this browser. */
const left = (page: Page): Promise<number> =>
  page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes("#left/")).length);

/** Lets time pass until all readings of the list were in vain. Each is due only some time after the answer to the one before it. */
async function readsInVain(page: Page, frozen: Frozen): Promise<void> {
  await expect(async () => {
    await frozen.advance(20);
    await expect(alert(page)).toContainText("was not found in the list.", { timeout: 500 });
  }).toPass({ timeout: 20_000 });
}

test.beforeEach(async ({ frozen, sandbox, guard }) => {
  void frozen;
  guard.allow(/status of 503/);
  await onlyPortalKnows(sandbox, "ann");
});

test("a create that hangs while the person signs out is told of after signing in again", async ({ context, sandbox }) => {
  const page = await opensAnew(context, "./?new");
  const sent: string[] = [];
  page.on("request", (request) => void (request.url().endsWith("/beta/jobs/runs") && sent.push(request.method())));
  // It is carried out, and its answer never comes. The route stays: without it the browser would send on what is held back.
  await page.route("**/beta/jobs/runs", async (route) => void (await route.fetch()));
  await fill(page);
  await schedule(page).click();
  await expect.poll(() => creates(sandbox)).toBe(1);
  await clickSignOut(page);
  await expect(warning(page)).toContainText("The result of scheduling “Spring campaign” is not known yet.");
  await warning(page).getByRole("button", { name: "Sign out" }).click();
  await expect(heading(page)).toHaveText("Sign in");
  await signIn(page);
  await expect(page.getByText("Scheduled. The reply was lost, but the run was found.")).toBeVisible();
  await expect(page.getByRole("main").getByRole("link", { name: "Spring campaign", exact: true })).toBeVisible();
  expect(await creates(sandbox)).toBe(1);
  // Nor did it try to: what is held back on its way shows only here.
  expect(sent).toEqual(["POST"]);
});

test("two tabs that are signed out together lose nothing: both creates are told of", async ({ context, sandbox, frozen }) => {
  await losesCreates(sandbox);
  const first = await unclearTab(context, "First campaign");
  const second = await unclearTab(context, "Second campaign");
  await signOut(first);
  await expect(heading(second)).toHaveText("Sign in");
  await expect.poll(() => left(first)).toBe(2);
  await signIn(first);
  await first.getByRole("link", { name: "Runs", exact: true }).first().click();
  await expect(alert(first)).toContainText(/It is not known yet whether “(First|Second) campaign” was scheduled\./);
  await listShowsAll(sandbox);
  await frozen.advance(15);
  const found = first.getByText("was scheduled. The reply was lost, but the run was found.");
  await expect(found).toBeVisible();
  const one = await found.innerText();
  await dismiss(first).click();
  await expect(found).toContainText(one.includes("First") ? "Second" : "First");
  expect(await left(first)).toBe(0);
  expect(await creates(sandbox)).toBe(2);
});

test("what waits to be checked blocks the same run, and its turn comes when the result before it is dismissed", async ({
  context,
  sandbox,
  frozen,
}) => {
  await losesCreates(sandbox);
  const first = await unclearTab(context, "First campaign");
  const second = await unclearTab(context, "Second campaign");
  await signOut(first);
  await expect(heading(second)).toHaveText("Sign in");
  await closeTab(second);
  const page = await opensAnew(context);
  await expect(alert(page)).toContainText(/It is not known yet whether “(First|Second) campaign” was scheduled\./);
  const waits = (await alert(page).innerText()).includes("First") ? "Second campaign" : "First campaign";
  await expect(page.getByText("It will be checked here when you have dismissed the results of this tab.")).toBeVisible();
  await readsInVain(page, frozen);
  await newRun(page).click();
  await fill(page, { name: waits });
  // It is asked about for itself: beside the result of the other one, "Send again" would send what is in the form.
  const asked = (about: string) => page.locator("#create-outcome .notice").filter({ hasText: about });
  const sendAgain = page.getByRole("button", { name: "Send again", exact: true });
  await expect(asked("You requested the same run").locator(sendAgain)).toBeVisible();
  await expect(asked("Not found in 5 checks").locator(sendAgain)).toHaveCount(0);
  await scheduleBlocked(page);
  await expect(page.locator("#create-outcome")).toBeFocused();
  expect(await creates(sandbox)).toBe(2);
  await page.getByRole("button", { name: "Do not send again" }).click();
  await expect(alert(page)).toContainText("It is not known yet whether the run was scheduled.");
  await expect(alert(page)).toContainText(waits);
  expect(await creates(sandbox)).toBe(2);
});

test("a closed tab's request is told of at once in the next tab, and the same run is not sent before it is checked", async ({
  context,
  sandbox,
  frozen,
}) => {
  await losesCreates(sandbox);
  await closeTab(await unclearTab(context, "Spring campaign"));
  // No tab is opened at the very instant at which another one is closed.
  await frozen.advance(1);
  const page = await opensAnew(context, "./?new");
  await expect(page.getByRole("status").filter({ hasText: CLOSED })).toBeVisible();
  await fill(page);
  await expect(page.getByText("and its outcome is not known. Send again?")).toBeVisible();
  await scheduleBlocked(page);
  expect(await creates(sandbox)).toBe(1);
  await frozen.advance(11);
  await expect(alert(page)).toContainText("It is not known yet whether the run was scheduled.");
  await expect(page.getByText(CLOSED)).toHaveCount(0);
  expect(await creates(sandbox)).toBe(1);
});

test("a tab that is reloaded is no news in the others", async ({ context, sandbox, frozen }) => {
  await losesCreates(sandbox);
  const page = await unclearTab(context, "Spring campaign");
  const other = await opensAnew(context);
  await page.reload();
  await expect(alert(page)).toContainText("It is not known yet whether the run was scheduled.");
  await expect.poll(() => left(page)).toBe(0);
  await frozen.advance(11);
  await expect(other.getByText(CLOSED)).toHaveCount(0);
  await expect(other.getByText("Spring campaign")).toHaveCount(0);
});

test("a request of another tab that was not found stands over a form that holds it", async ({ context, sandbox, frozen }) => {
  await losesCreates(sandbox);
  await closeTab(await unclearTab(context, "Spring campaign"));
  const page = await opensAnew(context);
  await frozen.advance(11);
  await expect(alert(page)).toContainText(UNKNOWN("Spring campaign"));
  await readsInVain(page, frozen);
  await alert(page).getByRole("link", { name: "Go to the form" }).click();
  await expect(field(page, "Run name")).toHaveValue("Spring campaign");
  await expect(field(page, "Job ID")).toHaveValue("12345678");
  await expect(page.getByRole("button", { name: "Send again", exact: true })).toBeVisible();
  expect(await creates(sandbox)).toBe(1);
  await page.getByRole("button", { name: "Send again", exact: true }).click();
  await expect.poll(() => creates(sandbox)).toBe(2);
});

test("what was typed stays when another tab's request is taken up", async ({ context, sandbox, frozen }) => {
  await losesCreates(sandbox);
  const page = await opensAnew(context, "./?new");
  await fill(page, { name: "Another campaign" });
  await closeTab(await unclearTab(context, "Spring campaign"));
  await frozen.advance(11);
  await expect(alert(page)).toContainText("It is not known yet whether the run was scheduled.");
  await expect(field(page, "Run name")).toHaveValue("Another campaign");
  await listShowsAll(sandbox);
  await frozen.advance(15);
  await page.getByRole("button", { name: "Schedule another run" }).click();
  await expect(field(page, "Run name")).toHaveValue("Another campaign");
});

test("a draft outlives signing out, for the same person only", async ({ context, sandbox }) => {
  const page = await opensAnew(context, "./?new");
  await fill(page, { name: "Half typed" });
  await clickSignOut(page);
  await expect(heading(page)).toHaveText("Sign in");
  await onlyPortalKnows(sandbox, "bob");
  await signIn(page);
  await expect(field(page, "Run name")).toHaveValue("");
  await clickSignOut(page);
  await expect(heading(page)).toHaveText("Sign in");
  await onlyPortalKnows(sandbox, "ann");
  await signIn(page);
  await expect(field(page, "Run name")).toHaveValue("Half typed");
});

test("a tab that left a request says where it is checked, if another tab was faster", async ({ context, sandbox }) => {
  await losesCreates(sandbox);
  const page = await unclearTab(context, "Spring campaign");
  const other = await opensAnew(context);
  await signOut(page);
  await expect(heading(other)).toHaveText("Sign in");
  await signIn(other);
  await expect(alert(other)).toContainText(UNKNOWN("Spring campaign"));
  await signIn(page);
  await expect(page.getByRole("status").filter({ hasText: CHECKED_ELSEWHERE })).toBeVisible();
  await dismiss(page).click();
  await expect(page.getByText(CHECKED_ELSEWHERE)).toHaveCount(0);
});

test("entries of anybody that are older than a week are swept at the start", async ({ context, frozen }) => {
  const page = await opensAnew(context);
  await page.evaluate((now) => {
    const entry = JSON.stringify({ at: now, create: "[]" });
    localStorage.setItem(`runboard.intent/%2Fbeta/bob#left/${now - 8 * 86_400_000}/1`, entry);
    localStorage.setItem(`runboard.intent/%2Fbeta/bob#left/${now}/2`, entry);
  }, frozen.now().getTime());
  await page.reload();
  await expect(newRun(page)).toBeVisible();
  expect(await left(page)).toBe(1);
});

test("messages on the channel sign nobody out and schedule nothing, whatever they claim", async ({ context, sandbox, guard }) => {
  // The forged message names a run that does not exist, and the console asks the API for it.
  guard.allow(/status of 404 .*\/no-such-run\b/);
  const page = await opensAnew(context, "./?new");
  const other = await opensAnew(context, "./?new");
  await other.evaluate(() => {
    const heard: string[] = [];
    Object.assign(globalThis, { heard });
    new BroadcastChannel("runboard").onmessage = (event) => heard.push(String(event.data));
  });
  const heard = (): Promise<string[]> => other.evaluate(() => (globalThis as unknown as { heard: string[] }).heard);
  await fill(page);
  await expect.poll(async () => (await heard()).length).toBeGreaterThan(0);
  const typing = JSON.parse((await heard()).at(-1) ?? "") as { home: string; said: { doing: { key: string } } };
  await fill(other);
  await expect(preview(other)).toContainText("Another tab of this browser has the same run in its form.");
  const say = (text: string): Promise<void> =>
    page.evaluate((message) => new BroadcastChannel("runboard").postMessage(message), text);
  const settled = { key: typing.said.doing.key, run: "no-such-run" };
  await say(JSON.stringify({ home: typing.home, tab: "forged", said: { settled } }));
  await say(`signed-out ${typing.home}`);
  await expect.poll(async () => (await sandbox.requests("run")).map((request) => request.path)).toContainEqual(
    expect.stringContaining("no-such-run"),
  );
  await expect(preview(other)).not.toContainText("has just scheduled the same run");
  await expect(newRun(other)).toBeVisible();
});

// Stopping several runs: only those that were listed in the dialog, each once, each with its result.

import { type Locator, type Page, type Request, type Route } from "@playwright/test";
import { type Sandbox, expect, paste, test } from "../fixtures.ts";
import {
  Gate,
  PASTE,
  ago,
  ahead,
  heading,
  links,
  row,
  search,
  selectAll,
  selectBox,
  stopBehind,
  table,
  tokensForADay,
} from "./parts.ts";

const bar = (page: Page): Locator => page.getByRole("group", { name: "Selection" });
const dialog = (page: Page): Locator => page.getByRole("dialog", { name: /^Stop \d+ runs?\?$/ });
const report = (page: Page): Locator => page.getByRole("region", { name: /^(Stopping \d+ runs?|.*\bruns? stopped)(: .*)?$/ });
/** The line that says what has become of the runs. */
const outcome = (page: Page, text: string): Locator => report(page).getByRole("heading", { name: text, exact: true });
const result = (page: Page, name: string): Locator => report(page).getByRole("listitem").filter({ hasText: name });

/** So many open runs, "Mailing 1" and so on; their ids. */
async function openRuns(sandbox: Sandbox, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let number = 1; number <= count; number += 1) {
    const run = await sandbox.createRun({ name: `Mailing ${number}`, startAt: ago(3600), endAt: ahead(5400) });
    ids.push(run.id);
  }
  return ids;
}

const idOf = (path: string): string => path.split("/").at(-2) ?? "";

/** The ids that this page has asked to stop, in order. */
async function asked(sandbox: Sandbox): Promise<string[]> {
  const sent = (await sandbox.requests("stop")).filter((request) => "origin" in request.headers);
  return sent.map((request) => idOf(request.path));
}

test.beforeEach(async ({ frozen, sandbox }) => {
  void frozen;
  await tokensForADay(sandbox);
});

test("three are selected, one is hidden by the filter, and all three are stopped and no other", async ({
  signedIn,
  sandbox,
}) => {
  const ids = await openRuns(sandbox, 5);
  const page = await signedIn();
  await expect(links(page)).toHaveCount(5);
  // They end at the same time: the newest comes first.
  await selectBox(page, "Mailing 4").click();
  await selectBox(page, "Mailing 2").click({ modifiers: ["Shift"] });
  await expect(bar(page)).toContainText("3 selected");
  await search(page).fill("-name:3");
  await expect(bar(page)).toContainText(/3 selected, 1 hidden by the (filter|search)/);
  await bar(page).getByRole("button", { name: "Stop 3 runs" }).click();

  await expect(dialog(page)).toContainText("Environment: sandbox");
  await expect(dialog(page).getByRole("listitem")).toHaveCount(3);
  await expect(dialog(page).getByRole("button", { name: "Keep them running" })).toBeFocused();
  await dialog(page).getByRole("button", { name: "Stop 3 runs" }).click();
  await expect(outcome(page, "3 runs stopped")).toBeVisible();
  expect((await asked(sandbox)).sort()).toEqual(ids.slice(1, 4).sort());
});

test("a click beside a box is one on it, and one beyond the name opens the run", async ({ signedIn, sandbox }) => {
  await openRuns(sandbox, 3);
  const page = await signedIn();
  const cell = row(page, "Mailing 2").locator(".cell-name");
  await cell.click({ position: { x: 5, y: 20 } });
  await expect(bar(page)).toContainText("1 selected");
  await expect(selectBox(page, "Mailing 2")).toBeFocused();
  await cell.click({ position: { x: 5, y: 20 } });
  await expect(bar(page)).toBeHidden();
  await selectBox(page, "Mailing 3").click();
  await expect(bar(page)).toContainText("1 selected");
  await expect(page).toHaveURL(/\/$/);
  const { width } = (await cell.boundingBox()) ?? { width: 0 };
  await cell.click({ position: { x: width - 4, y: 20 } });
  await expect(heading(page)).toHaveText("Mailing 2");
});

test("the box in the header selects what is listed and no more, says if only some are, and clears", async ({ signedIn, sandbox }) => {
  await openRuns(sandbox, 3);
  const page = await signedIn();
  const all = table(page).getByRole("columnheader").getByRole("checkbox");
  await expect(links(page)).toHaveCount(3);
  await search(page).fill("-name:3");
  await expect(links(page)).toHaveCount(2);
  await selectAll(page, 2);
  await expect(bar(page)).toContainText("2 selected");
  await expect(all).toBeChecked();
  await search(page).fill("");
  await expect(links(page)).toHaveCount(3);
  await expect(selectBox(page, "Mailing 3")).not.toBeChecked();
  await expect(all).toBeChecked({ indeterminate: true });
  await all.click();
  await expect(bar(page)).toContainText("3 selected");
  await all.click();
  await expect(bar(page)).toBeHidden();
  await expect(table(page).getByRole("checkbox", { checked: true })).toHaveCount(0);
});

test("keeping them, and Escape, send nothing and give the focus back", async ({ signedIn, sandbox }) => {
  await openRuns(sandbox, 2);
  const page = await signedIn();
  await selectAll(page, 2);
  const stop = bar(page).getByRole("button", { name: "Stop 2 runs" });
  await stop.click();
  await expect(dialog(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toBeHidden();
  await expect(stop).toBeFocused();
  await stop.click();
  await dialog(page).getByRole("button", { name: "Keep them running" }).click();
  await expect(dialog(page)).toBeHidden();
  await expect(stop).toBeFocused();
  expect(await asked(sandbox)).toEqual([]);
});

test("above five the number has to be typed; what is over by then is said and left alone", async ({
  signedIn,
  sandbox,
}) => {
  const ids = await openRuns(sandbox, 7);
  const page = await signedIn();
  await selectAll(page, 7);
  await bar(page).getByRole("button", { name: "Stop 7 runs" }).click();
  const confirm = dialog(page).getByRole("button", { name: "Stop 7 runs" });
  await expect(confirm).toBeDisabled();
  await stopBehind(sandbox, ids[3] ?? "");
  await dialog(page).getByRole("textbox", { name: "Type 7 to stop them" }).fill("7");
  await confirm.dblclick();
  await expect(outcome(page, "6 of 7 runs stopped: 1 already over")).toBeVisible();
  // It needs nothing from anybody.
  await expect(result(page, "Mailing 4")).toHaveCount(0);
  expect((await asked(sandbox)).sort()).toEqual(ids.filter((id) => id !== ids[3]).sort());
});

test("the rest can be left alone while two are under way", async ({ signedIn, sandbox }) => {
  const ids = await openRuns(sandbox, 5);
  const page = await signedIn();
  const stops = new Gate();
  let held = 0;
  await page.route("**/stop", (route) => {
    held += 1;
    return stops.wait(route);
  });
  await selectAll(page, 5);
  await bar(page).getByRole("button", { name: "Stop 5 runs" }).click();
  await dialog(page).getByRole("button", { name: "Stop 5 runs" }).click();
  await expect.poll(() => held).toBe(2);
  await report(page).getByRole("button", { name: "Cancel remaining stops" }).click();
  stops.open();
  await expect(outcome(page, "2 of 5 runs stopped: 3 skipped")).toBeVisible();
  const sent = await asked(sandbox);
  expect(sent).toHaveLength(2);
  expect(ids).toEqual(expect.arrayContaining(sent));
});

test("a reload in the middle loses no result, and nothing more is sent before the person says so", async ({
  signedIn,
  sandbox,
  frozen,
}) => {
  const ids = await openRuns(sandbox, 4);
  const page = await signedIn();
  // Carried out, but the answers never reach the page that asked.
  let swallowed = true;
  await page.route("**/stop*", async (route) => {
    if (!swallowed) return route.continue();
    await fetch(route.request().url(), { method: "POST", headers: await route.request().allHeaders() });
  });
  const stopped = async (): Promise<string[]> =>
    (await sandbox.requests("stop")).map((request) => idOf(request.path)).sort();
  await selectAll(page, 4);
  await bar(page).getByRole("button", { name: "Stop 4 runs" }).click();
  await dialog(page).getByRole("button", { name: "Stop 4 runs" }).click();
  await expect.poll(async () => (await stopped()).length).toBe(2);
  await page.reload();
  swallowed = false;
  await expect(report(page)).toContainText("Not all of these runs were asked to stop before you left this page or signed out.");
  await expect(outcome(page, "Stopping 4 runs: 2 stopped")).toBeVisible();
  expect(await stopped()).toHaveLength(2);
  await report(page).getByRole("button", { name: "Continue" }).click();
  await expect(outcome(page, "4 runs stopped")).toBeVisible();
  expect(await stopped()).toEqual(ids.sort());
  await report(page).getByRole("button", { name: "Dismiss" }).click();
  await page.reload();
  await expect(links(page)).toHaveCount(4);
  await page.mouse.move(5, 5);
  await frozen.answered();
  await expect(report(page)).toHaveCount(0);
});

test("one that is refused and one of unknown outcome are told with their reasons, and the others are stopped", async ({
  signedIn,
  sandbox,
  guard,
}) => {
  guard.allow(/status of (403|500)/);
  await openRuns(sandbox, 4);
  await sandbox.faults(
    { operation: "stop", count: 1, fault: { kind: "status", status: 403 } },
    { operation: "stop", count: 1, fault: { kind: "status", status: 500 } },
  );
  const page = await signedIn();
  await selectAll(page, 4);
  await bar(page).getByRole("button", { name: "Stop 4 runs" }).click();
  await dialog(page).getByRole("button", { name: "Stop 4 runs" }).click();
  await expect(outcome(page, "2 of 4 runs stopped: 1 not known, 1 refused")).toBeVisible();
  await expect(report(page)).toContainText("refused; the run continues. Your token does not allow this.");
  await expect(report(page)).toContainText("not known whether it was stopped. The API failed (error 500).");
  expect(await asked(sandbox)).toHaveLength(4);
});

test("asked is not done: what the API's status shows later is told in its place, wherever the person is", async ({
  signedIn,
  sandbox,
  frozen,
}) => {
  await openRuns(sandbox, 2);
  await sandbox.faults({ operation: "stop", fault: { kind: "empty_body", status: 202 } });
  const page = await signedIn();
  await selectAll(page, 2);
  await bar(page).getByRole("button", { name: "Stop 2 runs" }).click();
  // Each is read before it is asked; the readings after that do not show it yet.
  await sandbox.faults({ operation: "run", skip: 2, count: 2, fault: { kind: "status_word", word: "running" } });
  await dialog(page).getByRole("button", { name: "Stop 2 runs" }).click();
  await expect(outcome(page, "0 of 2 runs stopped: 2 not confirmed yet")).toBeVisible();
  await page.getByRole("banner").getByRole("link", { name: "New run" }).click();
  await expect(heading(page)).toHaveText("New run");
  await frozen.advance(10);
  await expect(outcome(page, "2 runs stopped")).toBeVisible();
  expect(await asked(sandbox)).toHaveLength(2);
});

test("many whose stop is not seen take turns: the API is not asked more often because they are many", async ({
  signedIn,
  sandbox,
  frozen,
}) => {
  await openRuns(sandbox, 8);
  await sandbox.faults(
    { operation: "stop", fault: { kind: "empty_body", status: 202 } },
    { operation: "run", fault: { kind: "status_word", word: "running" } },
  );
  const page = await signedIn();
  await selectAll(page, 8);
  await bar(page).getByRole("button", { name: "Stop 8 runs" }).click();
  await dialog(page).getByRole("textbox", { name: "Type 8 to stop them" }).fill("8");
  await dialog(page).getByRole("button", { name: "Stop 8 runs" }).click();
  await expect(outcome(page, "0 of 8 runs stopped: 8 not confirmed yet")).toBeVisible();
  const underWay = new Set<Request>();
  page.on("request", (request) => underWay.add(request));
  page.on("requestfinished", (request) => underWay.delete(request));
  page.on("requestfailed", (request) => underWay.delete(request));
  // No request is left behind by the clock: it would be given up as one that is never answered.
  const advance = async (seconds: number): Promise<void> => {
    await frozen.advance(seconds);
    await page.evaluate(() => 0);
    await expect.poll(() => underWay.size).toBe(0);
  };
  const readings = async (): Promise<number> => (await sandbox.requests("run")).length;
  // The first minute belongs to what was just done.
  for (let step = 0; step < 4; step += 1) await advance(19);
  const before = await readings();
  for (let step = 0; step < 6; step += 1) await advance(10);
  const minute = (await readings()) - before;
  expect(minute).toBeGreaterThanOrEqual(5);
  expect(minute).toBeLessThanOrEqual(7);
});

test("a 401 pauses; it goes on only after a new sign-in and a click, and no run is stopped twice", async ({
  page,
  configure,
  sandbox,
  guard,
}) => {
  guard.allow(/status of 401/);
  await configure(PASTE);
  await openRuns(sandbox, 4);
  await page.goto("./");
  await paste(page, await sandbox.token());
  await expect(links(page)).toHaveCount(4);
  await selectAll(page, 4);
  await bar(page).getByRole("button", { name: "Stop 4 runs" }).click();
  await sandbox.faults({ operation: "stop", skip: 1, count: 1, fault: { kind: "status", status: 401 } });
  await dialog(page).getByRole("button", { name: "Stop 4 runs" }).click();
  const goOn = report(page).getByRole("button", { name: "Continue" });
  await expect(goOn).toBeDisabled();
  await expect(report(page).getByRole("alert")).toContainText("Nothing more is sent until you have signed in");
  const before = await asked(sandbox);

  await paste(page, await sandbox.token());
  await expect(report(page).getByRole("alert")).toContainText("You are signed in again.");
  await expect(goOn).toBeEnabled();
  expect(await asked(sandbox)).toEqual(before);
  await goOn.click();
  await expect(outcome(page, "4 runs stopped")).toBeVisible();
  // Each once with success, and one of them once with 401.
  const answered = async (): Promise<(number | null)[]> =>
    (await sandbox.requests("stop")).map((request) => request.status).sort();
  await expect.poll(answered).toEqual([200, 200, 200, 200, 401]);
  expect(new Set(await asked(sandbox)).size).toBe(4);
});

test("the report can be copied: one line for each run", async ({ signedIn, sandbox }) => {
  const ids = await openRuns(sandbox, 2);
  const page = await signedIn();
  await page.evaluate(() => {
    Object.defineProperty(navigator.clipboard, "writeText", {
      value: (text: string) => Promise.resolve(Object.assign(globalThis, { copied: text })),
    });
  });
  await selectAll(page, 2);
  await bar(page).getByRole("button", { name: "Stop 2 runs" }).click();
  await dialog(page).getByRole("button", { name: "Stop 2 runs" }).click();
  await expect(outcome(page, "2 runs stopped")).toBeVisible();
  await report(page).getByRole("button", { name: "Copy report" }).click();
  const copied = (): Promise<unknown> => page.evaluate(() => (globalThis as { copied?: string }).copied);
  await expect.poll(copied).toContain("2 runs stopped\nEnvironment: sandbox\n");
  for (const id of ids) expect(await copied()).toMatch(new RegExp(`^${id}\tMailing \\d\tscheduled\t2026-.*Z\tstopped`, "m"));
  await report(page).getByRole("button", { name: "Dismiss" }).click();
  await expect(report(page)).toHaveCount(0);
});

test("the selection is there when one comes back from a run", async ({ signedIn, sandbox }) => {
  await openRuns(sandbox, 3);
  const page = await signedIn();
  await selectBox(page, "Mailing 2").click();
  await row(page, "Mailing 2").getByRole("link", { name: "Mailing 2" }).click();
  await expect(heading(page)).toHaveText("Mailing 2");
  await page.goBack();
  await expect(selectBox(page, "Mailing 2")).toBeChecked();
  await expect(table(page).getByRole("checkbox", { checked: true })).toHaveCount(1);
});

test("a second tab says which runs another one is stopping, and sends no second stop for them", async ({ signedIn, sandbox, context }) => {
  const ids = await openRuns(sandbox, 5);
  const page = await signedIn();
  const held: Route[] = [];
  let holds = true;
  await page.route("**/stop", (route) => (holds ? void held.push(route) : route.continue()));
  for (const name of ["Mailing 1", "Mailing 2", "Mailing 3"]) await selectBox(page, name).click();
  const other = await context.newPage();
  await other.goto("./");
  await selectAll(other, 5);
  await bar(other).getByRole("button", { name: "Stop 5 runs" }).click();
  await expect(dialog(other).getByRole("button", { name: "Stop 5 runs" })).toBeVisible();
  await expect(dialog(other).getByText("Another tab")).toHaveCount(0);

  await bar(page).getByRole("button", { name: "Stop 3 runs" }).click();
  await dialog(page).getByRole("button", { name: "Stop 3 runs" }).click();
  await expect.poll(() => held.length).toBe(2);
  await expect(dialog(other)).toContainText("Another tab of this browser is stopping 3 runs right now.");
  await expect(dialog(other).getByRole("listitem").filter({ hasText: "being stopped in another tab, left out" })).toHaveCount(3);
  await dialog(other).getByRole("button", { name: "Stop 2 runs" }).click();
  await expect(outcome(other, "2 of 5 runs stopped: 3 left to another tab")).toBeVisible();
  await expect(result(other, "Mailing 1")).toContainText("left to another tab, which was stopping it");
  expect((await asked(sandbox)).sort()).toEqual(ids.slice(3).sort());

  holds = false;
  for (const route of held) await route.continue();
  await expect(outcome(page, "3 runs stopped")).toBeVisible();
  expect((await asked(sandbox)).sort()).toEqual([...ids].sort());
});

test("while another tab is stopping other runs, the dialog says so", async ({ signedIn, sandbox, context }) => {
  await openRuns(sandbox, 4);
  const page = await signedIn();
  const held: Route[] = [];
  await page.route("**/stop", (route) => void held.push(route));
  for (const name of ["Mailing 1", "Mailing 2"]) await selectBox(page, name).click();
  await bar(page).getByRole("button", { name: "Stop 2 runs" }).click();
  const other = await context.newPage();
  await other.goto("./");
  for (const name of ["Mailing 3", "Mailing 4"]) await selectBox(other, name).click();
  await dialog(page).getByRole("button", { name: "Stop 2 runs" }).click();
  await expect.poll(() => held.length).toBe(2);
  await bar(other).getByRole("button", { name: "Stop 2 runs" }).click();
  const told = dialog(other).getByText("Another tab of this browser is stopping 2 runs right now.");
  await expect(told).toBeVisible();
  await expect(dialog(other).getByText("left out")).toHaveCount(0);
  for (const route of held) await route.continue();
  await expect(outcome(page, "2 runs stopped")).toBeVisible();
  await expect(told).toHaveCount(0);
});

// Stopping a run: nothing by mistake, nothing twice, and never more claimed than is known.

import { expect, test } from "../fixtures.ts";
import {
  ago,
  ahead,
  alert,
  breaks,
  createdAt,
  heading,
  runWindow,
  state,
  stopBehind,
  stopButton,
  stopDialog,
  tokensForADay,
} from "./parts.ts";

/** The page of a run that is open from 08:00 to 10:30, and its dialog opened. */
test.beforeEach(async ({ frozen, sandbox, signedIn }) => {
  void frozen;
  await tokensForADay(sandbox);
  const run = await createdAt(sandbox, ago(7200), { name: "Spring campaign", startAt: ago(3600), endAt: ahead(5400) });
  const page = await signedIn(`./?run=${run.id}`);
  await expect(heading(page)).toHaveText("Spring campaign");
  await stopButton(page).click();
  await expect(stopDialog(page)).toBeVisible();
});

test("the dialog names the run, the environment, what is left, and what stopping does not undo", async ({ page }) => {
  const dialog = stopDialog(page);
  await expect(dialog).toContainText("Spring campaign");
  await expect(dialog).toContainText("Environment: sandbox");
  await expect(dialog).toContainText("Ends in 1 h 30 min, Tue 10 Mar 2026 10:30 UTC.");
  await expect(dialog).toContainText("can’t be recalled");
  await expect(dialog).toContainText("may not be resumable");
  await expect(dialog.getByRole("button")).toHaveText(["Keep running", "Stop run"]);
  await expect(dialog.getByRole("button", { name: "Cancel" })).toHaveCount(0);
  await expect(dialog.getByRole("button", { name: "Keep running" })).toBeFocused();
});

test("“Keep running” keeps it, sends nothing and gives the focus back", async ({ page, sandbox }) => {
  await stopDialog(page).getByRole("button", { name: "Keep running" }).click();
  await expect(stopDialog(page)).toBeHidden();
  await expect(stopButton(page)).toBeFocused();
  expect(await sandbox.requests("stop")).toEqual([]);
});

test("Escape keeps it, sends nothing and gives the focus back; the dialog can be opened again", async ({
  page,
  sandbox,
}) => {
  await page.keyboard.press("Escape");
  await expect(stopDialog(page)).toBeHidden();
  await expect(stopButton(page)).toBeFocused();
  expect(await sandbox.requests("stop")).toEqual([]);
  await page.keyboard.press("Enter");
  await expect(stopDialog(page)).toBeVisible();
});

test("the focus stays within the dialog", async ({ page }) => {
  for (let press = 0; press < 6; press += 1) {
    await page.keyboard.press("Tab");
    const outside = await page.evaluate(
      () => document.activeElement !== document.body && document.activeElement?.closest("dialog") === null,
    );
    expect(outside).toBe(false);
  }
});

test("a double click on the dialog's “Stop run” sends one request", async ({ page, sandbox }) => {
  await stopDialog(page).getByRole("button", { name: "Stop run" }).dblclick();
  await expect(state(page)).toHaveText("Stopped");
  expect(await sandbox.requests("stop")).toHaveLength(1);
});

test("the request is a POST with the token and without a body", async ({ page, sandbox }) => {
  await stopDialog(page).getByRole("button", { name: "Stop run" }).click();
  await expect(state(page)).toHaveText("Stopped");
  const [stop] = await sandbox.requests("stop");
  expect(stop).toMatchObject({ method: "POST", query: null, body: "", status: 200 });
  expect(stop?.path).toMatch(/^\/beta\/runs\/[0-9a-f-]{36}\/stop$/);
  expect(stop?.headers["authorization"]).toMatch(/^Bearer /);
});

test("after a stop the focus is on the page, not lost", async ({ page }) => {
  await stopDialog(page).getByRole("button", { name: "Stop run" }).click();
  await expect(state(page)).toHaveText("Stopped");
  await expect(page.locator("main :focus, main:focus")).toHaveCount(1);
});

test("asked is not done: until the API's own word says so, only the request is told", async ({ page, sandbox, frozen }) => {
  await expect(stopDialog(page)).toContainText("Checked just now.");
  await sandbox.faults(
    { operation: "stop", count: 1, fault: { kind: "empty_body", status: 202 } },
    { operation: "run", count: 1, fault: { kind: "status_word", word: "running" } },
  );
  await stopDialog(page).getByRole("button", { name: "Stop run" }).click();
  await expect(page.getByText("Stop requested Tue 10 Mar 2026 09:00 UTC")).toBeVisible();
  await expect(state(page)).toHaveText("Running");
  await frozen.advance(5);
  await expect(page.getByText("Stopped. Requested Tue 10 Mar 2026 09:00 UTC")).toBeVisible();
  expect(await sandbox.requests("stop")).toHaveLength(1);
});

test("a run that is over by the time it is asked to stop is said to be “already over”", async ({
  page,
  sandbox,
  guard,
}) => {
  guard.allow(/status of 409/);
  await expect(stopDialog(page)).toContainText("Checked just now.");
  await stopBehind(sandbox, new URL(page.url()).searchParams.get("run") ?? "");
  await stopDialog(page).getByRole("button", { name: "Stop run" }).click();
  await expect(page.getByText("already over")).toContainText("Its status is “stopped”.");
  await expect(state(page)).toHaveText("Stopped");
  await expect(stopButton(page)).toHaveCount(0);
});

test("the dialog reads the run first: one that was stopped elsewhere is not asked about", async ({ page, sandbox }) => {
  await expect(stopDialog(page)).toContainText("Checked just now.");
  await page.keyboard.press("Escape");
  await stopBehind(sandbox, new URL(page.url()).searchParams.get("run") ?? "");
  await stopButton(page).click();
  await expect(page.getByText("already over")).toContainText("Its status is “stopped”.");
  await expect(stopDialog(page)).toBeHidden();
  // The one behind its back.
  expect(await sandbox.requests("stop")).toHaveLength(1);
});

test("a run that cannot be read again can be stopped all the same, and that is said", async ({
  page,
  sandbox,
  guard,
}) => {
  guard.allow(/status of 500/);
  await expect(stopDialog(page)).toContainText("Checked just now.");
  await page.keyboard.press("Escape");
  await sandbox.faults({ operation: "run", fault: { kind: "status", status: 500 } });
  await stopButton(page).click();
  await expect(stopDialog(page)).toContainText("The run could not be checked. The API failed (error 500).");
  await sandbox.clearFaults();
  await stopDialog(page).getByRole("button", { name: "Stop run" }).click();
  await expect(state(page)).toHaveText("Stopped");
});

test("a confirmed stop leaves a receipt that can be copied", async ({ page }) => {
  await page.evaluate(() => {
    Object.defineProperty(navigator.clipboard, "writeText", {
      value: (text: string) => Promise.resolve(Object.assign(globalThis, { copied: text })),
    });
  });
  await expect(stopDialog(page)).toContainText(/So far: .* recipients, .* succeeded/);
  await stopDialog(page).getByRole("button", { name: "Stop run" }).click();
  await expect(page.getByText("Stopped. Requested Tue 10 Mar 2026 09:00 UTC")).toBeVisible();
  await expect(page.getByText(/^When requested: .* recipients, .* Now: .* recipients/)).toBeVisible();
  await page.getByRole("button", { name: "Copy receipt" }).click();
  const copied = (): Promise<unknown> => page.evaluate(() => (globalThis as { copied?: string }).copied);
  await expect.poll(copied).toContain("Stop of “Spring campaign”");
  const receipt = await copied();
  expect(receipt).toContain("Requested: 2026-03-10T09:00:00.000Z");
  expect(receipt).toContain("Status before: running\nStatus after: stopped");
});

test("a stop whose effect never shows is named, with its age, and can be asked for again after a minute", async ({
  page,
  sandbox,
  frozen,
}) => {
  await expect(stopDialog(page)).toContainText("Checked just now.");
  await sandbox.faults(
    { operation: "stop", count: 1, fault: { kind: "status", status: 202 } },
    { operation: "run", fault: { kind: "status_word", word: "running" } },
  );
  await stopDialog(page).getByRole("button", { name: "Stop run" }).click();
  await expect(page.getByText("Stop requested Tue 10 Mar 2026 09:00 UTC")).toBeVisible();
  await frozen.advance(45);
  await expect(page.getByText("A stop was requested 45 s ago; the API’s status is still “running”.")).toBeVisible();
  await expect(stopButton(page)).toBeDisabled();
  await frozen.advance(15);
  await expect(stopButton(page)).toBeEnabled();
  await expect(state(page)).toHaveText("Running");
  expect(await sandbox.requests("stop")).toHaveLength(1);
});

test("a refused stop says so, and the run goes on", async ({ page, sandbox, guard }) => {
  guard.allow(/status of 403/);
  await sandbox.faults({ operation: "stop", count: 1, fault: { kind: "status", status: 403 } });
  await stopDialog(page).getByRole("button", { name: "Stop run" }).click();
  await expect(alert(page)).toContainText("The run was not stopped.");
  await expect(alert(page)).toContainText("Your token does not allow this.");
  await expect(stopButton(page)).toBeEnabled();
  expect(await sandbox.requests("stop")).toHaveLength(1);
});

for (const [what, fault] of [
  ["an error 500", { kind: "status", status: 500 }],
  ["a broken connection before it was carried out", { kind: "reset_before" }],
  ["an HTML page of a gateway", { kind: "html" }],
] as const) {
  test(`after ${what} it is said that the outcome is not known, and only the person asks again`, breaks(fault), async ({
    page,
    sandbox,
    guard,
    frozen,
  }) => {
    guard.allow(/status of 50\d|net::ERR/);
    await sandbox.faults({ operation: "stop", count: 1, fault });
    await stopDialog(page).getByRole("button", { name: "Stop run" }).click();
    await expect(alert(page)).toContainText("but no clear reply came.");
    await expect(state(page)).toHaveText("Running");
    await expect(page.getByText(/^Stopped\./)).toHaveCount(0);
    await frozen.advance(5);
    await expect(alert(page)).toContainText("since then: the status is still “running”. The console keeps checking.");
    await expect(stopButton(page)).toBeEnabled();
    expect(await sandbox.requests("stop")).toHaveLength(1);
  });
}

const LOST = { kind: "reset_after" };

test("a stop that was carried out although its answer was lost is found out by reading", breaks(LOST), async ({
  page,
  sandbox,
  guard,
  frozen,
}) => {
  guard.allow(/net::ERR|status of 502/);
  await sandbox.faults({ operation: "stop", count: 1, fault: LOST });
  await stopDialog(page).getByRole("button", { name: "Stop run" }).click();
  await frozen.advance(5);
  await expect(page.getByText("Stopped. Requested Tue 10 Mar 2026 09:00 UTC")).toBeVisible();
  expect(await sandbox.requests("stop")).toHaveLength(1);
});

test("the dialog closes by itself when the window ends while it is open", async ({ page, sandbox, frozen }) => {
  await frozen.advance(5401);
  await expect(stopDialog(page)).toBeHidden();
  await expect(stopButton(page)).toHaveCount(0);
  await expect(state(page)).toHaveText("Completed");
  await expect(runWindow(page)).toContainText(/^Window\s*Ended \d+ s ago/);
  expect(await sandbox.requests("stop")).toEqual([]);
});

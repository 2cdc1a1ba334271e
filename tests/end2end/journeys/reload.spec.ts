// A reload in the middle: what was asked for is read until it is known. Nothing is sent by the page itself, and no run is lost sight of.

import type { Page } from "@playwright/test";
import { type Sandbox, type WireRun, expect, test } from "../fixtures.ts";
import { ago, ahead, alert, createdAt, field, heading, state, stopButton, stopDialog, tokensForADay } from "./parts.ts";

/** Lets requests through to the API; their answers never reach the page that asked. */
async function swallow(page: Page, pattern: string | RegExp): Promise<void> {
  await page.route(pattern, async (route) => {
    // One that is not sent by the page: it does not end with it.
    await fetch(route.request().url(), {
      method: route.request().method(),
      headers: await route.request().allHeaders(),
      body: route.request().postData(),
    });
  });
}

/**
 * Requests never get further than the page that sends them, until it is loaded anew: call what comes back right before. That waits until one is
 * held, for a request is on its way here before it is seen here, and would be let through.
 */
async function hold(page: Page, pattern: string | RegExp): Promise<() => Promise<void>> {
  let held = 0;
  let holding = true;
  await page.route(pattern, async (route) => {
    if (holding) held += 1;
    else await route.continue();
  });
  return async () => {
    await expect.poll(() => held).toBeGreaterThan(0);
    holding = false;
  };
}

/** The writes that reached the API since the runs of the test were made. */
const sent = async (sandbox: Sandbox, made: number): Promise<string[]> =>
  (await sandbox.requests())
    .filter((request) => request.method === "POST" && request.operation !== "token")
    .slice(made)
    .map((request) => (request.operation === "stop" ? `stop ${request.path.split("/").at(-2)}` : request.operation));

const kept = (page: Page, part: string): Promise<string | null> =>
  page.evaluate((end) => {
    const key = Object.keys(sessionStorage).find((name) => name.endsWith(end));
    return key === undefined ? null : sessionStorage.getItem(key);
  }, part);

test.beforeEach(async ({ frozen, sandbox }) => {
  void frozen;
  await tokensForADay(sandbox);
});

test.describe("while a run is stopped", () => {
  let run: WireRun;

  const stop = async (page: Page): Promise<void> => {
    await stopButton(page).click();
    await expect(stopDialog(page)).toContainText("Checked just now.");
    await stopDialog(page).getByRole("button", { name: "Stop run" }).click();
  };

  test.beforeEach(async ({ sandbox, signedIn }) => {
    run = await createdAt(sandbox, ago(7200), { name: "Spring campaign", startAt: ago(3600), endAt: ahead(5400) });
    const page = await signedIn(`./?run=${run.id}`);
    await expect(heading(page)).toHaveText("Spring campaign");
  });

  test("the answer is late: it is read until the API's own status shows it, with both times", async ({ page, sandbox, frozen }) => {
    await swallow(page, "**/stop");
    await stop(page);
    await expect(page.getByText("Asking the API to stop the run…")).toBeVisible();
    await expect.poll(async () => await sent(sandbox, 1)).toEqual([`stop ${run.id}`]);
    // What reads it is told, for now, that nothing has changed.
    await sandbox.faults({ operation: "run", fault: { kind: "status_word", word: "running" } });
    await frozen.advance(7);
    await page.reload();
    await expect(alert(page)).toContainText("Stop requested Tue 10 Mar 2026 09:00 UTC, but no clear reply came.");
    await expect(alert(page)).toContainText("the status is still “running”. The console keeps checking.");
    // Asking twice does no harm, so the person may do so; the page does not.
    await expect(stopButton(page)).toBeEnabled();
    await sandbox.clearFaults();
    await tokensForADay(sandbox);
    await frozen.advance(10);
    await expect(page.getByText("Stopped. Requested Tue 10 Mar 2026 09:00 UTC, confirmed")).toBeVisible();
    await expect(state(page)).toHaveText("Stopped");
    expect(await sent(sandbox, 1)).toEqual([`stop ${run.id}`]);
    expect(await kept(page, "#stops")).toBeNull();
  });

  test("the API took it, but its status does not show it yet", async ({ page, sandbox, frozen }) => {
    await sandbox.faults({ operation: "stop", fault: { kind: "empty_body", status: 202 } });
    await sandbox.faults({ operation: "run", skip: 1, fault: { kind: "status_word", word: "running" } });
    await stop(page);
    await expect(page.getByText("Stop requested Tue 10 Mar 2026 09:00 UTC")).toBeVisible();
    await frozen.advance(3);
    await page.reload();
    await expect(page.getByText("Stop requested Tue 10 Mar 2026 09:00 UTC")).toBeVisible();
    await sandbox.clearFaults();
    await tokensForADay(sandbox);
    await frozen.advance(10);
    await expect(page.getByText("Stopped. Requested Tue 10 Mar 2026 09:00 UTC")).toBeVisible();
    expect(await sent(sandbox, 1)).toEqual([`stop ${run.id}`]);
  });

  test("the request never arrived: it is not sent again, and after a minute the person may", async ({ page, sandbox, frozen }) => {
    const release = await hold(page, "**/stop");
    await stop(page);
    await expect(page.getByText("Asking the API to stop the run…")).toBeVisible();
    expect(await kept(page, "#stops")).not.toContain(await sandbox.token());
    await release();
    await page.reload();
    await expect(alert(page)).toContainText("but no clear reply came.");
    await frozen.advance(30);
    await frozen.advance(40);
    await expect(stopButton(page)).toBeEnabled();
    expect(await sent(sandbox, 1)).toEqual([]);
    await stop(page);
    await expect(state(page)).toHaveText("Stopped");
    expect(await sent(sandbox, 1)).toEqual([`stop ${run.id}`]);
  });
});

test.describe("while a run is moved", () => {
  let old: WireRun;
  const submit = (page: Page) => page.getByRole("button", { name: "Schedule new run, then stop the old one" });

  /** Says which two runs exist, waits, and goes on when it is told to. */
  async function goesOnWhenTold(page: Page, sandbox: Sandbox, frozen: { advance(seconds: number): Promise<void> }): Promise<void> {
    // The create has words of its own while it is looked for.
    const pair = alert(page).filter({ hasText: "Reschedule" });
    await expect(pair).toContainText("Two runs exist: you left this page or signed out before the old run was stopped.");
    await expect(pair.getByRole("link", { name: "Spring campaign" })).toHaveAttribute("href", `./?run=${old.id}`);
    await expect(pair.getByRole("link", { name: "New run" })).toHaveAttribute("href", /run=/);
    await frozen.advance(60);
    await expect(pair).toContainText("Two runs exist");
    expect(await sent(sandbox, 1)).toEqual(["create"]);
    await pair.getByRole("button", { name: "Stop the old run" }).click();
    await expect(page.getByText("The old run is stopped.")).toBeVisible();
    expect(await sent(sandbox, 1)).toEqual(["create", `stop ${old.id}`]);
    expect(await kept(page, "#pair")).toBeNull();
  }

  test.beforeEach(async ({ sandbox, signedIn }) => {
    old = await createdAt(sandbox, ago(7200), { name: "Spring campaign", startAt: ahead(7200), endAt: ahead(14_400) });
    const page = await signedIn(`./?run=${old.id}`);
    await page.getByRole("link", { name: "Reschedule" }).click();
    await expect(field(page, "Start")).toHaveValue("2026-03-10 11:00");
    await field(page, "Start").fill("2026-03-10 12:00");
  });

  test("the new run exists and the old one is not stopped yet: that is said, and the person goes on", async ({ page, sandbox, frozen }) => {
    // The new run is not read before the reload.
    const release = await hold(page, /\/beta\/runs\/[0-9a-f-]{36}$/);
    await submit(page).click();
    await expect(page.getByText("Checking the new run…")).toBeVisible();
    await release();
    await page.reload();
    await goesOnWhenTold(page, sandbox, frozen);
  });

  test("the answer to the create is late: the new run is looked for, and the person goes on", async ({ page, sandbox, frozen }) => {
    await swallow(page, "**/beta/jobs/runs");
    await submit(page).click();
    await expect(page.getByText("Scheduling the new run…")).toBeVisible();
    await expect.poll(async () => await sent(sandbox, 1)).toEqual(["create"]);
    await page.reload();
    await goesOnWhenTold(page, sandbox, frozen);
  });

  test("the answer to the stop is late: both runs are read, and nothing is left to be done", async ({ page, sandbox }) => {
    await swallow(page, "**/stop");
    await submit(page).click();
    await expect(page.getByText("Stopping the old run…")).toBeVisible();
    await expect.poll(async () => await sent(sandbox, 1)).toEqual(["create", `stop ${old.id}`]);
    await page.reload();
    await expect(page.getByText("Rescheduled.", { exact: true })).toBeVisible();
    await expect(page.getByText("Old run (stopped):")).toBeVisible();
    expect(await sent(sandbox, 1)).toEqual(["create", `stop ${old.id}`]);
  });
});

// What came of a run: the counts as the API gives them, never more than they say.

import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import {
  ago,
  ahead,
  counted,
  createdAt,
  deliveries,
  heading,
  responses,
  state,
  summary,
  tokensForADay,
  valueOf,
} from "./parts.ts";
import { CREATED, RUN, RUN_ID, SUMMARY } from "./printed.ts";

/** When the counts were read, while they are read again by themselves. */
const live = (page: Page) => summary(page).getByTitle("Updates while the window is open");

test.describe("the printed summary", () => {
  test.use({ instant: CREATED });

  test.beforeEach(async ({ frozen, sandbox }) => {
    void frozen;
    await sandbox.faults(
      { operation: "run", fault: { kind: "status", status: 200, body: RUN } },
      { operation: "summary", fault: { kind: "status", status: 200, body: SUMMARY } },
    );
  });

  test("is shown count by count, with the rate of what succeeded", async ({ signedIn, sandbox }) => {
    const page = await signedIn(`./?run=${RUN_ID}`);
    await expect(valueOf(responses(page), "Recipients")).toHaveText("11");
    await expect(valueOf(deliveries(page), "Recipients")).toHaveText("16");
    await expect(valueOf(deliveries(page), "Succeeded")).toHaveText("9");
    await expect(valueOf(deliveries(page), "Failed")).toHaveText("2");
    await expect(valueOf(deliveries(page), "Info")).toHaveText("18");
    await expect(valueOf(deliveries(page), "Success rate")).toHaveText("81.8 % 9 of 11 final reports");
    await expect(deliveries(page).getByRole("img", { name: "9 succeeded, 2 failed" })).toBeVisible();
    await expect(summary(page)).toContainText(/as of 10:51:0\d UTC/);
    const [asked] = await sandbox.requests("summary");
    expect(asked).toMatchObject({ method: "GET", path: `/beta/jobs/runs/${RUN_ID}/summary`, query: null });
  });

  test("is not added up to a whole, and its links are not followed", async ({ signedIn, sandbox, frozen }) => {
    const page = await signedIn(`./?run=${RUN_ID}`);
    await expect(valueOf(deliveries(page), "Info")).toHaveText("18");
    const text = await summary(page).innerText();
    expect(text).not.toMatch(/100 ?%/);
    expect(text).not.toMatch(/\bof 16\b|\bof 29\b/);
    expect(text).not.toContain("29");
    await expect(summary(page).getByRole("progressbar")).toHaveCount(0);
    await expect(summary(page).getByRole("meter")).toHaveCount(0);
    await frozen.advance(5);
    const paths = (await sandbox.requests()).map((request) => request.path);
    expect(paths.filter((path) => path.startsWith("/runs/"))).toEqual([]);
  });
});

test.describe("the summary of an open run", () => {
  let id = "";

  test.beforeEach(async ({ frozen, sandbox }) => {
    void frozen;
    const run = await createdAt(sandbox, ago(7200), { name: "Spring campaign", startAt: ago(1800), endAt: ahead(7200) });
    id = run.id;
    await tokensForADay(sandbox);
  });

  test("says “No data yet” for missing deliveries, and shows the responses", async ({ sandbox, signedIn }) => {
    await sandbox.faults({
      operation: "summary",
      fault: { kind: "missing_blocks", blocks: ["action_delivery_status"] },
    });
    const page = await signedIn(`./?run=${id}`);
    await expect(deliveries(page)).toContainText("No data yet");
    await expect(deliveries(page).getByRole("term")).toHaveCount(0);
    expect(await counted(responses(page), "Recipients")).toBeGreaterThan(0);
  });

  test("says “No data yet” for missing responses, and shows the deliveries", async ({ sandbox, signedIn }) => {
    await sandbox.faults({ operation: "summary", fault: { kind: "missing_blocks", blocks: ["recipient_response"] } });
    const page = await signedIn(`./?run=${id}`);
    await expect(responses(page)).toContainText("No data yet");
    await expect(responses(page).getByRole("term")).toHaveCount(0);
    expect(await counted(deliveries(page), "Recipients")).toBeGreaterThan(0);
  });

  test("has no success rate while nothing succeeded or failed", async ({ sandbox, signedIn }) => {
    await sandbox.faults({
      operation: "summary",
      fault: {
        kind: "patch",
        merge: { _embedded: { action_delivery_status: { status_succeeded_count: 0, status_failed_count: 0 } } },
      },
    });
    const page = await signedIn(`./?run=${id}`);
    await expect(valueOf(deliveries(page), "Succeeded")).toHaveText("0");
    await expect(deliveries(page).getByText("Success rate")).toHaveCount(0);
    await expect(deliveries(page).getByRole("img")).toHaveCount(0);
  });

  test("says “not given” for a missing count, never zero", async ({ sandbox, signedIn }) => {
    await sandbox.faults({
      operation: "summary",
      fault: { kind: "patch", merge: { _embedded: { action_delivery_status: { status_info_count: null } } } },
    });
    const page = await signedIn(`./?run=${id}`);
    await expect(valueOf(deliveries(page), "Info")).toHaveText("not given");
  });

  test("says so when its numbers are another run's", async ({ sandbox, signedIn }) => {
    await sandbox.faults({
      operation: "summary",
      fault: { kind: "patch", merge: { _embedded: { recipient_response: { job_run_id: "another" } } } },
    });
    const page = await signedIn(`./?run=${id}`);
    await expect(summary(page)).toContainText("names another run (another)");
  });

  test("fails alone: the run stays, the failure is told, and “Try again” mends it", async ({
    sandbox,
    signedIn,
    guard,
  }) => {
    guard.allow(/status of 500/);
    await sandbox.faults({ operation: "summary", fault: { kind: "status", status: 500 } });
    const page = await signedIn(`./?run=${id}`);
    await expect(heading(page)).toHaveText("Spring campaign");
    await expect(summary(page).getByRole("alert")).toContainText("The summary could not be loaded");
    await expect(summary(page).getByText("No data yet")).toHaveCount(0);
    await expect(page.getByRole("main").getByRole("alert")).toHaveCount(1);
    await sandbox.clearFaults();
    await summary(page).getByRole("button", { name: "Try again" }).click();
    await expect(summary(page).getByRole("alert")).toHaveCount(0);
    expect(await counted(deliveries(page), "Recipients")).toBeGreaterThan(0);
  });

  test("is read again while the window is open, and the counts change without a reload", async ({
    signedIn,
    frozen,
    sandbox,
  }) => {
    const page = await signedIn(`./?run=${id}`);
    await expect(live(page)).toBeVisible();
    const before = await counted(deliveries(page), "Recipients");
    await expect(live(page)).toHaveText("as of 09:00:00 UTC");
    await frozen.advance(300);
    await expect.poll(() => counted(deliveries(page), "Recipients")).toBeGreaterThan(before);
    await expect(live(page)).toHaveText("as of 09:05:00 UTC");
    await expect(deliveries(page)).toContainText(/\+[\d,]+ since you opened this page, \+[\d,]+ since last update/);
    const asked = (await sandbox.requests("summary")).length;
    await frozen.advance(15);
    await expect.poll(async () => (await sandbox.requests("summary")).length).toBe(asked + 1);
  });

  test("keeps its old counts, marked with their age, while it cannot be read", async ({
    signedIn,
    frozen,
    sandbox,
    guard,
  }) => {
    guard.allow(/status of 503/);
    const page = await signedIn(`./?run=${id}`);
    const before = await counted(deliveries(page), "Recipients");
    await sandbox.faults({ operation: "summary", fault: { kind: "status", status: 503 } });
    await frozen.advance(15);
    await expect(summary(page)).toContainText("Shown as of Tue 10 Mar 2026 09:00 UTC; the last try failed");
    expect(await counted(deliveries(page), "Recipients")).toBe(before);
    await sandbox.clearFaults();
    await frozen.advance(130);
    await expect(summary(page).getByText("Shown as of")).toHaveCount(0);
    expect(await counted(deliveries(page), "Recipients")).toBeGreaterThanOrEqual(before);
  });

  test("is read at most once a minute after the window has ended", async ({ signedIn, frozen, sandbox }) => {
    const page = await signedIn(`./?run=${id}`);
    await expect(live(page)).toBeVisible();
    await expect.poll(async () => (await sandbox.requests("summary"))[0]?.status).toBe(200);
    await frozen.advance(7300);
    await expect(live(page)).toHaveCount(0);
    await expect(state(page)).toHaveText("Completed");
    await frozen.advance(1);
    const asked = (await sandbox.requests("summary")).length;
    await frozen.advance(15);
    await frozen.advance(15);
    expect((await sandbox.requests("summary")).length).toBe(asked);
    await frozen.advance(61);
    await expect.poll(async () => (await sandbox.requests("summary")).length).toBe(asked + 1);
  });
});

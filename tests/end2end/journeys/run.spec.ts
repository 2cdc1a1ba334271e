// One run: what the API said, what follows from the window and the clock, and what does not fit together.

import { expect, test } from "../fixtures.ts";
import {
  aboutRun,
  ago,
  ahead,
  alert,
  announcer,
  attention,
  banner,
  besideState,
  chooseZone,
  createdAt,
  expectList,
  field,
  heading,
  listZones,
  preview,
  runWindow,
  state,
  stopButton,
  stopDialog,
  summary,
  tokensForADay,
  unfold,
  valueOf,
} from "./parts.ts";
import { CREATED, RUN, RUN_ID, SUMMARY } from "./printed.ts";

test.describe("the printed answer", () => {
  test.use({ instant: CREATED });

  test.beforeEach(async ({ frozen, sandbox }) => {
    void frozen;
    await sandbox.faults(
      { operation: "run", fault: { kind: "status", status: 200, body: { ...RUN, priority: 7, owner: { team: "eu" } } } },
      { operation: "summary", fault: { kind: "status", status: 200, body: SUMMARY } },
    );
  });

  test("is open although it says “scheduled”, and the disagreement is told", async ({ signedIn, sandbox }) => {
    const page = await signedIn(`./?run=${RUN_ID}`);
    await expect(heading(page)).toHaveText("Pizza Campaign");
    await expect(page).toHaveTitle("Pizza Campaign · Runboard");
    await expect(state(page)).toHaveText("Open");
    await expect(besideState(page)).toHaveText("“scheduled”");
    await expect(attention(page)).toContainText("The API still says “scheduled”; the window opened 17 h 27 min ago.");
    await expect(stopButton(page)).toBeEnabled();
    const [asked] = await sandbox.requests("run");
    expect(asked).toMatchObject({ method: "GET", path: `/beta/runs/${RUN_ID}`, query: null });
  });

  test("says at first sight which job it runs, when and how long, each time once", async ({ signedIn }) => {
    const page = await signedIn(`./?run=${RUN_ID}`);
    await expect(aboutRun(page)).toHaveText(`Job: ${RUN.job_id}Mon 2 May 17:23 – Tue 3 May 11:51 UTC18 h 27 min`);
    const [start, end] = await aboutRun(page).locator("time").all();
    await expect(start!).toHaveAttribute("datetime", "2022-05-02T17:23:14.000Z");
    await expect(end!).toHaveAttribute("title", RUN.end_at);
    await expect(page.getByRole("main").locator("details[open]")).toHaveCount(0);
  });

  test("is shown with all its times and ids", async ({ signedIn }) => {
    const page = await signedIn(`./?run=${RUN_ID}`);
    const details = await unfold(page, "Details");
    for (const [term, value] of [
      ["Start", "Mon 2 May 2022 17:23:14 UTC"],
      ["End", "Tue 3 May 2022 11:51:03 UTC"],
      ["Length", "18 h 27 min"],
      ["Created", "Tue 3 May 2022 10:51:03 UTC"],
      ["Last changed", "Tue 3 May 2022 10:51:03 UTC"],
      ["Run ID", RUN_ID],
      ["Job ID", RUN.job_id],
    ] as const) {
      await expect(valueOf(details, term)).toHaveText(value);
    }
    await expect(details.locator("time").first()).toHaveAttribute("datetime", "2022-05-02T17:23:14.000Z");
  });

  test("counts down to the end and says how much of the window has elapsed, not how far the list is", async ({
    signedIn,
    frozen,
  }) => {
    const page = await signedIn(`./?run=${RUN_ID}`);
    await expect(runWindow(page)).toContainText("Ends in 59 min 59 s");
    const bar = runWindow(page).getByRole("progressbar", { name: "Window elapsed" });
    await expect(bar).toHaveAttribute("aria-valuenow", "94");
    await expect(bar).toHaveAttribute("aria-valuetext", "94 % of 18 h 27 min elapsed");
    await expect(runWindow(page)).toContainText("94 % of 18 h 27 min elapsed. This is elapsed time, not sending progress.");
    await frozen.advance(60);
    await expect(runWindow(page)).toContainText("Ends in 58 min 59 s");
  });

  test("changing the zone changes every time, names it with each or once for all, and is remembered", async ({ signedIn, frozen }) => {
    const page = await signedIn(`./?run=${RUN_ID}`);
    const details = await unfold(page, "Details");
    await expect(valueOf(details, "Start")).toHaveText("Mon 2 May 2022 17:23:14 UTC");
    await listZones(page, frozen);
    await chooseZone(page, "Europe/Berlin");
    await expect(aboutRun(page)).toContainText("Mon 2 May 19:23 – Tue 3 May 13:51 Europe/Berlin");
    await expect(valueOf(details, "Start")).toHaveText("Mon 2 May 2022 19:23:14 UTC+02:00");
    await expect(summary(page)).toContainText(/as of 12:51:\d\d UTC\+02:00/);
    const times = await page.getByRole("main").locator("time:not(.day-time)").allInnerTexts();
    expect(times.length).toBeGreaterThanOrEqual(5);
    expect(times.filter((time) => !time.endsWith(" UTC+02:00"))).toEqual([]);
    await expect(page.getByRole("main")).not.toContainText(/\d UTC(?!\+02:00)/);
    await stopButton(page).click();
    await expect(stopDialog(page)).toContainText("Tue 3 May 2022 13:51:03 UTC+02:00.");
    await page.keyboard.press("Escape");

    await page.reload();
    await expect(aboutRun(page)).toContainText("Mon 2 May 19:23 – Tue 3 May 13:51 Europe/Berlin");
    await banner(page).getByRole("link", { name: "Runs" }).click();
    await expect(page.getByText(/^Europe\/Berlin\s+Updated 12:51:\d\d$/)).toBeVisible();
  });

  test("the raw JSON keeps what the console does not know, and can be copied", async ({ page, signedIn }) => {
    await page.addInitScript(() => {
      const copied: string[] = [];
      Object.assign(globalThis, { copied });
      Object.defineProperty(navigator.clipboard, "writeText", {
        value: (text: string) => {
          copied.push(text);
          return Promise.resolve();
        },
      });
    });
    await signedIn(`./?run=${RUN_ID}`);
    await unfold(page, "Details");
    await unfold(page, "Developer details");
    const raw = page.getByLabel("Raw JSON", { exact: true });
    await expect(raw).toContainText('"priority": 7');
    await expect(raw).toContainText('"team": "eu"');
    await page.getByRole("button", { name: "Copy raw JSON" }).click();
    await expect(announcer(page)).toHaveText(/^Copied/);
    await page.getByRole("button", { name: "Copy run ID" }).click();
    await page.getByRole("button", { name: "Copy job ID" }).click();
    await page.getByRole("button", { name: "Copy command line" }).click();
    await expect.poll(() => page.evaluate(() => (globalThis as unknown as { copied: string[] }).copied.length)).toBe(4);
    const [json, run, job, line] = await page.evaluate(() => (globalThis as unknown as { copied: string[] }).copied);
    expect(JSON.parse(json ?? "")).toEqual({ ...RUN, priority: 7, owner: { team: "eu" } });
    expect([run, job]).toEqual([RUN_ID, RUN.job_id]);
    expect(line).toBe(
      `curl -H "Authorization: Bearer $RUNBOARD_TOKEN" '${new URL(page.url()).origin}/beta/runs/${RUN_ID}'`,
    );
  });

  test("when copying is not allowed, that is said", async ({ page, signedIn }) => {
    await page.addInitScript(() => {
      Object.defineProperty(navigator.clipboard, "writeText", {
        value: () => Promise.reject(new DOMException("no", "NotAllowedError")),
      });
      document.execCommand = () => false;
    });
    await signedIn(`./?run=${RUN_ID}`);
    await (await unfold(page, "Details")).getByRole("button", { name: "Copy run ID" }).click();
    await expect(announcer(page)).toContainText("The browser did not allow copying.");
  });

  test("“Run again” fills in the form with the same job, name and length, moved to where it lies ahead", async ({
    signedIn,
    sandbox,
  }) => {
    const page = await signedIn(`./?run=${RUN_ID}`);
    await page.getByRole("link", { name: "Run again" }).click();
    await expect(heading(page)).toHaveText("New run");
    await expect(page).toHaveURL(new RegExp(`\\?new&from=${RUN_ID}$`));
    await expect(page.getByText("Filled in from “Pizza Campaign”. The dates are moved to the next possible time. Check them: people who were already contacted may be contacted again.")).toBeVisible();
    await expect(field(page, "Job ID")).toHaveValue(RUN.job_id);
    await expect(field(page, "Run name")).toHaveValue("Pizza Campaign (2)");
    await expect(field(page, "Start")).toHaveValue("2022-05-03 17:23:14");
    await expect(field(page, "End")).toHaveValue("2022-05-04 11:51:03");
    await expect(preview(page)).toContainText("Runs 18 h 27 min 49 s");
    await page.reload();
    await expect(field(page, "Start")).toHaveValue("2022-05-03 17:23:14");
    expect(await sandbox.requests("create")).toEqual([]);
  });
});

test.describe("a run", () => {
  test.beforeEach(({ frozen }) => {
    void frozen;
  });

  test("that does not exist has a page that says so, with the way back", async ({ signedIn, guard }) => {
    guard.allow(/status of 404/);
    const page = await signedIn("./?run=no-such-run");
    await expect(heading(page)).toHaveText("Run not found");
    await expect(page).toHaveTitle("Run not found · Runboard");
    await expect(page.getByRole("main")).toContainText("no-such-run");
    await expect(stopButton(page)).toHaveCount(0);
    await page.getByRole("main").getByRole("link", { name: "All runs" }).click();
    await expectList(page, "0 runs");
  });

  test("with an id full of reserved characters is asked for by exactly that id", async ({ signedIn, sandbox, guard }) => {
    guard.allow(/status of 404/);
    const page = await signedIn(`./?run=${encodeURIComponent("a/b?c=d&e #f%2F+g")}`);
    await expect(heading(page)).toHaveText("Run not found");
    await expect(page.getByText("a/b?c=d&e #f%2F+g", { exact: true })).toBeVisible();
    expect((await sandbox.requests("run"))[0]?.path).toBe("/beta/runs/a%2Fb%3Fc%3Dd%26e%20%23f%252F%2Bg");
  });

  test("with a status word nobody knows shows it as it is, and can be stopped", async ({ signedIn, sandbox }) => {
    const run = await sandbox.createRun({ name: "Spring campaign" });
    await sandbox.faults({ operation: "run", fault: { kind: "status_word", word: "throttled_by_moon" } });
    const page = await signedIn(`./?run=${run.id}`);
    await expect(besideState(page)).toHaveText("“throttled_by_moon”");
    await expect(state(page)).toHaveText("Open");
    await expect(stopButton(page)).toBeEnabled();
  });

  test("that is over has no stop button, and says since when", async ({ signedIn, sandbox }) => {
    const run = await createdAt(sandbox, ago(9000), { name: "Autumn survey", startAt: ago(7200), endAt: ago(3600) });
    const page = await signedIn(`./?run=${run.id}`);
    await expect(state(page)).toHaveText("Completed");
    await expect(besideState(page)).toHaveCount(0);
    await expect(runWindow(page)).toContainText("Ended 1 h ago");
    await expect(stopButton(page)).toHaveCount(0);
    await expect(runWindow(page).getByRole("progressbar")).toHaveCount(0);
    await expect(summary(page)).toContainText("as of 09:00:00 UTC");
    await expect(summary(page).getByTitle("Updates while the window is open")).toHaveCount(0);
  });

  test("goes through its window by itself: scheduled, running, completed", async ({ signedIn, sandbox, frozen }) => {
    await tokensForADay(sandbox);
    const run = await sandbox.createRun({ name: "Spring campaign", startAt: ahead(600), endAt: ahead(1200) });
    const page = await signedIn(`./?run=${run.id}`);
    await expect(state(page)).toHaveText("Scheduled");
    await expect(runWindow(page)).toContainText("Starts in 10 min");
    await expect(page.getByRole("link", { name: "Reschedule" })).toBeVisible();
    await frozen.advance(600);
    await expect(runWindow(page)).toContainText("Ends in 10 min");
    await expect(state(page)).toHaveText("Running");
    await expect(besideState(page)).toHaveCount(0);
    await expect(summary(page).getByTitle("Updates while the window is open")).toBeVisible();
    await expect(page.getByRole("link", { name: "Reschedule" })).toHaveCount(0);
    await frozen.advance(600);
    await expect(state(page)).toHaveText("Completed");
    await expect(stopButton(page)).toHaveCount(0);
  });

  test("that cannot be read says why, and “Try again” reads it", async ({ signedIn, sandbox, guard }) => {
    guard.allow(/status of 500/);
    const run = await sandbox.createRun({ name: "Spring campaign" });
    await sandbox.faults({ operation: "run", fault: { kind: "status", status: 500 } });
    const page = await signedIn(`./?run=${run.id}`);
    await expect(alert(page).filter({ hasText: "The run could not be loaded" })).toBeVisible();
    await sandbox.clearFaults();
    await page.getByRole("button", { name: "Try again" }).first().click();
    await expect(heading(page)).toHaveText("Spring campaign");
  });

  test("that can be read no more stays on screen with its age", async ({ signedIn, sandbox, guard, frozen }) => {
    guard.allow(/status of 500/);
    const run = await sandbox.createRun({ name: "Spring campaign" });
    const page = await signedIn(`./?run=${run.id}`);
    await expect(heading(page)).toHaveText("Spring campaign");
    await sandbox.faults({ operation: "run", fault: { kind: "status", status: 500 } });
    await frozen.advance(15);
    await expect(page.getByText("Shown as of Tue 10 Mar 2026 09:00 UTC; the last try failed")).toBeVisible();
    await expect(heading(page)).toHaveText("Spring campaign");
    await sandbox.clearFaults();
    await frozen.advance(60);
    await expect(page.getByText("Shown as of")).toHaveCount(0);
  });

  test("without a readable window says so and can be stopped", async ({ signedIn, sandbox }) => {
    const run = await sandbox.createRun({ name: "Spring campaign" });
    await sandbox.faults({ operation: "run", fault: { kind: "patch", merge: { start_at: null, end_at: "soon" } } });
    const page = await signedIn(`./?run=${run.id}`);
    await expect(runWindow(page)).toContainText("The API gave no readable start and end for this run.");
    await expect(state(page)).toHaveText("Scheduled");
    await expect(besideState(page)).toHaveCount(0);
    const details = await unfold(page, "Details");
    await expect(valueOf(details, "Start")).toHaveText("not given");
    await expect(valueOf(details, "End")).toHaveText("can’t be read");
    await expect(stopButton(page)).toBeEnabled();
  });

  test("can only be looked at where stopping and scheduling are switched off", async ({ configure, page, sandbox }) => {
    await configure({ actions: { create: false, stop: false } });
    const run = await sandbox.createRun({ name: "Spring campaign" });
    await page.goto(`./?run=${run.id}`);
    await expect(heading(page)).toHaveText("Spring campaign");
    await expect(page.getByText("Stopping is switched off in this console.")).toBeVisible();
    await expect(stopButton(page)).toHaveCount(0);
    await expect(page.getByRole("link", { name: "Run again" })).toHaveCount(0);
    await expect(page.getByRole("link", { name: "New run" })).toHaveCount(0);
    await page.goto("./?new");
    await expect(page.getByText("Scheduling runs is switched off in this console.")).toBeVisible();
    await expect(page.getByRole("button", { name: "Schedule run" })).toHaveCount(0);
    // Also this page says what it is.
    await expect(heading(page)).toHaveText("New run");
    await expect(page).toHaveTitle("New run · Runboard");
  });

  test("has its job's label and a link to the job's page where these are configured", async ({
    configure,
    page,
    sandbox,
  }) => {
    await configure({ links: { job: "https://portal.example/jobs/{jobId}?tab=runs" }, jobs: { "a/b c": "Pizza, north" } });
    const run = await sandbox.createRun({ name: "Spring campaign", jobId: "a/b c" });
    await page.goto(`./?run=${run.id}`);
    const link = aboutRun(page).getByRole("link", { name: "Pizza, north" });
    await expect(link).toHaveAttribute("href", "https://portal.example/jobs/a%2Fb%20c?tab=runs");
    await expect(link).toHaveAttribute("title", "Open job");
    const details = await unfold(page, "Details");
    await expect(valueOf(details, "Job ID")).toHaveText("a/b c");
    await expect(details.getByRole("link", { name: "All runs of this job" })).toHaveAttribute("href", /^\.\/\?q=/);
  });
});

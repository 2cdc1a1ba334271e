// Scheduling: one request at a time, never repeated by itself, and an outcome that is told wherever the person is.

import { NOW, expect, test } from "../fixtures.ts";
import {
  Gate,
  alert,
  announcer,
  banner,
  breaks,
  expectList,
  field,
  fill,
  heading,
  links,
  preview,
  schedule,
  scheduleBlocked,
  signOut,
  table,
  toast,
  readInVain,
} from "./parts.ts";

const LOST = { kind: "reset_after" };

test.beforeEach(({ frozen }) => {
  void frozen;
});

/** The list as it would be if nothing had been committed yet. */
const NOT_YET = { kind: "status", status: 200, body: [] };
const NOT_ALL = "Some checks could not read the whole list.";
for (const [what, fault] of [
  ["an error 500", { kind: "status", status: 500 }],
  ["an error 503 that names a wait", { kind: "status", status: 503, headers: { "Retry-After": "2" } }],
  ["a broken connection", { kind: "reset_before" }],
  ["an HTML page of a gateway", { kind: "html" }],
] as const) {
  test(`after ${what} the list is read until it is clear that nothing was found, and nothing is sent again`, breaks(fault), async ({
    signedIn,
    sandbox,
    guard,
    frozen,
  }) => {
    guard.allow(/status of 50\d|net::ERR/);
    await sandbox.faults({ operation: "create", count: 1, fault });
    const page = await signedIn("./?new");
    await fill(page);
    await schedule(page).click();
    await expect(alert(page)).toContainText("It is not known yet whether the run was scheduled.");
    await expect(page.getByRole("button", { name: "Looking for it…" })).toBeDisabled();
    await readInVain(page, frozen);
    await expect(alert(page)).not.toContainText(NOT_ALL);
    await expect(alert(page)).toContainText("recipients may be reached twice");
    await expect(field(page, "Run name")).toHaveValue("Spring campaign");
    await scheduleBlocked(page);
    await expect(announcer(page)).toHaveText(/Nothing was sent/);
    await frozen.advance(60);
    expect(await sandbox.requests("create")).toHaveLength(1);
    await page.getByRole("button", { name: "Send again", exact: true }).click();
    await expect(heading(page)).toHaveText("Spring campaign");
    const [first, second] = (await sandbox.requests("create")).map((request) => JSON.parse(request.body));
    expect(second.startAt).not.toBe(first.startAt);
    expect(second.startAt.slice(0, 19)).toBe(first.startAt.slice(0, 19));
  });
}

test("where the API gives the same page whichever is asked for, it is told that the list was not seen whole", breaks(LOST), async ({
  signedIn,
  sandbox,
  guard,
  frozen,
}) => {
  guard.allow(/status of 50\d|net::ERR/);
  await sandbox.reset({ seed_runs: 250, clock: { set: NOW.toISOString(), freeze: true } });
  const headers = { authorization: `Bearer ${await sandbox.token()}` };
  const body = (await (await fetch(new URL("/beta/runs/", sandbox.url), { headers })).json()) as Record<string, never>;
  await sandbox.faults(
    { operation: "create", count: 1, fault: { kind: "reset_before" } },
    { operation: "list", fault: { kind: "status", status: 200, body } },
  );
  const page = await signedIn("./?new");
  await fill(page);
  await schedule(page).click();
  await readInVain(page, frozen);
  await expect(alert(page)).toContainText(NOT_ALL);
});

for (const [what, fault] of [
  ["answered with a 500", { kind: "status", status: 500, after: true }],
  ["whose answer was lost", { kind: "reset_after" }],
  ["whose answer was cut", { kind: "cut_json" }],
  ["answered without a body", { kind: "empty_body" }],
] as const) {
  test(`a run that was made, but ${what}, is found in the list and linked`, breaks(fault), async ({
    signedIn,
    sandbox,
    guard,
  }) => {
    guard.allow(/status of 50\d|net::ERR/);
    await sandbox.faults({ operation: "create", count: 1, fault });
    const page = await signedIn("./?new");
    await fill(page);
    await schedule(page).click();
    await expect(page.getByText("Scheduled. The reply was lost, but the run was found.")).toBeVisible();
    await scheduleBlocked(page);
    await expect(announcer(page)).toHaveText(/Nothing was sent/);
    await page.getByRole("form").getByRole("link", { name: "Spring campaign", exact: true }).click();
    await expect(heading(page)).toHaveText("Spring campaign");
    await page.goBack();
    await expect(field(page, "Run name")).toHaveValue("");
    expect(await sandbox.requests("create")).toHaveLength(1);
  });
}

test("an API that does not keep milliseconds: the run is found, and it is said that this is only probable", async ({
  signedIn,
  sandbox,
  guard,
}) => {
  guard.allow(/status of 500/);
  await sandbox.faults({ operation: "create", count: 1, fault: { kind: "status", status: 500 } });
  const page = await signedIn("./?new");
  await fill(page);
  await schedule(page).click();
  await expect(alert(page)).toContainText("Check 2 of 5.");
  await sandbox.createRun({
    name: "Spring campaign",
    startAt: "2026-03-10T09:30:00.000Z",
    endAt: "2026-03-10T11:00:00.000Z",
  });
  await page.clock.fastForward(4000);
  await expect(page.getByText("It was probably scheduled.")).toBeVisible();
  await expect(page.getByRole("form").getByRole("link", { name: "Spring campaign", exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "Send again", exact: true })).toBeVisible();
  const sent = (await sandbox.requests("create")).map((request) => request.status);
  // The page's, and the one behind its back.
  expect(sent).toEqual([500, 201]);
});

test("a commit that comes after all readings is noticed and told, with the run", breaks(LOST), async ({
  signedIn,
  sandbox,
  guard,
  frozen,
}) => {
  guard.allow(/net::ERR|status of 502/);
  await sandbox.faults(
    { operation: "create", count: 1, fault: LOST },
    { operation: "list", skip: 1, fault: NOT_YET },
  );
  const page = await signedIn("./?new");
  await expect.poll(async () => (await sandbox.requests("list")).length).toBe(1);
  await fill(page);
  await schedule(page).click();
  await readInVain(page, frozen);
  await sandbox.clearFaults();
  await page.getByRole("button", { name: "Do not send again" }).click();
  await banner(page).getByRole("link", { name: "Runs" }).click();
  await expect(alert(page)).toContainText("“Spring campaign”, requested Tue 10 Mar 2026 09:00 UTC, was created late.");
  await alert(page).getByRole("link", { name: "Spring campaign" }).click();
  await expect(heading(page)).toHaveText("Spring campaign");
  await alert(page).getByRole("button", { name: "Dismiss" }).click();
  await expect(alert(page)).toHaveCount(0);
  expect(await sandbox.requests("create")).toHaveLength(1);
});

test("sent again, and both came through: both runs are named", breaks(LOST), async ({ signedIn, sandbox, guard, frozen }) => {
  guard.allow(/net::ERR|status of 502/);
  await sandbox.faults(
    { operation: "create", count: 1, fault: LOST },
    { operation: "list", skip: 1, fault: NOT_YET },
  );
  const page = await signedIn("./?new");
  await expect.poll(async () => (await sandbox.requests("list")).length).toBe(1);
  await fill(page);
  await schedule(page).click();
  await readInVain(page, frozen);
  await sandbox.clearFaults();
  await page.getByRole("button", { name: "Send again", exact: true }).click();
  await expect(heading(page)).toHaveText("Spring campaign");
  await banner(page).getByRole("link", { name: "Runs" }).click();
  await expect(alert(page)).toContainText("“Spring campaign” was created twice");
  await expect(alert(page).getByRole("link", { name: "Spring campaign" })).toHaveCount(2);
});

test("a reload while it is sent leads to reading, not to sending", async ({ signedIn, sandbox, page, frozen }) => {
  void frozen;
  await page.route("**/beta/jobs/runs", async (route) => {
    await fetch(route.request().url(), {
      method: "POST",
      headers: await route.request().allHeaders(),
      body: route.request().postData(),
    });
    // The answer never reaches the page.
  });
  await signedIn("./?new");
  await fill(page);
  await schedule(page).click();
  await expect(page.getByRole("button", { name: "Scheduling…" })).toBeDisabled();
  await expect.poll(async () => (await sandbox.requests("create")).length).toBe(1);
  await page.reload();
  await expect(page.getByText("Scheduled. The reply was lost, but the run was found.")).toBeVisible();
  await expect(field(page, "Run name")).toHaveValue("Spring campaign");
  await page.getByRole("button", { name: "Schedule another run" }).click();
  await expect(field(page, "Run name")).toHaveValue("");
  expect(await sandbox.requests("create")).toHaveLength(1);
});

test("another tab that has the same run in its form is told of, and so is one that has scheduled it", async ({
  signedIn,
  context,
  frozen,
}) => {
  void frozen;
  const page = await signedIn("./?new");
  const other = await context.newPage();
  await other.goto("./?new");
  await expect(heading(other)).toHaveText("New run");
  await fill(page);
  await fill(other);
  await expect(preview(other)).toContainText("Another tab of this browser has the same run in its form.");
  await schedule(page).click();
  await expect(heading(page)).toHaveText("Spring campaign");
  await expect(preview(other)).toContainText("Another tab of this browser has just scheduled the same run.");
});

test("what is typed survives a reload, and signing out takes it away", async ({ signedIn, page }) => {
  await signedIn("./?new");
  await fill(page, { name: "Half typed" });
  await page.reload();
  await expect(field(page, "Run name")).toHaveValue("Half typed");
  await expect(field(page, "End")).toHaveValue("2026-03-10 11:00");
  await signOut(page);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(heading(page)).toHaveText("New run");
  await expect(field(page, "Run name")).toHaveValue("");
});

test("a run that is not what was asked for is shouted, wherever the person is", async ({ signedIn, sandbox }) => {
  await sandbox.faults({
    operation: "create",
    fault: { kind: "patch", merge: { end_at: "2026-03-10T21:00:00.000Z", name: "Other" } },
  });
  const page = await signedIn("./?new");
  await fill(page);
  await schedule(page).click();
  await expect(alert(page)).toContainText("The scheduled run differs from your request.");
  await expect(alert(page)).toContainText("Run name: you asked for “Spring campaign”; the run has “Other”.");
  await expect(alert(page)).toContainText(/End: you asked for Tue 10 Mar 2026 11:00 UTC; the run has Tue 10 Mar 2026 21:00 UTC\./);
});

test("what a new run clashes with is named with links, and forbids nothing", async ({ signedIn, sandbox }) => {
  const clash = await sandbox.createRun({
    name: "Autumn",
    startAt: "2026-03-10T10:30:00.000Z",
    endAt: "2026-03-10T12:00:00.000Z",
  });
  await sandbox.createRun({ jobId: "other", name: "spring campaign" });
  const page = await signedIn("./?new");
  await fill(page);
  await expect(preview(page)).toContainText("This job already has 1 run in this window.");
  await expect(preview(page).getByRole("link", { name: "Autumn" })).toHaveAttribute("href", `./?run=${clash.id}`);
  await expect(preview(page)).toContainText("Another run has this name:");
  await schedule(page).click();
  await expect(heading(page)).toHaveText("Spring campaign");
});

test("a double click and Enter while it is sent make one request", async ({ signedIn, sandbox, page }) => {
  const gate = new Gate();
  await page.route("**/beta/jobs/runs", gate.wait);
  await signedIn("./?new");
  await fill(page);
  await schedule(page).dblclick();
  const sending = page.getByRole("button", { name: "Scheduling…" });
  await expect(sending).toBeDisabled();
  await field(page, "Run name").press("Enter");
  gate.open();
  await expect(heading(page)).toHaveText("Spring campaign");
  expect(await sandbox.requests("create")).toHaveLength(1);
});

test("a slow create outlives the page: one request, its outcome is told elsewhere, with the way to the run", async ({
  signedIn,
  sandbox,
  page,
}) => {
  const gate = new Gate();
  await page.route("**/beta/jobs/runs", gate.wait);
  await signedIn("./?new");
  await fill(page);
  await schedule(page).click();
  await expect(page.getByRole("button", { name: "Scheduling…" })).toBeDisabled();
  await banner(page).getByRole("link", { name: "Runs" }).click();
  await expectList(page, "0 runs");
  await page.goBack();
  await expect(page.getByRole("button", { name: "Scheduling…" })).toBeDisabled();
  await expect(field(page, "Run name")).toHaveValue("Spring campaign");
  await banner(page).getByRole("link", { name: "Runs" }).click();
  await expectList(page, "0 runs");
  gate.open();
  await expect(toast(page)).toContainText("Scheduled: Spring campaign, ");
  await expect(table(page)).toBeVisible();
  await expect(page).toHaveURL(/\/$/);
  await page.getByRole("link", { name: "Open the run" }).click();
  await expect(heading(page)).toHaveText("Spring campaign");
  await expect(page.getByRole("link", { name: "Open the run" })).toHaveCount(0);
  expect(await sandbox.requests("create")).toHaveLength(1);
});

test("a slow create that fails is told elsewhere, with the way back to what was typed", async ({
  signedIn,
  sandbox,
  page,
  guard,
}) => {
  guard.allow(/status of 400/);
  await sandbox.faults({ operation: "create", fault: { kind: "status", status: 400 } });
  const gate = new Gate();
  await page.route("**/beta/jobs/runs", gate.wait);
  await signedIn("./?new");
  await fill(page);
  await schedule(page).click();
  await banner(page).getByRole("link", { name: "Runs" }).click();
  gate.open();
  await expect(alert(page)).toContainText("“Spring campaign” was not scheduled.");
  await alert(page).getByRole("link", { name: "Go to the form" }).click();
  await expect(field(page, "Run name")).toHaveValue("Spring campaign");
  await expect(alert(page)).toContainText("The run was not scheduled.");
  expect(await sandbox.requests("create")).toHaveLength(1);
});

test("a notice of a scheduled run goes when it is dismissed", async ({ signedIn, page }) => {
  const gate = new Gate();
  await page.route("**/beta/jobs/runs", gate.wait);
  await signedIn("./?new");
  await fill(page);
  await schedule(page).click();
  await banner(page).getByRole("link", { name: "Runs" }).click();
  gate.open();
  await expect(toast(page)).toContainText("Scheduled: Spring campaign, ");
  await page.getByRole("button", { name: "Dismiss" }).click();
  await expect(toast(page)).toHaveCount(0);
  await expect(links(page)).toHaveText(["Spring campaign"]);
});

test("after a scheduled run the form is empty again, and going back does not send it twice", async ({
  signedIn,
  sandbox,
  page,
}) => {
  await signedIn("./?new");
  await fill(page);
  await schedule(page).click();
  await expect(heading(page)).toHaveText("Spring campaign");
  await page.goBack();
  await expect(heading(page)).toHaveText("New run");
  await expect(field(page, "Run name")).toHaveValue("");
  await page.reload();
  await expect(heading(page)).toHaveText("New run");
  expect(await sandbox.requests("create")).toHaveLength(1);
});

test("a refused create says so and keeps what was typed", async ({ signedIn, sandbox, guard }) => {
  guard.allow(/status of 403/);
  await sandbox.faults({ operation: "create", fault: { kind: "status", status: 403 } });
  const page = await signedIn("./?new");
  await fill(page);
  await schedule(page).click();
  await expect(alert(page)).toContainText("The run was not scheduled.");
  await expect(alert(page)).toContainText("Your token does not allow this.");
  await expect(field(page, "Run name")).toHaveValue("Spring campaign");
  await expect(schedule(page)).toBeEnabled();
});

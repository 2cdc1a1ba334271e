// Scheduling: one request at a time, never repeated by itself, and an outcome that is told wherever the person is.

import { expect, test } from "../fixtures.ts";
import { Gate, alert, banner, field, fill, heading, links, schedule, table } from "./parts.ts";

test.beforeEach(({ frozen }) => {
  void frozen;
});

for (const [what, fault] of [
  ["an error 500", { kind: "status", status: 500 }],
  ["a broken connection", { kind: "reset_before" }],
  ["an HTML page of a gateway", { kind: "html" }],
] as const) {
  test(`after ${what} it is said that the outcome is not known, and nothing is sent again`, async ({
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
    await expect(alert(page)).toContainText("It is not known whether the run was scheduled.");
    await expect(alert(page)).toContainText("Look in the list before you send it again, or it may run twice.");
    await expect(alert(page)).not.toContainText("is in the list now");
    await frozen.advance(60);
    await expect(field(page, "Run name")).toHaveValue("Spring campaign");
    expect(await sandbox.requests("create")).toHaveLength(1);
  });
}

for (const [what, fault] of [
  ["answered with a 500", { kind: "status", status: 500, after: true }],
  ["whose answer was lost", { kind: "reset_after" }],
  ["whose answer was cut", { kind: "cut_json" }],
  ["answered without a body", { kind: "empty_body" }],
] as const) {
  test(`a run that was made, but ${what}, is found in the list and linked`, async ({ signedIn, sandbox, guard }) => {
    guard.allow(/status of 500|net::ERR/);
    await sandbox.faults({ operation: "create", count: 1, fault });
    const page = await signedIn("./?new");
    await fill(page);
    await schedule(page).click();
    await expect(alert(page)).toContainText("It is not known whether the run was scheduled.");
    await expect(alert(page)).toContainText("A run with this job, name and window is in the list now:");
    await alert(page).getByRole("link", { name: "Spring campaign" }).click();
    await expect(heading(page)).toHaveText("Spring campaign");
    expect(await sandbox.requests("create")).toHaveLength(1);
  });
}

test("“Look in the list again” finds a run that appears later", async ({ signedIn, sandbox, guard }) => {
  guard.allow(/status of 500/);
  await sandbox.faults({ operation: "create", count: 1, fault: { kind: "status", status: 500 } });
  const page = await signedIn("./?new");
  await fill(page);
  await schedule(page).click();
  await expect(alert(page)).toContainText("It is not known whether the run was scheduled.");
  await sandbox.createRun({
    name: "Spring campaign",
    startAt: "2026-03-10T09:30:00.000Z",
    endAt: "2026-03-10T11:00:00.000Z",
  });
  await alert(page).getByRole("button", { name: "Look in the list again" }).click();
  await expect(alert(page).getByRole("link", { name: "Spring campaign" })).toBeVisible();
  const sent = (await sandbox.requests("create")).map((request) => request.status);
  // The page's, and the one behind its back.
  expect(sent).toEqual([500, 201]);
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
  await expect(heading(page)).toHaveText("Runs (0)");
  await page.goBack();
  await expect(page.getByRole("button", { name: "Scheduling…" })).toBeDisabled();
  await expect(field(page, "Run name")).toHaveValue("Spring campaign");
  await banner(page).getByRole("link", { name: "Runs" }).click();
  await expect(heading(page)).toHaveText("Runs (0)");
  gate.open();
  await expect(page.getByText("“Spring campaign” was scheduled.")).toBeVisible();
  await expect(table(page)).toBeVisible();
  await expect(page).toHaveURL(/\/$/);
  await page.getByRole("link", { name: "Open the run" }).click();
  await expect(heading(page)).toHaveText("Spring campaign");
  await expect(page.getByText("was scheduled.")).toHaveCount(0);
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
  await expect(page.getByText("“Spring campaign” was scheduled.")).toBeVisible();
  await page.getByRole("button", { name: "Dismiss" }).click();
  await expect(page.getByText("was scheduled.")).toHaveCount(0);
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

// What stands in the form is what its address and its person put there: nothing of another run, nothing of another form.

import { type Page } from "@playwright/test";
import { NOW, type Sandbox, expect, test } from "../fixtures.ts";
import {
  Gate,
  ago,
  ahead,
  alert,
  banner,
  breaks,
  chooseZone,
  createdAt,
  field,
  fill,
  heading,
  listZones,
  preview,
  schedule,
  scheduleBlocked,
  toast,
  tokensForADay,
  unfold,
} from "./parts.ts";

test.beforeEach(async ({ frozen, sandbox }) => {
  void frozen;
  await tokensForADay(sandbox);
});

const reschedule = (page: Page) => page.getByRole("button", { name: "Schedule new run, then stop the old one" });
const creates = async (sandbox: Sandbox): Promise<number> =>
  (await sandbox.requests("create")).filter((request) => "origin" in request.headers).length;
const upcoming = (sandbox: Sandbox, name: string, jobId = "11111111") =>
  createdAt(sandbox, ago(7200), { name, jobId, startAt: ahead(7200), endAt: ahead(14_400) });

test("a run that was found after a lost answer stands against a second click after a reload, too", breaks({ kind: "reset_after" }), async ({
  signedIn,
  sandbox,
  guard,
}) => {
  guard.allow(/status of 50\d|net::ERR/);
  await sandbox.faults({ operation: "create", count: 1, fault: { kind: "reset_after" } });
  const page = await signedIn("./?new");
  await fill(page);
  await schedule(page).click();
  await expect(page.getByText("Scheduled. The reply was lost, but the run was found.")).toBeVisible();
  await page.reload();
  await expect(page.getByText("Scheduled. The reply was lost, but the run was found.")).toBeVisible();
  await scheduleBlocked(page);
  await expect(page.locator("#create-outcome")).toBeFocused();
  expect(await creates(sandbox)).toBe(1);
  await page.getByRole("button", { name: "Schedule another run" }).click();
  await expect(field(page, "Run name")).toHaveValue("");
  await page.reload();
  await expect(field(page, "Run name")).toHaveValue("");
  await expect(page.getByText("Scheduled. The reply was lost, but the run was found.")).toHaveCount(0);
});

test("a draft that comes back says so, and can be started over", async ({ signedIn }) => {
  const page = await signedIn("./?new");
  const restored = page.getByText("This is what you entered here before.");
  await expect(restored).toHaveCount(0);
  await fill(page);
  await page.getByRole("link", { name: "Cancel" }).click();
  await banner(page).getByRole("link", { name: "New run" }).click();
  await expect(field(page, "Run name")).toHaveValue("Spring campaign");
  await expect(restored).toBeVisible();
  await page.getByRole("button", { name: "Start over" }).click();
  for (const name of ["Job ID", "Run name", "Start", "End"] as const) await expect(field(page, name)).toHaveValue("");
  await expect(restored).toHaveCount(0);
  await expect(heading(page)).toBeFocused();
  await field(page, "Run name").fill("Autumn survey");
  await expect(preview(page)).toBeVisible();
  await expect(restored).toHaveCount(0);
});

test("a reschedule that was begun says so, and can be started over with the run's own times", async ({ signedIn, sandbox }) => {
  const run = await upcoming(sandbox, "Spring campaign");
  const page = await signedIn(`./?run=${run.id}`);
  const restored = page.getByText("This is what you entered here before.");
  await page.getByRole("link", { name: "Reschedule" }).click();
  await expect(field(page, "Start")).toHaveValue("2026-03-10 11:00");
  await page.reload();
  await expect(field(page, "Start")).toHaveValue("2026-03-10 11:00");
  await expect(restored).toHaveCount(0);
  await field(page, "Start").fill("2026-03-10 12:00");
  await page.getByRole("link", { name: "Cancel" }).click();
  await page.getByRole("link", { name: "Reschedule" }).click();
  await expect(field(page, "Start")).toHaveValue("2026-03-10 12:00");
  await expect(restored).toBeVisible();
  await page.getByRole("button", { name: "Start over" }).click();
  await expect(field(page, "Start")).toHaveValue("2026-03-10 11:00");
  await expect(restored).toHaveCount(0);
});

test("each address has a form of its own: a run that was only looked at fills in no other", async ({ signedIn, sandbox }) => {
  const old = await upcoming(sandbox, "Spring campaign");
  const page = await signedIn("./?new");
  await fill(page, { name: "My draft", start: "2026-03-10 10:00", end: "2026-03-10 12:00" });
  await page.goto(`./?run=${old.id}`);
  await page.getByRole("link", { name: "Run again" }).click();
  await expect(field(page, "Run name")).toHaveValue("Spring campaign (2)");
  await banner(page).getByRole("link", { name: "New run" }).click();
  await expect(heading(page)).toHaveText("New run");
  await expect(field(page, "Run name")).not.toHaveValue("Spring campaign (2)");
  await field(page, "Run name").fill("Another draft");
  await page.goBack();
  await expect(field(page, "Run name")).toHaveValue("Spring campaign (2)");
  await page.goForward();
  await expect(field(page, "Run name")).toHaveValue("Another draft");
});

test("a run created from one form leaves what was typed into another meanwhile", async ({ signedIn, sandbox }) => {
  const old = await upcoming(sandbox, "Autumn campaign");
  const page = await signedIn(`./?run=${old.id}`);
  await expect(heading(page)).toHaveText("Autumn campaign");
  await banner(page).getByRole("link", { name: "New run" }).click();
  await fill(page);
  const create = new Gate();
  await page.route("**/jobs/runs", create.wait);
  await schedule(page).click();
  await page.goBack();
  await page.getByRole("link", { name: "Run again" }).click();
  await field(page, "Run name").fill("Typed meanwhile");
  create.open();
  await expect(toast(page)).toContainText("Scheduled: Spring campaign, ");
  await expect(field(page, "Run name")).toHaveValue("Typed meanwhile");
});

test("a run that is to be replaced has to be read first: until then, and when it cannot be, there is no form", async ({
  signedIn,
  sandbox,
  guard,
}) => {
  guard.allow(/status of 503/);
  const old = await upcoming(sandbox, "Spring campaign");
  const page = await signedIn("./?new");
  await fill(page, { job: "99999", name: "My draft", start: "2026-03-10 10:00", end: "2026-03-10 12:00" });
  const gate = new Gate();
  await page.route(`**/runs/${old.id}`, gate.wait);
  await sandbox.faults({ operation: "run", count: 1, fault: { kind: "status", status: 503 } });
  await page.goto(`./?new&replaces=${old.id}`);
  await expect(page.getByText("Reading the run…")).toBeVisible();
  await expect(page.getByRole("form")).toHaveCount(0);
  gate.open();
  await expect(alert(page)).toContainText("The run to reschedule could not be loaded");
  await expect(alert(page)).not.toContainText("by itself");
  await expect(page.getByRole("form")).toHaveCount(0);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(field(page, "Run name")).toHaveValue("Spring campaign");
  await expect(field(page, "Job ID")).toHaveValue("11111111");
  // There is nothing to do yet, and then there is.
  await expect(reschedule(page)).toHaveAttribute("aria-disabled", "true");
  await field(page, "Start").fill("2026-03-10 12:00");
  await expect(reschedule(page)).toBeEnabled();
  expect(await creates(sandbox)).toBe(0);
});

test("a run that is to be replaced is no clash of its own; another job in its place is asked about", async ({ signedIn, sandbox }) => {
  const old = await upcoming(sandbox, "Spring campaign");
  const page = await signedIn(`./?new&replaces=${old.id}`);
  await expect(field(page, "Run name")).toHaveValue("Spring campaign");
  await field(page, "End").fill("2026-03-10 14:00");
  await expect(preview(page)).toContainText("Tue 10 Mar 2026");
  await expect(preview(page)).not.toContainText(/already has|has this name|Checking for other runs/);
  await field(page, "Job ID").fill("22222222");
  await expect(preview(page)).toContainText("This job differs from the job of the run that will be stopped.");
});

test("a run that is read slowly overwrites nothing: there is no form before it is there", async ({ signedIn, sandbox }) => {
  const old = await upcoming(sandbox, "Spring campaign");
  const page = await signedIn();
  const gate = new Gate();
  await page.route(`**/runs/${old.id}`, gate.wait);
  await page.goto(`./?new&from=${old.id}`);
  await expect(page.getByText("Reading the run…")).toBeVisible();
  await expect(page.getByRole("form")).toHaveCount(0);
  gate.open();
  await expect(field(page, "Run name")).toHaveValue("Spring campaign (2)");
});

test("Back and Forward keep a draft that was not sent, and never fill in one that was", async ({ signedIn, sandbox }) => {
  const old = await upcoming(sandbox, "Survey week 38");
  const page = await signedIn(`./?run=${old.id}`);
  await page.getByRole("link", { name: "Run again" }).click();
  await expect(field(page, "Run name")).toHaveValue("Survey week 39");
  await field(page, "Run name").fill("Survey week 40");
  await page.goBack();
  await expect(heading(page)).toHaveText("Survey week 38");
  await page.goForward();
  await expect(field(page, "Run name")).toHaveValue("Survey week 40");
  await schedule(page).click();
  await expect(heading(page)).toHaveText("Survey week 40");
  await page.goBack();
  await expect(heading(page)).toHaveText("New run");
  for (const label of ["Job ID", "Run name", "Start", "End"] as const) {
    await expect(field(page, label)).toHaveValue("");
  }
  const note = page.getByRole("status").filter({ hasText: "You have scheduled this run" });
  await expect(note.getByRole("link", { name: "Survey week 40" })).toBeVisible();
  await field(page, "Run name").fill("Another");
  await expect(note).toHaveCount(0);
  await field(page, "Run name").fill("");
  await page.goBack();
  await page.getByRole("link", { name: "Run again" }).click();
  await expect(field(page, "Run name")).toHaveValue("Survey week 39");
  await expect(note).toHaveCount(0);
  expect(await creates(sandbox)).toBe(1);
});

test("runs that it may clash with are read by the form itself, on whichever page they stand", async ({ signedIn, sandbox, guard }) => {
  guard.allow(/status of 503/);
  await sandbox.reset({ seed_runs: 250, clock: { set: NOW.toISOString(), freeze: true } });
  await upcoming(sandbox, "Overlapped", "4242");
  await sandbox.faults({ operation: "list", count: 3, fault: { kind: "status", status: 503 } });
  const clash = { job: "4242", name: "Spring campaign", start: "2026-03-10 11:30", end: "2026-03-10 12:00" };
  const page = await signedIn("./?new");
  await fill(page, clash);
  await expect(preview(page)).toContainText("This job may have another run in this window.");
  await sandbox.clearFaults();
  await page.reload();
  await expect(field(page, "Job ID")).toHaveValue("4242");
  await expect(preview(page)).toContainText("This job already has 1 run in this window.");
  await expect(preview(page).getByRole("link", { name: "Overlapped" })).toBeVisible();
});

test("a zone that was changed elsewhere moves no time that was typed", async ({ context, signedIn, frozen }) => {
  const page = await signedIn("./?new");
  await fill(page, { start: "2026-03-10 10:00", end: "2026-03-10 12:00" });
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(heading(other)).toHaveText("New run");
  await listZones(other, frozen);
  await chooseZone(other, "Europe/Berlin");
  await page.reload();
  await expect(field(page, "Start")).toHaveValue("2026-03-10 11:00");
  await expect(field(page, "End")).toHaveValue("2026-03-10 13:00");
  await unfold(page, "The exact request");
  await expect(preview(page)).toContainText("2026-03-10T10:00:00");
});

// Moving a run: a new one first, and the old one is stopped only when that exists as it was asked for.

import type { Page } from "@playwright/test";
import { type WireRun, expect, test } from "../fixtures.ts";
import { alert, ago, ahead, asked, banner, createdAt, field, heading, state, stopButton, toast, tokensForADay } from "./parts.ts";

let old: WireRun;
const submit = (page: Page) => page.getByRole("button", { name: "Schedule new run, then stop the old one" });
/** The statuses that were asked for, in order. */
const sent = async (sandbox: import("../fixtures.ts").Sandbox): Promise<string[]> =>
  (await sandbox.requests())
    .filter((request) => request.method === "POST" && request.operation !== "token")
    .slice(1)
    .map((request) => (request.operation === "stop" ? `stop ${request.path.split("/").at(-2)}` : request.operation));

test.beforeEach(async ({ frozen, sandbox, signedIn }) => {
  void frozen;
  await tokensForADay(sandbox);
  old = await createdAt(sandbox, ago(7200), { name: "Spring campaign", startAt: ahead(7200), endAt: ahead(14_400) });
  const page = await signedIn(`./?run=${old.id}`);
  await page.getByRole("link", { name: "Reschedule" }).click();
  await expect(heading(page)).toHaveText("Reschedule");
  await expect(field(page, "Run name")).toHaveValue("Spring campaign");
  await expect(field(page, "Start")).toHaveValue("2026-03-10 11:00");
  await expect(field(page, "End")).toHaveValue("2026-03-10 13:00");
  await expect(page.getByText("A run’s times can’t be changed.")).toContainText("“Spring campaign” is stopped");
  await field(page, "Start").fill("2026-03-10 12:00");
  // Whoever moves the start moves the run.
  await expect(field(page, "End")).toHaveValue("2026-03-10 14:00");
});

test("creates the new run, reads it, and then stops the old one", async ({ page, sandbox }) => {
  await submit(page).click();
  await expect(page.getByText("The old run is stopped.")).toBeVisible();
  await expect(heading(page)).toHaveText("Spring campaign");
  await expect(page).not.toHaveURL(new RegExp(old.id));
  expect(await sent(sandbox)).toEqual(["create", `stop ${old.id}`]);
  expect(asked((await sandbox.requests("create")).at(-1)?.body)).toMatchObject({
    startAt: "2026-03-10T12:00:00.000Z",
    endAt: "2026-03-10T14:00:00.000Z",
  });
  await toast(page).filter({ hasText: "The old run is stopped." }).getByRole("button", { name: "Dismiss" }).click();
  await expect(page.getByText("The old run is stopped")).toHaveCount(0);
  await page.goto(`./?run=${old.id}`);
  await expect(state(page)).toHaveText("Stopped");
});

test("when the old one is not stopped it says that two runs exist, and tries again only when asked", async ({
  page,
  sandbox,
  guard,
  frozen,
}) => {
  guard.allow(/status of 403/);
  await sandbox.faults({ operation: "stop", count: 1, fault: { kind: "status", status: 403 } });
  await submit(page).click();
  await expect(alert(page)).toContainText("The old run was not stopped: two runs exist.");
  await expect(alert(page).getByRole("link", { name: "Spring campaign" })).toHaveAttribute("href", `./?run=${old.id}`);
  await expect(alert(page).getByRole("link", { name: "New run" })).toHaveAttribute("href", /run=/);
  await banner(page).getByRole("link", { name: "Runs" }).click();
  await frozen.advance(60);
  await expect(alert(page)).toContainText("two runs exist");
  expect(await sent(sandbox)).toEqual(["create", `stop ${old.id}`]);
  await alert(page).getByRole("button", { name: "Stop the old run" }).click();
  await expect(page.getByText("The old run is stopped.")).toBeVisible();
  expect(await sent(sandbox)).toEqual(["create", `stop ${old.id}`, `stop ${old.id}`]);
});

test("a new run that is not what was asked for leaves the old one alone", async ({ page, sandbox }) => {
  const merge = { end_at: "2026-03-10T23:00:00.000Z" };
  await sandbox.faults({ operation: "create", fault: { kind: "patch", merge } }, { operation: "run", fault: { kind: "patch", merge } });
  await submit(page).click();
  await expect(page.getByText("The new run differs from your request. The old run was not stopped.")).toBeVisible();
  await page.getByRole("button", { name: "Keep both runs" }).click();
  await expect(page.getByText("Both runs were kept.")).toBeVisible();
  expect(await sent(sandbox)).toEqual(["create"]);
});

test("a new run of which nothing is known leaves the old one alone", async ({ page, sandbox, guard, frozen }) => {
  guard.allow(/status of 500/);
  await sandbox.faults({ operation: "create", count: 1, fault: { kind: "status", status: 500 } });
  await submit(page).click();
  await expect(page.getByText("The old run is not stopped until that is known.")).toBeVisible();
  await frozen.advance(60);
  expect(await sent(sandbox)).toEqual(["create"]);
});

test("a refused new run leaves the old one alone, and what was typed stays", async ({ page, sandbox, guard }) => {
  guard.allow(/status of 403/);
  await sandbox.faults({ operation: "create", count: 1, fault: { kind: "status", status: 403 } });
  await submit(page).click();
  await expect(page.getByText("The new run was refused. The old run is unchanged.")).toBeVisible();
  await expect(field(page, "Start")).toHaveValue("2026-03-10 12:00");
  expect(await sent(sandbox)).toEqual(["create"]);
  await submit(page).click();
  await expect(page.getByText("The old run is stopped.")).toBeVisible();
});

test("a run that has opened cannot be moved", async ({ page, sandbox }) => {
  const open = await sandbox.createRun({ name: "Autumn survey", startAt: ago(60) });
  await page.goto(`./?run=${open.id}`);
  await expect(stopButton(page)).toBeVisible();
  await expect(page.getByRole("link", { name: "Run again" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Reschedule" })).toHaveCount(0);
});

// A reschedule follows only its own request, and never leaves the person without a way on.

import type { Page } from "@playwright/test";
import { type WireRun, expect, test } from "../fixtures.ts";
import { ago, ahead, alert, banner, createdAt, field, fill, heading, readInVain, schedule, toast, tokensForADay } from "../journeys/parts.ts";

let old: WireRun;
const submit = (page: Page) => page.getByRole("button", { name: "Schedule new run, then stop the old one" });

test.beforeEach(async ({ frozen, sandbox, signedIn }) => {
  void frozen;
  await tokensForADay(sandbox);
  old = await createdAt(sandbox, ago(7200), { name: "Spring campaign", startAt: ahead(7200), endAt: ahead(14_400) });
  const page = await signedIn(`./?run=${old.id}`);
  await page.getByRole("link", { name: "Reschedule" }).click();
  await expect(field(page, "Start")).toHaveValue("2026-03-10 11:00");
});

test("a form in which nothing has changed cannot be sent, and says so", async ({ page, sandbox }) => {
  await expect(submit(page)).toBeDisabled();
  await expect(submit(page)).toHaveAccessibleDescription("Nothing has changed.");
  await field(page, "Start").press("Enter");
  await field(page, "Start").fill("2026-03-10 12:00");
  await expect(submit(page)).toBeEnabled();
  expect(await sandbox.requests("create")).toHaveLength(1);
});

test("a run that is scheduled after a lost reply does not become the new one", async ({ page, sandbox, frozen, guard }) => {
  guard.allow(/status of 500/);
  await sandbox.faults({ operation: "create", count: 1, fault: { kind: "status", status: 500 } });
  await field(page, "Start").fill("2026-03-10 12:00");
  await submit(page).click();
  await readInVain(page, frozen);
  await expect(alert(page).filter({ hasText: "Not found in 5" })).toBeVisible();
  await page.getByRole("button", { name: "Do not send again" }).click();
  await banner(page).getByRole("link", { name: "New run" }).click();
  await fill(page, { name: "Autumn campaign" });
  await schedule(page).click();
  await expect(heading(page)).toHaveText("Autumn campaign");
  await expect(toast(page).filter({ hasText: "Scheduled: Autumn campaign" })).toBeVisible();
  await frozen.advance(60);
  await expect(alert(page).filter({ hasText: "Reschedule" })).toContainText("It is not known yet whether the new run");
  expect(await sandbox.requests("stop")).toHaveLength(0);
});

test("a stop that got an error is settled by reading, and can be sent again at once", async ({ page, sandbox, frozen, guard }) => {
  guard.allow(/status of 500/);
  await sandbox.faults({ operation: "stop", count: 1, fault: { kind: "status", status: 500 } });
  await field(page, "Start").fill("2026-03-10 12:00");
  await submit(page).click();
  await frozen.advance(5);
  await expect(alert(page)).toContainText(/As of Tue 10 Mar 2026 09:00(:\d\d)? UTC, the old run was not stopped: two runs exist\./);
  await alert(page).getByRole("button", { name: "Stop the old run" }).click();
  await frozen.advance(5);
  await expect(toast(page).last()).toContainText("Rescheduled: Spring campaign, Tue 10 Mar 12:00 – 14:00 UTC. The old run is stopped.");
  expect(await sandbox.requests("stop")).toHaveLength(2);
});

// What succeeded is confirmed at the bottom of the window: it moves nothing, and goes by itself.

import type { Page } from "@playwright/test";
import { type Sandbox, expect, test } from "../fixtures.ts";
import { ahead, banner, fill, heading, schedule, stopBehind, stopButton, stopDialog, toast, tokensForADay } from "./parts.ts";

async function scheduled(page: Page): Promise<void> {
  await fill(page);
  await schedule(page).click();
  await expect(heading(page)).toHaveText("Spring campaign");
}

const upcoming = async (sandbox: Sandbox): Promise<string> =>
  (await sandbox.createRun({ name: "Spring campaign", startAt: ahead(7200), endAt: ahead(14_400) })).id;

test("a scheduled run is confirmed on its page, and elsewhere with a link", async ({ signedIn, frozen }) => {
  void frozen;
  const page = await signedIn("./?new");
  await scheduled(page);
  await expect(toast(page)).toContainText("Scheduled: Spring campaign, Tue 10 Mar 09:30 – 11:00 UTC");
  await expect(page.getByRole("status").filter({ has: toast(page) })).toHaveCount(1);
  await expect(toast(page).getByRole("link")).toHaveCount(0);
  await banner(page).getByRole("link", { name: "Runs" }).click();
  await toast(page).getByRole("link", { name: "Open the run" }).click();
  await expect(heading(page)).toHaveText("Spring campaign");
});

test("a toast moves nothing, and goes after ten seconds unless the focus is on it", async ({ signedIn, frozen }) => {
  const page = await signedIn("./?new");
  await scheduled(page);
  await expect(toast(page)).toBeVisible();
  const place = (): Promise<number> => heading(page).evaluate((one) => one.getBoundingClientRect().top);
  const before = await place();
  await toast(page).getByRole("button", { name: "Dismiss" }).focus();
  for (let second = 0; second < 20; second += 1) await frozen.advance(1);
  await expect(toast(page)).toBeVisible();
  await heading(page).focus();
  for (let second = 0; second < 11; second += 1) await frozen.advance(1);
  await expect(toast(page)).toHaveCount(0);
  expect(await place()).toBe(before);
});

test("a stop that is confirmed while the person is elsewhere is told there", async ({ signedIn, sandbox, frozen }) => {
  await tokensForADay(sandbox);
  const id = await upcoming(sandbox);
  await sandbox.faults({ operation: "stop", count: 1, fault: { kind: "status", status: 202 } });
  const page = await signedIn(`./?run=${id}`);
  await stopButton(page).click();
  await stopDialog(page).getByRole("button", { name: "Stop run" }).click();
  await expect(page.getByText("Stop requested Tue 10 Mar 2026 09:00 UTC and accepted.")).toBeVisible();
  await banner(page).getByRole("link", { name: "Runs" }).click();
  await stopBehind(sandbox, id);
  await frozen.advance(30);
  await expect(toast(page)).toContainText("Stopped: Spring campaign");
  await expect(toast(page).getByRole("link", { name: "Open the run" })).toBeVisible();
});

test("on a phone a toast stands above the actions of a run", async ({ signedIn, page, frozen }) => {
  void frozen;
  await page.setViewportSize({ width: 390, height: 844 });
  await signedIn("./?new");
  await scheduled(page);
  const toastBox = await toast(page).boundingBox();
  const actions = await page.getByRole("group", { name: "Actions" }).boundingBox();
  expect(toastBox && actions && toastBox.y + toastBox.height).toBeLessThanOrEqual(actions?.y ?? 0);
});

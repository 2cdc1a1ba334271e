// Where a window stands among the others, and where there is room for it: in the form, and on the page of a run.

import type { Locator, Page } from "@playwright/test";
import { type Sandbox, expect, test } from "../fixtures.ts";
import { ago, ahead, createdAt, expectList, field, fill, heading, preview, summary, tokensForADay } from "./parts.ts";

test.beforeEach(async ({ frozen, sandbox }) => {
  void frozen;
  await tokensForADay(sandbox);
});

const HOUR = 3600;
const around = (page: Page): Locator => page.getByRole("region", { name: "Around this window" });
const strip = (page: Page): Locator => around(page).getByRole("group", { name: "Around this window" });
const slots = (page: Page, length: string): Locator =>
  around(page).getByRole("group", { name: new RegExp(`^Free times for ${length}, from`) }).getByRole("button");
const fold = (page: Page, name: string): Locator => page.locator("summary").filter({ hasText: name });

/** A run of the job from 10:00 to 12:00, and one of another job from 13:00 to 15:00. */
async function twoRuns(sandbox: Sandbox): Promise<string> {
  const { id } = await createdAt(sandbox, ago(2 * HOUR), { name: "Morning send", startAt: ahead(HOUR), endAt: ahead(3 * HOUR) });
  await createdAt(sandbox, ago(HOUR), { name: "Survey", jobId: "survey-7", startAt: ahead(4 * HOUR), endAt: ahead(6 * HOUR) });
  return id;
}

test("a run that the window overlaps is named with its window and linked, and one click takes the next free slot", async ({
  signedIn,
  sandbox,
}) => {
  const id = await twoRuns(sandbox);
  const page = await signedIn("./?new");
  await expect(around(page)).toContainText("Enter a start and an end");
  await fill(page, { start: "2026-03-10 11:00", end: "2026-03-10 13:00" });
  await expect(preview(page).getByRole("listitem")).toHaveText("Morning send Tue 10 Mar 2026 10:00 to 12:00 UTC");
  await expect(preview(page).getByRole("link", { name: "Morning send" })).toHaveAttribute("href", `./?run=${id}`);
  const bar = strip(page).getByRole("link", { name: "Morning send, Scheduled, Tue 10 Mar 10:00 – 12:00, overlaps this window" });
  await expect(bar).toHaveAttribute("href", `./?run=${id}`);
  await expect(around(page)).toContainText("1 overlap");

  const offered = ["12:00 – 14:00 up to 1 other run open", "14:00 – 16:00 up to 1 other run open", "16:00 – 18:00 nothing else open"];
  await expect(slots(page, "2 h")).toHaveText(offered.map((slot) => `Tue 10 Mar ${slot}`));
  // A click scrolls only to what is out of sight.
  await slots(page, "2 h").last().scrollIntoViewIfNeeded();
  const places = () => slots(page, "2 h").evaluateAll((all) => all.map((slot) => slot.getBoundingClientRect().toJSON()));
  const before = await places();
  await slots(page, "2 h").first().click();
  await expect(field(page, "Start")).toHaveValue("2026-03-10 12:00");
  await expect(field(page, "End")).toHaveValue("2026-03-10 14:00");
  await expect(slots(page, "2 h").first()).toHaveAttribute("aria-pressed", "true");
  await expect(slots(page, "2 h").first()).toBeFocused();
  await expect(around(page)).not.toContainText("overlap");
  await expect(preview(page)).not.toContainText("This job already has");
  expect(await places()).toEqual(before);
  await expect(around(page)).toContainText("Morning send");
  await expect(around(page)).toContainText("ends as this starts");
});

test("while a time is being typed the last window stays in its place, and cannot be clicked", async ({ signedIn, sandbox }) => {
  await twoRuns(sandbox);
  const page = await signedIn("./?new");
  await fill(page, { start: "2026-03-10 11:00", end: "2026-03-10 13:00" });
  const height = () => around(page).evaluate((card) => card.getBoundingClientRect().height);
  const before = await height();
  await field(page, "Start").fill("2026-03-1");
  await expect(around(page).locator(".planning-body")).toHaveAttribute("inert");
  expect(await height()).toBe(before);
  await field(page, "Start").fill("2026-03-12 11:00");
  await expect(around(page).locator(".planning-body")).not.toHaveAttribute("inert");
  expect(await height()).toBe(before);
});

test("quiet hours are chosen once, avoided and shaded", async ({ signedIn, sandbox }) => {
  await twoRuns(sandbox);
  const page = await signedIn("./?new");
  await fill(page, { start: "2026-03-10 21:00", end: "2026-03-10 23:00" });
  await expect(slots(page, "2 h").first()).toHaveText("Tue 10 Mar 21:00 – 23:00 nothing else open");
  await expect(page.getByLabel("Quiet from")).toBeHidden();
  await fold(page, "Quiet hours").click();
  await page.getByLabel("Quiet from").fill("22:00");
  await page.getByLabel("Quiet until").fill("07:00");
  await expect(slots(page, "2 h").first()).toHaveText("Wed 11 Mar 07:00 – 09:00 nothing else open");
  await expect(strip(page).locator(".strip-quiet").first()).toBeVisible();
  await page.reload();
  await expect(fold(page, "Quiet hours")).toHaveText("Quiet hours 22:00 – 07:00 UTC");
  await fold(page, "Quiet hours").click();
  await page.getByRole("button", { name: "Turn off quiet hours" }).click();
  await expect(fold(page, "Quiet hours")).toHaveText("Quiet hours none");
  await expect(strip(page).locator(".strip-quiet")).toHaveCount(0);
});

test("the window is shown in pinned zones, and copied as text", async ({ signedIn, frozen }) => {
  const page = await signedIn("./?new");
  await page.evaluate(() => {
    Object.defineProperty(navigator.clipboard, "writeText", {
      value: async (text: string) => void Object.assign(globalThis, { copied: text }),
    });
  });
  await fill(page, { start: "2026-03-28 22:00", end: "2026-03-29 06:00" });
  await fold(page, "Other time zones").click();
  await frozen.advance(1);
  for (const zone of ["new york", "Europe/Berlin"]) {
    await page.getByLabel("Add a zone").fill(zone);
    await page.getByLabel("Add a zone").press("Enter");
  }
  const zones = around(page).getByRole("listitem").filter({ has: page.getByRole("button", { name: /^Remove/ }) });
  await expect(zones).toHaveCount(2);
  await expect(zones.first()).toContainText("New YorkSat 28 Mar 2026 18:00 – Sun 29 Mar 2026 02:00 UTC-04:00");
  await expect(zones.last()).toContainText("Clocks go forward 1 h on Sun 29 Mar 2026: 02:00 → 03:00");
  await page.getByRole("button", { name: "Copy times in all zones" }).click();
  const copied = () => page.evaluate(() => (globalThis as { copied?: string }).copied?.replace(/[\u2068\u2069]/g, ""));
  await expect.poll(copied).toBe(
    [
      "Spring campaign, 8 h",
      "New York: Sat 28 Mar 2026 18:00 – Sun 29 Mar 2026 02:00 (America/New_York, UTC-04:00)",
      "Berlin: Sat 28 Mar 2026 23:00 – Sun 29 Mar 2026 08:00 (Europe/Berlin, UTC+01:00 → UTC+02:00)",
    ].join("\n"),
  );
  await page.reload();
  await expect(fold(page, "Other time zones")).toHaveText("Other time zones New York, Berlin");
  await expect(page.getByRole("button", { name: "Remove Berlin" })).toBeVisible();
});

test("a phone has the preview before the strip, and all of it in its width", async ({ signedIn, sandbox }) => {
  await twoRuns(sandbox);
  const page = await signedIn("./?new");
  await page.setViewportSize({ width: 320, height: 700 });
  await fill(page, { start: "2026-03-10 11:00", end: "2026-03-10 13:00" });
  const top = async (part: Locator): Promise<number> => (await part.boundingBox())?.y ?? 0;
  expect(await top(preview(page))).toBeLessThan(await top(around(page)));
  // No label of the axis is cut off, and none lies over the next one.
  const { right, labels } = await strip(page).evaluate((picture) => {
    const boxes = [...picture.querySelectorAll("text")].map((label) => label.getBoundingClientRect()).filter((box) => box.width > 0);
    const labels = boxes.map(({ x, y, right }) => ({ x, y: Math.round(y), right })).sort((a, b) => a.y - b.y || a.x - b.x);
    return { right: picture.getBoundingClientRect().right, labels };
  });
  expect(labels.length).toBeGreaterThan(1);
  for (const [at, label] of labels.entries()) {
    const next = labels[at + 1];
    expect(label.right).toBeLessThanOrEqual(next?.y === label.y ? next.x : right);
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
});

test("the page of a run shows the runs around it and the success rates of its job's last ten, read when asked for", async ({
  signedIn,
  sandbox,
}) => {
  const ended = async (name: string, hours: number) =>
    await createdAt(sandbox, ago((hours + 1) * HOUR), { name, startAt: ago(hours * HOUR), endAt: ago((hours - 2) * HOUR) });
  await ended("First", 9);
  const second = await ended("Second", 6);
  await ended("Third", 3);
  const page = await signedIn();
  await expectList(page, "3 runs");
  await page.getByRole("link", { name: "Second", exact: true }).click();
  await expect(heading(page)).toHaveText("Second");
  await expect(summary(page)).toBeVisible();
  const card = page.getByRole("region", { name: "Around this run" });
  await expect(card.getByRole("group", { name: "Around this run" }).getByRole("link")).toHaveCount(2);
  await expect(card.getByRole("listitem")).toHaveText(["Before First ends 1 h earlier", "After Third starts 1 h later"]);
  const summaries = async () => [...new Set((await sandbox.requests("summary")).map((request) => request.path))].length;
  await expect.poll(summaries).toBe(1);
  await card.getByText("Success rates of this job’s last ten runs").click();
  const rows = card.getByRole("table").getByRole("row");
  await expect(rows).toHaveCount(4);
  await expect(rows.nth(1)).toContainText(/^First.*(\d %|No data)/);
  await expect(rows.nth(2)).toContainText("Second This run");
  await expect(card.locator(".rates-column")).toHaveCount(3);
  await expect.poll(summaries).toBe(3);
  await expect(page).toHaveURL(new RegExp(second.id));
});

test("the page of a run that was opened by its address reads the other runs when asked to", async ({ signedIn, sandbox, frozen }) => {
  const id = await twoRuns(sandbox);
  const page = await signedIn(`./?run=${id}`);
  const card = page.getByRole("region", { name: "Around this run" });
  await expect(card).toContainText("The other runs are not loaded yet.");
  await frozen.answered();
  expect(await sandbox.requests("list")).toHaveLength(0);
  await card.getByRole("button", { name: "Load other runs" }).click();
  await expect(card.getByRole("group", { name: "Around this run" })).toBeVisible();
  await expect(card.getByRole("listitem").first()).toHaveText("Before no other run of this job");
});

// The filters by state: they stay where they are, wherever they are offered.

import { expect, test } from "../fixtures.ts";
import { openList } from "../shell.ts";
import { filters, filtersWithRuns, links, search } from "./parts.ts";

const NAMES = ["All", "Needs attention", "Running", "Scheduled", "Completed", "Failed", "Stopped"];

test("the filters stay where they are, whichever states there are, and fit into one line", async ({ page, sandbox }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await openList(page, sandbox, 60);
  const lefts = (): Promise<number[]> =>
    filters(page).evaluateAll((buttons) => buttons.map((button) => Math.round(button.getBoundingClientRect().left)));
  const before = await lefts();
  await expect(filters(page)).toHaveText(NAMES.map((name) => new RegExp(`^${name} \\d+$`)));
  const hidden = await page.locator(".filters").evaluate((line) => line.scrollWidth - line.clientWidth);
  expect(hidden).toBe(0);
  expect(new Set(await filters(page).evaluateAll((buttons) => buttons.map((button) => button.getBoundingClientRect().top))).size).toBe(1);
  await search(page).fill("is:failed");
  await expect(filters(page).filter({ hasText: "Failed" })).toHaveAttribute("aria-pressed", "true");
  expect(await lefts()).toEqual(before);
  await search(page).fill("nothing has this name");
  await expect(filtersWithRuns(page)).toHaveCount(0);
  expect(await lefts()).toEqual(before);
});

test("on a phone all filters are in the sheet, and one without runs can be chosen", async ({ page, sandbox }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const later = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();
  await sandbox.createRun({ name: "Spring sale", startAt: later(1), endAt: later(2) });
  await page.goto("./");
  await expect(links(page)).toHaveCount(1);
  await page.getByRole("button", { name: "Filters", exact: true }).click();
  await expect(filters(page)).toHaveText(NAMES.map((name) => new RegExp(`^${name} \\d+$`)));
  for (const filter of await filters(page).all()) await expect(filter).toBeInViewport({ ratio: 1 });
  await filters(page).filter({ hasText: "Failed" }).click();
  await expect(search(page)).toHaveValue("is:failed");
  await expect(page.getByText("No runs match")).toBeVisible();
});

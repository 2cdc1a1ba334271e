// The list on paper: all that is listed, as a table, without what can be pressed.

import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { links, table } from "./parts.ts";

/** Answers with so many runs in one page. */
async function manyRuns(page: Page, count: number): Promise<void> {
  const runs = Array.from({ length: count }, (_, at) => ({ id: `r-${at}`, name: `Run ${at}`, status: "completed" }));
  await page.route("**/beta/runs/**", (route) => route.fulfill({ json: { _embedded: { runs } } }));
}

/** What the browser does before it lays out the pages. */
async function prepare(page: Page): Promise<void> {
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
}

test("every listed run is printed, and no control", async ({ page, signedIn }) => {
  await manyRuns(page, 300);
  await signedIn();
  await expect(links(page).first()).toBeVisible();
  expect(await links(page).count()).toBeLessThan(300);
  await prepare(page);
  await expect(links(page)).toHaveCount(300);
  await expect(page.getByRole("heading", { name: "Runs", exact: true })).toBeVisible();
  await expect(page.getByText("300 runs")).toBeVisible();
  for (const control of ["searchbox", "checkbox", "combobox"] as const) {
    await expect(page.getByRole(control).filter({ visible: true })).toHaveCount(0);
  }
  // The headings of the columns are buttons on screen.
  await expect(page.getByRole("button").filter({ visible: true })).toHaveText(["Name", "Status", "Job", "Start", "End", "Created"]);
  expect(await page.evaluate(() => getComputedStyle(document.querySelector(".spacer") ?? document.body).display)).not.toBe("none");
  await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
  await page.emulateMedia({ media: "screen" });
  await expect.poll(() => links(page).count()).toBeLessThan(300);
});

test("the browser's own print command has all rows on few pages", async ({ page, signedIn }) => {
  await manyRuns(page, 300);
  await signedIn();
  await expect(links(page).first()).toBeVisible();
  const pages = async (): Promise<number> =>
    (await page.pdf({ format: "A4" })).toString("latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  const all = await pages();
  expect(all).toBeGreaterThan(4);
  expect(all).toBeLessThan(15);
});

test("a list that is too long for paper is replaced by a sentence, not by blank pages", async ({ page, signedIn }) => {
  await manyRuns(page, 2001);
  await signedIn();
  await expect(links(page).first()).toBeVisible();
  await prepare(page);
  await expect(page.getByText("2,001 runs are too many to print. Search for those you need, or export them.")).toBeVisible();
  await expect(table(page)).toBeHidden();
  const pages = (await page.pdf({ format: "A4" })).toString("latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  expect(pages).toBe(1);
});

test("paper is dark on light in the dark theme, too", async ({ page, signedIn, context }) => {
  await context.addInitScript(() => localStorage.setItem("runboard.theme", "dark"));
  await manyRuns(page, 3);
  await signedIn();
  await expect(links(page).first()).toBeVisible();
  await prepare(page);
  expect(await links(page).first().evaluate((link) => getComputedStyle(link).color)).toBe("rgb(23, 26, 32)");
});

// How far it is to everything with the keyboard, and that the focus is never lost on the way.

import { type Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { filter, openList, tools } from "../shell.ts";
import { heading, links, search, table } from "./parts.ts";

const isInTable = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.activeElement?.closest("table") !== null);

test("the table is at most nine Tabs from the top of the page", async ({ page, sandbox }) => {
  await openList(page, sandbox, 30);
  let presses = 0;
  do {
    await page.keyboard.press("Tab");
    presses += 1;
  } while (!(await isInTable(page)) && presses < 60);
  expect(presses).toBeLessThanOrEqual(9);
});

test("the arrow keys lead through the tools above the table", async ({ page, sandbox }) => {
  await openList(page, sandbox, 30);
  await search(page).focus();
  await page.keyboard.press("Tab");
  const names: string[] = [];
  const count = await tools(page).getByRole("button").count();
  for (let step = 0; step < count; step += 1) {
    names.push(await page.evaluate(() => document.activeElement?.textContent?.trim() ?? ""));
    await page.keyboard.press("ArrowRight");
  }
  expect(names[0]).toBe("How to search");
  expect(names.slice(1, 3)).toEqual(["List", "Timeline"]);
  expect(names.slice(4, 7)).toEqual(["Views", "Display", "Export"]);
  expect(names[7]).toMatch(/^All 30$/);
  // Round to the first again.
  await expect(tools(page).getByRole("button").first()).toBeFocused();
  await page.keyboard.press("End");
  await expect(tools(page).getByRole("button").last()).toBeFocused();
  await page.keyboard.press("Home");
  await expect(tools(page).getByRole("button").first()).toBeFocused();
});

test("skip links lead to the search and to the first row; on other pages to the content", async ({ page, sandbox }) => {
  await openList(page, sandbox, 30);
  await page.keyboard.press("Tab");
  const toSearch = page.getByRole("link", { name: "Skip to search" });
  await expect(toSearch).toBeFocused();
  await expect(toSearch).toBeInViewport({ ratio: 1 });
  await page.keyboard.press("Enter");
  await expect(search(page)).toBeFocused();

  await page.reload();
  await expect(links(page)).toHaveCount(30);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to table" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(links(page).first()).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("region", { name: "Summary" })).toBeVisible();

  await page.reload();
  await expect(page.getByRole("region", { name: "Summary" })).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
});

test("x selects the row and leaves the focus on it, so that Enter opens it", async ({ page, sandbox }) => {
  await openList(page, sandbox, 30);
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  const second = links(page).nth(1);
  await expect(second).toBeFocused();
  const name = (await second.textContent()) ?? "";
  await page.keyboard.press("x");
  await expect(page.getByText("1 selected", { exact: true }).first()).toBeVisible();
  await expect(second).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(heading(page)).toHaveText(name);
});

test("after Back, j starts at the run that was open", async ({ page, sandbox }) => {
  await openList(page, sandbox, 30);
  const fifth = links(page).nth(4);
  const href = await fifth.getAttribute("href");
  await fifth.click();
  await expect(page.getByRole("region", { name: "Summary" })).toBeVisible();
  await page.goBack();
  await expect(links(page)).toHaveCount(30);
  await page.keyboard.press("j");
  await expect(page.locator(`.runs a[href="${href}"]`)).toBeFocused();
  await page.keyboard.press("k");
  await expect(links(page).nth(3)).toBeFocused();
});

test("the focus stays in the page when what has it goes away", async ({ page, sandbox }) => {
  await openList(page, sandbox, 30);
  await test.step("Clear selection", async () => {
    await page.keyboard.press("j");
    await page.keyboard.press("x");
    const clear = page.getByRole("button", { name: "Clear selection" });
    await clear.focus();
    await page.keyboard.press("Enter");
    await expect(clear).toHaveCount(0);
    await expect(table(page).getByRole("checkbox").first()).toBeFocused();
  });
  await test.step("a filter that no run is left for", async () => {
    await search(page).fill("name:zzz is:failed");
    const failed = filter(page, /^Failed 0$/);
    await failed.focus();
    await page.keyboard.press("Enter");
    await expect(search(page)).toHaveValue("name:zzz");
    await expect(failed).toBeFocused();
  });
  await test.step("Clear search and filters", async () => {
    await page.getByRole("button", { name: "Clear search and filters" }).focus();
    await page.keyboard.press("Enter");
    await expect(search(page)).toBeFocused();
  });
  await test.step("a view that is deleted", async () => {
    await page.getByRole("button", { name: "Views" }).click();
    await page.getByPlaceholder("View name").fill("Mine");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Delete view" }).focus();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("button", { name: "Delete view" })).toHaveCount(0);
    await expect.poll(() => page.evaluate(() => document.activeElement?.closest("[popover]") !== null)).toBe(true);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("button", { name: "Views" })).toBeFocused();
  });
  await test.step("the shortcuts, closed", async () => {
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("button", { name: "Views" })).toBeFocused();
  });
});

test("the focus stays in the page when a failed list is loaded after all", async ({ page, sandbox, guard }) => {
  guard.allow(/status of 503/);
  await sandbox.reset({ seed_runs: 5 });
  await sandbox.faults({ operation: "list", fault: { kind: "status", status: 503 } });
  await page.goto("./");
  const again = page.getByRole("button", { name: "Try again" });
  await again.focus();
  await sandbox.clearFaults();
  await page.keyboard.press("Enter");
  await expect(links(page)).toHaveCount(5);
  await expect(heading(page)).toBeFocused();
});

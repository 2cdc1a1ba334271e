// The menus of the list and of the banner, opened and closed by the keyboard and by a press elsewhere.

import { expect, test } from "../fixtures.ts";
import { fourRuns, table } from "./parts.ts";

const MENUS = ["Views", "Display", "Export", "How to search", "Settings"];

test("Escape closes a menu, and the focus returns to its button", async ({ page, sandbox }) => {
  await fourRuns(sandbox);
  await page.goto("./");
  await expect(table(page)).toBeVisible();
  for (const name of MENUS) {
    const button = page.getByRole("button", { name, exact: true });
    const menu = page.getByRole("group", { name, exact: true }).first();
    await button.focus();
    await page.keyboard.press("Enter");
    await expect(menu).toBeVisible();
    await expect(menu.getByRole("status").filter({ hasText: "Loading" })).toHaveCount(0);
    await page.keyboard.press("Tab");
    await expect(menu.locator(":focus")).toHaveCount(1);
    await page.keyboard.press("Escape");
    await expect(menu).toBeHidden();
    await expect(button).toBeFocused();
  }
});

test("a press elsewhere closes a menu, and another menu takes its place", async ({ page, sandbox }) => {
  await fourRuns(sandbox);
  await page.goto("./");
  await expect(table(page)).toBeVisible();
  await page.getByRole("button", { name: "Views", exact: true }).click();
  await expect(page.getByRole("button", { name: "Open now", exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Display", exact: true }).click();
  await expect(page.getByRole("button", { name: "Open now", exact: true })).toBeHidden();
  await expect(page.getByRole("combobox", { name: "Sort by" })).toBeVisible();
  await page.getByRole("heading", { name: "Runs" }).click();
  await expect(page.getByRole("combobox", { name: "Sort by" })).toBeHidden();
});

// What the journeys through the shell share.

import { type Locator, type Page, expect } from "@playwright/test";
import { type Sandbox } from "./fixtures.ts";
import { links } from "./journeys/parts.ts";

/** The toolbar above the table. */
export const tools = (page: Page): Locator => page.getByRole("toolbar", { name: "List tools" });
export const filter = (page: Page, name: RegExp): Locator =>
  page.getByRole("group", { name: "State" }).getByRole("button", { name });

/** Opens the list with `count` runs in it. */
export async function openList(page: Page, sandbox: Sandbox, count: number): Promise<void> {
  await sandbox.reset({ seed_runs: count });
  await page.goto("./");
  await expect(links(page)).toHaveCount(count);
}

/** Where the parts of the list stand, by name. */
export async function places(page: Page): Promise<Record<string, string>> {
  return await page.evaluate(() => {
    const parts = { heading: "h1", search: "#search", tools: ".toolbar-menus", table: ".runs", row: ".runs tbody tr[role=row]" };
    const place = (selector: string): string => {
      const box = document.querySelector(selector)?.getBoundingClientRect();
      return box ? `${box.left} ${box.top + scrollY}` : "nowhere";
    };
    return Object.fromEntries(Object.entries(parts).map(([name, selector]) => [name, place(selector)]));
  });
}

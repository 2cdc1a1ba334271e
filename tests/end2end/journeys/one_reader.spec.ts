// Of all tabs and frames of one person, one reads the list and tells the others: ten tabs ask the API for no more than one does.

import type { BrowserContext, Page } from "@playwright/test";
import { type Sandbox, expect, test } from "../fixtures.ts";
import { opensAnew, portalKnows } from "../bugs/signed_in.ts";
import { links, row } from "./parts.ts";

const reads = async (sandbox: Sandbox): Promise<number> => (await sandbox.requests("list")).length;

/** Opens a tab with the list, and waits until it shows this run. */
async function opensList(context: BrowserContext, run: string): Promise<Page> {
  const page = await opensAnew(context);
  await expect(row(page, run)).toBeVisible();
  return page;
}

/** When the list was last read, as the page says. */
const updated = (page: Page) => page.locator(".as-of time");

test.beforeEach(async ({ sandbox }) => {
  await portalKnows(sandbox, "ann");
  await sandbox.createRun({ name: "Autumn survey" });
});

test("one tab reads, the other shows the same; when the first is closed, the other takes over", async ({ context, sandbox, frozen }) => {
  const reader = await opensList(context, "Autumn survey");
  const other = await opensList(context, "Autumn survey");
  expect(await reads(sandbox)).toBe(1);
  await sandbox.createRun({ name: "Spring campaign" });
  await frozen.advance(15);
  for (const page of [reader, other]) {
    await page.getByRole("button", { name: "Show 1 new run" }).click();
    await expect(links(page)).toHaveCount(2);
  }
  await expect(updated(other)).toHaveText((await updated(reader).textContent()) ?? "");
  expect(await reads(sandbox)).toBe(2);
  await reader.close();
  await sandbox.createRun({ name: "Clinic recall" });
  await frozen.advance(15);
  await expect(other.getByRole("button", { name: "Show 1 new run" })).toBeVisible();
  expect(await reads(sandbox)).toBe(3);
});

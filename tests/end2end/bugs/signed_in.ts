// Tabs in which a portal signs people in.

import { type BrowserContext, type Locator, type Page, expect } from "@playwright/test";
import type { Sandbox } from "../fixtures.ts";

/** Shown only to somebody who is signed in. */
export const newRun = (page: Page): Locator => page.getByRole("banner").getByRole("link", { name: "New run" });

/** From now on the portal signs this person in. Of several faults for one operation the oldest applies. */
export async function portalKnows(sandbox: Sandbox, sub: string): Promise<void> {
  const token = await sandbox.token({ lifetime_seconds: 86_400, sub });
  await sandbox.faults({ operation: "token", fault: { kind: "patch", merge: { token } } });
}

export async function opensAnew(context: BrowserContext, address = "./"): Promise<Page> {
  const page = await context.newPage();
  await page.goto(address);
  await expect(newRun(page)).toBeVisible();
  return page;
}

// Drafts of several addresses survive a reload, not only the one that is open.

import { expect, test } from "../fixtures.ts";
import { banner, field, fill, heading } from "./parts.ts";

test("drafts of all addresses survive a reload", async ({ signedIn, sandbox, frozen }) => {
  const old = await sandbox.createRun({ name: "Autumn survey", endAt: new Date(frozen.now().getTime() + 9e6).toISOString() });
  const page = await signedIn("./?new");
  await fill(page, { name: "My draft", start: "2026-03-10 10:00", end: "2026-03-10 12:00" });
  await banner(page).getByRole("link", { name: "Runs" }).click();
  await page.getByRole("link", { name: "Autumn survey" }).click();
  await page.getByRole("link", { name: "Run again" }).click();
  await field(page, "Run name").fill("Once more");
  await page.reload();
  await expect(field(page, "Run name")).toHaveValue("Once more");
  await banner(page).getByRole("link", { name: "New run" }).click();
  await expect(heading(page)).toHaveText("New run");
  await expect(field(page, "Run name")).toHaveValue("My draft");
  await page.reload();
  await page.goto(`./?new&from=${old.id}`);
  await expect(field(page, "Run name")).toHaveValue("Once more");
});

// Copying where the Clipboard API is missing (plain HTTP) or refused (a frame without clipboard-write): another way is tried,
// and when none works, the text is there, selected.

import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { announcer, heading, unfold } from "../journeys/parts.ts";

const HINT = "Copying is blocked here. Press Ctrl+C (⌘C) to copy this:";

/** Takes the Clipboard API away, or lets it refuse; `command` is what `document.execCommand` does. */
async function blocked(page: Page, api: "missing" | "refused", command: "works" | "refused"): Promise<void> {
  await page.addInitScript(
    ([api, command]) => {
      const refuse = { writeText: () => Promise.reject(new DOMException("blocked", "NotAllowedError")) };
      Object.defineProperty(navigator, "clipboard", { value: api === "missing" ? undefined : refuse, configurable: true });
      if (command === "refused") document.execCommand = () => false;
    },
    [api, command] as const,
  );
}

for (const api of ["missing", "refused"] as const) {
  test(`with the Clipboard API ${api}, what was copied is what is pasted`, async ({ page, signedIn, sandbox }) => {
    await blocked(page, api, "works");
    const run = await sandbox.createRun({ name: "Spring campaign" });
    await signedIn(`./?run=${run.id}`);
    const button = (await unfold(page, "Details")).getByRole("button", { name: "Copy run ID" });
    await button.click();
    await expect(announcer(page)).toHaveText("Copied");
    await expect(button).toBeFocused();
    await page.getByRole("banner").getByRole("link", { name: "New run" }).click();
    await page.getByRole("textbox", { name: "Run name" }).focus();
    await page.keyboard.press("ControlOrMeta+V");
    await expect(page.getByRole("textbox", { name: "Run name" })).toHaveValue(run.id);
  });

  test(`with the Clipboard API ${api} and no other way, the text is shown and selected`, async ({ page, signedIn, sandbox }) => {
    await blocked(page, api, "refused");
    const run = await sandbox.createRun({ name: "Spring campaign" });
    await signedIn(`./?run=${run.id}`);
    await (await unfold(page, "Details")).getByRole("button", { name: "Copy run ID" }).click();
    const field = page.getByRole("textbox", { name: HINT });
    await expect(page.getByText(HINT)).toBeVisible();
    await expect(field).toBeFocused();
    await expect(field).toHaveValue(run.id);
    expect(await field.evaluate((field: HTMLTextAreaElement) => field.value.slice(field.selectionStart, field.selectionEnd))).toBe(run.id);
    await page.getByRole("banner").getByRole("link", { name: "New run" }).focus();
    await expect(field).toHaveCount(0);
  });
}

test("lines of a longer text are copied as lines", async ({ page, signedIn }) => {
  await blocked(page, "missing", "works");
  await signedIn("./?diagnostics");
  await expect(heading(page)).toHaveText("Diagnostics");
  await page.getByRole("button", { name: /^Copy (all of this|diagnostics)$/ }).click();
  await expect(announcer(page)).toHaveText("Copied");
  await page.evaluate(() => {
    const field = document.createElement("textarea");
    field.id = "pasted";
    document.body.append(field);
    field.focus();
  });
  await page.keyboard.press("ControlOrMeta+V");
  const lines = (await page.locator("#pasted").inputValue()).split("\n").filter((line) => line.trim() !== "");
  expect(lines.length).toBeGreaterThan(10);
});

// A refresh shows that it is at work, says how it ended, and can be given up.

import { type Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { openList } from "../shell.ts";
import { Gate, announcer, links } from "./parts.ts";

const LIST = /\/beta\/runs\/(\?.*)?$/;
const button = (page: Page) => page.locator("button.refresh");

test("the button is busy at once, keeps its width, and the end is announced", async ({ page, sandbox }) => {
  await openList(page, sandbox, 5);
  const width = (await button(page).boundingBox())?.width;
  const gate = new Gate();
  await page.route(LIST, gate.wait);
  await button(page).click();
  await expect(button(page)).toHaveAttribute("aria-busy", "true");
  await expect(page.getByRole("button", { name: "Cancel", exact: true })).toBeVisible();
  expect((await button(page).boundingBox())?.width).toBe(width);
  gate.open();
  await expect(page.getByRole("button", { name: "Refresh" })).toBeVisible();
  await expect(button(page)).not.toHaveAttribute("aria-busy");
  await expect(announcer(page)).toHaveText("Updated. 5 runs.");
  expect((await button(page).boundingBox())?.width).toBe(width);
});

for (const way of ["the button", "Escape"]) {
  test(`${way} gives up a refresh that takes long; the runs stay`, async ({ page, sandbox }) => {
    await openList(page, sandbox, 5);
    const gate = new Gate();
    await page.route(LIST, gate.wait);
    await button(page).click();
    const cancel = page.getByRole("button", { name: "Cancel", exact: true });
    await expect(cancel).toBeVisible();
    if (way === "Escape") await page.keyboard.press("Escape");
    else await cancel.click();
    await expect(page.getByRole("button", { name: "Refresh" })).toBeVisible();
    await expect(button(page)).toBeFocused();
    await expect(announcer(page)).toHaveText("Refresh cancelled.");
    await expect(links(page)).toHaveCount(5);
    gate.open();
    await page.unroute(LIST);
    // Asked again, it reads again.
    await sandbox.createRun({ name: "Late" });
    await button(page).click();
    await expect(page.getByRole("button", { name: "Show 1 new run" }).or(page.getByRole("link", { name: "Late" })).first()).toBeVisible();
  });
}

test("a refresh that fails says so", async ({ page, sandbox, guard }) => {
  guard.allow(/status of 503/);
  await openList(page, sandbox, 5);
  await sandbox.faults({ operation: "list", fault: { kind: "status", status: 503 } });
  await button(page).click();
  await expect(announcer(page)).toHaveText(/^Not updated\. /);
  await expect(button(page)).not.toHaveAttribute("aria-busy");
});

test("what the console refreshes by itself leaves the button alone", async ({ page, sandbox, frozen }) => {
  await sandbox.createRun({ name: "One" });
  await page.goto("./");
  await expect(links(page)).toHaveCount(1);
  const gate = new Gate();
  let polled = false;
  await page.route(LIST, async (route) => {
    polled = true;
    await gate.wait(route);
  });
  await frozen.advance(20);
  await expect.poll(() => polled).toBe(true);
  await expect(button(page)).not.toHaveAttribute("aria-busy");
  gate.open();
});

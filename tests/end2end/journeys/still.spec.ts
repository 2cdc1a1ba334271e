// Nothing moves by itself, nor under the pointer.

import { expect, test } from "../fixtures.ts";
import { openList, places } from "../shell.ts";
import { links, selectBox, table } from "./parts.ts";

for (const width of [390, 1280]) {
  test.describe(`${width} px wide`, () => {
    test.use({ viewport: { width, height: 800 } });

    test("a refresh that fails moves nothing, nor one that succeeds again", async ({ page, sandbox, guard }) => {
      guard.allow(/status of 503/);
      await openList(page, sandbox, 30);
      const before = await places(page);
      await sandbox.faults({ operation: "list", fault: { kind: "status", status: 503 } });
      await page.getByRole("button", { name: "Refresh" }).click();
      const again = page.getByRole("button", { name: "Try again" });
      await expect(again).toBeInViewport({ ratio: 1 });
      expect(await places(page)).toEqual(before);
      // Nor is the last run hidden behind the notice for good.
      await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
      const [last, notice] = [await links(page).last().boundingBox(), await page.locator(".list-notes .notice").boundingBox()];
      expect((last?.y ?? 0) + (last?.height ?? 0)).toBeLessThan(notice?.y ?? 0);
      await page.evaluate(() => scrollTo(0, 0));
      await sandbox.clearFaults();
      await again.click();
      await expect(again).toHaveCount(0);
      expect(await places(page)).toEqual(before);
    });

    test("new runs are announced without moving anything", async ({ page, sandbox, frozen }) => {
      for (let number = 0; number < 4; number += 1) await sandbox.createRun({ name: `Old ${number}` });
      await page.goto("./");
      await expect(links(page)).toHaveCount(4);
      const before = await places(page);
      // While somebody uses the table, new runs are held back.
      await links(page).first().focus();
      for (let number = 0; number < 3; number += 1) await sandbox.createRun({ name: `New ${number}` });
      await frozen.advance(20);
      const show = page.getByRole("button", { name: "Show 3 new runs" });
      await expect(show).toBeInViewport({ ratio: 1 });
      expect(await places(page)).toEqual(before);
      await show.click();
      await expect(links(page)).toHaveCount(7);
      expect(await places(page)).toEqual(before);
      await expect.poll(() => page.evaluate(() => document.activeElement?.closest(".runs") !== null)).toBe(true);
    });

    test("selecting runs moves nothing", async ({ page, sandbox }) => {
      await openList(page, sandbox, 30);
      const before = await places(page);
      await table(page).getByRole("row").filter({ has: page.locator("[data-state=running]") }).getByRole("checkbox").first().check();
      await expect(page.getByRole("button", { name: "Stop 1 run" })).toBeInViewport({ ratio: 1 });
      expect(await places(page)).toEqual(before);
    });

    test("menus lie over the page", async ({ page, sandbox }) => {
      await openList(page, sandbox, 30);
      const before = await places(page);
      for (const name of ["Settings", "How to search", "Views", "Display", "Export"]) {
        await page.getByRole("button", { name, exact: true }).click();
        const menu = page.locator(".menu:popover-open");
        await expect(menu).toBeVisible();
        const box = await menu.boundingBox();
        expect(box && box.x >= 0 && box.x + box.width <= width && box.y >= 0 && box.y + box.height <= 800).toBe(true);
        expect(await places(page), name).toEqual(before);
        await page.keyboard.press("Escape");
        await expect(menu).toHaveCount(0);
      }
    });
  });
}

test("the selection says how many runs are hidden, and shows them", async ({ page, sandbox }) => {
  for (const name of ["Spring sale", "Autumn survey", "Winter notice"]) await sandbox.createRun({ name });
  await page.goto("./");
  await selectBox(page, "Spring sale").check();
  await selectBox(page, "Autumn survey").check();
  await page.getByRole("searchbox").fill("winter");
  await expect(page.locator(".selection-count")).toHaveText("2 selected, 2 hidden by the search");
  await page.getByRole("button", { name: "Show selected" }).click();
  await expect(links(page)).toHaveCount(2);
  await expect(page.locator(".selection-count")).toHaveText("2 selected");
  await expect(page.getByRole("button", { name: "Clear selection" })).toBeFocused();
});

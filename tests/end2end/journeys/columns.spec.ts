// The columns of the list: chosen and ordered by hand or by keys, counted down in place, and fitted to the screen.

import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { ahead, fourRuns, links, table } from "./parts.ts";

const heads = (page: Page): Promise<string[]> => table(page).getByRole("columnheader").allInnerTexts();
const AT_FIRST = ["Name", "Status", "Job", "Start", "End", "Created"];

async function openDisplay(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Display" }).click();
  await expect(page.getByRole("checkbox", { name: "Length" })).toBeVisible();
}

/** Where every row and every cell of it stands. */
const places = (page: Page): Promise<string> =>
  table(page).evaluate((element) =>
    [...element.querySelectorAll("tr, td, th")]
      .map((part) => part.getBoundingClientRect())
      .map(({ x, y, width, height }) => [x, y, width, height].map(Math.round).join())
      .join(" "),
  );

test("columns are shown, moved by drag and by keys, and still there after a reload", async ({ sandbox, frozen, signedIn }) => {
  void frozen;
  await fourRuns(sandbox);
  const page = await signedIn();
  await expect(links(page)).toHaveCount(4);
  expect(await heads(page)).toEqual(AT_FIRST);
  await openDisplay(page);
  await page.getByRole("checkbox", { name: "Starts / ends in" }).check();
  await page.getByRole("checkbox", { name: "Created" }).uncheck();
  await page.locator(".column", { hasText: "Starts / ends in" }).dragTo(page.locator(".column", { hasText: "Job" }));
  await expect.poll(() => heads(page)).toEqual(["Name", "Status", "Starts / ends in", "Job", "Start", "End"]);
  const end = page.getByRole("checkbox", { name: "End", exact: true });
  await end.focus();
  await page.keyboard.press("Alt+ArrowUp");
  await expect.poll(() => heads(page)).toEqual(["Name", "Status", "Starts / ends in", "Job", "End", "Start"]);
  await expect(end).toBeFocused();
  await page.getByRole("button", { name: "Move Job down" }).click();
  await expect.poll(() => heads(page)).toEqual(["Name", "Status", "Starts / ends in", "End", "Job", "Start"]);
  await page.reload();
  await expect(links(page)).toHaveCount(4);
  expect(await heads(page)).toEqual(["Name", "Status", "Starts / ends in", "End", "Job", "Start"]);
});

test("columns that an earlier version hid stay hidden", async ({ sandbox, frozen, signedIn, context }) => {
  void frozen;
  await fourRuns(sandbox);
  await context.addInitScript(() => localStorage.setItem("runboard.hidden-columns", "job,created"));
  const page = await signedIn();
  await expect(links(page)).toHaveCount(4);
  expect(await heads(page)).toEqual(["Name", "Status", "Start", "End"]);
});

test("a countdown moves nothing as it ticks", async ({ sandbox, frozen, signedIn, context }) => {
  await sandbox.createRun({ name: "Soon", startAt: ahead(65), endAt: ahead(7200) });
  await sandbox.createRun({ name: "Now", startAt: ahead(-65), endAt: ahead(605) });
  await context.addInitScript(() => localStorage.setItem("runboard.columns", "status,countdown,length"));
  const page = await signedIn();
  const soon = table(page).getByRole("row").filter({ hasText: "Soon" }).locator(".cell-countdown");
  await expect(soon).toHaveText("starts in 1 min 5 s");
  const before = await places(page);
  await frozen.advance(6);
  await expect(soon).toHaveText("starts in 59 s");
  await expect(table(page).locator(".cell-countdown").filter({ hasText: "ends in 9 min 59 s" })).toHaveCount(1);
  expect(await places(page)).toBe(before);
});

for (const width of [1280, 1024, 390, 320]) {
  test(`every column fits on a screen of ${width} px`, async ({ sandbox, frozen, signedIn, context, page: view }) => {
    void frozen;
    await view.setViewportSize({ width, height: 800 });
    await fourRuns(sandbox);
    await context.addInitScript(() =>
      localStorage.setItem("runboard.columns", "status,countdown,job,start,end,created,length"),
    );
    const page = await signedIn();
    await expect(links(page)).toHaveCount(4);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    const cut = await table(page).evaluate((element) =>
      [...element.querySelectorAll<HTMLElement>(".cell-time")]
        .filter((cell) => cell.offsetParent !== null && cell.getBoundingClientRect().width > 1)
        .filter((cell) => cell.scrollWidth > Math.ceil(cell.getBoundingClientRect().width))
        .map((cell) => cell.innerText),
    );
    expect(cut, "times that are cut").toEqual([]);
    const heights = await table(page)
      .locator("tbody tr")
      .evaluateAll((rows) => new Set(rows.map((row) => Math.round(row.getBoundingClientRect().height))).size);
    expect(heights, "all rows are of one height").toBe(1);
    if (width < 640) {
      await expect(table(page).locator("tbody tr").first().locator(".cell-time:visible")).toHaveCount(2);
    }
  });
}

test("a name that is cut is shown in full with the keyboard on it, and nothing moves", async ({ sandbox, frozen, signedIn }) => {
  void frozen;
  await fourRuns(sandbox);
  const name = "Reminder to all members of the northern region whose membership ends with this year, second letter ".repeat(2).trim();
  await sandbox.createRun({ name });
  const page = await signedIn();
  const link = links(page).filter({ hasText: "Reminder" });
  await expect(link).toHaveAttribute("title", name);
  const isCut = (): Promise<boolean> => link.evaluate((element) => element.scrollWidth > element.clientWidth + 1);
  expect(await isCut()).toBe(true);
  const rows = (): Promise<string> =>
    table(page).locator("tr").evaluateAll((all) => all.map((row) => JSON.stringify(row.getBoundingClientRect())).join());
  const before = await rows();
  await page.keyboard.press("Tab");
  await link.focus();
  await expect.poll(isCut).toBe(false);
  expect(await rows()).toBe(before);
});

test.describe("with a finger", () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 844 } });

  test("boxes are large, and all to the left of a name selects", async ({ sandbox, frozen, signedIn, page: view }) => {
    void frozen;
    const session = await view.context().newCDPSession(view);
    await session.send("Emulation.setEmitTouchEventsForMouse", { enabled: true });
    await fourRuns(sandbox);
    const page = await signedIn();
    const row = table(page).locator("tbody tr").first();
    await expect(row).toBeVisible();
    const box = await row.getByRole("checkbox").boundingBox();
    test.skip(await page.evaluate(() => !matchMedia("(pointer: coarse)").matches), "this browser has no coarse pointer");
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(24);
    const place = await row.boundingBox();
    const name = await row.getByRole("link").first().boundingBox();
    expect((name?.x ?? 0) - (place?.x ?? 0)).toBeGreaterThanOrEqual(44);
    await page.touchscreen.tap((place?.x ?? 0) + 4, (place?.y ?? 0) + 4);
    await expect(row.getByRole("checkbox")).toBeChecked();
  });
});

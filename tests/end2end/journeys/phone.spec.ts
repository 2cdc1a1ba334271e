// On a phone: filters in a sheet, actions within reach, and dialogs whose buttons are in sight.

import { expect, test } from "../fixtures.ts";
import { openList } from "../shell.ts";
import { ago, ahead, createdAt, field, links, search, table } from "./parts.ts";

/** As long as the API takes it. */
const LONG = "Reminder for all regions ".repeat(12).slice(0, 255);

for (const [width, height] of [[390, 844], [320, 720]] as const) {
  test.describe(`${width} px wide`, () => {
    test.use({ viewport: { width, height } });

    test("the filters are in a sheet, behind a button that names the chosen one", async ({ page, sandbox }) => {
      await openList(page, sandbox, 40);
      await expect(page.getByRole("group", { name: "State" })).toHaveCount(0);
      await page.getByRole("button", { name: "Filters", exact: true }).click();
      const sheet = page.getByRole("group", { name: "State" });
      await expect(sheet.getByRole("button", { name: "All 40" })).toHaveAttribute("aria-pressed", "true");
      await sheet.getByRole("button", { name: /^Completed \d+$/ }).click();
      await expect(sheet).toHaveCount(0);
      const button = page.getByRole("button", { name: "Filters: Completed" });
      await expect(button).toBeFocused();
      await expect(search(page)).toHaveValue("is:completed");
    });

    test("the first run stands above 400 px, no row runs into the next, and nothing is wider than the screen", async ({ page, sandbox }) => {
      await openList(page, sandbox, 40);
      const first = await links(page).first().boundingBox();
      expect(first?.y ?? 1000).toBeLessThan(400);
      const [wide, overlapping] = await page.evaluate(() => {
        const rows = [...document.querySelectorAll(".runs tbody tr[role=row]")];
        const overlaps = rows.filter((row) => {
          const bottom = row.getBoundingClientRect().bottom;
          return [...row.querySelectorAll("td")].some((cell) => cell.getBoundingClientRect().bottom > bottom + 1);
        });
        return [document.documentElement.scrollWidth - innerWidth, overlaps.length];
      });
      expect(wide).toBeLessThanOrEqual(0);
      expect(overlapping).toBe(0);
    });

    test("what is selected can be stopped from the lower edge of the screen", async ({ page, sandbox }) => {
      await openList(page, sandbox, 40);
      await search(page).fill("is:running");
      await table(page).getByRole("checkbox").nth(1).check();
      const stop = await page.getByRole("button", { name: "Stop 1 run" }).boundingBox();
      expect(stop?.y ?? 0).toBeGreaterThan(height - 120);
    });

    test("nothing in the preview of a reschedule is cut off", async ({ signedIn, sandbox }) => {
      const run = await createdAt(sandbox, ago(60), { name: LONG, startAt: ahead(200_000), endAt: ahead(353_456) });
      const page = await signedIn(`./?new&replaces=${run.id}`);
      await field(page, "Start").fill("+2h");
      await expect(page.getByRole("table", { name: "Old and new window" })).toContainText("2 h later");
      await expect(page.getByText("The window is longer than a day")).toBeVisible();
      const cut = await page.locator(".preview").evaluate((preview) => {
        const edge = preview.getBoundingClientRect().right;
        return [...preview.querySelectorAll("*")].filter((part) => part.getBoundingClientRect().right > edge).map((part) => part.textContent);
      });
      expect(cut).toEqual([]);
    });

    test("the settings fit on the screen", async ({ page, sandbox }) => {
      await openList(page, sandbox, 3);
      await page.getByRole("button", { name: "Settings" }).click();
      for (const name of ["Diagnostics", "Sign out"]) await expect(page.getByText(name, { exact: true })).toBeInViewport({ ratio: 1 });
      await expect(page.getByRole("combobox", { name: "Time zone" })).toBeInViewport({ ratio: 1 });
    });
  });
}

test.describe("on a very small screen", () => {
  test.use({ viewport: { width: 320, height: 480 } });

  test("the buttons of the stop dialog are in sight, whatever the name", async ({ page, sandbox }) => {
    const run = await sandbox.createRun({ name: LONG });
    await page.goto(`./?run=${run.id}`);
    await page.getByRole("main").getByRole("button", { name: "Stop run" }).click();
    const dialog = page.getByRole("dialog");
    for (const name of ["Keep running", "Stop run"]) await expect(dialog.getByRole("button", { name })).toBeInViewport({ ratio: 1 });
    // And all that is said can be read.
    await dialog.getByText("can’t be recalled").or(dialog.locator("#stop-facts > :last-child")).first().scrollIntoViewIfNeeded();
    await expect(dialog.locator("#stop-facts > p").last()).toBeInViewport();
  });

  test("the buttons of the bulk dialog are in sight, whatever the names", async ({ page, sandbox }) => {
    await sandbox.createRun({ name: `${LONG.slice(0, 250)} one` });
    await sandbox.createRun({ name: `${LONG.slice(0, 250)} two` });
    await page.goto("./");
    await table(page).getByRole("checkbox").first().check();
    await page.getByRole("button", { name: "Stop 2 runs" }).click();
    const dialog = page.getByRole("dialog");
    for (const name of [/^Keep/, "Stop 2 runs"]) await expect(dialog.getByRole("button", { name })).toBeInViewport({ ratio: 1 });
  });
});

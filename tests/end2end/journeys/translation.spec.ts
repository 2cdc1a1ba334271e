// A browser that translates the page replaces every text node by a translated copy. What changes afterwards has to be seen all the
// same, and nothing typed may be lost.

import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import {
  ahead,
  ago,
  alert,
  badge,
  createdAt,
  field,
  fill,
  fourRuns,
  filters,
  heading,
  preview,
  row,
  runWindow,
  schedule,
  search,
  selectBox,
  stopBehind,
  stopButton,
  table,
  tokensForADay,
  resultCount,
} from "./parts.ts";

/** The ways in which translators leave a page. */
const COPIES = ["copies with the same words", "copies with other words"] as const;

/** Replaces every text node of the application. */
async function translate(page: Page, how: (typeof COPIES)[number]): Promise<void> {
  const same = how === "copies with the same words";
  await page.evaluate((same) => {
    const walker = document.createTreeWalker(document.getElementById("app")!, NodeFilter.SHOW_TEXT);
    const texts: Text[] = [];
    while (walker.nextNode()) texts.push(walker.currentNode as Text);
    for (const text of texts.filter((text) => text.data.trim() !== "")) {
      const outer = document.createElement(same ? "span" : "font");
      const inner = outer.appendChild(document.createElement(same ? "span" : "font"));
      inner.textContent = same ? text.data : `⟨${text.data}⟩`;
      text.replaceWith(outer);
    }
  }, same);
}

for (const how of COPIES) {
  test.describe(how, () => {
    test.beforeEach(async ({ frozen, sandbox }) => {
      void frozen;
      await tokensForADay(sandbox);
    });

    test("the list: states, counts, a new row and a search", async ({ signedIn, frozen, sandbox }) => {
      await fourRuns(sandbox);
      const page = await signedIn();
      await expect(badge(row(page, "bin collection"))).toHaveText("Running");
      await translate(page, how);
      await frozen.advance(601);
      await frozen.advance(3000);
      await expect(table(page).getByRole("row").filter({ hasText: "bin collection" }).locator(".badge")).toHaveText("Completed");
      await expect(filters(page).filter({ hasText: "Completed" }).locator(".filter-count")).toHaveText("2");
      await expect(filters(page).filter({ hasText: "All" }).locator(".filter-count")).toHaveText(/4/);
      await sandbox.createRun({ name: "Extra send" });
      await page.getByRole("button", { name: /Refresh/ }).click();
      await expect(resultCount(page)).toHaveText("5 runs");
      await search(page).fill("dental");
      await expect(table(page).locator(".cell-name").getByRole("link")).toHaveText([/Dental check-up/]);
      await search(page).fill("no such run");
      await expect(page.getByText("No runs match")).toBeVisible();
      await search(page).fill("");
      await expect(row(page, "Clinic recall")).toBeVisible();
    });

    test("the selection bar and the dialog of several stops", async ({ signedIn, sandbox }) => {
      await sandbox.createRun({ name: "First" });
      await sandbox.createRun({ name: "Second" });
      const page = await signedIn();
      await selectBox(page, "First").check();
      await translate(page, how);
      await selectBox(page, "Second").check();
      const bar = page.getByRole("group", { name: "Selection" });
      await expect(bar).toContainText("2 selected");
      await bar.getByRole("button", { name: "Stop 2 runs" }).click();
      const dialog = page.getByRole("dialog", { name: "Stop 2 runs?" });
      await expect(dialog).toBeVisible();
      await translate(page, how);
      await dialog.locator(".dialog-actions button").last().click();
      await expect(page.locator(".bulk")).toContainText("2 runs stopped");
    });

    test("the run: countdown, summary and a stop", async ({ signedIn, frozen, sandbox }) => {
      const run = await createdAt(sandbox, ago(7200), { name: "Spring", startAt: ago(3600), endAt: ahead(5400) });
      const page = await signedIn(`./?run=${run.id}`);
      await expect(heading(page)).toHaveText("Spring");
      await expect(runWindow(page)).toContainText("Ends in 1 h 30 min");
      await translate(page, how);
      await frozen.advance(600);
      await expect(runWindow(page)).toContainText("Ends in 1 h 20 min");
      await stopButton(page).or(page.locator("#run-actions > .danger")).first().click();
      const dialog = page.getByRole("dialog");
      await expect(dialog).toContainText("1 h 20 min");
      await translate(page, how);
      await frozen.advance(600);
      await expect(dialog).toContainText("1 h 10 min");
      await dialog.locator(".dialog-actions button").last().click();
      await expect(page.locator(".badge").first()).toHaveText("Stopped");
      await expect(page.locator("#run-actions > .danger")).toHaveCount(0);
    });

    test("a run that is stopped elsewhere", async ({ signedIn, frozen, sandbox }) => {
      const run = await createdAt(sandbox, ago(7200), { name: "Spring", startAt: ago(3600), endAt: ahead(5400) });
      const page = await signedIn(`./?run=${run.id}`);
      await expect(page.locator(".badge").first()).toHaveText("Running");
      await translate(page, how);
      await stopBehind(sandbox, run.id);
      await frozen.advance(60);
      await expect(page.locator(".badge").first()).toHaveText("Stopped");
      await expect(page.locator(".run-title .status")).toHaveAttribute("title", "API status: stopped");
    });

    test("the form: the sentence, the faults, and what was typed", async ({ signedIn }) => {
      const page = await signedIn("./?new");
      await fill(page);
      await expect(preview(page)).toContainText("Runs 1 h 30 min");
      await translate(page, how);
      await field(page, "End").or(page.locator("#end")).first().fill("2026-03-10 12:30");
      await expect(preview(page).or(page.locator(".preview")).first()).toContainText("Runs 3 h");
      await page.locator("#end").fill("2026-03-10 08:00");
      await page.locator("#run-name").focus();
      await expect(page.locator(".preview").first()).not.toContainText("Runs 3 h");
      await page.locator("#end").fill("2026-03-10 12:30");
      await expect(page.locator("#run-name")).toHaveValue("Spring campaign");
      await schedule(page).or(page.locator("form.new-run button[type=submit]")).first().click();
      await expect(heading(page)).toHaveText("Spring campaign");
      await expect(alert(page)).toHaveCount(0);
    });
  });
}

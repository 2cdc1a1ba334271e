// Back undoes what was chosen, and never walks through letters.

import { expect, test } from "../fixtures.ts";
import { filter, openList } from "../shell.ts";
import { heading, links, search, table } from "./parts.ts";

test("Back undoes an order, a view and a filter, one after the other, and Forward does them again", async ({ page, sandbox }) => {
  await openList(page, sandbox, 40);
  const first = await links(page).first().textContent();
  await filter(page, /^Completed/).click();
  await expect(search(page)).toHaveValue("is:completed");
  await page.getByRole("button", { name: "Views" }).click();
  await page.getByRole("button", { name: "Ended today", exact: true }).click();
  await expect(search(page)).toHaveValue(/^ends:today/);
  const view = await search(page).inputValue();
  await search(page).fill("");
  await page.getByRole("columnheader", { name: "Name" }).getByRole("button").click();
  await expect(page).toHaveURL(/sort=name/);

  await page.goBack();
  await expect(page).not.toHaveURL(/sort=/);
  await expect(links(page).first()).toHaveText(first ?? "");
  await page.goBack();
  await expect(search(page)).toHaveValue(view);
  await page.goBack();
  await expect(search(page)).toHaveValue("is:completed");
  await expect(filter(page, /^Completed/)).toHaveAttribute("aria-pressed", "true");
  await page.goBack();
  await expect(search(page)).toHaveValue("");
  await expect(links(page)).toHaveCount(40);
  await page.goForward();
  await expect(search(page)).toHaveValue("is:completed");
});

test("a saved view with an order is one step", async ({ page, sandbox }) => {
  await openList(page, sandbox, 20);
  await page.goto("./?q=is:completed&sort=-name");
  await page.getByRole("button", { name: "Views" }).click();
  await page.getByPlaceholder("View name").fill("Done");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Runs" }).click();
  await search(page).fill("");
  await page.getByRole("columnheader", { name: "Start" }).getByRole("button").click();
  await expect(page).toHaveURL(/sort=-start/);
  await page.getByRole("button", { name: "Views" }).click();
  await page.getByRole("button", { name: "Done", exact: true }).click();
  await expect(page).toHaveURL(/q=is:completed&sort=-name/);
  await page.goBack();
  await expect(page).toHaveURL(/\?sort=-start$/);
});

test("a query that is typed is one step, however many letters it has", async ({ page, sandbox, frozen }) => {
  await sandbox.createRun({ name: "Spring sale" });
  await sandbox.createRun({ name: "Autumn survey" });
  await page.goto("./");
  await expect(links(page)).toHaveCount(2);
  await search(page).pressSequentially("spring");
  await expect(links(page)).toHaveText(["Spring sale"]);
  await frozen.advance(2);
  await search(page).pressSequentially(" sale");
  await frozen.advance(2);
  await search(page).fill("autumn");
  await expect(links(page)).toHaveText(["Autumn survey"]);

  for (const before of ["spring sale", "spring", ""]) {
    await page.goBack();
    await expect(search(page)).toHaveValue(before);
  }
  await expect(links(page)).toHaveCount(2);
});

test("from a run, Back leads to the filtered list, and from there to the whole one", async ({ page, sandbox }) => {
  await openList(page, sandbox, 40);
  await filter(page, /^Completed/).click();
  await expect(search(page)).toHaveValue("is:completed");
  const name = (await links(page).nth(2).textContent()) ?? "";
  await links(page).nth(2).click();
  await expect(heading(page)).toHaveText(name);
  await page.goBack();
  await expect(search(page)).toHaveValue("is:completed");
  await page.goBack();
  await expect(links(page)).toHaveCount(40);
  await expect(table(page)).toBeVisible();
});

test("Back to where the list was scrolled before a filter", async ({ page, sandbox }) => {
  await openList(page, sandbox, 120);
  await page.evaluate(() => scrollTo(0, 600));
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(600);
  await filter(page, /^Failed/).evaluate((button: HTMLElement) => button.click());
  await expect(search(page)).toHaveValue("is:failed");
  await page.goBack();
  await expect(links(page)).toHaveCount(120);
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(600);
});

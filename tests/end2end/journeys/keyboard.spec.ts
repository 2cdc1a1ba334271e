// With the keyboard alone, always seeing where one is.

import { type Locator, type Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import {
  PASTE,
  banner,
  field,
  fourRuns,
  heading,
  links,
  row,
  schedule,
  search,
  state,
  stateFilter,
  stopButton,
  stopDialog,
  when,
  resultCount,
} from "./parts.ts";

/** What takes the focus shows it (WCAG 2.4.7) and is in sight (2.4.11). */
async function focusIsSeen(page: Page): Promise<void> {
  const seen = await page.evaluate(() => {
    const focused = document.activeElement;
    // Past the last control the focus leaves the page for the browser's own.
    if (!(focused instanceof HTMLElement) || focused === document.body) return "";
    // A field may hand its ring to the box around it.
    const ringed = [focused, focused.parentElement, focused.parentElement?.parentElement].some((element) => {
      if (!element) return false;
      const style = getComputedStyle(element);
      const outline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
      return outline || style.boxShadow !== "none";
    });
    const box = focused.getBoundingClientRect();
    const inSight = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    return ringed && inSight ? "" : `${focused.outerHTML.slice(0, 120)}: ring ${ringed}, in sight ${inSight}`;
  });
  expect(seen).toBe("");
}

/** Presses Tab, and in its toolbar the arrow, until the wanted control has the focus; each stop on the way must be seen. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    const isBeside = await wanted.evaluate((element) => {
      const toolbar = document.activeElement?.closest("[role=toolbar]");
      return toolbar != null && toolbar.contains(element);
    });
    await page.keyboard.press(isBeside ? "ArrowRight" : "Tab");
    await focusIsSeen(page);
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`Tab does not reach ${wanted.toString()}`);
}

test("sign in, search, open a run, stop it, and schedule another", async ({ page, configure, sandbox, frozen }) => {
  void frozen;
  await configure(PASTE);
  await fourRuns(sandbox);
  await page.goto("./");
  await expect(heading(page)).toHaveText("Sign in");

  await tabTo(page, page.getByRole("textbox", { name: "Access token" }));
  await page.keyboard.insertText(await sandbox.token());
  await tabTo(page, page.getByRole("button", { name: "Sign in" }));
  await page.keyboard.press("Enter");
  await expect(links(page)).toHaveCount(4);

  await tabTo(page, search(page));
  await page.keyboard.type("bin");
  await expect(links(page)).toHaveText(["bin collection"]);
  await tabTo(page, row(page, "bin collection").getByRole("link", { name: "bin collection" }));
  await page.keyboard.press("Enter");
  await expect(heading(page)).toHaveText("bin collection");
  await expect(heading(page)).toBeFocused();

  await tabTo(page, stopButton(page));
  await page.keyboard.press("Enter");
  await expect(stopDialog(page).getByRole("button", { name: "Keep running" })).toBeFocused();
  await focusIsSeen(page);
  await page.keyboard.press("Escape");
  await expect(stopButton(page)).toBeFocused();
  await focusIsSeen(page);
  await page.keyboard.press("Space");
  await tabTo(page, stopDialog(page).getByRole("button", { name: "Stop run" }));
  await page.keyboard.press("Space");
  await expect(state(page)).toHaveText("Stopped");

  await tabTo(page, banner(page).getByRole("link", { name: "New run" }));
  await page.keyboard.press("Enter");
  await expect(heading(page)).toBeFocused();
  await tabTo(page, field(page, "Job ID"));
  await page.keyboard.type("12345678");
  await tabTo(page, field(page, "Run name"));
  await page.keyboard.type("Spring campaign");
  await page.keyboard.press("Tab");
  // "Pick a time" is chosen; the arrow chooses the other one.
  await page.keyboard.press("ArrowUp");
  await expect(page.getByRole("radio", { name: "Now" })).toBeChecked();
  await tabTo(page, when(page, "When it ends", "Pick a time"));
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("radio", { name: "After a duration" })).toBeChecked();
  await tabTo(page, field(page, "Duration"));
  await page.keyboard.type("2h");
  await tabTo(page, schedule(page));
  await page.keyboard.press("Enter");
  await expect(heading(page)).toHaveText("Spring campaign");
  await expect(heading(page)).toBeFocused();
  for (const operation of ["stop", "create"]) {
    // A browser names the page's origin in what it posts; the runs that were there before were not made by one.
    const posted = (await sandbox.requests(operation)).filter((request) => "origin" in request.headers);
    expect(posted).toHaveLength(1);
  }
});

test("the first stop leads past the banner: to the search of the list, to the content of another page", async ({
  signedIn,
  frozen,
}) => {
  void frozen;
  const page = await signedIn();
  await expect(resultCount(page)).toHaveText("0 runs");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to search" })).toBeFocused();
  await focusIsSeen(page);
  await page.keyboard.press("Enter");
  await expect(search(page)).toBeFocused();
  await expect(page).toHaveURL(/\/$/);

  await page.goto("./?diagnostics");
  await expect(heading(page)).toHaveText("Diagnostics");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await focusIsSeen(page);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
  await expect(page).toHaveURL(/\?diagnostics$/);
  await page.keyboard.press("Tab");
  const inside = await page.evaluate(() => document.activeElement?.closest("main") !== null);
  expect(inside).toBe(true);
});

test("every control of the list can be reached and used: refresh, menus, filters, sort", async ({
  signedIn,
  sandbox,
  frozen,
}) => {
  void frozen;
  await fourRuns(sandbox);
  const page = await signedIn();
  await expect(links(page)).toHaveCount(4);
  for (const menu of ["How to search", "Views", "Display", "Export"] as const) {
    if (menu === "Views") await tabTo(page, page.getByRole("button", { name: "Refresh" }));
    const button = page.locator(".toolbar").getByRole("button", { name: menu, exact: true });
    await tabTo(page, button);
    await page.keyboard.press("Enter");
    const opened = page.locator(".menu").and(page.getByRole("group", { name: menu, exact: true }));
    await expect(opened).toBeVisible();
    await expect(opened.locator("button, input, select, [tabindex]").first()).toBeVisible();
    // The next stop is within it.
    await page.keyboard.press("Tab");
    expect(await opened.evaluate((menu) => menu.contains(document.activeElement))).toBe(true);
    await focusIsSeen(page);
    await page.keyboard.press("Escape");
    await expect(opened).toBeHidden();
    await expect(button).toBeFocused();
  }
  await tabTo(page, stateFilter(page, /^Running 1$/));
  await page.keyboard.press("Space");
  await expect(links(page)).toHaveCount(1);
  await expect(stateFilter(page, /^Running 1$/)).toBeFocused();
  await page.keyboard.press("Space");
  await expect(links(page)).toHaveCount(4);
  await tabTo(page, page.getByRole("columnheader", { name: "Name" }).getByRole("button"));
  await page.keyboard.press("Enter");
  await expect(links(page).first()).toHaveText("Autumn survey");
  await expect(page.getByRole("columnheader", { name: "Name" }).getByRole("button")).toBeFocused();
});

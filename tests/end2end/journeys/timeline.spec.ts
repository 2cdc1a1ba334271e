// The timeline: the same runs along a line of time. What it shows is in its address, and everything can be done with keys.

import { type Locator, type Page } from "@playwright/test";
import { NOW, type Sandbox, brokenRules, expect, test } from "../fixtures.ts";
import { announcer, chooseZone, field, fourRuns, heading, links, listZones, resultCount, search } from "./parts.ts";

test.beforeEach(({ frozen }) => {
  void frozen;
});

const canvas = (page: Page): Locator => page.getByRole("group", { name: "Timeline", exact: true });
const bars = (page: Page): Locator => canvas(page).getByRole("link");
const bar = (page: Page, name: string): Locator => canvas(page).getByRole("link", { name: new RegExp(`^.?${name}`) });
const range = (page: Page): Locator => page.locator(".tl-range");
const view = (page: Page, name: "List" | "Timeline"): Locator =>
  page.getByRole("group", { name: "View" }).getByRole("button", { name, exact: true });
/** The hours that are in view; more of them are drawn beside it. */
const hours = (page: Page): Promise<string[]> =>
  page.locator(".tl-hour-name").evaluateAll((all) => {
    const view = document.querySelector(".tl-canvas")?.getBoundingClientRect();
    const isInView = (x: number): boolean => view !== undefined && x > view.left && x < view.right;
    return all.filter((name) => isInView(name.getBoundingClientRect().left)).map((name) => name.textContent ?? "");
  });

/** A run whose window starts and ends so many hours from now. */
const between = (sandbox: Sandbox, name: string, jobId: string, from: number, to: number) =>
  sandbox.createRun({
    name,
    jobId,
    startAt: new Date(NOW.getTime() + from * 3_600_000).toISOString(),
    endAt: new Date(NOW.getTime() + to * 3_600_000).toISOString(),
  });

test("the switch keeps the query, the address holds the range, and Back undoes each step", async ({ signedIn, sandbox }) => {
  await fourRuns(sandbox);
  const page = await signedIn("./?q=clinic");
  await expect(links(page)).toHaveCount(2);
  await view(page, "Timeline").click();
  await expect(heading(page)).toHaveText("Timeline");
  await expect(page).toHaveURL(/\?timeline&q=clinic$/);
  await expect(bars(page)).toHaveCount(2);
  await expect(range(page)).toHaveText(/10 Mar.* 05:00 – .*11 Mar.* 05:00/);
  await page.getByRole("button", { name: "This week" }).click();
  await expect(page).toHaveURL(/from=week&to=week(\+|%2B)1w/);
  await expect(range(page)).toHaveText(/9 Mar.* 00:00 – .*16 Mar.* 00:00/);
  await page.reload();
  await expect(range(page)).toHaveText(/9 Mar.* 00:00 – .*16 Mar.* 00:00/);
  await search(page).fill("survey");
  await expect(resultCount(page)).toHaveText("1 of 4 runs");
  await expect(page).toHaveURL(/q=survey/);
  await page.goBack();
  await expect(resultCount(page)).toHaveText("2 of 4 runs");
  await page.goBack();
  await expect(page).toHaveURL(/\?timeline&q=clinic$/);
  await view(page, "List").click();
  await expect(heading(page)).toHaveText("Runs");
  await expect(links(page)).toHaveCount(2);
});

test("a click on a bar opens its run, and Back leads to the same range", async ({ signedIn, sandbox }) => {
  await fourRuns(sandbox);
  const page = await signedIn("./?timeline&from=now-6h&to=now%2B6h");
  await bar(page, "Clinic recall").click();
  await expect(heading(page)).toHaveText("Clinic recall");
  await page.goBack();
  await expect(heading(page)).toHaveText("Timeline");
  await expect(page).toHaveURL(/from=now-6h/);
});

test("with the keyboard alone: to a run, to the next, open it, reschedule one, and plan another", async ({ signedIn, sandbox }) => {
  const { upcoming } = await fourRuns(sandbox);
  const page = await signedIn("./?timeline");
  await expect(bars(page)).toHaveCount(4);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to timeline" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(bar(page, "Autumn survey")).toBeFocused();
  for (const name of ["bin collection", "Dental check-up", "Clinic recall"]) {
    await page.keyboard.press("ArrowRight");
    await expect(bar(page, name)).toBeFocused();
  }
  await expect(bar(page, "Clinic recall")).toHaveAccessibleName(/Scheduled, clinic-3, .*10:00/);
  await page.keyboard.press("Shift+ArrowRight");
  await expect(announcer(page)).toContainText("10:");
  await page.keyboard.press("Enter");
  await expect(heading(page)).toHaveText("Reschedule");
  await expect(page).toHaveURL(new RegExp(`replaces=${upcoming.id}`));
  await expect(field(page, "Start")).not.toHaveValue("2026-03-10 10:00");
  await page.goBack();
  await canvas(page).focus();
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("Enter");
  await expect(heading(page)).toHaveText("New run");
  await expect(field(page, "Start")).toHaveValue("2026-03-10 09:00");
  await expect(field(page, "End")).toHaveValue("2026-03-10 10:00");
  await page.goBack();
  await page.keyboard.press("+");
  await expect(range(page)).toHaveText(/11:00 – 23:00/);
  await page.keyboard.press("t");
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\?run=/);
});

test("a drag on an empty place ahead fills the form in, and sends nothing", async ({ signedIn, sandbox }) => {
  await between(sandbox, "Spring campaign", "spring-1", 1, 2);
  const page = await signedIn("./?timeline&from=now&to=now%2B12h");
  await expect(bars(page)).toHaveCount(1);
  const place = await canvas(page).boundingBox();
  const x = (hour: number): number => (place?.x ?? 0) + ((place?.width ?? 0) * hour) / 12;
  const y = (place?.y ?? 0) + 16;
  await page.mouse.move(x(6), y);
  await page.mouse.down();
  await page.mouse.move(x(7), y);
  await page.mouse.move(x(8), y);
  await expect(canvas(page)).toContainText(/New run .*15:00 .* 17:00, 2 h/);
  await page.mouse.up();
  await expect(heading(page)).toHaveText("New run");
  await expect(field(page, "Job ID")).toHaveValue("spring-1");
  await expect(field(page, "Start")).toHaveValue("2026-03-10 15:00");
  await expect(field(page, "End")).toHaveValue("2026-03-10 17:00");
  expect(await sandbox.requests("create")).toHaveLength(1);
});

test("a scheduled run that is dragged keeps its length and is asked about in the form", async ({ signedIn, sandbox }) => {
  const run = await between(sandbox, "Spring campaign", "spring-1", 2, 4);
  const page = await signedIn("./?timeline&from=now&to=now%2B12h");
  const place = await bar(page, "Spring campaign").locator("rect").boundingBox();
  const [x, y] = [(place?.x ?? 0) + 30, (place?.y ?? 0) + 10];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 20, y);
  await page.mouse.move(x + (place?.width ?? 0), y);
  await page.mouse.up();
  await expect(heading(page)).toHaveText("Reschedule");
  await expect(page).toHaveURL(new RegExp(`replaces=${run.id}`));
  await expect(field(page, "Start")).toHaveValue("2026-03-10 13:00");
  await expect(field(page, "End")).toHaveValue("2026-03-10 15:00");
  expect(await sandbox.requests("stop")).toHaveLength(0);
});

test.describe("on the days on which clocks change", () => {
  test.use({ instant: new Date("2026-03-28T10:00:00Z") });

  test("a day of 23 hours has no hour that the clocks skip", async ({ signedIn, page: view, frozen, sandbox }) => {
    await sandbox.createRun({ name: "Night", startAt: "2026-03-29T00:00:00Z", endAt: "2026-03-29T02:00:00Z" });
    const page = await signedIn("./?timeline&from=today%2B1d&to=today%2B2d");
    await listZones(view, frozen);
    await view.keyboard.press("Escape");
    await chooseZone(page, "Europe/Berlin");
    await expect(range(page)).toHaveText(/29 Mar.* 00:00 – .*30 Mar.* 00:00/);
    await expect(page.locator(".tl-zone")).toHaveText("Europe/Berlin");
    await page.getByRole("button", { name: "Zoom in" }).click();
    // From the middle of the day back to its start.
    await page.getByRole("button", { name: "Earlier" }).click();
    await page.getByRole("button", { name: "Earlier" }).click();
    await expect.poll(() => hours(page)).toContain("01:00");
    const shown = await hours(page);
    expect(shown).toContain("03:00");
    expect(shown).not.toContain("02:00");
    await expect(page.locator(".tl-change title").first()).toHaveText("Clocks go forward 1 h");
    await expect(bar(page, "Night")).toHaveAccessibleName(/01:00.*04:00, 2 h/);
  });
});

test("the table of the runs in view is complete and in order", async ({ signedIn, sandbox }) => {
  await fourRuns(sandbox);
  const page = await signedIn("./?timeline");
  await page.getByText("Runs in view (4)").click();
  const table = page.getByRole("table", { name: "Runs in view" });
  await expect(table.getByRole("rowheader")).toHaveText(["Autumn survey", "bin collection", "Dental check-up", "Clinic recall"]);
  await expect(table.getByRole("row").nth(1)).toContainText(/Completed.*survey-7.*04:00.*06:00.*2 h/);
  await table.getByRole("link", { name: "bin collection" }).click();
  await expect(heading(page)).toHaveText("bin collection");
});

test("axe finds nothing in either theme at any width, and nothing scrolls sideways", async ({ signedIn, sandbox }) => {
  await fourRuns(sandbox);
  await between(sandbox, "Clinic recall, second", "clinic-3", 2, 20);
  const page = await signedIn("./?timeline");
  await expect(bars(page)).toHaveCount(5);
  await page.getByText("Runs in view (5)").click();
  await page.getByText(/overlaps? in view/).click();
  const wrong: string[] = [];
  for (const width of [1280, 768, 390, 320]) {
    await page.setViewportSize({ width, height: 900 });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (over > 0) wrong.push(`${width} px: scrolls sideways by ${over}`);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      for (const { rule, help, at } of await brokenRules(page)) wrong.push(`${width} px, ${colorScheme}: ${rule} (${help}) at ${at.slice(0, 3).join(" ")}`);
    }
  }
  expect(wrong).toEqual([]);
});

test("at 320 px everything is reached", async ({ signedIn, sandbox, page: view320 }) => {
  await view320.setViewportSize({ width: 320, height: 720 });
  await fourRuns(sandbox);
  const page = await signedIn("./?timeline");
  await expect(bars(page)).toHaveCount(4);
  for (const name of ["Earlier", "Now", "Later", "Zoom in", "Zoom out", "By run", "Next 7 days"]) {
    const button = page.getByRole("button", { name, exact: true });
    await button.scrollIntoViewIfNeeded();
    await button.click();
  }
  await expect(page).toHaveURL(/by=run/);
  await bar(page, "Clinic recall").click();
  await expect(heading(page)).toHaveText("Clinic recall");
});

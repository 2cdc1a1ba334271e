// Moving about: links are links, back is back, and every page says what it is.

import { type Page } from "@playwright/test";
import { NOW, expect, test } from "../fixtures.ts";
import { Gate, ahead, banner, heading, links, resultCount, search, unfold } from "./parts.ts";

const scroll = (page: Page) => page.evaluate(() => window.scrollY);

/** Puts away what is said of the computer's clock, which would move what stands below it when it comes. */
const clockSeen = (page: Page): Promise<void> =>
  page.getByRole("status").filter({ hasText: "clock" }).getByRole("button", { name: "Dismiss" }).click();

test("back from a run, the list is scrolled to where it was left; forward shows the run from its top", async ({
  signedIn,
  sandbox,
}) => {
  await sandbox.reset({ seed_runs: 120, clock: { set: NOW.toISOString() } });
  const page = await signedIn();
  await expect(links(page)).toHaveCount(120);
  await clockSeen(page);
  await links(page).nth(80).scrollIntoViewIfNeeded();
  await expect.poll(() => scroll(page)).toBeGreaterThan(500);
  const name = (await links(page).nth(80).textContent()) ?? "";
  const left = await scroll(page);
  await links(page).nth(80).click();
  await expect(heading(page)).toHaveText(name);
  await expect.poll(() => scroll(page)).toBe(0);
  await page.goBack();
  await expect(links(page)).toHaveCount(120);
  await expect.poll(async () => Math.abs((await scroll(page)) - left)).toBeLessThan(5);
  await page.goForward();
  await expect(heading(page)).toHaveText(name);
  await page.goBack();
  await expect.poll(async () => Math.abs((await scroll(page)) - left)).toBeLessThan(5);
});

test("back from a run deep in a list of ten thousand, that row is in view again", async ({ signedIn, sandbox }) => {
  await sandbox.reset({ seed_runs: 10_000, clock: { set: NOW.toISOString() } });
  const page = await signedIn();
  await expect(resultCount(page)).toHaveText("10,000 runs");
  await expect(page.getByRole("button", { name: "Stop loading" })).toHaveCount(0);
  await clockSeen(page);
  await page.evaluate(() => scrollTo(0, 60_000));
  await expect.poll(async () => Number(await page.locator(".runs tbody tr[role=row]").first().getAttribute("aria-rowindex"))).toBeGreaterThan(1000);
  // Some rows before the first in view are drawn, too.
  const there = links(page).nth(12);
  await expect(there).toBeInViewport();
  const [href, left] = [await there.getAttribute("href"), await scroll(page)];
  await there.click();
  await expect(page.getByRole("link", { name: "Run again" })).toBeVisible();
  await page.goBack();
  await expect.poll(async () => Math.abs((await scroll(page)) - left)).toBeLessThan(5);
  await expect(page.locator(`.runs .cell-name a[href="${href}"]`)).toBeInViewport();
  // And after a reload, although the list comes page by page.
  await page.reload();
  await expect(resultCount(page)).toHaveText("10,000 runs");
  await expect(page.getByRole("button", { name: "Stop loading" })).toHaveCount(0);
  await expect.poll(async () => Math.abs((await scroll(page)) - left)).toBeLessThan(5);
  await expect(page.locator(`.runs .cell-name a[href="${href}"]`)).toBeInViewport();
});

test("back from a run of a job, among twenty thousand, its runs are scrolled to where they were left", async ({ signedIn, sandbox }) => {
  await sandbox.reset({ seed_runs: 20_000, clock: { set: NOW.toISOString() } });
  for (let number = 0; number < 60; number += 1) await sandbox.createRun({ name: `Clinic ${number}`, jobId: "clinic-3" });
  const page = await signedIn("./?q=job:clinic-3");
  const job = page.getByRole("region", { name: "Job clinic-3" });
  await expect(job).toContainText("60 runs");
  await expect(links(page)).toHaveCount(60);
  await clockSeen(page);
  const there = links(page).nth(45);
  await there.scrollIntoViewIfNeeded();
  await expect.poll(() => scroll(page)).toBeGreaterThan(500);
  const [name, left] = [(await there.textContent()) ?? "", await scroll(page)];
  await there.click();
  await expect(heading(page)).toHaveText(name);
  await page.goBack();
  await expect(job).toContainText("60 runs");
  await expect.poll(async () => Math.abs((await scroll(page)) - left)).toBeLessThan(5);
});

test.describe("while the browser has more urgent things to do than what can wait", () => {
  /** Tasks that can wait are not done before they are asked for, and whoever types makes no pause. */
  const tasks = (page: Page): Promise<void> =>
    page.evaluate(() => {
      const now = performance.now();
      performance.now = () => now;
      const held: (() => void)[] = [];
      Object.assign(globalThis, { __held: held });
      (globalThis as unknown as { scheduler: object }).scheduler = { postTask: (task: () => void) => void held.push(task) };
    });
  const doThem = (page: Page): Promise<number> =>
    page.evaluate(() => (globalThis as unknown as { __held: (() => void)[] }).__held.splice(0).map((task) => task()).length);
  const query = (page: Page): string | null => new URL(page.url()).searchParams.get("q");

  test.beforeEach(async ({ sandbox, signedIn, page }) => {
    const run = await sandbox.createRun({ name: "Spring campaign" });
    await signedIn(`./?run=${run.id}`);
    await banner(page).getByRole("link", { name: "Runs" }).click();
    await expect(resultCount(page)).toHaveText("1 run");
    await tasks(page);
    await search(page).pressSequentially("spring");
    await expect(banner(page).getByRole("link", { name: "Runs" })).toHaveAttribute("href", "./?q=spring");
  });

  test("what is typed comes into the address at once with a look at a run, and is there on the way back", async ({ page }) => {
    // The first letter starts an entry of the history; the others can wait.
    expect(query(page)).toBe("s");
    await links(page).first().click();
    await expect(heading(page)).toHaveText("Spring campaign");
    await page.goBack();
    await expect(resultCount(page)).toHaveText("1 run");
    await expect(search(page)).toHaveValue("spring");
    expect(query(page)).toBe("spring");
  });

  test("it comes once for all letters", async ({ page }) => {
    expect(await doThem(page)).toBe(1);
    expect(query(page)).toBe("spring");
  });

  test("it does not come into the address of a page that is gone back to", async ({ page }) => {
    await page.goBack();
    await expect(search(page)).toHaveValue("");
    const list = page.url();
    await doThem(page);
    expect(page.url()).toBe(list);
    await page.goBack();
    await expect(heading(page)).toHaveText("Spring campaign");
    const address = page.url();
    await doThem(page);
    expect(page.url()).toBe(address);
  });
});

test("a ctrl-click opens the run in a tab of its own, and the list stays", async ({ signedIn, sandbox, frozen, context }) => {
  void frozen;
  const run = await sandbox.createRun({ name: "Spring campaign" });
  const page = await signedIn();
  const link = links(page).first();
  await expect(link).toHaveAttribute("href", `./?run=${run.id}`);
  const opened = context.waitForEvent("page");
  await link.click({ modifiers: ["ControlOrMeta"] });
  const tab = await opened;
  await expect(heading(tab)).toHaveText("Spring campaign");
  await expect(resultCount(page)).toHaveText("1 run");
  await expect(page).toHaveURL(/\/$/);
});

test("each page has its own title, and the heading takes the focus after a link, back and forward", async ({
  signedIn,
  sandbox,
  frozen,
}) => {
  void frozen;
  const run = await sandbox.createRun({ name: "Spring campaign", startAt: ahead(3600), endAt: ahead(7200) });
  const page = await signedIn();
  await expect(page).toHaveTitle("Runs · Runboard");
  await links(page).first().click();
  await expect(page).toHaveTitle("Spring campaign · Runboard");
  await expect(heading(page)).toBeFocused();
  await banner(page).getByRole("link", { name: "New run" }).click();
  await expect(page).toHaveTitle("New run · Runboard");
  await expect(heading(page)).toBeFocused();
  await page.goBack();
  await expect(page).toHaveTitle("Spring campaign · Runboard");
  await expect(heading(page)).toBeFocused();
  await page.goForward();
  await expect(page).toHaveTitle("New run · Runboard");
  await page.goto("./?diagnostics");
  await expect(page).toHaveTitle("Diagnostics · Runboard");
  await page.goto(`./?new&run=${run.id}`);
  await expect(page).toHaveTitle("New run · Runboard");
  await page.goto("./?run=");
  await expect(page).toHaveTitle("Runs · Runboard");
});

test("moving from run to run shows each one's own data, never the other's", async ({ signedIn, sandbox, frozen, page }) => {
  const first = await sandbox.createRun({ name: "Autumn survey" });
  const second = await sandbox.createRun({ name: "Spring campaign" });
  await signedIn(`./?run=${first.id}`);
  await expect(heading(page)).toHaveText("Autumn survey");
  // The first run's next answer is on its way while the person goes on, and must not come down on the second.
  const answer = new Gate();
  await page.route(`**/beta/runs/${first.id}`, answer.wait);
  await frozen.advance(15);
  await banner(page).getByRole("link", { name: "Runs" }).click();
  await links(page).filter({ hasText: "Spring campaign" }).click();
  await expect(heading(page)).toHaveText("Spring campaign");
  answer.open();
  await frozen.answered();
  await expect(await unfold(page, "Details")).toContainText(second.id);
  await unfold(page, "Developer details");
  await expect(page.getByLabel("Raw JSON", { exact: true })).toContainText(second.id);
  await expect(page.getByLabel("Raw JSON", { exact: true })).not.toContainText(first.id);
});

test("reads are given up when their page is left", async ({ signedIn, sandbox, frozen, page }) => {
  void frozen;
  const run = await sandbox.createRun({ name: "Spring campaign" });
  await signedIn();
  await page.route(`**/beta/**/${run.id}/summary`, () => {
    // Never answered: only giving it up ends it.
  });
  const failed = page.waitForEvent("requestfailed", (request) => request.url().endsWith("/summary"));
  await links(page).first().click();
  await expect(heading(page)).toHaveText("Spring campaign");
  await page.goBack();
  expect((await failed).failure()?.errorText).toContain("ERR_ABORTED");
});

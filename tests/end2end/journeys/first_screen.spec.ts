// What is seen without scrolling: the first run is, at every size, and it stays where it is while the list is read again.

import type { Page } from "@playwright/test";
import { NOW, expect, test } from "../fixtures.ts";
import { ago, ahead, badge, createdAt, fourRuns, links, row, table, tokensForADay } from "./parts.ts";

const SIZES = [
  { width: 1280, height: 800, above: 240 },
  { width: 768, height: 1024, above: 240 },
  { width: 390, height: 844, above: 400 },
  { width: 320, height: 640, above: 400 },
] as const;

test.beforeEach(({ frozen }) => {
  void frozen;
});

for (const { width, height, above } of SIZES) {
  test.describe(`at ${width} by ${height}`, () => {
    test.use({ viewport: { width, height } });

    test(`the first run stands above ${above} px, and whole`, async ({ signedIn, sandbox }) => {
      await sandbox.reset({ seed_runs: 150, clock: { set: NOW.toISOString(), freeze: true } });
      const page = await signedIn();
      await expect(links(page).first()).toBeVisible();
      const first = table(page).locator("tbody tr[data-slot]").first();
      await expect.poll(async () => (await first.boundingBox())?.y).toBeLessThan(above);
      await expect(badge(table(page)).first()).toBeInViewport({ ratio: 1 });
    });

    test("no element of the table moves when the list is read again: nothing new, a failure, a new run", async ({
      signedIn,
      sandbox,
      frozen,
      guard,
    }) => {
      guard.allow(/status of 503/);
      await tokensForADay(sandbox);
      await fourRuns(sandbox);
      const page = await signedIn();
      await expect(links(page)).toHaveCount(4);
      const before = await boxes(page);
      const moved = await watchTable(page);
      const asOf = page.getByRole("main").locator(".as-of");

      await frozen.advance(15);
      await expect(asOf).toContainText("09:00:15");
      expect(await boxes(page)).toEqual(before);
      await page.getByRole("button", { name: "Refresh" }).click();
      await expect.poll(async () => (await sandbox.requests("list")).length).toBe(3);
      await expect(page.getByRole("button", { name: "Refresh" })).not.toHaveAttribute("aria-busy", "true");
      expect(await boxes(page)).toEqual(before);

      await sandbox.faults({ operation: "list", fault: { kind: "status", status: 503 } });
      await frozen.advance(15);
      await expect(page.getByText("Shown as of")).toBeVisible();
      expect(await boxes(page)).toEqual(before);
      await sandbox.clearFaults();
      await tokensForADay(sandbox);
      await page.getByRole("button", { name: "Try again" }).click();
      await expect(page.getByText("Shown as of")).toHaveCount(0);
      expect(await boxes(page)).toEqual(before);

      await createdAt(sandbox, ago(5), { name: "Extra send", startAt: ahead(3600), endAt: ahead(7200) });
      await sandbox.clock({ set: frozen.now().toISOString() });
      await frozen.advance(15);
      await expect(page.getByRole("button", { name: "Show 1 new run" })).toBeVisible();
      expect(await boxes(page)).toEqual(before);
      expect(await moved()).toEqual([]);
      await page.getByRole("button", { name: "Show 1 new run" }).click();
      await expect(row(page, "Extra send")).toBeVisible();
      // Neither does the button leave a hole behind.
      expect((await boxes(page))[0]).toEqual(before[0]);
    });
  });
}

/** Where each element of the table is, as `tr: x y width height`. */
const boxes = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll("table.runs thead, table.runs thead *, table.runs tbody *")].map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return `${element.tagName} ${element.className}: ${[x, y, width, height].map(Math.round).join(" ")}`;
    }),
  );

/** Notes where the table is whenever the page changes; what comes back tells where else than at first it was. */
async function watchTable(page: Page): Promise<() => Promise<number[]>> {
  await page.evaluate(() => {
    const tops = new Set<number>();
    const look = (): void => void tops.add(Math.round(document.querySelector("table.runs")?.getBoundingClientRect().top ?? -1));
    look();
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
    Object.assign(globalThis, { __tops: tops });
  });
  return () => page.evaluate(() => [...(globalThis as unknown as { __tops: Set<number> }).__tops].slice(1));
}

test.describe("what a screen reader is told of", () => {
  test("the list", async ({ signedIn, sandbox }) => {
    await fourRuns(sandbox);
    const page = await signedIn();
    await expect(links(page)).toHaveCount(4);
    const main = page.getByRole("main");
    await expect(main).toMatchAriaSnapshot(`
      - heading "Runs" [level=1]
      - paragraph: 4 runs
      - text: /UTC · Updated/
      - time: 09:00:00
      - search:
        - text: Search runs
        - searchbox "Search runs"
        - status
    `);
    await expect(main).toMatchAriaSnapshot(`
      - button "How to search"
    `);
    await expect(main).toMatchAriaSnapshot(`
      - group "State":
        - button "All 4" [pressed]
        - button "Needs attention 0"
        - button "Running 1"
        - button "Scheduled 1"
        - button "Completed 1"
        - button "Failed 0"
        - button "Stopped 1"
    `);
    await expect(main).toMatchAriaSnapshot(`
      - table "Runs":
        - rowgroup:
          - row "Select all 4 runs listed Name Status Job Start End Created":
            - columnheader "Select all 4 runs listed Name":
              - checkbox "Select all 4 runs listed"
              - button "Name"
            - columnheader "Status":
              - button "Status"
            - columnheader "Job":
              - button "Job"
            - columnheader "Start":
              - button "Start"
            - columnheader "End":
              - button "End"
            - columnheader "Created":
              - button "Created"
        - rowgroup:
          - row /bin collection Running Pizza campaign Tue 10 Mar 08:00 Tue 10 Mar 10:00 Tue 10 Mar 05:00/:
            - cell /Select bin collection bin collection/:
              - checkbox "Select bin collection"
              - link "bin collection":
                - /url: /run=/
            - cell "Running"
            - cell "Pizza campaign":
              - link "Pizza campaign":
                - /url: ./?q=job:%2212345678%22
            - cell "Tue 10 Mar 08:00"
            - cell "Tue 10 Mar 10:00"
            - cell "Tue 10 Mar 05:00"
          - row /Clinic recall Scheduled clinic-3 Tue 10 Mar 10:00 Wed 11 Mar 15:00 Tue 10 Mar 07:00/
          - row /Dental check-up Stopped clinic-3 Tue 10 Mar 08:30 Tue 10 Mar 11:00 Tue 10 Mar 08:00/
          - row /Autumn survey Completed survey-7 Tue 10 Mar 04:00 Tue 10 Mar 06:00 Tue 10 Mar 03:00/
    `);
    await expect(page.getByRole("banner")).toMatchAriaSnapshot(`
      - text: "Runboard Environment: sandbox"
      - navigation "Main":
        - link "Runs":
          - /url: ./
      - link "New run":
        - /url: ./?new
      - button "Settings"
    `);
  });

  test("a list without runs", async ({ signedIn }) => {
    const page = await signedIn();
    await expect(page.getByRole("main")).toMatchAriaSnapshot(`
      - heading "Runs" [level=1]
      - paragraph: 0 runs
      - paragraph: No runs yet
      - paragraph: A run sends a job’s list during a window of time. Schedule the first one.
      - link "New run":
        - /url: ./?new
    `);
  });

  test("a search that is not understood", async ({ signedIn, sandbox }) => {
    await fourRuns(sandbox);
    const page = await signedIn("./?q=colour:red");
    await expect(page.getByRole("main")).toMatchAriaSnapshot(`
      - heading "Runs" [level=1]
      - paragraph: 0 of 4 runs
      - status:
        - list:
          - listitem:
            - mark: colour:red
            - text: /isn’t a search field/
            - button "Remove colour:red": Remove
            - 'button "Search as text: colour:red"': Search as text
      - paragraph: No runs match
      - paragraph: Part of the search isn’t understood, so no runs are listed.
      - button "Clear search and filters"
    `);
  });

  test("a list that could not be loaded", async ({ signedIn, sandbox, guard }) => {
    guard.allow(/status of 500/);
    await sandbox.faults({ operation: "list", fault: { kind: "status", status: 500 } });
    const page = await signedIn();
    await expect(page.getByRole("main")).toMatchAriaSnapshot(`
      - heading "Runs" [level=1]
      - alert:
        - paragraph: The runs could not be loaded
        - button "Try again"
    `);
  });
});

// What used to mislead: a failure that looked like a success, a job's name taken for its id, a move that stretched the run, a
// search that listed everything because it was not understood, and times in a zone that nobody lives in.

import type { Locator, Page } from "@playwright/test";
import { type Sandbox, type WireRun, expect, test } from "../fixtures.ts";
import {
  aboutRun,
  ago,
  ahead,
  asked,
  attention,
  badge,
  createdAt,
  expectList,
  field,
  fill,
  fourRuns,
  freshness,
  heading,
  links,
  notesOf,
  openMenu,
  preview,
  row,
  search,
  state,
  stateFilter,
  table,
  tokensForADay,
  unfold,
} from "./parts.ts";

test.beforeEach(async ({ frozen, sandbox }) => {
  void frozen;
  await tokensForADay(sandbox);
});

/** Answers the list with these runs, and every run that is read with that status. */
async function says(sandbox: Sandbox, runs: WireRun[], status: string): Promise<void> {
  await sandbox.faults(
    { operation: "list", fault: { kind: "patch", merge: { _embedded: { runs } } } },
    { operation: "run", fault: { kind: "patch", merge: { status } } },
  );
}

test.describe("a failure is visible", () => {
  let failed: WireRun;

  test.beforeEach(async ({ sandbox }) => {
    const { over, upcoming, stopped } = await fourRuns(sandbox);
    failed = { ...over, name: "Autumn survey", status: "failed" };
    const completed = { ...over, id: "completed-run", name: "Winter survey", status: "completed" };
    await says(sandbox, [failed, completed, { ...upcoming }, { ...stopped, status: "stopped" }], "failed");
  });

  test("in the list: its own badge, above what went well, and counted", async ({ signedIn }) => {
    const page = await signedIn();
    await expectList(page, "4 runs");
    const colour = (of: Locator) => of.evaluate((element) => getComputedStyle(element).color);
    const badges = { failed: badge(row(page, "Autumn survey")), completed: badge(row(page, "Winter survey")), stopped: badge(row(page, "Dental check-up")) };
    await expect(badges.failed).toHaveText("Failed");
    await expect(badges.completed).toHaveText("Completed");
    await expect(badges.stopped).toHaveText("Stopped");
    expect(await colour(badges.failed)).not.toBe(await colour(badges.completed));
    expect(await colour(badges.stopped)).toBe(await colour(badges.completed));
    await expect(links(page).first()).toHaveText("Autumn survey");
    await expect(row(page, "Autumn survey")).toHaveAttribute("data-section", "Needs attention");
    await expect(stateFilter(page, "Failed")).toHaveText("Failed 1");
    await expect(stateFilter(page, "Needs attention")).toHaveText("Needs attention 1");
  });

  for (const query of ["failed", "Failed survey", "is:failed", "status:failed", "is:attention"]) {
    test(`searched with “${query}” it is found, and only it`, async ({ signedIn }) => {
      const page = await signedIn();
      await search(page).fill(query);
      await expectList(page, "1 of 4 runs");
      await expect(links(page)).toHaveText(["Autumn survey"]);
    });
  }

  test("pressing its filter lists it, and pressing again lists all", async ({ signedIn }) => {
    const page = await signedIn();
    for (const name of ["Failed", "Needs attention"]) {
      await stateFilter(page, name).click();
      await expectList(page, "1 of 4 runs");
      await expect(links(page)).toHaveText(["Autumn survey"]);
      await stateFilter(page, name).click();
      await expectList(page, "4 runs");
    }
  });

  test("on its page: beside the name, and in a sentence above the summary", async ({ signedIn }) => {
    const page = await signedIn(`./?run=${failed.id}`);
    await expect(heading(page)).toHaveText("Autumn survey");
    await expect(state(page)).toHaveText("Failed");
    await expect(attention(page)).toContainText("This run failed. No reason was given. The summary shows what was sent.");
    await expect(page.getByRole("progressbar")).toHaveCount(0);
    const top = async (of: Locator): Promise<number> => (await of.boundingBox())?.y ?? Number.NaN;
    expect(await top(attention(page))).toBeLessThan(await top(page.getByRole("region", { name: "Summary" })));
  });
});

test.describe("a job's name is not its id", () => {
  const label = "Pizza campaign";
  const sent = async (sandbox: Sandbox) => (await sandbox.requests("create")).map((request) => JSON.parse(request.body).jobId);

  test("a label that was typed is sent as its id, and its other runs are found, even with Enter right after it", async ({ signedIn, sandbox }) => {
    await createdAt(sandbox, ago(7200), { name: "Already there", jobId: "12345678", startAt: ahead(1800), endAt: ahead(7200) });
    const page = await signedIn("./?new");
    await fill(page, { job: "", start: "2026-03-10 10:00", end: "2026-03-10 11:00" });
    await field(page, "Job ID").pressSequentially(label);
    await expect(field(page, "Job ID")).toHaveValue(label);
    expect(await notesOf(field(page, "Job ID"))).toContain("This is a job’s name. Its ID will be sent:");
    await expect(preview(page)).toContainText("This job already has 1 run in this window.");
    await expect(preview(page).getByRole("link", { name: "Already there" })).toBeVisible();
    await expect(preview(page)).not.toContainText("Schedule anyway?");
    const request = await unfold(page, "The exact request");
    await expect(request).toContainText('"jobId": "12345678"');
    await field(page, "Job ID").press("Enter");
    await expect(heading(page)).toHaveText("Spring campaign");
    expect((await sent(sandbox)).at(-1)).toBe("12345678");
  });

  test("an id that no run and no setting knows is questioned before it is sent", async ({ signedIn, sandbox }) => {
    await fourRuns(sandbox);
    const before = (await sent(sandbox)).length;
    const page = await signedIn("./?new");
    const question = "No run has used this job ID, and it isn’t configured. Check it before you schedule.";
    await fill(page, { job: "clinic-3", start: "2026-03-12 10:00", end: "2026-03-12 11:00" });
    await expect(preview(page)).toContainText("Runs 1 h");
    await expect(preview(page)).not.toContainText("Checking for other runs");
    await expect(preview(page)).not.toContainText(question);
    for (const typed of ["clinic-33", "clinic 3", "Pizza campain", "1234567"]) {
      await field(page, "Job ID").fill(typed);
      await expect(preview(page)).toContainText(question);
    }
    await field(page, "Job ID").fill("12345678");
    await expect(preview(page)).not.toContainText(question);
    expect(await sent(sandbox)).toHaveLength(before);
  });
});

test("moving only the start of a run keeps its length, in the form and in what is sent", async ({ signedIn, sandbox }) => {
  const old = await createdAt(sandbox, ago(7200), { name: "Spring campaign", startAt: ahead(7200), endAt: ahead(7200 + 34 * 3600) });
  const page = await signedIn(`./?run=${old.id}`);
  await expect(aboutRun(page)).toContainText("1 d 10 h");
  await page.getByRole("link", { name: "Reschedule" }).click();
  await expect(field(page, "Duration")).toHaveValue("1 d 10 h");
  await field(page, "Start").fill("2026-03-10 13:00");
  await expect(field(page, "End")).toHaveValue("2026-03-11 23:00");
  await expect(field(page, "Duration")).toHaveValue("1 d 10 h");
  await expect(preview(page)).toContainText("Runs 1 d 10 h, Tue 10 Mar 2026 13:00 to Wed 11 Mar 2026 23:00 UTC");
  await page.getByRole("button", { name: "Schedule new run, then stop the old one" }).click();
  await expect.poll(async () => (await sandbox.requests("stop")).length).toBe(1);
  expect(asked((await sandbox.requests("create")).at(-1)?.body)).toMatchObject({
    startAt: "2026-03-10T13:00:00.000Z",
    endAt: "2026-03-11T23:00:00.000Z",
  });
});

test.describe("a term that is not understood", () => {
  const term = "starts:tomorow";

  test("lists nothing, selects nothing and exports nothing, and says which term it is", async ({ signedIn, sandbox }) => {
    await fourRuns(sandbox);
    const page = await signedIn();
    await expectList(page, "4 runs");
    await search(page).fill(`survey ${term}`);
    await expectList(page, "0 of 4 runs");
    await expect(page.getByText("No runs match")).toBeVisible();
    await expect(page.getByText("Part of the search isn’t understood, so no runs are listed.")).toBeVisible();
    await expect(table(page)).toHaveCount(0);
    await expect(page.getByRole("checkbox", { name: /^Select/ })).toHaveCount(0);
    await expect(stateFilter(page, /^All/)).toHaveText(/^All\s*$/);
    const issue = page.getByRole("status").getByRole("listitem");
    await expect(issue).toContainText("isn’t a valid time. Write today, tomorrow, 2h, 2026-03-01 or 2026-03-01..2026-03-07.");
    await expect(issue.locator("mark")).toHaveText(term);
    const menu = await openMenu(page, "Export");
    await expect(menu.getByRole("button", { name: "Export" })).toHaveText(["Export 0 filtered runs as CSV", "Export 0 filtered runs as JSON"]);
  });

  test("offers the ways out: without it, as text, or without any search", async ({ signedIn, sandbox }) => {
    await fourRuns(sandbox);
    const page = await signedIn(`./?q=${encodeURIComponent(`survey ${term}`)}`);
    await page.getByRole("button", { name: `Remove ${term}` }).click();
    await expect(search(page)).toHaveValue("survey");
    await expect(search(page)).toBeFocused();
    await expect(links(page)).toHaveText(["Autumn survey"]);
    await search(page).fill(term);
    await page.getByRole("button", { name: `Search as text: ${term}` }).click();
    await expectList(page, "0 of 4 runs");
    await expect(page.getByText("4 runs are hidden by the search and filters.")).toBeVisible();
    await page.getByRole("button", { name: "Clear search and filters" }).click();
    await expect(search(page)).toHaveValue("");
    await expectList(page, "4 runs");
  });
});

/** The texts of those of these elements that stand on more than one line. */
async function wrapped(page: Page, selector: string): Promise<string[]> {
  return await page.locator(selector).evaluateAll((all) =>
    all
      .filter((element) => {
        const text = document.createRange();
        text.selectNodeContents(element);
        const tops = [...text.getClientRects()].filter(({ width }) => width > 0).map(({ top, height }) => Math.round(top + height / 2));
        return tops.some((top) => Math.abs(top - (tops[0] ?? top)) > 4);
      })
      .map((element) => element.textContent ?? ""),
  );
}

test.describe("in a browser in Indiana", () => {
  // The name is one of the longest.
  test.use({ timezoneId: "America/Indiana/Petersburg" });

  test("times start in the zone of the browser, everywhere", async ({ signedIn, sandbox }) => {
    const { upcoming } = await fourRuns(sandbox);
    const page = await signedIn();
    await expect(freshness(page)).toHaveText("America/Indiana/Petersburg Updated 05:00:00");
    // Until the next day there.
    await expect(row(page, "Clinic recall")).toContainText(/Tue 10 Mar 06:00\s*Wed 11 Mar 11:00/);
    await links(page).filter({ hasText: "Clinic recall" }).click();
    await expect(aboutRun(page)).toContainText("Tue 10 Mar 06:00 – Wed 11 Mar 11:00 America/Indiana/Petersburg");
    await page.goto(`./?new&replaces=${upcoming.id}`);
    await expect(field(page, "Start")).toHaveValue("2026-03-10 06:00");
    await expect(page.getByRole("form").locator(".zone-mark")).toHaveText(["America/Indiana/Petersburg", "America/Indiana/Petersburg"]);
    await expect(preview(page)).toContainText("Tue 10 Mar 2026 06:00 to Wed 11 Mar 2026 11:00 UTC-04:00");
  });

  for (const width of [320, 390, 768, 1024, 1280, 1440]) {
    test(`no time wraps on a screen of ${width} pixels`, async ({ signedIn, sandbox, page }) => {
      await page.setViewportSize({ width, height: 900 });
      const { upcoming, open } = await fourRuns(sandbox);
      // A year is printed where it is another one.
      await createdAt(sandbox, "2025-12-29T09:00:00Z", { name: "Long ago", startAt: "2025-12-30T09:00:00Z", endAt: "2025-12-31T19:00:00Z" });
      await signedIn();
      await expectList(page, "5 runs");
      expect(await wrapped(page, ".cell-time, .freshness time")).toEqual([]);
      for (const id of [upcoming.id, open.id]) {
        await page.goto(`./?run=${id}`);
        await unfold(page, "Details");
        expect(await wrapped(page, "main time, .countdown span")).toEqual([]);
      }
    });
  }
});

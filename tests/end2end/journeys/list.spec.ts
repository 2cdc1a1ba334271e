// The list: found, filtered and sorted, all of it in the address; and each face of it.

import { readFile } from "node:fs/promises";
import { type Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import {
  Gate,
  alert,
  announcer,
  banner,
  fourRuns,
  badge,
  filtersWithRuns,
  heading,
  links,
  openMenu,
  row,
  search,
  stateFilter,
  stateNote,
  table,
  resultCount,
} from "./parts.ts";

const column = (page: Page, name: string) => table(page).getByRole("columnheader", { name });
/** The default order: running, next to start, and what ended last before what ended earlier. */
const BY_SECTION = ["bin collection", "Clinic recall", "Dental check-up", "Autumn survey"];

test.describe("four runs", () => {
  test.beforeEach(async ({ frozen, sandbox }) => {
    void frozen;
    await fourRuns(sandbox);
  });

  test("are listed with what needs somebody first, with state, job label, window and creation", async ({ signedIn }) => {
    const page = await signedIn();
    await expect(heading(page)).toHaveText("Runs");
    await expect(resultCount(page)).toHaveText("4 runs");
    await expect(page).toHaveTitle("Runs · Runboard");
    await expect(table(page).getByRole("columnheader")).toHaveText(["Name", "Status", "Job", "Start", "End", "Created"]);
    await expect(links(page)).toHaveText(BY_SECTION);
    await expect(row(page, "bin collection").getByRole("cell")).toHaveText([
      "bin collection",
      /^Running\s*$/,
      "Pizza campaign",
      "Tue 10 Mar 08:00",
      "Tue 10 Mar 10:00",
      "Tue 10 Mar 05:00",
    ]);
    await expect(badge(row(page, "Autumn survey"))).toHaveText("Completed");
    await expect(row(page, "Autumn survey")).toContainText("survey-7");
    await expect(badge(row(page, "Clinic recall"))).toHaveText("Scheduled");
    await expect(badge(row(page, "Dental check-up"))).toHaveText("Stopped");
  });

  test("the zone of all times stands once, beside the time of the last reading; each cell has its exact instant", async ({
    signedIn,
  }) => {
    const page = await signedIn();
    await expect(page.getByRole("main").locator(".as-of")).toHaveText(/^UTC\s+Updated 09:00:00$/);
    await expect(row(page, "bin collection").getByTitle("2026-03-10T08:00:00.000Z")).toHaveText("Tue 10 Mar 08:00");
    await expect(row(page, "bin collection").getByTitle("2026-03-10T10:00:00.000Z")).toHaveText("Tue 10 Mar 10:00");
    await expect(row(page, "bin collection").getByTitle("2026-03-10T05:00:00.000Z")).toHaveText("Tue 10 Mar 05:00");
  });

  test("have the API's own word in the tooltip of their state, and beside it only where it disagrees", async ({
    signedIn,
    sandbox,
    frozen,
  }) => {
    const page = await signedIn();
    await expect(badge(row(page, "bin collection"))).toHaveAttribute("title", "API status: running");
    await expect(stateNote(row(page, "bin collection"))).toHaveText("");
    await sandbox.faults({ operation: "list", fault: { kind: "status_word", word: "scheduled" } });
    await frozen.advance(15);
    await expect(badge(row(page, "bin collection"))).toHaveText("Open");
    await expect(stateNote(row(page, "bin collection"))).toHaveText("“scheduled”");
    await sandbox.clearFaults();
    await sandbox.faults({ operation: "list", fault: { kind: "status_word", word: "paused" } });
    await frozen.advance(15);
    await expect(badge(row(page, "bin collection"))).toHaveText("Open");
    await expect(stateNote(row(page, "bin collection"))).toHaveText("“paused”");
  });

  test("tell state and note as two words, not as one", async ({ signedIn, sandbox }) => {
    await sandbox.faults({ operation: "list", fault: { kind: "status_word", word: "paused" } });
    const page = await signedIn();
    await expect(row(page, "bin collection").getByRole("cell", { name: "Open “paused”", exact: true })).toBeVisible();
  });

  test("that failed say so in red words, come first as what needs attention, and are found", async ({
    signedIn,
    sandbox,
    frozen,
  }) => {
    const page = await signedIn();
    await expect(links(page)).toHaveText(BY_SECTION);
    await sandbox.faults({ operation: "list", fault: { kind: "status_word", word: "failed" } });
    await frozen.advance(15);
    await expect(badge(row(page, "Autumn survey"))).toHaveText("Failed");
    await expect(filtersWithRuns(page)).toHaveText(["All 4", "Needs attention 4", "Failed 4"]);
    await stateFilter(page, /^Failed/).click();
    await expect(search(page)).toHaveValue("is:failed");
    await expect(links(page)).toHaveCount(4);
  });

  test("are found by name, id, job id and job label, whatever the letter case", async ({ signedIn }) => {
    const page = await signedIn();
    await expect(links(page)).toHaveCount(4);
    const id = new URL((await links(page).nth(3).getAttribute("href")) ?? "", page.url()).searchParams.get("run") ?? "";
    for (const [typed, found] of [
      ["AUTUMN", ["Autumn survey"]],
      [id, ["Autumn survey"]],
      [id.slice(0, 8).toUpperCase(), ["Autumn survey"]],
      ["clinic-3", ["Clinic recall", "Dental check-up"]],
      ["pizza", ["bin collection"]],
      ["job:12345678", ["bin collection"]],
      ["-phase:stopped -clinic", ["bin collection", "Autumn survey"]],
      ['name:"clinic recall"', ["Clinic recall"]],
    ] as const) {
      await search(page).fill(typed);
      await expect(links(page)).toHaveText([...found]);
      await expect.poll(() => new URL(page.url()).searchParams.get("q")).toBe(typed);
    }
  });

  test("each search says aloud how many runs are listed", async ({ signedIn }) => {
    const page = await signedIn();
    await expect(links(page)).toHaveCount(4);
    await search(page).fill("clinic");
    await expect(announcer(page)).toHaveText(/^2 of 4 runs\s*$/);
    await search(page).fill("clinic recall");
    await expect(announcer(page)).toHaveText(/^1 of 4 runs\s*$/);
    await search(page).fill("");
    await expect(announcer(page)).toHaveText(/^4 runs\s*$/);
  });

  test("are filtered by state, with the count on each button", async ({ signedIn }) => {
    const page = await signedIn();
    // A state that no run is in is not offered.
    await expect(filtersWithRuns(page)).toHaveText(["All 4", "Running 1", "Scheduled 1", "Completed 1", "Stopped 1"]);
    await expect(stateFilter(page, /^All/)).toHaveAttribute("aria-pressed", "true");
    await stateFilter(page, /^Running/).click();
    await expect(links(page)).toHaveText(["bin collection"]);
    await expect(resultCount(page)).toHaveText("1 of 4 runs");
    await expect(stateFilter(page, /^Running/)).toHaveAttribute("aria-pressed", "true");
    await expect(stateFilter(page, /^All/)).toHaveAttribute("aria-pressed", "false");
    await expect(search(page)).toHaveValue("is:running");
    await expect(page).toHaveURL(/\?q=is:running$/);
    // Another state takes its place.
    await stateFilter(page, /^Stopped/).click();
    await expect(search(page)).toHaveValue("is:stopped");
    await expect(links(page)).toHaveText(["Dental check-up"]);
    await stateFilter(page, /^Stopped/).click();
    await expect(links(page)).toHaveCount(4);
    await expect(search(page)).toHaveValue("");
  });

  test("the counts on the filters are those of the rest of the query", async ({ signedIn }) => {
    const page = await signedIn();
    await search(page).fill("clinic-3");
    await expect(filtersWithRuns(page)).toHaveText(["All 2", "Scheduled 1", "Stopped 1"]);
    await stateFilter(page, /^Scheduled/).click();
    await expect(search(page)).toHaveValue("clinic-3 is:scheduled");
    await expect(filtersWithRuns(page)).toHaveText(["All 2", "Scheduled 1", "Stopped 1"]);
    await expect(links(page)).toHaveText(["Clinic recall"]);
    await stateFilter(page, /^All/).click();
    await expect(search(page)).toHaveValue("clinic-3");
    await expect(links(page)).toHaveText(["Clinic recall", "Dental check-up"]);
  });

  test("are found by the API's own status word and by phase, too", async ({ signedIn }) => {
    const page = await signedIn();
    for (const [typed, found] of [
      ["clinic-3 status:scheduled", ["Clinic recall"]],
      ["status:stopped,running", ["bin collection", "Dental check-up"]],
      ["phase:open", ["bin collection"]],
      ["phase:over", ["Autumn survey"]],
      ["is:completed,scheduled", ["Clinic recall", "Autumn survey"]],
    ] as const) {
      await search(page).fill(typed);
      await expect(links(page)).toHaveText([...found]);
    }
  });

  test("the sections are named above their first run, until another order is chosen", async ({ signedIn }) => {
    const page = await signedIn();
    const section = (name: string) => row(page, name).getAttribute("data-section");
    await expect(links(page)).toHaveText(BY_SECTION);
    expect(await Promise.all(BY_SECTION.map(section))).toEqual(["Running", "Next to start", "Ended", null]);
    // The word is drawn on the line above the row.
    const drawn = (name: string) =>
      row(page, name).locator(".cell-name").evaluate((cell) => getComputedStyle(cell, "::before").content);
    expect(await Promise.all(BY_SECTION.map(drawn))).toEqual(['"Running"', '"Next to start"', '"Ended"', "none"]);
    await column(page, "Name").getByRole("button").click();
    await expect(links(page).first()).toHaveText("Autumn survey");
    await expect(table(page).locator("tr[data-section]")).toHaveCount(0);
    const display = await openMenu(page, "Display");
    await display.getByRole("combobox", { name: "Sort by" }).selectOption("Needs attention first");
    await expect(links(page)).toHaveText(BY_SECTION);
    await expect(table(page).locator("tr[data-section]")).toHaveCount(3);
    await expect(page).toHaveURL(/\/$/);
  });

  test("a click anywhere in a row opens its run, and a job's link lists the job", async ({ signedIn }) => {
    const page = await signedIn();
    for (const cell of [".cell-status", ".cell-time >> nth=1"]) {
      await row(page, "Clinic recall").locator(cell).click();
      await expect(heading(page)).toHaveText("Clinic recall");
      await page.goBack();
    }
    await row(page, "Clinic recall").getByRole("link", { name: "clinic-3" }).click();
    await expect(links(page)).toHaveText(["Clinic recall", "Dental check-up"]);
    await expect(heading(page)).toHaveText("Runs");
  });

  test("selecting a time to copy it does not open its run", async ({ signedIn }) => {
    const page = await signedIn();
    const cell = row(page, "Clinic recall").locator(".cell-time").first();
    const { x, y, height } = (await cell.boundingBox()) ?? { x: 0, y: 0, height: 0 };
    await page.mouse.move(x + 2, y + height / 2);
    await page.mouse.down();
    await page.mouse.move(x + 60, y + height / 2, { steps: 5 });
    await page.mouse.up();
    expect(await page.evaluate(() => getSelection()?.toString())).not.toBe("");
    await expect(page).toHaveURL(/\/$/);
    await expect(heading(page)).toHaveText("Runs");
  });

  test("are sorted by each column both ways, and the column says so", async ({ signedIn }) => {
    const page = await signedIn();
    await expect(links(page)).toHaveText(BY_SECTION);
    await expect(table(page).locator("[aria-sort]")).toHaveCount(0);
    const [bin, clinic, dental, autumn] = BY_SECTION;
    const inOrder = async (name: string, sort: string, order: (string | undefined)[]) => {
      await column(page, name).getByRole("button").click();
      await expect(links(page)).toHaveText(order as string[]);
      await expect(column(page, name)).toHaveAttribute("aria-sort", sort.startsWith("-") ? "descending" : "ascending");
      await expect(table(page).locator("[aria-sort]")).toHaveCount(1);
      await expect.poll(() => new URL(page.url()).searchParams.get("sort")).toBe(sort);
    };
    await inOrder("Name", "name", [autumn, bin, clinic, dental]);
    await inOrder("Name", "-name", [dental, clinic, bin, autumn]);
    await inOrder("Status", "status", [clinic, bin, autumn, dental]);
    await inOrder("Status", "-status", [dental, autumn, bin, clinic]);
    // Two runs of one job: the newer one first, in both directions.
    await inOrder("Job", "job", [dental, clinic, bin, autumn]);
    await inOrder("Job", "-job", [autumn, bin, dental, clinic]);
    await inOrder("Start", "-start", [clinic, dental, bin, autumn]);
    await inOrder("Start", "start", [autumn, bin, dental, clinic]);
    await inOrder("End", "-end", [clinic, dental, bin, autumn]);
    await inOrder("End", "end", [autumn, bin, dental, clinic]);
    await inOrder("Created", "-created", [dental, clinic, bin, autumn]);
    await inOrder("Created", "created", [autumn, bin, clinic, dental]);
  });

  test("keep search and order in the address: a reload, a run and back, and “Runs” find them as they were", async ({
    signedIn,
  }) => {
    const page = await signedIn("./?q=clinic&sort=name");
    const asLeft = async () => {
      await expect(search(page)).toHaveValue("clinic");
      await expect(links(page)).toHaveText(["Clinic recall", "Dental check-up"]);
      await expect(column(page, "Name")).toHaveAttribute("aria-sort", "ascending");
      await expect(page).toHaveURL(/\/\?q=clinic&sort=name$/);
    };
    await asLeft();
    await page.reload();
    await asLeft();
    await links(page).first().click();
    await expect(heading(page)).toHaveText("Clinic recall");
    await page.goBack();
    await asLeft();
    await page.goForward();
    await expect(heading(page)).toHaveText("Clinic recall");
    await banner(page).getByRole("link", { name: "Runs" }).click();
    await asLeft();
    await expect(heading(page)).toBeFocused();
    await banner(page).getByRole("link", { name: "New run" }).click();
    await expect(heading(page)).toHaveText("New run");
    await banner(page).getByRole("link", { name: "Runs" }).click();
    await asLeft();
    await page.goBack();
    await expect(heading(page)).toHaveText("New run");
  });

  test("an address with an order that does not exist shows the usual one", async ({ signedIn }) => {
    const page = await signedIn("./?sort=colour");
    await expect(links(page)).toHaveText(BY_SECTION);
  });

  test("when none matches, that is said with how many are hidden and the way out", async ({ signedIn }) => {
    const page = await signedIn();
    await search(page).fill("nothing like this");
    await expect(page.getByRole("main")).toContainText("No runs match");
    await expect(page.getByRole("main")).toContainText("4 runs are hidden by the search and filters.");
    await expect(page.getByText("No runs yet")).toHaveCount(0);
    await expect(page.getByRole("table")).toHaveCount(0);
    await expect(resultCount(page)).toHaveText("0 of 4 runs");
    await page.getByRole("button", { name: "Clear search and filters" }).click();
    await expect(links(page)).toHaveCount(4);
    await expect(search(page)).toHaveValue("");
  });

  test("a term that is not understood lists nothing, is named, and can be removed or searched for as text", async ({
    signedIn,
    sandbox,
  }) => {
    await sandbox.createRun({ name: "starts:tomorow" });
    const page = await signedIn();
    await search(page).fill("starts:tomorow");
    await expect(page.getByRole("main")).toContainText("Part of the search isn’t understood, so no runs are listed.");
    await expect(resultCount(page)).toHaveText("0 of 5 runs");
    await expect(page.getByRole("table")).toHaveCount(0);
    const issue = page.getByRole("main").getByRole("status").getByRole("listitem");
    await expect(issue).toContainText("starts:tomorow isn’t a valid time.");
    await issue.getByRole("button", { name: "Search as text: starts:tomorow" }).click();
    await expect(links(page)).toHaveText(["starts:tomorow"]);
    await expect(search(page)).toBeFocused();
    await search(page).fill("clinic colour:red");
    await expect(issue).toContainText("colour:red isn’t a search field.");
    await expect(page.getByRole("table")).toHaveCount(0);
    await issue.getByRole("button", { name: "Remove colour:red" }).click();
    await expect(search(page)).toHaveValue(/^clinic\s*$/);
    await expect(search(page)).toBeFocused();
    await expect(links(page)).toHaveText(["Clinic recall", "Dental check-up"]);
  });

  test("change their state by themselves when their time comes", async ({ signedIn, frozen, sandbox }) => {
    await sandbox.faults({ operation: "list", fault: { kind: "status_word", word: "scheduled" } });
    const page = await signedIn();
    await expect(badge(row(page, "bin collection"))).toHaveText("Open");
    // Not because the list was read again: it cannot be.
    await sandbox.clearFaults();
    await sandbox.faults({ operation: "list", fault: { kind: "delay", ms: 60_000 } });
    await frozen.advance(601);
    await frozen.advance(3000);
    await expect(badge(row(page, "bin collection"))).toHaveText("Ended");
    await expect(badge(row(page, "Clinic recall"))).toHaveText("Open");
    await expect(filtersWithRuns(page)).toContainText(["Open 2"]);
  });
});

test.describe("each face of the list", () => {
  test.beforeEach(({ frozen }) => {
    void frozen;
  });

  test("first load: it says that it loads, and neither “empty” nor a count", async ({ page, sandbox }) => {
    await sandbox.createRun({ name: "Spring campaign" });
    const gate = new Gate();
    await page.route("**/beta/runs/", gate.wait);
    await page.goto("./");
    await expect(page.getByRole("main").getByRole("status").filter({ hasText: "Loading runs" })).toBeVisible();
    await expect(heading(page)).toHaveText("Runs");
    await expect(resultCount(page)).toHaveText("");
    await expect(stateFilter(page, /\d/)).toHaveCount(0);
    await expect(page.getByText("No runs yet")).toHaveCount(0);
    gate.open();
    await expect(row(page, "Spring campaign")).toBeVisible();
    await expect(page.getByText("Loading runs")).toHaveCount(0);
  });

  test("empty: it says so without a table, and offers to schedule the first run", async ({ signedIn }) => {
    const page = await signedIn();
    await expect(page.getByRole("main")).toContainText("No runs yet");
    await expect(page.getByRole("table")).toHaveCount(0);
    // Nothing is counted where there is nothing.
    await expect(stateFilter(page, /\d/)).toHaveCount(0);
    await page.getByRole("main").getByRole("link", { name: "New run" }).click();
    await expect(heading(page)).toHaveText("New run");
  });

  test("failed: it says that the runs could not be loaded, why, and “Try again” works", async ({
    signedIn,
    sandbox,
    guard,
  }) => {
    guard.allow(/status of 500/);
    await sandbox.createRun({ name: "Spring campaign" });
    await sandbox.faults({ operation: "list", fault: { kind: "status", status: 500 } });
    const page = await signedIn();
    await expect(alert(page)).toContainText("The runs could not be loaded");
    await expect(alert(page)).toContainText("The API failed (error 500).");
    await expect(alert(page)).toContainText("This answer was asked for by a fault rule");
    await expect(alert(page)).toContainText(/Trace ID: urn:uuid:/);
    await expect(page.getByText("No runs yet")).toHaveCount(0);
    await expect(heading(page)).toHaveText("Runs");
    await sandbox.clearFaults();
    await alert(page).getByRole("button", { name: "Try again" }).click();
    await expect(row(page, "Spring campaign")).toBeVisible();
    await expect(alert(page)).toHaveCount(0);
  });

  test("stale: the old rows stay, age and tries are said, and it recovers by itself", async ({
    signedIn,
    sandbox,
    guard,
    frozen,
  }) => {
    guard.allow(/status of 503/);
    await sandbox.createRun({ name: "Autumn survey" });
    const page = await signedIn();
    await expect(row(page, "Autumn survey")).toBeVisible();
    await sandbox.faults({ operation: "list", fault: { kind: "status", status: 503 } });
    await frozen.advance(15);
    await expect(page.getByText("Shown as of Tue 10 Mar 2026 09:00 UTC; the last try failed, next in 5 s.")).toBeVisible();
    await expect(page.getByText("The API failed (error 503).")).toBeVisible();
    await expect(row(page, "Autumn survey")).toBeVisible();
    await frozen.advance(6);
    await expect(page.getByText("Shown as of Tue 10 Mar 2026 09:00 UTC; the last 2 tries failed")).toBeVisible();
    await sandbox.clearFaults();
    await sandbox.createRun({ name: "Spring campaign" });
    await frozen.advance(10);
    await page.getByRole("button", { name: "Show 1 new run" }).click();
    await expect(links(page)).toHaveCount(2);
    await expect(page.getByText("Shown as of")).toHaveCount(0);
  });

  test("refreshed: a run created elsewhere appears by itself, and one press of “Refresh” is enough, too", async ({
    signedIn,
    sandbox,
    frozen,
  }) => {
    const page = await signedIn();
    await expect(page.getByText("No runs yet")).toBeVisible();
    await sandbox.createRun({ name: "Autumn survey" });
    await frozen.advance(15);
    await expect(links(page)).toHaveText(["Autumn survey"]);
    await expect(resultCount(page)).toHaveText("1 run");
    await sandbox.createRun({ name: "Spring campaign" });
    await page.getByRole("button", { name: "Refresh" }).click();
    await expect(resultCount(page)).toHaveText("2 runs");
    expect(await sandbox.requests("list")).toHaveLength(3);
  });

  test("is not read while it cannot be seen, and at once when it is seen again", async ({ signedIn, sandbox, frozen }) => {
    const page = await signedIn();
    await expect(page.getByText("No runs yet")).toBeVisible();
    const show = (state: string) =>
      page.evaluate((state) => {
        Object.defineProperty(document, "visibilityState", { configurable: true, get: () => state });
        document.dispatchEvent(new Event("visibilitychange"));
      }, state);
    await show("hidden");
    await frozen.advance(15);
    await frozen.advance(15);
    expect(await sandbox.requests("list")).toHaveLength(1);
    await sandbox.createRun({ name: "Autumn survey" });
    await show("visible");
    await expect(links(page)).toHaveText(["Autumn survey"]);
  });
});

test("what is listed is exported as it is seen, safe for spreadsheets", async ({ signedIn, sandbox }) => {
  await sandbox.createRun({ name: "Autumn survey" });
  await sandbox.createRun({ name: '=HYPERLINK("https://evil.example")' });
  await sandbox.createRun({ name: "Spring, “campaign”" });
  const page = await signedIn("./?q=-autumn&sort=name");
  await expect(links(page)).toHaveCount(2);
  const file = async (kind: string): Promise<{ name: string; text: string }> => {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      (await openMenu(page, "Export")).getByRole("button", { name: `Export 2 filtered runs as ${kind}` }).click(),
    ]);
    return { name: download.suggestedFilename(), text: await readFile(await download.path(), "utf8") };
  };
  const csv = await file("CSV");
  expect(csv.name).toMatch(/^runs-\d{4}-\d\d-\d\dT\d{6}\.\d{3}Z\.csv$/);
  expect(csv.text.startsWith("\uFEFFid,name,job_id,")).toBe(true);
  const lines = csv.text.trimEnd().split("\r\n");
  expect(lines).toHaveLength(3);
  expect(lines[1]).toContain(`"'=HYPERLINK(""https://evil.example"")"`);
  expect(lines[2]).toContain(`"Spring, “campaign”"`);
  const json = await file("JSON");
  const runs = JSON.parse(json.text) as { name: string; start_at: string }[];
  expect(runs.map(({ name }) => name)).toEqual(['=HYPERLINK("https://evil.example")', "Spring, “campaign”"]);
  expect(runs[0]?.start_at).toMatch(/Z$/);
});

test("a view narrows the list by its query, and back brings all again", async ({ signedIn, sandbox }) => {
  await sandbox.createRun({ name: "Open one" });
  const later = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();
  await sandbox.createRun({ name: "Soon", startAt: later(2), endAt: later(4) });
  await sandbox.createRun({ name: "Far", startAt: later(100), endAt: later(104) });
  const page = await signedIn();
  const view = async (name: string) => (await openMenu(page, "Views")).getByRole("button", { name, exact: true });
  await (await view("Open now")).click();
  await expect(links(page)).toHaveText(["Open one"]);
  await expect(page).toHaveURL(/\?q=is:running,open$/);
  await (await view("Starts within 24 h")).click();
  await expect(links(page)).toHaveText(["Soon"]);
  await expect(search(page)).toHaveValue("starts<24h");
  await expect(await view("Starts within 24 h")).toHaveAttribute("aria-pressed", "true");
  await (await view("Starts within 24 h")).click();
  await expect(links(page)).toHaveCount(3);
});

// The list in every reasonable form: pages, arrays, odd names, broken entries, servers that cannot count.

import { NOW, expect, test } from "../fixtures.ts";
import { settle } from "../under_way.ts";
import { expectList, freshness, links, row, table } from "./parts.ts";

const frozenNow = { set: NOW.toISOString(), freeze: true };

test.describe("250 runs", () => {
  test.beforeEach(async ({ frozen, sandbox }) => {
    void frozen;
    await sandbox.reset({ seed_runs: 250, clock: frozenNow });
  });

  test("are read to the end, page by page of the size that the server gives", async ({ signedIn, sandbox }) => {
    await sandbox.faults({ operation: "list", fault: { kind: "list_page_size", max: 60 } });
    const page = await signedIn();
    await expectList(page, "250 runs");
    const asked = (await sandbox.requests("list")).map((request) => request.query);
    expect(asked.slice(0, 2)).toEqual([null, "page=2&page_size=60"]);
    // The others are asked for at the same time.
    expect(asked.slice(2).sort()).toEqual(["page=3&page_size=60", "page=4&page_size=60", "page=5&page_size=60"]);
    await expect(table(page)).toHaveAttribute("aria-rowcount", "251");
    await expect(page.getByText("Some pages are missing")).toHaveCount(0);
  });

  test("are drawn as far as they are in view, and the last is reached by scrolling", async ({ signedIn, frozen }) => {
    const page = await signedIn();
    await expectList(page, "250 runs");
    await expect(page.getByText("Ctrl+F finds only the rows on screen. Use Search.")).toBeVisible();
    await expect(links(page).nth(10)).toBeVisible();
    expect(await links(page).count()).toBeLessThan(100);
    // Frames come with the clock that stands still.
    await frozen.advance(1);
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    // The browser tells of the scroll with its own next frame.
    await expect.poll(async () => {
      await frozen.advance(1);
      return await table(page).locator('[role=row][aria-rowindex="251"]').count();
    }).toBe(1);
    await frozen.advance(1);
    await expect(table(page).locator('[role=row][aria-rowindex="251"]')).toBeVisible();
  });

  test("are read once each although every page's “next” points at itself", async ({ signedIn, sandbox }) => {
    await sandbox.faults({ operation: "list", fault: { kind: "list_next_to_itself" } });
    const page = await signedIn();
    await expectList(page, "250 runs");
    expect(await sandbox.requests("list")).toHaveLength(3);
    await expect(page.getByText("Some pages are missing")).toHaveCount(0);
  });

  test("can be worked with as soon as the first page is there", async ({ page, sandbox }) => {
    let open = (): void => {};
    const opened = new Promise<void>((resolve) => (open = resolve));
    await page.route("**/beta/runs/?page=2*", async (route) => {
      await opened;
      await route.continue();
    });
    await page.goto("./");
    await expect(table(page)).toHaveAttribute("aria-rowcount", "101");
    await expect(freshness(page)).toHaveText("Loading 100 of 250");
    open();
    await expectList(page, "250 runs");
    await expect(freshness(page)).toContainText("Updated");
    expect(await sandbox.requests("list")).toHaveLength(3);
  });

  test("are said to be incomplete when the server ignores which page is asked for", async ({
    signedIn,
    sandbox,
    frozen,
  }) => {
    const first = await fetch(new URL("/beta/runs/", sandbox.url), {
      headers: { authorization: `Bearer ${await sandbox.token()}` },
    });
    const body = (await first.json()) as Record<string, never>;
    await sandbox.faults({ operation: "list", fault: { kind: "status", status: 200, body } });
    const page = await signedIn();
    const said = "Some pages are missing. 100 of 250 runs were loaded.";
    await expect(page.getByText(said)).toBeVisible();
    await expect(table(page)).toHaveAttribute("aria-rowcount", "101");
    // The first request of this test, and two of the page's.
    expect(await sandbox.requests("list")).toHaveLength(3);
    await frozen.advance(1);
    expect(await sandbox.requests("list")).toHaveLength(3);
  });

  test("whose second page fails keep what was read, and say that it is not all", async ({ page, signedIn, sandbox, guard, frozen }) => {
    guard.allow(/status of 500/);
    await sandbox.faults({ operation: "list", skip: 1, fault: { kind: "status", status: 500 } });
    let answers = 0;
    page.on("requestfinished", (request) => void (answers += new URL(request.url()).pathname.endsWith("/runs/") ? 1 : 0));
    await signedIn();
    await expect(table(page)).toHaveAttribute("aria-rowcount", "101");
    // It is asked for twice more, after a while.
    for (const asked of [3, 4]) {
      // The pause begins once the page has dealt with the answer.
      await expect.poll(() => answers).toBe(asked - 1);
      await settle(page);
      await frozen.advance(5);
      await expect.poll(async () => (await sandbox.requests("list")).length).toBe(asked);
    }
    await expect(page.getByText("The API failed (error 500).")).toBeVisible();
    await expect(page.getByText("100 of 250 runs; page 2 failed.")).toBeVisible();
    await expect(freshness(page)).toContainText("Updated");
    // The first page, and the second three times.
    expect(await sandbox.requests("list")).toHaveLength(4);
    await sandbox.clearFaults();
    await page.getByRole("button", { name: "Try again" }).click();
    await expectList(page, "250 runs");
  });
});

for (const [what, fault] of [
  ["a bare array", { kind: "list_bare_array" }],
  ["the only array under another name", { kind: "list_other_name", name: "job_runs" }],
  ["an envelope without page fields", { kind: "list_no_page_fields" }],
] as const) {
  test(`${what} is read`, async ({ signedIn, sandbox, frozen }) => {
    void frozen;
    await sandbox.createRun({ name: "Autumn survey" });
    await sandbox.createRun({ name: "Spring campaign" });
    await sandbox.faults({ operation: "list", fault });
    const page = await signedIn();
    await expectList(page, "2 runs");
    await expect(row(page, "Spring campaign")).toContainText("Open");
    await expect(page.getByText("couldn’t be shown")).toHaveCount(0);
    expect(await sandbox.requests("list")).toHaveLength(1);
  });
}

test("one broken entry is told and loses no other", async ({ signedIn, sandbox, frozen }) => {
  void frozen;
  for (const name of ["Autumn survey", "Spring campaign", "Clinic recall"]) await sandbox.createRun({ name });
  await sandbox.faults({ operation: "list", fault: { kind: "list_broken_entry", index: 1, entry: "no run at all" } });
  const page = await signedIn();
  await expect(links(page)).toHaveCount(2);
  await expect(row(page, "Autumn survey")).toBeVisible();
  await expect(page.getByText("1 run couldn’t be shown.")).toBeVisible();
});

test("an entry with unreadable times and without a name is shown as far as it can be", async ({
  signedIn,
  sandbox,
  frozen,
}) => {
  void frozen;
  await sandbox.createRun({ name: "Autumn survey" });
  await sandbox.faults({
    operation: "list",
    fault: { kind: "list_broken_entry", index: 0, entry: { id: "r-1", name: null, start_at: "yesterday" } },
  });
  const page = await signedIn();
  await expect(row(page, "(no name)").getByRole("cell")).toHaveText([
    "(no name)",
    /^Unknown\s*$/,
    "not given",
    "can’t be read",
    "not given",
    "not given",
  ]);
});

test("a body that is no list is a failure, not an empty list", async ({ signedIn, sandbox, frozen }) => {
  void frozen;
  await sandbox.faults({ operation: "list", fault: { kind: "status", status: 200, body: { message: "hello" } } });
  const page = await signedIn();
  await expect(page.getByRole("alert")).toContainText("The API’s answer could not be read.");
  await expect(page.getByText("No runs yet")).toHaveCount(0);
});

test("a list that fits into one large page is read again in one request, and otherwise when such pages are no longer given", async ({
  signedIn,
  sandbox,
  frozen,
}) => {
  await sandbox.reset({ seed_runs: 600, clock: frozenNow });
  const page = await signedIn();
  await expectList(page, "600 runs");
  await expect(freshness(page)).toContainText("Updated");
  const large = "page=1&page_size=1000";
  const asked = async (): Promise<(string | null)[]> => (await sandbox.requests("list")).map(({ query }) => query);
  expect(await asked()).toEqual([null, large]);
  await frozen.advance(16);
  await expect(freshness(page)).toHaveText("UTC Updated 09:00:16");
  expect(await asked()).toEqual([null, large, large]);

  await sandbox.faults({ operation: "list", fault: { kind: "list_page_size", max: 200 } });
  await frozen.advance(16);
  await expect(freshness(page)).toHaveText("UTC Updated 09:00:32");
  const then = (await asked()).slice(3);
  expect(then.slice(0, 2)).toEqual([large, null]);
  expect(then.length).toBeLessThanOrEqual(8);
  await expectList(page, "600 runs");
  await expect(page.getByText("Some pages are missing")).toHaveCount(0);
});

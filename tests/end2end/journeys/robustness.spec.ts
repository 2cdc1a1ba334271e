// Hostile data, odd answers and lost networks: always words, never markup, and a way on.

import { type Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { aboutRun, alert, deliveries, expectList, heading, links, row, stopButton, stopDialog, unfold, valueOf } from "./parts.ts";

const HOSTILE = [
  "<img src=x onerror=alert(1)>",
  '"><script>alert(1)</script>',
  "{{constructor.constructor('alert(1)')()}}",
  "safe\u202Eexe.gnp\u202C\u2066 run",
  "\u0627\u0644\u062D\u0645\u0644\u0629 2026",
  "zero\u200Bwidth\u200D and \u0007 bell",
  "x".repeat(255),
  "line\nbreak\ttab",
];

test.beforeEach(({ frozen }) => {
  void frozen;
});

async function noMarkup(page: Page): Promise<void> {
  expect(await page.locator("main img, main script, main iframe").count()).toBe(0);
}

test("hostile names are text: in the list, in the title, on the run's page, in its dialog", async ({ page, sandbox }) => {
  page.on("dialog", () => {
    throw new Error("a name was run as a script");
  });
  const ids: string[] = [];
  for (const name of HOSTILE) ids.push((await sandbox.createRun({ name, jobId: name })).id);
  await page.goto("./");
  await expectList(page, `${HOSTILE.length} runs`);
  expect((await links(page).allTextContents()).sort()).toEqual([...HOSTILE].sort());
  await noMarkup(page);
  // Each name keeps to itself: what turns the direction in it turns nothing beside it, nor moves it to the other side.
  for (const place of [".cell-name a", ".cell-job a"]) {
    const directions = page.locator(".runs").locator(place).evaluateAll((all) => all.map((one) => getComputedStyle(one).unicodeBidi));
    expect(await directions).toEqual(HOSTILE.map(() => "plaintext"));
  }
  const lefts = await links(page).evaluateAll((all) =>
    all.map((link) => {
      const text = document.createRange();
      text.selectNodeContents(link);
      return text.getBoundingClientRect().left - link.getBoundingClientRect().left;
    }),
  );
  for (const left of lefts) expect(left).toBeLessThan(1);
  for (const [index, id] of ids.entries()) {
    if (index > 3) break;
    await page.goto(`./?run=${id}`);
    await expect.poll(() => heading(page).textContent()).toBe(HOSTILE[index]);
    await expect(heading(page).locator("bdi")).toHaveCount(1);
    await stopButton(page).click();
    await expect(stopDialog(page).locator("bdi").first()).toBeVisible();
    await noMarkup(page);
  }
});

test("a name, a job and a status of 10 kB break neither the list nor the run's page", async ({ page, sandbox }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  const long = "Lorem".repeat(2000);
  const run = await sandbox.createRun({ name: "Spring campaign" });
  const hostile = { ...run, name: long, job_id: long, status: long };
  await sandbox.faults(
    { operation: "list", fault: { kind: "patch", merge: { _embedded: { runs: [hostile] } } } },
    { operation: "run", fault: { kind: "patch", merge: { name: long, job_id: long, status: long } } },
  );
  const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);
  await page.goto("./");
  await expect(links(page)).toHaveCount(1);
  expect(await fits()).toBe(true);
  await links(page).click({ position: { x: 5, y: 5 } });
  await expect(stopButton(page)).toBeAttached();
  expect(await fits()).toBe(true);
});

test("markup in what the server says is not shown", async ({ signedIn, sandbox, guard }) => {
  guard.allow(/status of 403/);
  const body = { title: "Forbidden", detail: "<b onclick=alert(1)>no</b>", instance: "<i>trace</i>" };
  await sandbox.faults({ operation: "list", fault: { kind: "status", status: 403, body } });
  const page = await signedIn();
  await expect(alert(page)).toContainText("Your token does not allow this.");
  await expect(alert(page)).toContainText("The API says: Forbidden");
  await expect(alert(page)).not.toContainText("onclick");
  await expect(alert(page)).not.toContainText("<i>");
});

for (const [what, fault, said] of [
  [
    "a 429 that says how long",
    { kind: "status", status: 429, headers: { "retry-after": "40" } },
    "Too many requests. The API asks to wait 40 s.",
  ],
  ["a 429 that does not say how long", { kind: "status", status: 429 }, "Too many requests."],
  ["a 403", { kind: "status", status: 403 }, "Your token does not allow this."],
  ["a 404", { kind: "status", status: 404 }, "the API’s address may be configured wrongly"],
  ["an HTML page with 502", { kind: "html" }, "Something in front of the API answered instead of it (error 502)"],
  ["an HTML page with 200", { kind: "html", status: 200 }, "Something in front of the API answered instead of it"],
  ["truncated JSON", { kind: "cut_json" }, "The API’s answer could not be read."],
  ["an empty body", { kind: "empty_body" }, "The API’s answer could not be read."],
  ["a body broken off", { kind: "truncated_body" }, "Could not reach the API, or the browser blocked its answer."],
  ["a broken connection", { kind: "reset_before" }, "Could not reach the API, or the browser blocked its answer."],
  [
    "a redirect",
    { kind: "status", status: 302, headers: { location: "https://login.example/" } },
    "Could not reach the API, or the browser blocked its answer.",
  ],
] as const) {
  // A proxy makes a 502 of it.
  const tag = fault.kind === "reset_before" ? "@direct" : [];
  test(`${what} is told in clear words, and the console goes on by itself`, { tag }, async ({
    signedIn,
    sandbox,
    guard,
    frozen,
  }) => {
    guard.allow(/status of \d+|net::ERR/);
    await sandbox.createRun({ name: "Spring campaign" });
    await sandbox.faults({ operation: "list", fault: JSON.parse(JSON.stringify(fault)) });
    const page = await signedIn();
    await expect(alert(page)).toContainText("The runs could not be loaded");
    await expect(alert(page)).toContainText(said);
    await expect(alert(page)).not.toContainText(/<|doctype/i);
    await sandbox.clearFaults();
    await frozen.advance(45);
    await expect(row(page, "Spring campaign")).toBeVisible();
    await expect(alert(page)).toHaveCount(0);
  });
}

test("what the server asks for is kept to: no request before a Retry-After has passed", async ({
  signedIn,
  sandbox,
  guard,
  frozen,
}) => {
  guard.allow(/status of 429/);
  await sandbox.createRun({ name: "Spring campaign" });
  const page = await signedIn();
  await expect(row(page, "Spring campaign")).toBeVisible();
  await sandbox.faults({ operation: "list", fault: { kind: "status", status: 429, headers: { "retry-after": "90" } } });
  await frozen.advance(15);
  await expect(page.getByText("the last try failed, next in 1 min 30 s.")).toBeVisible();
  const asked = (await sandbox.requests("list")).length;
  await frozen.advance(80);
  expect(await sandbox.requests("list")).toHaveLength(asked);
  await frozen.advance(11);
  await expect.poll(async () => (await sandbox.requests("list")).length).toBe(asked + 1);
});

test("an API that never answers is given up after 30 s, in words", async ({ signedIn, page, frozen }) => {
  await page.route("**/beta/runs/", () => {
    // Never answered.
  });
  await signedIn();
  await expect(page.getByRole("status").filter({ hasText: "Loading runs" })).toBeVisible();
  // In steps: a clock that leaps as far is that of a machine that slept, where it is asked for again.
  await frozen.advance(16);
  await frozen.advance(16);
  await expect(alert(page)).toContainText("The API did not answer within 30 s.");
});

test("offline is said as offline, and the console goes on at once when the network is back", async ({
  signedIn,
  sandbox,
  guard,
  frozen,
  context,
}) => {
  guard.allow(/net::ERR_INTERNET_DISCONNECTED/);
  await sandbox.createRun({ name: "Autumn survey" });
  const page = await signedIn();
  await expect(links(page)).toHaveText(["Autumn survey"]);
  await context.setOffline(true);
  await frozen.advance(15);
  await expect(page.getByText("This computer is offline.")).toBeVisible();
  await expect(links(page)).toHaveText(["Autumn survey"]);
  await sandbox.createRun({ name: "Spring campaign" });
  await context.setOffline(false);
  // What is new waits to be asked for.
  await page.getByRole("button", { name: "Show 1 new run" }).click();
  await expect(links(page)).toHaveCount(2);
  await expect(page.getByText("This computer is offline.")).toHaveCount(0);
});

test("summary counts beyond any expectation stay readable, and impossible ones are not shown as numbers", async ({
  page,
  sandbox,
}) => {
  const run = await sandbox.createRun({ name: "Spring campaign", startAt: "2026-03-10T08:00:00Z" });
  await sandbox.faults({
    operation: "summary",
    fault: {
      kind: "patch",
      merge: {
        _embedded: {
          action_delivery_status: {
            recipients_count: 9_007_199_254_740_991,
            status_succeeded_count: -5,
            status_failed_count: "12",
            status_info_count: 1.5,
            job_run_id: run.id,
          },
        },
      },
    },
  });
  await page.goto(`./?run=${run.id}`);
  const values = deliveries(page).getByRole("definition");
  await expect(values).toHaveText(["9,007,199,254,740,991", "can’t be read", "12", "can’t be read"]);
  await expect(values.nth(1)).toHaveAttribute("title", "-5");
  await expect(values.nth(3)).toHaveAttribute("title", "1.5");
});

test("times at the edges of what can be are shown or said to be missing", async ({ page, sandbox }) => {
  const run = await sandbox.createRun({ name: "Spring campaign" });
  await sandbox.faults({
    operation: "run",
    fault: { kind: "patch", merge: { start_at: "1970-01-01T00:00:01Z", end_at: "9999-12-31T23:59:59.999Z" } },
  });
  await page.goto(`./?run=${run.id}`);
  await expect(aboutRun(page)).toContainText("Thu 1 Jan 1970 00:00 – Fri 31 Dec 9999 23:59 UTC");
  const details = await unfold(page, "Details");
  await expect(valueOf(details, "Start")).toHaveText("Thu 1 Jan 1970 00:00:01 UTC");
  await expect(valueOf(details, "End")).toHaveText("Fri 31 Dec 9999 23:59:59 UTC");
});

test("the panel for the end of the line is in the document, hidden", async ({ signedIn }) => {
  const page = await signedIn();
  const panel = page.locator("#stopped");
  await expect(panel).toHaveCount(1);
  await expect(panel).toBeHidden();
  await expect(panel.locator("h1")).toHaveText("Runboard stopped");
  await expect(panel.getByRole("link", { includeHidden: true })).toHaveText("Reload");
});

test("when a file of the console cannot be had, the panel says so", async ({ page, context, guard }) => {
  guard.allow(/status of 500|could not start/);
  await context.route("**/*_bg.wasm", (route) => route.fulfill({ status: 500, body: "" }));
  await page.goto("./");
  await expect(page.getByRole("heading", { name: "Runboard stopped" })).toBeVisible();
  await expect(page.getByRole("alert")).toContainText("A file of the console could not be loaded or run.");
  await expect(page.getByText("Runboard is starting")).toHaveCount(0);
});

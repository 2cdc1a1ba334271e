// The configuration: a missing file means the defaults, a faulty one stops with a page that names the key.

import { NOW, expect, test } from "../fixtures.ts";
import { ago, alert, apiRequests, banner, createdAt, expectList, freshness, heading, openSettings, row, search, valueOf } from "./parts.ts";

test.beforeEach(({ frozen }) => {
  void frozen;
});

test("a missing file means the defaults: the token is pasted, the API is where it is printed", async ({
  page,
  context,
  sandbox,
  guard,
}) => {
  guard.allow(/status of 404.*config\.json/);
  await context.route("**/config.json", (route) => route.fulfill({ status: 404, body: "not here" }));
  await page.goto("./");
  await expect(heading(page)).toHaveText("Sign in");
  await page.getByRole("textbox", { name: "Access token" }).fill(await sandbox.token());
  await page.keyboard.press("Enter");
  await expectList(page, "0 runs");
  expect((await apiRequests(sandbox)).map((request) => request.path)).toEqual(["/beta/runs/"]);
  await expect(banner(page)).toContainText("Runboard");
  await expect(banner(page)).not.toContainText("Environment");
});

test("a value that is wrong or dangerous stops it with its key named, and nothing is sent", async ({
  page,
  configure,
  sandbox,
}) => {
  const faults: [Parameters<typeof configure>[0], string][] = [
    [{ poll: { seconds: 4 } }, "“poll.seconds” has to be a whole number from 5 to 300, but is 4."],
    [{ poll: { seconds: "15" } }, "“poll.seconds” has to be a whole number from 5 to 300, but is \"15\"."],
    [{ poll: [] }, "“poll” has to be an object"],
    [{ apiBase: "javascript:alert(1)" }, "“apiBase” has to be a path or an absolute http(s) URL"],
    [{ apiBase: "//evil.example/beta" }, "“apiBase” has to be"],
    [{ apiBase: "https://user:secret@api.example/" }, "“apiBase” has to be"],
    [{ apiBase: "/beta/../sandbox" }, "“apiBase” has to be"],
    [{ paths: { run: "runs" } }, "“paths.run” has to be a path below the API base"],
    [{ paths: { stop: "https://evil.example/{id}" } }, "“paths.stop” has to be"],
    [{ auth: { tokenUrl: "https://evil.example/token" } }, "“auth.tokenUrl” has to be a path on this page's own origin"],
    [{ auth: { tokenUrl: "//evil.example/token" } }, "“auth.tokenUrl” has to be"],
    [{ auth: { source: "cookie" } }, "“auth.source” has to be"],
    [{ embed: { allowedOrigins: ["*"] } }, "“embed.allowedOrigins” has to be a list of exact origins"],
    [{ embed: { allowedOrigins: ["null"] } }, "“embed.allowedOrigins” has to be"],
    [{ actions: { stop: "no" } }, "“actions.stop” has to be true or false, but is \"no\"."],
    [{ links: { job: "javascript:alert('{jobId}')" } }, "“links.job” has to be"],
    [{ links: { portal: "javascript:alert(1)" } }, "“links.portal” has to be a path or an http(s) URL"],
    [{ jobs: { "12345678": 7 } }, "“jobs.12345678” has to be"],
    [{ zone: "<b>" }, "“zone” has to be"],
    [{ theme: "pink" }, "“theme” has to be"],
  ];
  for (const [changes, said] of faults) {
    await configure(changes);
    await page.goto("./");
    await expect.soft(heading(page)).toHaveText("This console is not set up correctly");
    await expect.soft(page.getByRole("alert"), JSON.stringify(changes)).toContainText(said);
    await expect.soft(page.getByRole("button", { name: "Sign in" })).toHaveCount(0);
  }
  expect(await sandbox.requests()).toEqual([]);
});

for (const [what, body] of [
  ["no JSON", "{ apiBase: '/beta' }"],
  ["an array", "[]"],
  ["an HTML page", "<!doctype html><title>portal</title>"],
] as const) {
  test(`${what} in its place stops it with what is wrong, and “Reload” reads it again`, async ({ page, context }) => {
    let answered = body as string;
    await context.route("**/config.json", (route) => route.fulfill({ contentType: "application/json", body: answered }));
    await page.goto("./");
    await expect(page.getByRole("alert")).toContainText("The file config.json is not a JSON object");
    answered = "{}";
    await page.getByRole("button", { name: "Reload" }).click();
    await expect(heading(page)).toHaveText("Sign in");
  });
}

test("a file that cannot be read stops it: the API's place is never guessed", async ({ page, context, guard, sandbox }) => {
  guard.allow(/status of 500/);
  await context.route("**/config.json", (route) => route.fulfill({ status: 500, body: "" }));
  await page.goto("./");
  await expect(page.getByRole("alert")).toContainText("The file config.json could not be read.");
  expect(await sandbox.requests()).toEqual([]);
});

test("a key without a meaning is a warning and stops nothing", async ({ page, configure }) => {
  const warnings: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "warning") warnings.push(message.text());
  });
  await configure({ $schema: "./config.schema.json", colour: "red", auth: { sorce: "paste" } });
  await page.goto("./?diagnostics");
  await expect(heading(page)).toHaveText("Diagnostics");
  await expect(page).toHaveTitle("Diagnostics · Runboard");
  await expect(valueOf(page.getByRole("main"), "Unknown settings")).toContainText("colour");
  await expect(valueOf(page.getByRole("main"), "Unknown settings")).toContainText("auth.sorce");
  await expect(page.getByRole("main")).not.toContainText("$schema");
  expect(warnings.filter((warning) => warning.includes("colour"))).toHaveLength(1);
  expect(warnings.join()).not.toContain("$schema");
});

test("Diagnostics is in the menu of every page", async ({ signedIn, guard }) => {
  for (const address of ["./", "./?new", "./?run=none"]) {
    guard.allow(/status of 404/);
    const page = await signedIn(address);
    const link = (await openSettings(page)).getByRole("link", { name: "Diagnostics" });
    await expect(link).toHaveAttribute("href", "./?diagnostics");
    await link.click();
    await expect(heading(page)).toHaveText("Diagnostics");
    await expect(page.getByRole("group", { name: "Settings" })).toBeHidden();
  }
});

test("Diagnostics says what the console talks to, without the token", async ({ signedIn }) => {
  const page = await signedIn("./?diagnostics");
  await expect(heading(page)).toHaveText("Diagnostics");
  const origin = new URL(page.url()).origin;
  const main = page.getByRole("main");
  for (const address of [
    `POST ${origin}/beta/jobs/runs`,
    `GET ${origin}/beta/runs/`,
    `GET ${origin}/beta/runs/{id}`,
    `POST ${origin}/beta/runs/{id}/stop`,
    `GET ${origin}/beta/jobs/runs/{id}/summary`,
  ]) {
    await expect(main.getByText(address, { exact: true })).toBeVisible();
  }
  await expect(valueOf(main, "Token expires")).toHaveText("Tue 10 Mar 2026 09:15 UTC");
  await expect(main).not.toContainText("eyJ");
});

test("Diagnostics lists the last requests with their outcomes, without secrets", async ({ signedIn, sandbox, guard }) => {
  guard.allow(/status of 503/);
  await sandbox.faults({ operation: "list", count: 1, fault: { kind: "status", status: 503 } });
  const page = await signedIn("./");
  await expect(page.getByRole("main").getByRole("alert")).toBeVisible();
  await (await openSettings(page)).getByRole("link", { name: "Diagnostics" }).click();
  const requests = page.getByRole("group", { name: "Last requests" });
  const origin = new URL(page.url()).origin;
  await expect(requests.getByRole("row").filter({ hasText: `GET ${origin}/beta/runs/` })).toContainText(
    "The API failed (error 503).",
  );
  await expect(requests).not.toContainText("eyJ");
  await page.evaluate(() => {
    Object.defineProperty(navigator.clipboard, "writeText", {
      value: (text: string) => Promise.resolve(Object.assign(globalThis, { copied: text })),
    });
  });
  await page.getByRole("button", { name: "Copy diagnostics" }).click();
  const copied = (): Promise<unknown> => page.evaluate(() => (globalThis as { copied?: string }).copied);
  await expect.poll(copied).toContain("/beta/runs/");
  expect(await copied()).not.toContain("eyJ");
});

test("title, environment, zone, theme and job labels are those configured", async ({ page, configure, sandbox }) => {
  await configure({
    title: "Campaign runs",
    environment: "production",
    zone: "Asia/Kolkata",
    theme: "dark",
    jobs: { "job-9": "Northern pizza" },
  });
  // Open for less than the minute after which it would need attention.
  await sandbox.createRun({ name: "Spring campaign", jobId: "job-9", startAt: ago(30) });
  await page.goto("./");
  await expect(row(page, "Spring campaign")).toBeVisible();
  await expect(page).toHaveTitle("Runs · Campaign runs");
  await expect(banner(page)).toContainText("Campaign runs");
  await expect(banner(page)).toContainText("production");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(row(page, "Spring campaign")).toContainText("Northern pizza");
  await expect(row(page, "Spring campaign")).toContainText("Tue 10 Mar 14:30");
  await expect(freshness(page)).toContainText(/^Asia\/Kolkata Updated 14:30/);
  await expect(row(page, "Spring campaign").locator('[title="2026-03-10T09:00:00.000Z"]')).toHaveText("Tue 10 Mar 14:30");
  await search(page).fill("northern");
  await expect(row(page, "Spring campaign")).toBeVisible();
});

test("a person's own zone and theme win over the configured ones, and are remembered", async ({ page, configure }) => {
  await configure({ theme: "dark", zone: "Asia/Kolkata" });
  await page.goto("./");
  await expectList(page, "0 runs");
  await expect(freshness(page)).toContainText("Asia/Kolkata");
  const menu = await openSettings(page);
  await expect(menu.getByRole("combobox", { name: "Theme" }).getByRole("option")).toHaveText(["System", "Light", "Dark"]);
  await menu.getByRole("combobox", { name: "Theme" }).selectOption("Light");
  await menu.getByRole("combobox", { name: "Time zone" }).selectOption("UTC");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
  await page.reload();
  await expectList(page, "0 runs");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
  await expect((await openSettings(page)).getByRole("combobox", { name: "Theme" })).toHaveValue("light");
  await expect(freshness(page)).toHaveText("UTC Updated 09:00:00");
});

test("other paths are used as configured, with and without slashes around them", async ({ page, configure, sandbox }) => {
  await configure({ apiBase: "/beta/", paths: { list: "/jobs/runs", run: "jobs/runs/{id}" } });
  const run = await createdAt(sandbox, NOW.toISOString(), { name: "Spring campaign" });
  await page.goto("./");
  await expect(row(page, "Spring campaign")).toBeVisible();
  await row(page, "Spring campaign").getByRole("link", { name: "Spring campaign" }).click();
  await expect(heading(page)).toHaveText("Spring campaign");
  const paths = async () => {
    const requests = await apiRequests(sandbox);
    return requests.filter((request) => request.method === "GET").map((request) => request.path).toSorted();
  };
  // The heading is known from the list; the run and its summary are asked for after it.
  await expect.poll(paths).toEqual([
    "/beta/jobs/runs",
    `/beta/jobs/runs/${run.id}`,
    `/beta/jobs/runs/${run.id}/summary`,
  ]);
});

test("a refresh interval is kept to", async ({ page, configure, sandbox, frozen }) => {
  await configure({ poll: { seconds: 300 } });
  await page.goto("./");
  await expectList(page, "0 runs");
  await frozen.advance(290);
  expect(await sandbox.requests("list")).toHaveLength(1);
  await frozen.advance(10);
  await expect.poll(async () => (await sandbox.requests("list")).length).toBe(2);
  await expect(alert(page)).toHaveCount(0);
});

// The two programs: what is fetched when, and what is said when the second cannot be had.

import type { Route } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { Gate, changed, heading, openMenu, withToken } from "./parts.ts";

const WASM = "**/*_bg.wasm*";

const REST = /later-[0-9a-f]{16}\.wasm$/;

test("the list needs one of the two programs; the other comes when somebody moves", async ({ page, sandbox }) => {
  await sandbox.createRun({ name: "Spring" });
  await withToken(page, await sandbox.token());
  const asked: string[] = [];
  page.on("request", (request) => REST.test(request.url()) && asked.push(request.url()));
  await page.goto("./");
  await expect(page.getByRole("link", { name: "Spring" })).toBeVisible();
  expect(asked).toEqual([]);
  const arrived = page.waitForResponse(REST);
  await page.mouse.move(200, 200);
  await arrived;
  await page.getByRole("link", { name: "Spring" }).click();
  await expect(heading(page)).toHaveText("Spring");
  expect(asked).toHaveLength(1);
});

test("an address that needs the other program asks for it at once, beside the first", async ({ page, sandbox }) => {
  const run = await sandbox.createRun({ name: "Spring" });
  await withToken(page, await sandbox.token());
  const program = new Gate();
  await page.route(WASM, program.wait);
  const asked = page.waitForRequest(REST);
  await page.goto(`./?run=${run.id}`);
  await asked;
  program.open();
  await expect(heading(page)).toHaveText("Spring");
});

for (const [what, spoil, words] of [
  ["is lost on its way", (route: Route) => route.abort(), "The connection may have been lost"],
  ["is gone", (route: Route) => route.fulfill({ status: 404, body: "" }), "missing on the server"],
  ["was changed", changed, "is not the one that was built"],
] as const) {
  test(`when the other program ${what}, that is said where it is needed, and it can be tried again`, async ({ page, guard, sandbox }) => {
    guard.allow(/status of 404|Failed to (find|fetch|load)|ERR_FAILED/);
    await sandbox.createRun({ name: "Spring" });
    await withToken(page, await sandbox.token());
    await page.route(REST, spoil);
    await page.goto("./");
    await page.getByRole("link", { name: "New run" }).click();
    const notice = page.getByRole("alert").filter({ hasText: "This part of the console could not be loaded." });
    await expect(notice).toContainText(words);
    // The list is not touched by that.
    await page.getByRole("banner").getByRole("link", { name: "Runs" }).click();
    await expect(page.getByRole("link", { name: "Spring" })).toBeVisible();
    await page.getByRole("link", { name: "New run" }).click();
    await expect(notice).toContainText(words);
    const loaded = page.waitForEvent("load");
    await notice.getByRole("button", { name: "Reload" }).click();
    await loaded;
    await expect(notice).toContainText(words);
    await page.unrouteAll({ behavior: "wait" });
    await notice.getByRole("button", { name: "Try again" }).click();
    await expect(page.getByRole("button", { name: "Schedule run" })).toBeVisible();
  });
}

test("a query and an order do not wait for the other program; what is selected and opened meanwhile is there when it has come", async ({ page, sandbox }) => {
  for (const name of ["Spring", "Autumn"]) await sandbox.createRun({ name });
  await withToken(page, await sandbox.token());
  const program = new Gate();
  await page.route(REST, program.wait);
  await page.goto("./?q=spring&sort=name");
  await expect(page.getByRole("link", { name: "Spring" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Autumn" })).toHaveCount(0);
  await page.getByRole("searchbox").fill("job:12345678");
  await expect(page.getByRole("table").locator(".cell-name").getByRole("link")).toHaveText(["Autumn", "Spring"]);
  // What is asked for meanwhile is done when it has come.
  await page.getByRole("checkbox", { name: "Select Spring" }).check();
  const menu = await openMenu(page, "Export");
  program.open();
  await expect(menu.getByRole("button", { name: "Export 2 runs as CSV" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Stop 1 run" }).click();
  await expect(page.getByRole("dialog", { name: "Stop 1 run?" })).toBeVisible();
});

test("a trap that is no panic leads to the panel, too", async ({ signedIn, guard }) => {
  guard.allow(/unreachable/);
  const page = await signedIn();
  await page.evaluate(() => {
    // (func (export "a") unreachable)
    const trap = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 97, 0, 0, 10, 5, 1, 3, 0, 0, 11];
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(trap)));
    setTimeout(exports["a"] as () => void);
  });
  await expect(page.getByRole("heading", { name: "Runboard stopped" })).toBeVisible();
  await expect(page.locator("#app")).toBeHidden();
});

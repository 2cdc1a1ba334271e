// Signing out after a while without a key or a pointer, where the configuration says so.

import { expect, test } from "../fixtures.ts";
import { alert, expectList, fill, heading, schedule, tokensForADay } from "../journeys/parts.ts";

const WARNING = "You will be signed out in";

test.beforeEach(async ({ frozen, sandbox }) => {
  void frozen;
  await tokensForADay(sandbox);
});

test("after the configured minutes the person is signed out, warned a minute before", async ({ signedIn, configure, frozen, sandbox }) => {
  await configure({ auth: { idleMinutes: 5 } });
  const page = await signedIn();
  await expectList(page, "0 runs");
  await frozen.advance(230);
  await expect(page.getByText(WARNING)).toHaveCount(0);
  await frozen.advance(15);
  await expect(page.getByText(WARNING)).toBeVisible();
  await expect(page.getByRole("button", { name: "Stay signed in" })).toBeVisible();
  await frozen.advance(60);
  await expect(heading(page)).toHaveText("Sign in");
  await expect(page.getByRole("main")).toContainText("You were signed out after 5 minutes without activity.");
  expect(await page.evaluate(() => sessionStorage.getItem("runboard.token"))).toBeNull();
  const before = (await sandbox.requests()).length;
  await frozen.advance(120);
  expect(await sandbox.requests()).toHaveLength(before);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expectList(page, "0 runs");
});

for (const [what, act] of [
  ["a key", "key"],
  ["the pointer", "pointer"],
  ["the button", "button"],
] as const) {
  test(`${what} keeps the person signed in`, async ({ signedIn, configure, frozen }) => {
    await configure({ auth: { idleMinutes: 5 } });
    const page = await signedIn();
    await frozen.advance(270);
    await expect(page.getByText(WARNING)).toBeVisible();
    if (act === "key") await page.keyboard.press("Shift");
    if (act === "pointer") await page.mouse.move(200, 200);
    if (act === "button") await page.getByRole("button", { name: "Stay signed in" }).click();
    await frozen.advance(1);
    await expect(page.getByText(WARNING)).toHaveCount(0);
    await frozen.advance(200);
    await expectList(page, "0 runs");
  });
}

test("a reload does not start the minutes anew", async ({ signedIn, configure, frozen }) => {
  await configure({ auth: { idleMinutes: 5 } });
  const page = await signedIn();
  await frozen.advance(200);
  await page.reload();
  await expectList(page, "0 runs");
  await frozen.advance(60);
  await expect(page.getByText(WARNING)).toBeVisible();
  await frozen.advance(60);
  await expect(heading(page)).toHaveText("Sign in");
});

test("who was away for too long is signed out before anything is read", async ({ signedIn, configure, frozen, sandbox }) => {
  await configure({ auth: { idleMinutes: 5 } });
  await sandbox.createRun({ name: "Spring campaign" });
  const page = await signedIn();
  await expectList(page, "1 run");
  const before = (await sandbox.requests()).length;
  // As in a tab that the browser had put away: nothing of it ran meanwhile.
  const since = frozen.now().getTime() - 6 * 60_000;
  await page.evaluate((since) => sessionStorage.setItem("runboard.active", String(since)), since);
  await page.reload();
  await expect(heading(page)).toHaveText("Sign in");
  await expect(page.getByRole("main")).toContainText("You were signed out after 5 minutes without activity.");
  await frozen.advance(5);
  expect((await sandbox.requests()).slice(before)).toEqual([]);
});

test("a create whose outcome is unknown is told after an idle sign-out", async ({ signedIn, configure, frozen, sandbox, guard }) => {
  guard.allow(/status of 503/);
  await configure({ auth: { idleMinutes: 5 } });
  await sandbox.faults({ operation: "create", count: 1, fault: { kind: "status", status: 503 } });
  const page = await signedIn("./?new");
  await fill(page);
  await schedule(page).click();
  await expect(alert(page)).toContainText("It is not known yet whether the run was scheduled.");
  for (let minute = 0; minute < 6; minute += 1) await frozen.advance(60);
  await expect(heading(page)).toHaveText("Sign in");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(alert(page)).toContainText("It is not known yet whether the run was scheduled.");
});

test("without the key nobody is signed out", async ({ signedIn, frozen }) => {
  const page = await signedIn();
  await frozen.advance(6 * 3600);
  await expectList(page, "0 runs");
  await expect(page.getByText(WARNING)).toHaveCount(0);
});

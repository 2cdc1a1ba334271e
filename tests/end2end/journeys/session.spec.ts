// A token that ends while somebody works: nothing typed is lost, nothing is sent twice, reading goes on by itself.

import { expect, paste, test } from "../fixtures.ts";
import { PASTE, expectList, field, fill, freshness, heading, links, row, schedule, signInAgain, signOut, state, summary } from "./parts.ts";

test.describe("a pasted token that expires", () => {
  test.beforeEach(async ({ frozen, configure, guard }) => {
    void frozen;
    guard.allow(/status of 401/);
    await configure(PASTE);
  });

  test("in the middle of the form: all that was typed stays, and one press more creates one run", async ({
    page,
    sandbox,
    frozen,
  }) => {
    await page.goto("./?new");
    await paste(page, await sandbox.token({ lifetime_seconds: 300 }));
    await fill(page, { name: "Spring campaign", start: "2026-03-10 10:00", end: "2026-03-10 12:00" });
    await frozen.advance(301);
    await schedule(page).click();
    await expect(signInAgain(page)).toContainText("Your token has expired. Everything on screen and all you typed is kept");
    await expect(page.getByRole("main")).toContainText("Sign in to find out whether the run was scheduled anyway.");
    await expect(page).toHaveURL(/\?new$/);
    for (const [label, value] of [
      ["Job ID", "12345678"],
      ["Run name", "Spring campaign"],
      ["Start", "2026-03-10 10:00"],
      ["End", "2026-03-10 12:00"],
    ] as const) {
      await expect(field(page, label)).toHaveValue(value);
    }

    await paste(page, await sandbox.token());
    await expect(signInAgain(page)).toHaveCount(0);
    await expect(page.getByRole("main")).toContainText("so nothing was scheduled. Press “Schedule run” again.");
    await expect(field(page, "Run name")).toHaveValue("Spring campaign");
    await frozen.advance(30);
    expect((await sandbox.requests("create")).map((request) => request.status)).toEqual([401]);

    await schedule(page).click();
    await expect(heading(page)).toHaveText("Spring campaign");
    expect((await sandbox.requests("create")).map((request) => request.status)).toEqual([401, 201]);
  });

  test("is announced two minutes ahead, and a new one can be given before it ends", async ({ page, sandbox, frozen }) => {
    await sandbox.createRun({ name: "Autumn survey" });
    await page.goto("./");
    await paste(page, await sandbox.token({ lifetime_seconds: 300 }));
    await expect(links(page)).toHaveText(["Autumn survey"]);
    await frozen.advance(170);
    // The reading that the leap brings is answered: the API's clock must not move on under it.
    await expect(freshness(page)).toHaveText("UTC Updated 09:02:50");
    await expect(page.getByText("Your sign-in ends in")).toHaveCount(0);
    await frozen.advance(11);
    await expect(page.getByText("Your sign-in ends in 1 min 59 s.")).toBeVisible();
    await expect(links(page)).toHaveText(["Autumn survey"]);
    await page.getByText("Paste a new token now", { exact: true }).click();
    await paste(page, await sandbox.token());
    await expect(page.getByText("Your sign-in ends in")).toHaveCount(0);
    await frozen.advance(150);
    await expect(signInAgain(page)).toHaveCount(0);
    await expect(links(page)).toHaveText(["Autumn survey"]);
  });

  test("while the list is shown: the rows stay, and reading goes on by itself with the new token", async ({
    page,
    sandbox,
    frozen,
  }) => {
    await sandbox.createRun({ name: "Autumn survey" });
    await page.goto("./");
    await paste(page, await sandbox.token({ lifetime_seconds: 300 }));
    await expect(links(page)).toHaveText(["Autumn survey"]);
    await frozen.advance(301);
    await expect(signInAgain(page)).toBeVisible();
    await expect(links(page)).toHaveText(["Autumn survey"]);
    const asked = (await sandbox.requests("list")).length;
    await frozen.advance(120);
    expect(await sandbox.requests("list")).toHaveLength(asked);
    await sandbox.createRun({ name: "Spring campaign" });
    await paste(page, await sandbox.token());
    await expect(signInAgain(page)).toHaveCount(0);
    // What is new waits to be asked for.
    await page.getByRole("button", { name: "Show 1 new run" }).click();
    await expect(row(page, "Spring campaign")).toBeVisible();
  });

  test("a token of another application clears the screen and says so", async ({ page, sandbox, frozen }) => {
    await page.goto("./?new");
    await paste(page, await sandbox.token({ lifetime_seconds: 300 }));
    await fill(page, { start: "2026-03-10 10:00", end: "2026-03-10 12:00" });
    await frozen.advance(301);
    await schedule(page).click();
    await expect(signInAgain(page)).toBeVisible();
    await paste(page, await sandbox.token({ application_id: "another" }));
    await expect(page.getByText("You are now signed in as another application or person.")).toBeVisible();
    await expect(field(page, "Run name")).toHaveValue("");
    await expect(field(page, "Start")).toHaveValue("");
    expect(await sandbox.requests("create")).toHaveLength(1);
    await page.getByRole("button", { name: "Dismiss" }).click();
    await expect(page.getByText("You are now signed in as another")).toHaveCount(0);
  });

  test("a stop that is refused for its token is not sent by itself afterwards", async ({ page, sandbox, frozen }) => {
    const run = await sandbox.createRun({ name: "Spring campaign" });
    await sandbox.faults({ operation: "stop", count: 1, fault: { kind: "status", status: 401 } });
    await page.goto(`./?run=${run.id}`);
    await paste(page, await sandbox.token());
    await page.getByRole("main").getByRole("button", { name: "Stop run" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Stop run" }).click();
    await expect(signInAgain(page)).toContainText("The API no longer accepts your token.");
    await paste(page, await sandbox.token());
    await expect(signInAgain(page)).toHaveCount(0);
    await frozen.advance(30);
    expect(await sandbox.requests("stop")).toHaveLength(1);
    await page.getByRole("main").getByRole("button", { name: "Stop run" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Stop run" }).click();
    await expect(state(page)).toHaveText("Stopped");
    expect((await sandbox.requests("stop")).map((request) => request.status)).toEqual([401, 200]);
  });
});

test.describe("a token from the endpoint", () => {
  test("is renewed before it expires, without anybody noticing", async ({ frozen, signedIn, sandbox }) => {
    await sandbox.createRun({ name: "Spring campaign", endAt: "2026-03-10T12:00:00Z" });
    const page = await signedIn();
    await expect(row(page, "Spring campaign")).toBeVisible();
    const before = (await sandbox.requests("token")).length;
    await frozen.advance(770);
    await expect(freshness(page)).toContainText("Updated 09:12:50");
    expect(await sandbox.requests("token")).toHaveLength(before);
    await frozen.advance(15);
    await expect.poll(async () => (await sandbox.requests("token")).length).toBe(before + 1);
    await expect(freshness(page)).toContainText("Updated 09:13:05");
    await frozen.advance(200);
    await expect(freshness(page)).toContainText("Updated 09:16:25");
    expect((await sandbox.requests("list")).map((request) => request.status)).not.toContain(401);
    expect(await sandbox.requests("token")).toHaveLength(before + 1);
    await expect(signInAgain(page)).toHaveCount(0);
  });

  test("that expired while the computer slept is renewed once, for all who wait for it", async ({
    frozen,
    signedIn,
    sandbox,
    guard,
  }) => {
    guard.allow(/status of 401/);
    const run = await sandbox.createRun({ name: "Spring campaign", endAt: "2026-03-10T12:00:00Z" });
    const page = await signedIn(`./?run=${run.id}`);
    await expect(summary(page)).toContainText("No data yet");
    const before = (await sandbox.requests("token")).length;
    // A slow portal: everything that is refused meanwhile has to wait for the same answer.
    await sandbox.faults({ operation: "token", fault: { kind: "delay", ms: 300 } });
    await frozen.advance(1000);
    await expect(summary(page).getByRole("term").first()).toBeVisible();
    await expect(page.getByText("Your sign-in is being renewed…")).toHaveCount(0);
    await expect(signInAgain(page)).toHaveCount(0);
    expect(await sandbox.requests("token")).toHaveLength(before + 1);
  });

  test("that cannot be renewed asks the person, and keeps the page", async ({ frozen, signedIn, sandbox, guard }) => {
    guard.allow(/status of 40[13]/);
    await sandbox.createRun({ name: "Spring campaign", endAt: "2026-03-10T12:00:00Z" });
    const page = await signedIn();
    await expect(row(page, "Spring campaign")).toBeVisible();
    await sandbox.faults({ operation: "token", fault: { kind: "status", status: 403 } });
    await frozen.advance(1000);
    await expect(signInAgain(page)).toContainText("The portal says you are not signed in there.");
    await expect(row(page, "Spring campaign")).toBeVisible();
    await sandbox.clearFaults();
    await signInAgain(page).getByRole("button", { name: "Try again" }).click();
    await expect(signInAgain(page)).toHaveCount(0);
    await expect(row(page, "Spring campaign")).toBeVisible();
  });

  test("that the API refuses from the start is not asked for again and again", async ({ frozen, signedIn, sandbox, guard }) => {
    guard.allow(/status of 401/);
    await sandbox.faults({ operation: "list", fault: { kind: "status", status: 401 } });
    const page = await signedIn();
    await expect(signInAgain(page)).toContainText("does not accept the token that the portal gave");
    const asked = (await sandbox.requests("token")).length;
    await frozen.advance(120);
    await frozen.advance(120);
    expect(await sandbox.requests("token")).toHaveLength(asked);
  });
});

test("signing out in one tab signs the others out, and no token crosses tabs", async ({ signedIn, context, sandbox }) => {
  const page = await signedIn("./?new");
  const other = await context.newPage();
  await other.addInitScript(() => {
    const heard: string[] = [];
    Object.assign(globalThis, { heard });
    new BroadcastChannel("runboard").onmessage = (event) => heard.push(String(event.data));
  });
  await other.goto("./");
  await expectList(other, "0 runs");
  await fill(page, { start: "+1h", end: "+2h" });
  await expect.poll(() => other.evaluate(() => (globalThis as unknown as { heard: string[] }).heard.length)).toBeGreaterThan(0);
  const heard = await other.evaluate(() => (globalThis as unknown as { heard: string[] }).heard.join());
  const token = await page.evaluate(() => sessionStorage.getItem("runboard.token") ?? "");
  expect(token).toMatch(/^ey/);
  expect(heard).not.toContain(token.split(".")[2]);
  expect(heard).not.toContain("eyJ");
  await signOut(page);
  await expect(other.getByText("You signed out in another tab of this browser")).toBeVisible();
  const asked = (await sandbox.requests()).length;
  await other.reload();
  await expect(heading(other)).toHaveText("Sign in");
  expect((await sandbox.requests()).length).toBe(asked);
});

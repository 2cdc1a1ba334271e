// Signing in with a pasted token: faults are told before anything is sent, and the token goes nowhere else.

import { NOW, expect, paste, test } from "../fixtures.ts";
import { type Page } from "@playwright/test";
import { PASTE, apiRequests, banner, expectList, freshness, heading, openSettings, signOut } from "./parts.ts";

const tokenField = (page: Page) => page.getByRole("textbox", { name: "Access token" });
const signInFault = (page: Page) => page.getByRole("main").getByRole("alert");

test.describe("with pasted tokens", () => {
  test.beforeEach(async ({ frozen, configure }) => {
    void frozen;
    await configure(PASTE);
  });

  test("a token that cannot work is explained, and nothing is sent", async ({ page, sandbox }) => {
    const whole = await sandbox.token();
    const [head, payload] = whole.split(".");
    const expired = await sandbox.token({ lifetime_seconds: -60 });
    const early = await sandbox.token({ not_before_seconds: 600 });
    const key = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7\n-----END PRIVATE KEY-----";
    await page.goto("./");
    await expect(heading(page)).toHaveText("Sign in");
    for (const [pasted, said] of [
      ["", "Paste an access token first."],
      ["   \n", "Paste an access token first."],
      [`${head}.${payload}`, "three parts with dots between them, this has 2"],
      [`${head}.${payload?.slice(0, -9)}.x`, "This token is damaged"],
      ["a.b.c", "This token is damaged"],
      [expired, "This token expired Tue 10 Mar 2026 08:59 UTC."],
      [early, "not valid before Tue 10 Mar 2026 09:10 UTC"],
      [key, "This is a private key. Never paste it anywhere"],
      [key.replaceAll("\n", " "), "This is a private key."],
    ] as const) {
      await paste(page, pasted);
      await expect(signInFault(page)).toContainText(said);
      await expect(tokenField(page)).toBeFocused();
      await expect(tokenField(page)).toHaveAttribute("aria-invalid", "true");
    }
    expect(await apiRequests(sandbox)).toEqual([]);
    expect(await page.evaluate(() => ({ ...sessionStorage }))).toEqual({});
    // What was said goes as soon as the person types again.
    await tokenField(page).fill("x");
    await expect(signInFault(page)).toHaveCount(0);
  });

  test("what is pasted along is taken off: the header's name, “Bearer”, quotes, white space", async ({
    page,
    sandbox,
  }) => {
    const token = await sandbox.token();
    const lines = token.replace(/.{60}/g, "$&\r\n  ");
    await page.goto("./");
    await paste(page, `\n  Authorization: Bearer "${lines}" \n`);
    await expectList(page, "0 runs");
    const [request] = await apiRequests(sandbox);
    expect(request?.headers["authorization"]).toBe(`Bearer ${token}`);
  });

  test("what a token says of itself is shown before it is sent", async ({ page, sandbox }) => {
    await page.goto("./");
    await tokenField(page).fill(await sandbox.token({ application_id: "campaigns-eu" }));
    await expect(page.getByText("Application campaigns-eu, valid until Tue 10 Mar 2026 09:15 UTC.")).toBeVisible();
    await page.keyboard.press("Enter");
    await expectList(page, "0 runs");
  });

  test("the token is kept for this tab only, and is nowhere in the page or its address", async ({ page, sandbox }) => {
    const token = await sandbox.token();
    await page.goto("./");
    await paste(page, token);
    await expectList(page, "0 runs");
    expect(await page.evaluate(() => ({ ...sessionStorage }))).toEqual({ "runboard.token": token });
    for (const address of ["./", "./?new", "./?diagnostics"]) {
      await page.goto(address);
      await expect((await openSettings(page)).getByRole("button", { name: "Sign out" })).toBeVisible();
      const signature = token.split(".")[2] ?? token;
      expect(await page.content()).not.toContain(signature);
      expect(page.url()).not.toContain(signature);
      const values = await page.evaluate(() => [...document.querySelectorAll("input, textarea")].map((e) => (e as HTMLInputElement).value));
      expect(values.join()).not.toContain(signature);
      expect(await page.evaluate(() => JSON.stringify({ ...localStorage }) + document.cookie)).not.toContain(signature);
    }
    const asked = (await sandbox.requests()).map((request) => `${request.path}?${request.query ?? ""}`);
    expect(asked.join()).not.toContain("eyJ");
  });

  test("a deep link is kept: sign-in at that address, then the run", async ({ page, sandbox }) => {
    const run = await sandbox.createRun({ name: "Spring campaign" });
    await page.goto(`./?run=${run.id}`);
    await expect(heading(page)).toHaveText("Sign in");
    await expect(page).toHaveTitle("Sign in · Runboard");
    await expect(page).toHaveURL(new RegExp(`\\?run=${run.id}$`));
    await expect(page.getByText("You’ll return to this page after signing in.")).toBeVisible();
    await paste(page, await sandbox.token());
    await expect(heading(page)).toHaveText("Spring campaign");
    await expect(page).toHaveURL(new RegExp(`\\?run=${run.id}$`));
    await expect(tokenField(page)).toHaveCount(0);
  });

  test("a reload stays signed in; signing out clears the tab and says so, and a reload changes nothing", async ({
    page,
    sandbox,
  }) => {
    await sandbox.createRun({ name: "Spring campaign" });
    await page.goto("./");
    await paste(page, await sandbox.token());
    await expectList(page, "1 run");
    await page.reload();
    await expectList(page, "1 run");
    await signOut(page);
    await expect(heading(page)).toHaveText("Sign in");
    await expect(page.getByText("You are signed out.")).toBeVisible();
    await expect(page.getByText("Spring campaign")).toHaveCount(0);
    expect(await page.evaluate(() => sessionStorage.getItem("runboard.token"))).toBeNull();
    await page.reload();
    await expect(heading(page)).toHaveText("Sign in");
    const menu = await openSettings(page);
    await expect(menu.getByRole("combobox", { name: "Time zone" })).toBeVisible();
    await expect(menu.getByRole("combobox", { name: "Theme" })).toBeVisible();
    await expect(menu.getByRole("combobox", { name: "Updates" })).toHaveCount(0);
    await expect(menu.getByRole("button", { name: "Sign out" })).toHaveCount(0);
    await expect(banner(page).getByRole("link", { name: "New run" })).toHaveCount(0);
  });

  test("signing in and out moves the focus to the page's heading", async ({ page, sandbox }) => {
    await page.goto("./");
    await paste(page, await sandbox.token());
    await expectList(page, "0 runs");
    await expect(heading(page)).toBeFocused();
    await signOut(page);
    await expect(heading(page)).toHaveText("Sign in");
    await expect(heading(page)).toBeFocused();
  });

  test("a kept token that has expired meanwhile is not used, and that is said", async ({ page, sandbox }) => {
    await page.addInitScript((token) => sessionStorage.setItem("runboard.token", token), await sandbox.token({ lifetime_seconds: -300 }));
    await page.goto("./");
    await expect(page.getByText("Your token expired Tue 10 Mar 2026 08:55 UTC. Paste a new one.")).toBeVisible();
    expect(await apiRequests(sandbox)).toEqual([]);
    expect(await page.evaluate(() => sessionStorage.getItem("runboard.token"))).toBeNull();
  });

  test("another tab starts signed out, and says why", async ({ page, context, sandbox }) => {
    const run = await sandbox.createRun({ name: "Spring campaign" });
    await page.goto("./");
    await paste(page, await sandbox.token());
    await expectList(page, "1 run");
    const other = await context.newPage();
    await other.goto(`./?run=${run.id}`);
    await expect(heading(other)).toHaveText("Sign in");
    await expect(other.getByText("Sign-in applies to this tab only")).toBeVisible();
  });
});

test("with tokens in memory only, nothing is kept and a reload asks again", async ({ page, sandbox, configure, frozen }) => {
  void frozen;
  await configure({ auth: { source: "paste", storage: "memory" } });
  await page.goto("./");
  await paste(page, await sandbox.token());
  await expectList(page, "0 runs");
  expect(await page.evaluate(() => ({ ...sessionStorage }))).toEqual({});
  await page.reload();
  await expect(heading(page)).toHaveText("Sign in");
});

test.describe("with a token endpoint", () => {
  test("after signing out the tab stays signed out, also after a reload, until “Sign in” is pressed", async ({
    frozen,
    signedIn,
    sandbox,
  }) => {
    void frozen;
    const run = await sandbox.createRun({ name: "Spring campaign" });
    const page = await signedIn(`./?run=${run.id}`);
    const before = (await sandbox.requests("token")).length;
    await signOut(page);
    await expect(page.getByText("You are signed out.")).toBeVisible();
    await page.reload();
    await expect(heading(page)).toHaveText("Sign in");
    await frozen.advance(60);
    expect(await sandbox.requests("token")).toHaveLength(before);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(heading(page)).toHaveText("Spring campaign");
    expect(await sandbox.requests("token")).toHaveLength(before + 1);
  });

  for (const [status, said] of [
    [401, "The portal says you are not signed in there."],
    [403, "The portal says you are not signed in there."],
    [500, "The portal could not give a token. The API failed (error 500)."],
  ] as const) {
    test(`an endpoint that answers ${status} is explained, and “Sign in” asks again`, async ({
      page,
      sandbox,
      guard,
      frozen,
    }) => {
      void frozen;
      guard.allow(new RegExp(`status of ${status}`));
      await sandbox.faults({ operation: "token", count: 1, fault: { kind: "status", status } });
      await page.goto("./");
      await expect(signInFault(page)).toContainText(said);
      expect(await apiRequests(sandbox)).toEqual([]);
      await page.getByRole("button", { name: "Sign in" }).click();
      await expectList(page, "0 runs");
    });
  }

  test("an answer without a usable token is explained", async ({ page, sandbox, frozen }) => {
    void frozen;
    await sandbox.faults({ operation: "token", fault: { kind: "patch", merge: { token: null } } });
    await page.goto("./");
    await expect(signInFault(page)).toContainText("The portal’s answer holds no usable token.");
  });

  test("the clock of this computer may be wrong: a fresh token is used all the same", async ({ page, sandbox, frozen }) => {
    void frozen;
    await sandbox.clock({ set: new Date(NOW.getTime() - 86_400_000).toISOString() });
    await page.goto("./");
    await expectList(page, "0 runs");
    await expect(freshness(page)).toHaveText(/^UTC Updated 09:00:0\d$/);
  });
});

// From the address to the first row: what is asked for when, what is shown meanwhile, and what is said when it fails.

import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { Gate, changed, heading, row, tokensForADay, withToken, resultCount } from "./parts.ts";

const panel = (page: Page) => page.locator("#stopped");
const WASM = "**/*_bg.wasm*";

test("the first page of the list is asked for before the program has arrived, and once", async ({ page, sandbox }) => {
  await sandbox.createRun({ name: "Spring campaign" });
  await withToken(page, await sandbox.token());
  const program = new Gate();
  await page.route(WASM, program.wait);
  await page.goto("./", { waitUntil: "commit" });
  await expect.poll(async () => (await sandbox.requests("list")).length).toBe(1);
  await expect(page.locator("#placeholder")).toBeVisible();
  program.open();
  await expect(row(page, "Spring campaign")).toBeVisible();
  const asked = await sandbox.requests("list");
  expect(asked).toHaveLength(1);
  expect(asked[0]?.headers["accept"]).toBe("application/json, application/problem+json");
  expect(asked[0]?.headers["cookie"]).toBeUndefined();
  expect(asked[0]?.query).toBeNull();
});

test("a browser that is slow to tell of its locks has the list asked for once, by the program", async ({ page, sandbox }) => {
  await sandbox.createRun({ name: "Spring campaign" });
  await withToken(page, await sandbox.token());
  type Held = { tellLocks?: () => void; asked: string[] };
  await page.addInitScript(() => {
    const held = globalThis as unknown as Held;
    held.asked = [];
    const send = globalThis.fetch.bind(globalThis);
    globalThis.fetch = (input, init) => {
      held.asked.push(new URL(input instanceof Request ? input.url : input, document.baseURI).pathname);
      return send(input, init);
    };
    navigator.locks.query = () => new Promise((resolve) => (held.tellLocks = () => resolve({ held: [], pending: [] })));
  });
  await page.goto("./");
  await expect(row(page, "Spring campaign")).toBeVisible();
  const asked = await page.evaluate(async () => {
    const held = globalThis as unknown as Held;
    held.tellLocks?.();
    // What the start then does, it does before the next task.
    await new Promise((resolve) => setTimeout(resolve));
    return [typeof held.tellLocks, ...held.asked.filter((path) => path === "/beta/runs/")];
  });
  expect(asked).toEqual(["function", "/beta/runs/"]);
});

for (const [what, address, token, config] of [
  ["on another page", "./?new", {}, {}],
  ["for an expired token", "./", { lifetime_seconds: -60 }, {}],
  ["where the token is kept in memory only", "./", {}, { auth: { storage: "memory" } }],
] as const) {
  test(`nothing is asked of the API ahead of the program ${what}`, async ({ page, sandbox, configure, guard }) => {
    guard.allow(/could not start|status of 404|ERR_FAILED/);
    await configure(config);
    await withToken(page, await sandbox.token(token));
    // The program never comes: what is asked for is asked for by the start alone.
    await page.route(WASM, (route) => route.fulfill({ status: 500, body: "" }));
    guard.allow(/status of 500/);
    await page.goto(address);
    await expect(panel(page)).toBeVisible();
    expect(await sandbox.requests("list")).toEqual([]);
  });
}

test("a token is sent to the page's own origin only, ahead of the program", async ({ page, sandbox, configure, guard }) => {
  guard.allow(/could not start|status of 500/);
  await configure({ apiBase: "https://api.example/beta" });
  const elsewhere: string[] = [];
  await page.context().route("https://api.example/**", (route) => {
    elsewhere.push(route.request().url());
    return route.abort();
  });
  await withToken(page, await sandbox.token());
  await page.route(WASM, (route) => route.fulfill({ status: 500, body: "" }));
  await page.goto("./");
  await expect(panel(page)).toBeVisible();
  expect(elsewhere).toEqual([]);
  expect(await sandbox.requests("list")).toEqual([]);
});

/** Notes each element that moves; to be called before the page is opened. */
async function watchShifts(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const shifts: string[] = [];
    (globalThis as unknown as { shifts: string[] }).shifts = shifts;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as unknown as { value: number; sources: { node: Node | null }[] }[]) {
        const nodes = entry.sources.map(({ node }) => (node instanceof Element ? node.outerHTML.slice(0, 80) : node?.textContent));
        shifts.push(`${entry.value} ${nodes.join(" | ")}`);
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
  return async () => {
    // Entries come with the frames they belong to.
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    return await page.evaluate(() => (globalThis as unknown as { shifts: string[] }).shifts);
  };
}

for (const [screen, width, height] of [
  ["a wide screen", 1280, 720],
  ["320 pixels", 320, 640],
] as const) {
  test.describe(`on ${screen}`, () => {
    test.use({ viewport: { width, height } });

    test("nothing moves while the application takes over from what is there before it", async ({ page, sandbox }) => {
      for (let at = 0; at < 30; at += 1) await sandbox.createRun({ name: `Campaign ${at}` });
      await withToken(page, await sandbox.token());
      const shifts = await watchShifts(page);
      await page.goto("./");
      await expect(resultCount(page)).toHaveText("30 runs");
      expect(await shifts()).toEqual([]);
    });

    for (const [what, runs] of [
      ["the list", 30],
      ["an empty list", 0],
    ] as const) {
      test(`nothing that is there moves when ${what} arrives late`, async ({ page, sandbox }) => {
        for (let at = 0; at < runs; at += 1) await sandbox.createRun({ name: `Campaign ${at}` });
        await withToken(page, await sandbox.token());
        const shifts = await watchShifts(page);
        const answer = new Gate();
        await page.route("**/beta/runs/", answer.wait);
        await page.goto("./");
        await expect(page.getByText("Loading runs")).toBeVisible();
        // What is there by now is drawn: it could be seen to move.
        expect(await shifts()).toEqual([]);
        answer.open();
        await expect(resultCount(page)).toHaveText(`${runs} runs`);
        await expect(page.getByRole("main").locator(".as-of")).toContainText("Updated");
        expect(await shifts()).toEqual([]);
      });
    }
  });
}

for (const [what, pattern] of [
  ["program", WASM],
  ["glue", /runboard-[0-9a-f]{16}\.js$/],
  ["style sheet", /runboard-[0-9a-f]{16}\.css$/],
] as const) {
  test(`a missing ${what} leads to one reload, and then to words`, async ({ page, guard, sandbox: _emptied }) => {
    guard.allow(/status of 404|could not start|Failed to (find|fetch)/);
    let loads = 0;
    page.on("request", (request) => (loads += request.isNavigationRequest() ? 1 : 0));
    await page.route(pattern, (route) => route.fulfill({ status: 404, body: "" }));
    await page.goto("./");
    await expect(panel(page)).toBeVisible();
    await expect(panel(page)).toContainText("A file of the console is missing on the server.");
    await expect(page.locator("#placeholder")).toHaveCount(0);
    expect(loads).toBe(2);
  });
}

test("a page of an earlier build whose files are gone finds the present one", async ({ page, guard, sandbox: _emptied }) => {
  guard.allow(/status of 404|Failed to (find|fetch)/);
  let missing = 1;
  await page.route(WASM, (route) => (missing-- > 0 ? route.fulfill({ status: 404, body: "" }) : route.continue()));
  await page.goto("./");
  await expect(page.getByRole("banner").getByRole("link", { name: "New run" })).toBeVisible();
  await expect(panel(page)).toBeHidden();
  expect(await page.evaluate(() => sessionStorage.getItem("runboard.reloaded"))).toBeNull();
});

for (const [what, pattern] of [
  ["program", WASM],
  ["glue", /runboard-[0-9a-f]{16}\.js$/],
  ["style sheet", /runboard-[0-9a-f]{16}\.css$/],
] as const) {
  test(`a ${what} whose bytes are not the built ones is not used`, async ({ page, guard, sandbox }) => {
    guard.allow(/integrity|could not start|Failed to (find|fetch)/);
    await page.route(pattern, changed);
    await page.goto("./");
    await expect(panel(page)).toContainText("is not the one that was built");
    expect(await sandbox.requests()).toEqual([]);
  });
}

test("a browser without WebAssembly is told so", async ({ page, guard, sandbox: _emptied }) => {
  guard.allow(/could not start/);
  await page.addInitScript("delete globalThis.WebAssembly");
  await page.goto("./");
  await expect(panel(page)).toContainText("This browser has no WebAssembly, or it is switched off.");
});

test("a policy that forbids the program is named", async ({ page, guard, sandbox: _emptied }) => {
  guard.allow(/Content Security Policy|could not start|^policy/);
  await page.route(
    (url) => url.pathname.endsWith("/"),
    async (route) => {
      const answer = await route.fetch();
      const policy = answer.headers()["content-security-policy"] ?? "";
      await route.fulfill({ response: answer, headers: { ...answer.headers(), "content-security-policy": policy.replace("'wasm-unsafe-eval'", "") } });
    },
  );
  await page.goto("./");
  await expect(panel(page)).toContainText("The policy that the page is served with has to allow 'wasm-unsafe-eval'.");
});

test("when the script that starts the console is blocked, the page says so by itself", async ({ page, guard, sandbox: _emptied }) => {
  guard.allow(/ERR_BLOCKED|ERR_FAILED/);
  await page.route("**/boot.js", (route) => route.abort("blockedbyclient"));
  await page.goto("./");
  const late = page.locator(".late");
  await expect(late).toBeHidden();
  // Fifteen seconds of the style sheet's own time.
  await page.evaluate(() => {
    for (const animation of document.getAnimations()) animation.finish();
  });
  await expect(late).toBeVisible();
  await expect(late).toContainText("a file of it may be blocked");
  await expect(late.getByRole("link", { name: "Reload" })).toBeVisible();
});

test("a tab that outlives a deployment says so and goes on", async ({ page, sandbox, frozen, signedIn, server }) => {
  await sandbox.createRun({ name: "Spring campaign" });
  await tokensForADay(sandbox);
  await signedIn();
  await frozen.advance(700);
  await expect(page.getByText("A new version is available.")).toHaveCount(0);
  await page.route("**/version.json", (route) =>
    route.fulfill({ json: { version: "9.9.9", commit: null, build: "0000000000000000" } }),
  );
  await frozen.advance(700);
  await expect(page.getByText("A new version is available.")).toBeVisible();
  await row(page, "Spring campaign").getByRole("link").first().click();
  await expect(heading(page)).toHaveText("Spring campaign");
  const address = page.url();
  await page.getByRole("button", { name: "Reload" }).click();
  await expect(page.getByText("A new version is available.")).toHaveCount(0);
  await expect(heading(page)).toHaveText("Spring campaign");
  expect(page.url()).toBe(address);
  expect(address.startsWith(server)).toBe(true);
});

test("Diagnostics names the build and what is hosted, and finds nothing wrong with the headers", async ({ page, signedIn, server }) => {
  await signedIn("./?diagnostics");
  const version = (await (await fetch(new URL("version.json", server))).json()) as { build: string; commit: string };
  await expect(page.getByText(`build ${version.build}, commit ${version.commit}, the same as this page`)).toBeVisible();
  await expect(page.getByText("The page is served with all the headers that it needs")).toBeVisible();
});

test("Diagnostics says in words what of the headers is missing or too wide", async ({ page, signedIn }) => {
  await page.route(
    (url) => url.pathname.endsWith("/"),
    async (route) => {
      const answer = await route.fetch();
      const { "referrer-policy": _dropped, ...headers } = answer.headers();
      const policy = (headers["content-security-policy"] ?? "").replace("frame-ancestors 'none'", "frame-ancestors *");
      await route.fulfill({ response: answer, headers: { ...headers, "content-security-policy": policy } });
    },
  );
  await signedIn("./?diagnostics");
  const said = page.getByRole("main").getByRole("listitem");
  await expect(said).toHaveCount(2);
  await expect(said.nth(0)).toHaveText("frame-ancestors is too wide: it allows *, which the console does not need.");
  await expect(said.nth(1)).toContainText("Referrer-Policy is missing");
});

test("what was asked for ahead of the program is taken once", async ({ page, sandbox }) => {
  await sandbox.createRun({ name: "Spring campaign" });
  await withToken(page, await sandbox.token());
  await page.goto("./");
  await expect(row(page, "Spring campaign")).toBeVisible();
  const token = await page.evaluate(() => sessionStorage.getItem("runboard.token"));
  const left = await page.evaluate((kept) => {
    const take = (globalThis as unknown as { runboardEarly(address: string, token: string): unknown }).runboardEarly;
    return [take("config.json", ""), take(new URL("/beta/runs/", location.href).href, kept ?? "")].filter(Boolean).length;
  }, token);
  expect(left).toBe(0);
  expect(await sandbox.requests("list")).toHaveLength(1);
});

// The console in a portal: the shipped example of one, and pages that try what they may not.

import { type FrameLocator, type Page, expect } from "@playwright/test";
import { test, tokensOf } from "../embedded.ts";
import { startSandbox } from "../fixtures.ts";
import { openSettings, stopBehind } from "./parts.ts";

/** The console in the shipped example. */
const board = (page: Page): FrameLocator => page.frameLocator("run-board iframe");
const runs = (frame: FrameLocator) => frame.getByRole("heading", { level: 1 });

test.describe("in the shipped portal", () => {
  test("it is signed in by the portal, with nothing to paste, and leaves out what the portal has", async ({ page, portal, sandbox }) => {
    await sandbox.createRun({ name: "Spring campaign" });
    await page.goto(portal.origin);
    const frame = board(page);
    await expect(frame.getByRole("link", { name: "Spring campaign" })).toBeVisible();
    await expect(page.locator("#said")).toHaveText("The console is ready.");
    const menu = await openSettings(frame);
    await expect(menu.getByRole("link", { name: "Diagnostics" })).toBeVisible();
    await expect(menu.getByRole("button", { name: "Sign out" })).toHaveCount(0);
    await expect(frame.getByRole("banner").getByText("Runboard")).toHaveCount(0);
    await expect(frame.getByRole("textbox", { name: "Access token" })).toHaveCount(0);
  });

  test("zone and colours follow the portal while it changes them, and are the person's when it says nothing", async ({ page, portal, sandbox }) => {
    await sandbox.createRun({ name: "Spring campaign", startAt: "2099-03-10T08:00:00Z", endAt: "2099-03-10T18:00:00Z" });
    await page.goto(portal.origin);
    const frame = board(page);
    const html = frame.locator("html");
    const menu = await openSettings(frame);
    await expect(menu.getByRole("combobox", { name: "Time zone" })).toBeVisible();
    await page.getByLabel("Time zone").selectOption("Europe/Berlin");
    await page.getByLabel("Colours").selectOption("dark");
    await expect(frame.getByText("10 Mar 2099 09:00").first()).toBeVisible();
    await expect(html).toHaveAttribute("data-theme", "dark");
    await openSettings(frame);
    await expect(menu.getByRole("combobox", { name: "Updates" })).toBeVisible();
    await expect(menu.getByRole("combobox", { name: "Time zone" })).toHaveCount(0);
    await expect(menu.getByRole("combobox", { name: "Theme" })).toHaveCount(0);
    await page.getByLabel("Colours").selectOption("light");
    await expect(html).toHaveAttribute("data-theme", "light");
    await page.getByLabel("Time zone").selectOption("");
    await page.getByLabel("Colours").selectOption("");
    await openSettings(frame);
    await expect(menu.getByRole("combobox", { name: "Theme" })).toBeVisible();
    await expect(menu.getByRole("combobox", { name: "Time zone" })).toBeVisible();
  });

  test("the portal's title counts the notifications that were not seen", async ({ page, portal, sandbox }) => {
    const run = await sandbox.createRun({ name: "Spring campaign" });
    await page.goto(portal.origin);
    const own = await page.title();
    const frame = board(page);
    await frame.getByRole("link", { name: "Spring campaign" }).click();
    await frame.getByRole("button", { name: "Notify me" }).click();
    await frame.getByRole("checkbox", { name: "This run" }).check();
    await frame.getByRole("link", { name: "All runs" }).click();
    await expect(runs(frame)).toHaveText("Runs");
    await stopBehind(sandbox, run.id);
    await frame.getByRole("button", { name: "Refresh" }).click();
    await expect(page).toHaveTitle(`(1) ${own}`);
    await frame.getByRole("button", { name: "Dismiss" }).click();
    await expect(page).toHaveTitle(own);
  });

  test("its address is in the portal's, so that a link to a run leads through the portal", async ({ page, portal, sandbox }) => {
    const run = await sandbox.createRun({ name: "Spring campaign" });
    await page.goto(portal.origin);
    await board(page).getByRole("link", { name: "Spring campaign" }).click();
    await expect(runs(board(page))).toHaveText("Spring campaign");
    await expect.poll(() => new URL(page.url()).searchParams.get("runs")).toBe(`./?run=${run.id}`);
    await page.reload();
    await expect(runs(board(page))).toHaveText("Spring campaign");
    await page.getByRole("button", { name: "Schedule a run" }).click();
    await expect(runs(board(page))).toHaveText("New run");
    await expect.poll(() => new URL(page.url()).searchParams.get("runs")).toBe("./?new");
  });

  test("it tells the portal of runs that are scheduled and stopped, and reads again when asked to", async ({ page, portal, sandbox }) => {
    await page.goto(`${portal.origin}/?runs=${encodeURIComponent("./?new&job=12345678&name=Spring campaign")}`);
    const frame = board(page);
    await frame.getByRole("textbox", { name: "Start" }).fill("2099-03-10 10:00");
    await frame.getByRole("textbox", { name: "End" }).fill("2099-03-10 12:00");
    await frame.getByRole("button", { name: "Schedule run" }).click();
    await expect(runs(frame)).toHaveText("Spring campaign");
    await expect(page.locator("#said")).toHaveText(/^Run .+ was scheduled\.$/);
    await frame.getByRole("main").getByRole("button", { name: "Stop run" }).click();
    await frame.getByRole("dialog").getByRole("button", { name: "Stop run" }).click();
    await expect(page.locator("#said")).toHaveText(/^Run .+ was stopped\.$/);
    await page.getByRole("button", { name: "All runs" }).click();
    await expect(frame.getByRole("link", { name: "Spring campaign" })).toBeVisible();
    await sandbox.createRun({ name: "Autumn survey" });
    await page.getByRole("button", { name: "Refresh" }).click();
    await expect(frame.getByRole("link", { name: "Autumn survey" })).toBeVisible();
  });

  test("a token that the API refuses is replaced by the portal's next one, and the page stays", async ({ page, portal, sandbox, guard }) => {
    guard.allow(/status of 401/);
    await sandbox.createRun({ name: "Spring campaign" });
    await page.goto(portal.origin);
    await expect(board(page).getByRole("link", { name: "Spring campaign" })).toBeVisible();
    const before = new Set(tokensOf(await sandbox.requests("list")));
    await sandbox.faults({ operation: "list", count: 1, fault: { kind: "status", status: 401 } });
    await page.getByRole("button", { name: "Refresh" }).click();
    await expect.poll(async () => tokensOf(await sandbox.requests("list")).filter((token) => !before.has(token)).length).toBeGreaterThan(0);
    await expect(board(page).getByRole("link", { name: "Spring campaign" })).toBeVisible();
    await expect(board(page).getByText("Sign in to continue")).toHaveCount(0);
  });

  test("what the portal says when it has no token is what a person reads, and “Try again” asks once more", async ({ page, portal, sandbox, guard }) => {
    guard.allow(/status of 401/);
    await sandbox.createRun({ name: "Spring campaign" });
    portal.gives(async () => 401);
    await page.goto(portal.origin);
    const said = board(page).getByText("The portal could not give a token.");
    await expect(said).toContainText("It says: You are signed out of the portal. Sign in there again.");
    portal.gives(async () => await sandbox.token());
    await board(page).getByRole("button", { name: "Try again" }).click();
    await expect(board(page).getByRole("link", { name: "Spring campaign" })).toBeVisible();
  });

  test("what fails inside is reported to the portal", async ({ page, portal, sandbox, guard }) => {
    guard.allow(/status of 500/);
    await sandbox.faults({ operation: "list", fault: { kind: "status", status: 500 } });
    await page.goto(portal.origin);
    await expect(page.locator("#said")).toHaveText("The console reports (api): The API failed (error 500).");
  });

  test("its frame is as high as what it shows, up to the portal's cap", async ({ page, portal, sandbox }) => {
    for (let at = 0; at < 30; at += 1) await sandbox.createRun({ name: `Campaign ${at}` });
    await page.goto(portal.origin);
    await expect(board(page).getByRole("link", { name: "Campaign 29" })).toBeVisible();
    const height = () => page.locator("run-board iframe").evaluate((frame) => frame.getBoundingClientRect().height);
    const cap = (pixels: number) => page.locator("run-board").evaluate((element, cap) => element.setAttribute("max-height", String(cap)), pixels);
    await cap(500);
    await expect.poll(height).toBe(500);
    await cap(5000);
    await expect.poll(height).toBeGreaterThan(900);
    expect(await height()).toBeLessThan(5000);
    await board(page).getByRole("searchbox", { name: "Search runs" }).fill("Campaign 29");
    await expect.poll(height).toBeLessThan(900);
  });

  test("its frame is 480 pixels high where the host page gives no height, and a style sheet can change that", async ({ page, portal, server }) => {
    await page.goto(`${portal.origin}/empty`);
    await page.addScriptTag({ url: new URL("embed.js", server).href });
    const add = async (changes: Record<string, string>) =>
      await page.evaluate(
        ([src, changes]) => {
          const element = document.createElement("run-board");
          for (const [name, value] of Object.entries(changes)) element.setAttribute(name, value);
          element.setAttribute("src", src);
          const frame = element.shadowRoot?.querySelector("iframe");
          document.body.replaceChildren(element);
          // Before anything has arrived in the frame.
          return frame?.getBoundingClientRect().height;
        },
        [server, changes] as const,
      );
    expect(await add({})).toBe(480);
    await expect(board(page).getByText("No runs yet").or(board(page).getByText("no fetchToken"))).toBeVisible();
    const height = () => page.locator("run-board iframe").evaluate((frame) => frame.getBoundingClientRect().height);
    expect(await height()).toBe(480);
    expect(await add({ "max-height": "900" })).toBe(480);
    expect(await add({ "max-height": "300" })).toBe(300);
    await page.addStyleTag({ content: "run-board { min-height: 200px }" });
    expect(await add({})).toBe(200);
    await page.addStyleTag({ content: "run-board { height: 700px }" });
    expect(await add({})).toBe(700);
  });

  test("the element refuses addresses that are not the console's", async ({ page, portal }) => {
    await page.goto(portal.origin);
    await expect(page.locator("#said")).toHaveText("The console is ready.");
    for (const address of ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/other", "?new#x"]) {
      const thrown = await page.locator("run-board").evaluate((element, address) => {
        try {
          (element as unknown as { navigate(address: string): void }).navigate(address);
          return "";
        } catch (error) {
          return (error as Error).name;
        }
      }, address);
      expect(thrown, address).toBe("TypeError");
    }
  });

  test("a greeting of another frame or origin gets no channel", async ({ page, portal, stranger }) => {
    await page.goto(portal.origin);
    await expect(page.locator("#said")).toHaveText("The console is ready.");
    await page.evaluate((src) => {
      const frame = document.createElement("iframe");
      frame.id = "stranger";
      frame.src = src;
      document.body.append(frame);
    }, `${stranger.origin}/empty`);
    const other = page.frames().find((frame) => frame.url().startsWith(stranger.origin));
    await expect.poll(() => page.frames().some((frame) => frame.url().startsWith(stranger.origin))).toBe(true);
    const answered = await (other ?? page.frames().find((frame) => frame.url().startsWith(stranger.origin)))?.evaluate(
      () =>
        new Promise((resolve) => {
          addEventListener("message", (event) => resolve(event.data === "end" ? event.ports.length : "an offer"));
          window.parent.postMessage('{"runboard":"hello","version":1,"nonce":"stolen"}', "*");
          // Messages of one window to another arrive in order: what comes back after this comes after an answer to the first.
          window.postMessage("end", "*");
        }),
    );
    expect(answered).toBe(0);
    await expect(page.locator("#said")).toHaveText("The console is ready.");
  });
});

test.describe("a frame that never answers", () => {
  test("is reported with the two settings that are usually wrong", async ({ page, portal, frozen, guard }) => {
    guard.allow(/frame-ancestors/);
    const { child, url } = await startSandbox();
    await page.goto(portal.origin);
    await expect(page.locator("#said")).toHaveText("The console is ready.");
    await page.locator("run-board").evaluate((element, src) => element.setAttribute("src", src), url);
    await frozen.advance(31);
    const said = page.locator("#said");
    await expect(said).toContainText(`The console reports (embed): The console at ${url}`);
    await expect(said).toContainText(`embed.allowedOrigins in its config.json must contain "${portal.origin}"`);
    await expect(said).toContainText("frame-ancestors in the Content-Security-Policy");
    child.kill();
  });

  test("because the console does not know the host page is reported with the origin to add", async ({ page, stranger, frozen, guard }) => {
    guard.allow(/did not accept this page/);
    await page.addInitScript(() => {
      addEventListener("message", ({ data }) => {
        if (String(data).includes('"hello"')) Object.assign(globalThis, { isGreeted: true });
      });
    });
    await page.goto(stranger.origin);
    await expect(board(page).getByText("Signing in")).toBeAttached();
    // Else it would be reported not to answer at all.
    await expect.poll(() => page.evaluate(() => "isGreeted" in globalThis)).toBe(true);
    await frozen.advance(11);
    const setting = `embed.allowedOrigins in its config.json must contain "${stranger.origin}"`;
    await expect(page.locator("#said")).toContainText(`did not accept this page: ${setting}.`);
  });

  test("is not reported once the console has started", async ({ page, portal, frozen }) => {
    await page.goto(portal.origin);
    await expect(page.locator("#said")).toHaveText("The console is ready.");
    const errors = await page.locator("run-board").evaluateHandle((element) => {
      const heard: unknown[] = [];
      element.addEventListener("error", (event) => heard.push((event as CustomEvent).detail));
      return heard;
    });
    // It has its token: a clock that leaps meanwhile would make the host page look too slow for it.
    await expect(runs(board(page))).toHaveText("Runs");
    await frozen.advance(31);
    await page.getByRole("button", { name: "Schedule a run" }).click();
    await expect(runs(board(page))).toHaveText("New run");
    expect(await errors.jsonValue()).toEqual([]);
  });
});

test.describe("a page that tries what it may not", () => {
  test.use({ allowedErrors: [/status of 401/] });

  test("of an origin that is not configured gets nothing, and the person reads which origin that is", async ({ page, stranger, around, sandbox, frozen }) => {
    const console = await around(page, stranger);
    await console.offer({});
    await frozen.advance(11);
    await expect(console.frame.getByText("embed.allowedOrigins")).toContainText(`is at ${stranger.origin}.`);
    expect(await console.answers()).toEqual([]);
    expect(await sandbox.requests("list")).toEqual([]);
  });

  for (const [what, changes] of [
    ["an old number", { nonce: "0".repeat(32) }],
    ["no number", { nonce: null }],
    ["another version", { version: 2 }],
    ["no port", { ports: 0 }],
    ["two ports", { ports: 2 }],
    ["more text than there can be", { more: "x".repeat(70_000) }],
    ["another word", { runboard: "hello" }],
  ] as const) {
    test(`an offer with ${what} is not taken, and the right one is`, async ({ page, portal, around, sandbox }) => {
      await sandbox.createRun({ name: "Spring campaign" });
      const console = await around(page, portal);
      await console.offer(changes);
      await console.offer({});
      await expect.poll(() => console.asked()).toBe(1);
      // Of the first offer's ports none was ever spoken to.
      expect((await console.answers()).every(({ offer }) => offer === 1)).toBe(true);
      await console.give(await sandbox.token());
      await expect(console.frame.getByRole("link", { name: "Spring campaign" })).toBeVisible();
    });
  }

  test("a second channel is refused: the first one stays the only one", async ({ page, portal, around, sandbox }) => {
    await sandbox.createRun({ name: "Spring campaign" });
    const console = await around(page, portal);
    await console.offer({});
    await expect.poll(() => console.asked()).toBe(1);
    await console.offer({});
    await console.say(1, { type: "token", id: 1, token: await sandbox.token({ application_id: "intruder" }) });
    await console.give(await sandbox.token());
    await expect(console.frame.getByRole("link", { name: "Spring campaign" })).toBeVisible();
    expect((await console.answers()).every(({ offer }) => offer === 0)).toBe(true);
    await expect(console.frame.getByText("You are now signed in as another")).toHaveCount(0);
  });

  test("a sibling frame is not listened to, whatever its origin", async ({ page, portal, around, sandbox }) => {
    const console = await around(page, portal);
    await console.sibling();
    await console.offer({});
    await expect.poll(() => console.asked()).toBe(1);
    expect((await console.answers()).every(({ offer }) => offer === 0)).toBe(true);
    expect(await sandbox.requests("list")).toEqual([]);
  });

  test("an answer to another question, a replayed one, and a token nobody asked for change nothing", async ({ page, portal, around, sandbox }) => {
    await sandbox.createRun({ name: "Spring campaign" });
    const console = await around(page, portal);
    await console.offer({});
    await expect.poll(() => console.asked()).toBe(1);
    await console.say(0, { type: "token", id: 99, token: await sandbox.token({ application_id: "intruder" }) });
    const token = await sandbox.token();
    await console.give(token);
    await expect(console.frame.getByRole("link", { name: "Spring campaign" })).toBeVisible();
    await console.say(0, { type: "token", id: 1, token: await sandbox.token({ application_id: "intruder" }) });
    await console.say(0, { type: "refresh" });
    await expect.poll(async () => (await sandbox.requests("list")).length).toBeGreaterThan(1);
    expect(new Set(tokensOf(await sandbox.requests("list")))).toEqual(new Set([token]));
  });

  test("what leads out of the console, or is none of its messages, is refused and reported", async ({ page, portal, around, sandbox }) => {
    const console = await around(page, portal);
    await console.offer({});
    await expect.poll(() => console.asked()).toBe(1);
    await console.give(await sandbox.token());
    await expect(console.frame.getByText("No runs yet")).toBeVisible();
    const before = page.frames().map((frame) => frame.url());
    for (const message of [
      { type: "navigate", address: "https://evil.example/" },
      { type: "navigate", address: "javascript:alert(1)" },
      { type: "navigate", address: "//evil.example/?new" },
      { type: "eval", code: "1" },
      { type: "appearance", theme: "<b>" },
      { type: "token", id: 5 },
      "text",
      null,
      { type: "refresh", more: "x".repeat(70_000) },
    ]) {
      await console.say(0, message);
    }
    await expect.poll(async () => (await console.answers()).filter(({ text }) => text.includes('"error"')).length).toBe(9);
    expect(page.frames().map((frame) => frame.url())).toEqual(before);
    await console.say(0, { type: "navigate", address: "?diagnostics" });
    await expect(runs(console.frame)).toHaveText("Diagnostics");
  });

  test("a flood through the channel closes it, and the console goes on without", async ({ page, portal, around, sandbox }) => {
    const console = await around(page, portal);
    await console.offer({});
    await expect.poll(() => console.asked()).toBe(1);
    await console.give(await sandbox.token());
    await expect(console.frame.getByText("No runs yet")).toBeVisible();
    await console.flood(300);
    await expect.poll(async () => (await console.answers()).at(-1)?.text).toContain("flood");
    await console.say(0, { type: "navigate", address: "?diagnostics" });
    await console.frame.getByRole("link", { name: "New run" }).first().click();
    await expect(runs(console.frame)).toHaveText("New run");
  });

  test("a portal that never answers is given up after ten seconds, in words, and can be asked again", async ({ page, portal, around, sandbox, frozen }) => {
    await sandbox.createRun({ name: "Spring campaign" });
    const console = await around(page, portal);
    await expect(console.frame.getByText("Signing in")).toBeAttached();
    await frozen.advance(11);
    await expect(console.frame.getByText("did not answer")).toContainText("Reload that page.");
    await console.frame.getByRole("button", { name: "Try again" }).click();
    await console.offer({});
    await expect.poll(() => console.asked()).toBe(1);
    await console.give(await sandbox.token());
    await expect(console.frame.getByRole("link", { name: "Spring campaign" })).toBeVisible();
  });

  test("what is no token is told as the portal's fault, and is sent nowhere", async ({ page, portal, around, sandbox }) => {
    const console = await around(page, portal);
    await console.offer({});
    await expect.poll(() => console.asked()).toBe(1);
    await console.give("<b>not a token</b>");
    await expect(console.frame.getByText("The portal’s answer holds no usable token.")).toBeVisible();
    expect(await sandbox.requests("list")).toEqual([]);
  });
});

test("a frame without an origin of its own is told what it lacks", async ({ page, portal, guard }) => {
  guard.allow(/CORS|ERR_FAILED|origin 'null'|sandboxed/);
  // From a server that lets it be framed itself: a browser takes what a test answers in its place for another network's.
  const { child, url } = await startSandbox("--frame-ancestors", portal.origin);
  await page.goto(`${portal.origin}/empty`);
  await page.evaluate((src) => {
    const frame = document.createElement("iframe");
    frame.setAttribute("sandbox", "allow-scripts");
    frame.src = src;
    document.body.append(frame);
  }, url);
  await expect(page.frameLocator("iframe").getByText("allow-same-origin").first()).toBeVisible();
  child.kill();
});

test("opened by itself, a console that a portal signs in says where to open it", async ({ page, portal: _running }) => {
  await page.goto("./");
  await expect(page.getByText("This console gets its token from the page it is embedded in. Open it there.")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Access token" })).toHaveCount(0);
});

test("opened by itself, it leads to the configured page of the portal", async ({ page, portal, configure, sandbox }) => {
  await sandbox.createRun({ name: "Spring campaign" });
  await configure({ auth: { source: "host" }, embed: { allowedOrigins: [portal.origin] }, links: { portal: `${portal.origin}/` } });
  await page.goto("./");
  await page.getByRole("link", { name: "Open the portal" }).click();
  await expect(board(page).getByRole("link", { name: "Spring campaign" })).toBeVisible();
  await expect(board(page).getByRole("link", { name: "Open the portal" })).toHaveCount(0);
});

test("a plain frame without the script takes pasted tokens, where the host lets it be framed", async ({ page, portal, server, sandbox, configure }) => {
  await configure({ auth: { source: "paste" }, embed: { allowedOrigins: [] } });
  await sandbox.createRun({ name: "Spring campaign" });
  await page.goto(`${portal.origin}/empty`);
  await page.evaluate((src) => {
    const frame = document.createElement("iframe");
    [frame.width, frame.height, frame.src] = ["1000", "800", src];
    document.body.append(frame);
  }, server);
  const frame = page.frameLocator("iframe");
  await frame.getByRole("textbox", { name: "Access token" }).fill(await sandbox.token());
  await frame.getByRole("button", { name: "Sign in" }).click();
  await expect(frame.getByRole("link", { name: "Spring campaign" })).toBeVisible();
});

test("where the browser refuses storage to the frame, it works from memory and says what is lost", async ({ page, portal, sandbox }) => {
  await page.addInitScript(() => {
    if (window.parent === window) return;
    for (const name of ["sessionStorage", "localStorage"]) {
      Object.defineProperty(window, name, { get: () => { throw new DOMException("denied", "SecurityError"); } });
    }
  });
  await sandbox.createRun({ name: "Spring campaign" });
  await page.goto(portal.origin);
  await expect(board(page).getByRole("link", { name: "Spring campaign" })).toBeVisible();
  await expect(board(page).getByText("after a reload you sign in again")).toBeVisible();
});

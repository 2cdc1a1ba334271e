// The way of an operator, and that of a portal, in Firefox ESR: what the journeys prove in Chromium in full.

import { expect, test as base } from "@playwright/test";
import { Sandbox, startSandbox } from "../fixtures.ts";
import { startPortal } from "../portal.ts";
import { hostFor } from "./host.ts";
import { Firefox } from "./webdriver.ts";

interface Shared {
  firefox: Firefox;
  sandbox: Sandbox;
}

const test = base.extend<object, Shared>({
  sandbox: [
    async ({}, use) => {
      const { child, url } = await startSandbox();
      await use(new Sandbox(url));
      child.kill();
    },
    { scope: "worker" },
  ],
  firefox: [
    async ({}, use) => {
      const firefox = await Firefox.start();
      await use(firefox);
      await firefox.stop();
    },
    { scope: "worker" },
  ],
});

const hour = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();

/** How many runs the list has, and the state of a run on its page. */
const [COUNT, STATE] = ["main .result-count", "main .run-title .badge"];

test.beforeEach(async ({ sandbox }) => {
  await sandbox.reset();
  // It has been open for long enough to have counts.
  await sandbox.clock({ set: hour(-4), freeze: true });
  await sandbox.createRun({ name: "Autumn survey", startAt: hour(-3), endAt: hour(3) });
  await sandbox.clock({ reset: true });
});

test("signed in, a run is scheduled, stopped, and a summary read", async ({ firefox, sandbox }) => {
  // One that has ended, so its counts no longer change. Half-way through a run with few recipients, perhaps nobody has responded.
  await sandbox.clock({ set: hour(-4), freeze: true });
  const over = await sandbox.createRun({ name: "Winter recall", startAt: hour(-3), endAt: hour(-1) });
  await sandbox.clock({ reset: true });
  await firefox.goto(sandbox.url);
  await expect.poll(() => firefox.text(COUNT)).toBe("2 runs");
  await expect.poll(() => firefox.offers("link", "Autumn survey", "main table")).toBe(true);

  await firefox.click("link", "New run");
  await expect.poll(() => firefox.text("h1")).toBe("New run");
  await firefox.fill("combobox", "Job ID", "12345678");
  await firefox.fill("textbox", "Run name", "Spring campaign");
  await firefox.fill("textbox", "Start", "now");
  await firefox.fill("textbox", "End", "+2h");
  await firefox.click("button", "Schedule run");
  await expect.poll(() => firefox.text("h1")).toBe("Spring campaign");
  const [create, ...more] = await sandbox.requests("create").then((all) => all.slice(2));
  expect(more).toEqual([]);
  expect(JSON.parse(create?.body ?? "")).toMatchObject({ jobId: "12345678", name: "Spring campaign" });

  await firefox.click("button", "Stop run", "main #run-actions");
  await expect.poll(() => firefox.text("dialog[open]")).toContain("Checked just now.");
  await firefox.click("button", "Stop run", "dialog[open]");
  await expect.poll(() => firefox.text(STATE)).toBe("Stopped");
  await expect.poll(() => firefox.text()).toMatch(/Stopped\. Requested \w+ \d+ \w+ \d{4} \d\d:\d\d(:\d\d)? UTC/);
  expect(await sandbox.requests("stop")).toHaveLength(1);

  await firefox.click("link", "Runs");
  await expect.poll(() => firefox.text(COUNT)).toBe("3 runs");
  await firefox.click("link", "Winter recall", "main table");
  await expect.poll(() => firefox.text("h1")).toBe("Winter recall");
  const { recipient_response: responses, action_delivery_status: deliveries } = (await sandbox.summary(over))._embedded;
  const [reached, responded] = [deliveries, responses].map((block) => block?.recipients_count.toLocaleString("en-US"));
  const counts = new RegExp(`Deliveries[^]*Recipients\\s+${reached}\\s[^]*Responses[^]*Recipients\\s+${responded}\\s`);
  await expect.poll(() => firefox.text()).toMatch(counts);
});

test("the start asks for the list ahead of the program, once, and the page's headers are all it needs", async ({ firefox, sandbox }) => {
  await firefox.goto(sandbox.url);
  await expect.poll(() => firefox.text(COUNT)).toBe("1 run");
  const before = (await sandbox.requests("list")).length;
  await firefox.reload();
  await expect.poll(() => firefox.text(COUNT)).toBe("1 run");
  const asked = (await sandbox.requests("list")).slice(before);
  expect(asked).toHaveLength(1);
  expect(asked[0]?.headers["authorization"]).toMatch(/^Bearer /);
  await firefox.goto(new URL("./?diagnostics", sandbox.url).href);
  await expect.poll(() => firefox.text()).toContain("The page is served with all the headers that it needs");
  await expect.poll(() => firefox.text()).toContain("the same as this page");
});

test("a portal embeds it: one channel, its token, and its words about what happened", async ({ firefox, sandbox }) => {
  const host = await hostFor(sandbox.url);
  const portal = await startPortal(host.url);
  try {
    host.embeddedBy(portal.origin);
    portal.gives(async () => await sandbox.token());
    await firefox.goto(portal.origin);
    await expect.poll(() => firefox.text("#said")).toBe("The console is ready.");
    // The frame is within the element's own tree.
    const frame = await firefox.evaluate<object>("document.querySelector('run-board').shadowRoot?.querySelector('iframe') ?? document.querySelector('run-board iframe')");
    await firefox.enter(frame);
    await expect.poll(() => firefox.text(COUNT)).toBe("1 run");
    await firefox.click("button", "Settings");
    await expect.poll(() => firefox.offers("link", "Diagnostics")).toBe(true);
    expect(await firefox.text("#settings-menu")).not.toContain("Sign out");
    await firefox.click("button", "Settings");
    await expect.poll(() => firefox.offers("link", "Diagnostics")).toBe(false);
    await firefox.click("link", "Autumn survey", "main table");
    await firefox.click("button", "Stop run", "main #run-actions");
    await expect.poll(() => firefox.text("dialog[open]")).toContain("Checked just now.");
    await firefox.click("button", "Stop run", "dialog[open]");
    await expect.poll(() => firefox.text(STATE)).toBe("Stopped");
    await firefox.enter();
    await expect.poll(() => firefox.text("#said")).toMatch(/^Run .+ was stopped\.$/);
    expect(await firefox.url()).toContain("runs=");
  } finally {
    portal.stop();
    host.stop();
  }
});

// A long list that one tab has read reaches another one without being read again: from the tab that reads, or from one that the
// person has just looked away from.

import type { BrowserContext, Locator, Page } from "@playwright/test";
import { type Sandbox, expect, test } from "../fixtures.ts";
import { opensAnew, portalKnows } from "../bugs/signed_in.ts";
import { Gate, heading, links, readers, reads, resultCount, show, stopBehind, updated } from "./parts.ts";

/** The id of the run that a link leads to. */
const idOf = (link: Locator): Promise<string> =>
  link.evaluate((link: HTMLAnchorElement) => new URL(link.href).searchParams.get("run") ?? "");

test("a long list reaches a new tab without a request", async ({ context, sandbox }) => {
  await sandbox.reset({ seed_runs: 2_500 });
  await portalKnows(sandbox, "ann");
  const count = (page: Page): Locator => page.getByText(/^2,500 runs$/);
  const reader = await opensAnew(context);
  await expect(count(reader)).toBeVisible();
  await expect(updated(reader)).toBeVisible();
  const asked = await reads(sandbox);
  const other = await opensAnew(context);
  await expect(count(other)).toBeVisible();
  await expect(updated(other)).toBeVisible();
  // The page for new runs may have been due meanwhile.
  expect(await reads(sandbox)).toBeLessThanOrEqual(asked + 2);
});

/** As many runs as are read in parts at each interval. */
const MANY = 6_000;
const all = (page: Page, count = MANY): Locator => page.getByText(new RegExp(`^${count.toLocaleString("en-GB")} runs$`));

/** Opens a tab with very many runs, and looks away from it once it knows all of them. `name`: of one more, the newest. */
async function opensManyAndLooksAway(context: BrowserContext, sandbox: Sandbox, name?: string): Promise<Page> {
  await sandbox.reset({ seed_runs: MANY, clock: await sandbox.clockAsItIs() });
  if (name !== undefined) await sandbox.createRun({ name });
  await portalKnows(sandbox, "ann");
  const page = await opensAnew(context);
  await expect(all(page, MANY + (name === undefined ? 0 : 1))).toBeVisible();
  await expect(updated(page)).toBeVisible();
  await show(page, "hidden");
  await expect.poll(() => readers(page)).toEqual([]);
  return page;
}

test("a tab opened in place of one with a long list is given it, and shows what is newer itself", async ({ context, sandbox }) => {
  await opensManyAndLooksAway(context, sandbox);
  const asked = await reads(sandbox);
  // Meanwhile one run was given another name, without a word on when, and one was added, where the list begins. All other pages never
  // come, so what is shown of them is from the other tab.
  let more = 0;
  await context.route(/\/runs\/\?.*page=/, () => void (more += 1));
  await context.route(/\/runs\/$/, async (route) => {
    const answer = await route.fetch();
    const body = (await answer.json()) as { _embedded: { runs: { id: string; name: string }[] } };
    const [renamed] = body._embedded.runs;
    if (renamed) Object.assign(renamed, { name: "Winter campaign" });
    body._embedded.runs.push({ ...renamed, id: "added", name: "Spring campaign" });
    await route.fulfill({ response: answer, json: body });
  });
  const other = await opensAnew(context);
  await expect(all(other, MANY + 1)).toBeVisible();
  await expect(updated(other)).toBeVisible();
  await expect(other.getByRole("button", { name: "Stop loading" })).toHaveCount(0);
  for (const name of ["Winter campaign", "Spring campaign"]) {
    await other.getByRole("searchbox", { name: "Search runs" }).fill(name);
    await expect(links(other)).toHaveText([name]);
  }
  expect(await reads(sandbox)).toBe(asked + 1);
  // Those that were under way when the runs were offered, and those for new runs.
  expect(more).toBeLessThan(7);
});

/** From now on, what the tabs that are opened would send of all runs is held until it is asked for. */
async function holdRuns(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const held: { channel: string; message: unknown }[] = [];
    const post = BroadcastChannel.prototype.postMessage;
    BroadcastChannel.prototype.postMessage = function (message) {
      if (!this.name.startsWith("runboard.runs/")) return post.call(this, message);
      held.push({ channel: this.name, message });
    };
    const send = (): void => {
      for (const { channel, message } of held.splice(0)) {
        const sender = new BroadcastChannel(channel);
        post.call(sender, message);
        sender.close();
      }
    };
    Object.assign(globalThis, { held, send });
  });
}

interface Holding {
  held: { channel: string; message: unknown }[];
  send: () => void;
}
const heldParts = (page: Page): Promise<number> => page.evaluate(() => (globalThis as unknown as Holding).held.length);

/** Has a tab send what it held, and waits until another one has got it. */
async function sendHeldRuns(from: Page, to: Page): Promise<void> {
  const [channel = "", count] = await from.evaluate(() => {
    const { held } = globalThis as unknown as Holding;
    return [held[0]?.channel, held.length] as const;
  });
  const got = to.evaluate(
    ([name, count]) =>
      new Promise<void>((resolve) => {
        let left = count;
        // The console's own channel is older, so it hears each part first.
        const channel = new BroadcastChannel(name);
        channel.onmessage = () => {
          left -= 1;
          if (left === 0) resolve();
        };
        Object.assign(globalThis, { listens: true });
      }),
    [channel, count] as const,
  );
  await expect.poll(() => to.evaluate(() => "listens" in globalThis)).toBe(true);
  await from.evaluate(() => (globalThis as unknown as Holding).send());
  await got;
}

/** A tab that has asked the one before for a long list and is sent none of it; all pages but the first wait for `pages`. */
async function awaitsRuns(context: BrowserContext, sandbox: Sandbox): Promise<{ first: Page; other: Page; pages: Gate }> {
  await holdRuns(context);
  const first = await opensManyAndLooksAway(context, sandbox);
  const pages = new Gate();
  await context.route(/\/runs\/\?.*page=/, pages.wait);
  const other = await opensAnew(context);
  // Seven parts: the first hundred runs, and the others.
  await expect.poll(() => heldParts(first)).toBe(7);
  return { first, other, pages };
}

test("a list that is awaited from another tab can be stopped, and what then comes changes nothing", async ({ context, sandbox, frozen }) => {
  const { first, other, pages } = await awaitsRuns(context, sandbox);
  await other.getByRole("button", { name: "Stop loading" }).click();
  const loadAll = other.getByRole("button", { name: "Load all runs" });
  await expect(loadAll).toBeVisible();
  const shown = await resultCount(other).textContent();
  await sendHeldRuns(first, other);
  await expect(loadAll).toBeVisible();
  await expect(resultCount(other)).toHaveText(shown ?? "");
  pages.open();
  await loadAll.click();
  // The page lets a moment pass before it reads again.
  await frozen.advance(1);
  await expect(all(other)).toBeVisible();
});

test("a tab that was promised a long list reads it itself when nothing comes, and what comes later changes nothing", async ({
  context,
  sandbox,
}) => {
  await holdRuns(context);
  const first = await opensManyAndLooksAway(context, sandbox);
  await sandbox.createRun({ name: "Spring campaign" });
  const pages = new Gate();
  await context.route(/\/runs\/\?.*page=/, pages.wait);
  const other = await opensAnew(context);
  await expect.poll(() => heldParts(first)).toBe(7);
  pages.open();
  await expect(all(other, MANY + 1)).toBeVisible();
  await expect(updated(other)).toBeVisible();
  await sendHeldRuns(first, other);
  await other.getByRole("searchbox", { name: "Search runs" }).fill("Spring campaign");
  await expect(links(other)).toHaveText(["Spring campaign"]);
  await other.getByRole("searchbox", { name: "Search runs" }).fill("");
  await expect(all(other, MANY + 1)).toBeVisible();
});

test("who leaves the list while it is awaited finds it read when they return", async ({ context, sandbox }) => {
  const { first, other, pages } = await awaitsRuns(context, sandbox);
  await links(other).first().click();
  await expect(heading(other)).not.toHaveText("Runs");
  pages.open();
  await sendHeldRuns(first, other);
  await other.getByRole("banner").getByRole("link", { name: "Runs" }).click();
  await expect(all(other)).toBeVisible();
  await expect(updated(other)).toBeVisible();
  await expect(other.getByRole("button", { name: "Stop loading" })).toHaveCount(0);
});

test("a tab that is being told the list goes on when it becomes the one that reads", async ({ context, sandbox }) => {
  await holdRuns(context);
  await sandbox.reset({ seed_runs: MANY });
  await portalKnows(sandbox, "ann");
  const reader = await opensAnew(context);
  await expect(all(reader)).toBeVisible();
  await expect(updated(reader)).toBeVisible();
  await context.route(/\/runs\/\?.*page=/, () => {});
  const other = await opensAnew(context);
  await expect.poll(() => heldParts(reader)).toBe(7);
  const [before] = await readers(reader);
  await show(reader, "hidden");
  await expect.poll(async () => [undefined, before].includes((await readers(reader))[0])).toBe(false);
  await sendHeldRuns(reader, other);
  await expect(all(other)).toBeVisible();
  await expect(updated(other)).toBeVisible();
  await expect(other.getByRole("button", { name: "Stop loading" })).toHaveCount(0);
});

test("what was read more than five minutes ago is no longer given to a new tab", async ({ context, sandbox, frozen }) => {
  await opensManyAndLooksAway(context, sandbox);
  const asked = await reads(sandbox);
  await frozen.advance(301);
  const other = await opensAnew(context);
  await expect(all(other)).toBeVisible();
  await expect(updated(other)).toBeVisible();
  expect((await reads(sandbox)) - asked).toBe(asked);
});

for (const when of ["before", "after"] as const) {
  test(`what changed since the other tab read the list is not said to have changed since it was handed over; the record is loaded ${when} that`, async ({
    context,
    sandbox,
    frozen,
  }) => {
    await holdRuns(context);
    const first = await opensManyAndLooksAway(context, sandbox, "Spring campaign");
    await frozen.advance(60);
    // All pages but the first are known from the other tab alone.
    await context.route(/\/runs\/\?.*page=/, () => {});
    const other = await opensAnew(context, when === "before" ? "./?activity" : "./");
    const open = (name: string): Promise<void> => other.getByRole("banner").getByRole("link", { name }).click();
    const expectRecord = (): Promise<void> => expect(other.getByRole("main").locator(".empty-title")).toHaveText("Nothing recorded yet");
    if (when === "before") await expectRecord();
    await expect.poll(() => heldParts(first)).toBe(7);
    await sendHeldRuns(first, other);
    if (when === "after") {
      await expect(updated(other)).toBeVisible();
      await open("Activity");
      await expectRecord();
    }
    await open("Runs");
    await expect(updated(other)).toBeVisible();
    await other.getByRole("searchbox", { name: "Search runs" }).fill("Spring campaign");
    // A long list is searched as soon as there is time for it.
    await frozen.advance(1);
    await expect(links(other)).toHaveText(["Spring campaign"]);
    await stopBehind(sandbox, await idOf(links(other).first()));
    await frozen.advance(9);
    await links(other).first().click();
    await expect(heading(other)).toHaveText("Spring campaign");
    await open("Activity");
    const stopped = other.locator(".entry", { hasText: "Spring campaign was stopped" });
    await expect(stopped).toContainText("seen at 09:01:10, between 09:00:00 and 09:01:10");
  });
}

test("a read that was given up is not taken for a whole one by a tab that knows all runs", async ({ context, sandbox, frozen }) => {
  await holdRuns(context);
  const first = await opensManyAndLooksAway(context, sandbox);
  await frozen.advance(60);
  await context.route(/\/runs\/\?.*page=/, () => {});
  const other = await opensAnew(context, "./?activity");
  await expect.poll(() => heldParts(first)).toBe(7);
  // Another page of the console begins anew.
  await other.getByRole("banner").getByRole("link", { name: "Runs" }).click();
  // What is told of this run comes after whatever is told of the list.
  const id = await idOf(links(other).first());
  await context.route(`**/runs/${id}`, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...((await answer.json()) as object), name: "Winter campaign" } });
  });
  await links(other).first().click();
  await expect(heading(other)).toHaveText("Winter campaign");
  await first.getByRole("searchbox", { name: "Search runs" }).fill("Winter campaign");
  await frozen.advance(1);
  await expect(links(first)).toHaveText(["Winter campaign"]);
  await expect(updated(first)).toHaveText("09:00:00");
});

// Frames of one host page, and a tab of the same person: one of them reads the list. The host page is on the console's own site; to
// frames on another site a browser gives locks and channels of their own.

import type { FrameLocator, Locator, Page } from "@playwright/test";
import { opensAnew, portalKnows } from "../bugs/signed_in.ts";
import { test } from "../embedded.ts";
import { type Sandbox, expect } from "../fixtures.ts";
import { row } from "./parts.ts";

const reads = async (sandbox: Sandbox): Promise<number> => (await sandbox.requests("list")).length;
/** How many runs are known there. New ones may still wait behind a button. */
const count = (within: Page | FrameLocator): Locator => within.getByRole("main").locator(".result-count");
const board = (page: Page, number: number): FrameLocator => page.frameLocator(`run-board:nth-of-type(${number}) iframe`);

/** Adds so many consoles to the host page. */
const addBoards = (page: Page, src: string, count: number): Promise<void> =>
  page.evaluate(
    ([src, count]) => {
      for (let added = 0; added < count; added += 1) {
        const board = document.createElement("run-board");
        board.setAttribute("src", src);
        document.body.append(board);
      }
    },
    [src, count] as const,
  );

/** Which of all tabs and frames holds the lock of the one that reads. */
const holder = (page: Page): Promise<string | undefined> =>
  page.evaluate(async () => {
    const { held = [] } = await navigator.locks.query();
    return held.find(({ name }) => name?.startsWith("runboard.reader "))?.clientId;
  });

test.beforeEach(async ({ sandbox, stranger, configure, page, server }) => {
  await configure({ embed: { allowedOrigins: [stranger.origin] } });
  await portalKnows(sandbox, "ann");
  await sandbox.createRun({ name: "Autumn survey" });
  await page.goto(`${stranger.origin}/empty`);
  await page.addScriptTag({ url: `${server}embed.js` });
});

test("three frames and a tab ask for the list no more often than one tab", async ({ page, context, sandbox, frozen, server }) => {
  await addBoards(page, server, 3);
  const frames = [1, 2, 3].map((number) => board(page, number));
  for (const frame of frames) await expect(frame.getByRole("link", { name: "Autumn survey" })).toBeVisible();
  expect(await reads(sandbox)).toBe(1);
  const tab = await opensAnew(context, server);
  await expect(row(tab, "Autumn survey")).toBeVisible();
  expect(await reads(sandbox)).toBe(1);
  for (let round = 1; round <= 3; round += 1) {
    await sandbox.createRun({ name: `Round ${round}` });
    await frozen.advance(15);
    for (const place of [...frames, tab]) await expect(count(place)).toHaveText(`${1 + round} runs`);
    expect(await reads(sandbox)).toBe(1 + round);
  }
});

test("when the frame that reads goes, and at last the host page, the next one reads within an interval", async ({ page, context, sandbox, frozen, server }) => {
  // One after the other, so that they get the lock in this order.
  for (const number of [1, 2, 3]) {
    await addBoards(page, server, 1);
    await expect(board(page, number).getByRole("link", { name: "Autumn survey" })).toBeVisible();
  }
  const tab = await opensAnew(context, server);
  await expect(row(tab, "Autumn survey")).toBeVisible();
  expect(await reads(sandbox)).toBe(1);

  const removeFirst = (): Promise<void> => page.locator("run-board").first().evaluate((board) => board.remove());
  const steps = [
    { leave: removeFirst, left: () => [board(page, 1), board(page, 2), tab] },
    { leave: removeFirst, left: () => [board(page, 1), tab] },
    { leave: () => page.close(), left: () => [tab] },
  ];
  for (const [step, { leave, left }] of steps.entries()) {
    const before = await holder(tab);
    await leave();
    await expect.poll(async () => [undefined, before].includes(await holder(tab))).toBe(false);
    await sandbox.createRun({ name: `Step ${step}` });
    await frozen.advance(15);
    for (const place of left()) await expect(count(place)).toHaveText(`${step + 2} runs`);
    expect(await reads(sandbox)).toBe(step + 2);
  }
});

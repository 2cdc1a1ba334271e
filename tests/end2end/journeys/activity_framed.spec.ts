// "While you were away" in a frame, which is as high as what is in it: nothing moves for it, and it covers no row.

import { test } from "../embedded.ts";
import { expect } from "../fixtures.ts";
import { fourRuns, reads, stopBehind, tokensForADay } from "./parts.ts";

test("who comes back to a frame finds the rows where they were, and uncovered", async ({ page, sandbox, frozen, stranger, configure, server }) => {
  await tokensForADay(sandbox);
  await configure({ embed: { allowedOrigins: [stranger.origin] } });
  const { open, upcoming } = await fourRuns(sandbox);
  await page.goto(`${stranger.origin}/empty`);
  await page.evaluate((src) => {
    const frame = document.createElement("iframe");
    frame.style.cssText = "display: block; width: 100%; height: 760px; border: 0";
    frame.src = src;
    document.body.append(frame);
  }, `${server}?activity`);
  const frame = page.frameLocator("iframe");
  const rows = frame.getByRole("list", { name: "What happened" });
  const away = frame.getByRole("status").filter({ hasText: "While you were away" });
  await expect(frame.locator(".empty-title")).toBeVisible();
  await expect.poll(() => reads(sandbox)).toBe(1);
  await stopBehind(sandbox, open.id);
  await frozen.advance(15);
  await expect(rows).toContainText("bin collection was stopped");
  for (const [round, width] of [1280, 390, 320].entries()) {
    await page.setViewportSize({ width, height: 800 });
    const run = round === 0 ? upcoming : await sandbox.createRun({ name: `Mailing ${round}` });
    if (round > 0) await frozen.advance(15);
    await stopBehind(sandbox, run.id);
    await frozen.advance(400);
    await expect(rows.getByText("was stopped")).toHaveCount(round + 2);
    const before = await rows.boundingBox();
    await page.mouse.move(100 + round, 300);
    await frozen.advance(15);
    await expect(away).toBeVisible();
    const [note, after] = [await away.boundingBox(), await rows.boundingBox()];
    expect(after?.y, `${width}`).toBe(before?.y);
    expect((note?.y ?? 0) + (note?.height ?? 0), `${width}`).toBeLessThanOrEqual(after?.y ?? 0);
    await away.getByRole("button", { name: "Dismiss" }).click();
    await expect(away).toHaveCount(0);
  }
});

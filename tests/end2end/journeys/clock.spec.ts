// Whose clock counts: the API's.

import { NOW, expect, test } from "../fixtures.ts";
import { ahead, banner, expectList, fill, heading, links, preview, runWindow, schedule, search, state } from "./parts.ts";

for (const [minutes, told] of [
  [10, "This computer’s clock is 9 min 59 s ahead of the API’s."],
  [-10, "This computer’s clock is 10 min behind the API’s."],
] as const) {
  test(`a browser's clock that is off by ${minutes} minutes is told of once, and misleads nowhere`, async ({
    context,
    page,
    sandbox,
  }) => {
    await sandbox.clock({ set: NOW.toISOString(), freeze: true });
    const wrong = NOW.getTime() + minutes * 60_000;
    await context.clock.install({ time: wrong - 60_000 });
    await context.clock.pauseAt(wrong);
    const run = await sandbox.createRun({ name: "Spring campaign", startAt: ahead(300), endAt: ahead(3600) });
    await page.goto(`./?run=${run.id}`);
    await expect(heading(page)).toHaveText("Spring campaign");
    await context.clock.runFor(1000);
    await expect(page.getByText(told)).toBeVisible();
    await expect(runWindow(page)).toContainText(/Starts in (4 min 5\d s|5 min)/);
    await expect(state(page)).toHaveText("Scheduled");
    await page.getByRole("button", { name: "Dismiss" }).click();
    await banner(page).getByRole("link", { name: "New run" }).click();
    await expect(page.getByText(told)).toHaveCount(0);
    // "In an hour" is an hour of the API's time.
    await fill(page, { start: "+1h", end: "+2h" });
    await expect(preview(page)).toContainText(/Tue 10 Mar 2026 (09:59|10:00)/);
    await schedule(page).click();
    await expect(heading(page)).toHaveText("Spring campaign");
    const [, create] = await sandbox.requests("create");
    expect(Math.abs(Date.parse(JSON.parse(create?.body ?? "").startAt) - (NOW.getTime() + 3_600_000))).toBeLessThan(3000);
    await banner(page).getByRole("link", { name: "Runs" }).click();
    await expect(links(page)).toHaveCount(2);
  });
}

test("filters and counts go by the API's clock, too, once it is known to be behind", async ({ context, page, sandbox }) => {
  await sandbox.clock({ set: NOW.toISOString(), freeze: true });
  const wrong = NOW.getTime() + 10 * 60_000;
  await context.clock.install({ time: wrong - 60_000 });
  await context.clock.pauseAt(wrong);
  await sandbox.createRun({ name: "Spring campaign", startAt: ahead(300), endAt: ahead(3600) });
  await page.goto("./?q=is:scheduled");
  await expect(search(page)).toBeVisible();
  await context.clock.runFor(2000);
  await expect(links(page)).toHaveText(["Spring campaign"]);
  await expect(page.getByRole("button", { name: "Scheduled 1" })).toBeVisible();
  await search(page).fill("is:open");
  await context.clock.runFor(1000);
  await expect(page.getByText("No runs match")).toBeVisible();
});

test("a clock that is right is not spoken of", async ({ signedIn, frozen, page }) => {
  await signedIn();
  await frozen.advance(2);
  await expectList(page, "0 runs");
  await expect(page.getByText("computer’s clock")).toHaveCount(0);
});

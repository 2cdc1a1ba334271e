// Notices of the shell come and go without moving the page.

import { NOW, expect, paste, test } from "../fixtures.ts";
import { openList, places } from "../shell.ts";
import { PASTE, ahead, ago, links, openSettings, selectAll, signInAgain, tokensForADay } from "./parts.ts";

for (const width of [390, 1280]) {
  test.describe(`${width} px wide`, () => {
    test.use({ viewport: { width, height: 800 } });

    test("going offline and coming back moves nothing", async ({ page, sandbox, context, guard }) => {
      guard.allow(/net::ERR_INTERNET_DISCONNECTED/);
      await openList(page, sandbox, 30);
      const before = await places(page);
      await context.setOffline(true);
      const note = page.getByText("This computer is offline.");
      await expect(note).toBeInViewport({ ratio: 1 });
      expect(await places(page)).toEqual(before);
      await context.setOffline(false);
      await expect(note).toHaveCount(0);
      expect(await places(page)).toEqual(before);
    });

    test("pausing and resuming updates moves nothing, and the last run is not hidden", async ({ page, sandbox }) => {
      await openList(page, sandbox, 30);
      const before = await places(page);
      await (await openSettings(page)).getByRole("combobox", { name: "Updates" }).selectOption("paused");
      await page.keyboard.press("Escape");
      const resume = page.getByRole("button", { name: "Resume updates" });
      await expect(resume).toBeInViewport({ ratio: 1 });
      expect(await places(page)).toEqual(before);
      await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
      const [last, note] = [await links(page).last().boundingBox(), await page.locator(".shell-notes .notice").boundingBox()];
      expect((last?.y ?? 0) + (last?.height ?? 0)).toBeLessThan(note?.y ?? 0);
      await page.evaluate(() => scrollTo(0, 0));
      await resume.click();
      await expect(resume).toHaveCount(0);
      expect(await places(page)).toEqual(before);
    });

    test("a wrong clock is told of without moving anything", async ({ page, sandbox, context }) => {
      await sandbox.clock({ set: NOW.toISOString(), freeze: true });
      const wrong = NOW.getTime() + 600_000;
      await context.clock.install({ time: wrong - 60_000 });
      await context.clock.pauseAt(wrong);
      await sandbox.createRun({ name: "Spring sale", startAt: ahead(300), endAt: ahead(3600) });
      await page.goto("./");
      await expect(links(page)).toHaveCount(1);
      const before = await places(page);
      await context.clock.runFor(1000);
      const note = page.getByText("This computer’s clock is");
      await expect(note).toBeInViewport({ ratio: 1 });
      expect(await places(page)).toEqual(before);
      await page.getByRole("button", { name: "Dismiss" }).click();
      await expect(note).toHaveCount(0);
      expect(await places(page)).toEqual(before);
    });

    test("stopping several runs reports without moving the heading or the tools, over nothing else that can be pressed", async ({
      signedIn,
      sandbox,
      frozen,
      guard,
    }) => {
      void frozen;
      guard.allow(/status of 403/);
      await tokensForADay(sandbox);
      for (const name of ["One", "Two", "Three"]) await sandbox.createRun({ name, startAt: ago(3600), endAt: ahead(5400) });
      await sandbox.faults({ operation: "stop", count: 1, fault: { kind: "status", status: 403 } });
      const page = await signedIn();
      await selectAll(page, 3);
      const before = await places(page);
      await page.getByRole("button", { name: "Stop 3 runs" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Stop 3 runs" }).click();
      const report = page.getByRole("region", { name: "2 of 3 runs stopped: 1 refused" });
      await expect(report).toBeInViewport({ ratio: 1 });
      await expect(report.getByRole("listitem")).toHaveCount(1);
      expect(await places(page)).toEqual(before);
      // The run that was not stopped stays selected: its bar and the report share the lower edge.
      const bar = page.getByRole("group", { name: "Selection" });
      await expect(bar).toBeInViewport({ ratio: 1 });
      const [over, under] = [await report.boundingBox(), await bar.boundingBox()];
      expect((over?.y ?? 0) + (over?.height ?? 0)).toBeLessThanOrEqual(under?.y ?? 0);
      await report.getByRole("button", { name: "Dismiss" }).click();
      await expect(report).toHaveCount(0);
      expect(await places(page)).toEqual(before);
    });
  });
}

test("a token that ends, and one that is refused, are told of without moving anything", async ({
  page,
  sandbox,
  frozen,
  configure,
  guard,
}) => {
  guard.allow(/status of 401/);
  await configure(PASTE);
  await sandbox.createRun({ name: "Autumn survey" });
  await page.goto("./");
  await paste(page, await sandbox.token({ lifetime_seconds: 300 }));
  await expect(links(page)).toHaveCount(1);
  const before = await places(page);
  await frozen.advance(185);
  await expect(page.getByText("Your sign-in ends in")).toBeInViewport();
  expect(await places(page)).toEqual(before);
  await frozen.advance(130);
  await expect(signInAgain(page)).toBeInViewport();
  expect(await places(page)).toEqual(before);
  await paste(page, await sandbox.token());
  await expect(signInAgain(page)).toHaveCount(0);
  expect(await places(page)).toEqual(before);
});

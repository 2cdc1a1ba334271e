// Numbers as they are: counts to the last digit, and never more runs read than there are. And one letter that is very wide.

import type { Locator, Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { deliveries, fill, links, preview, selectBox, stopButton, stopDialog, unfold } from "../journeys/parts.ts";

test("counts beyond 2^53 are shown to the last digit", async ({ page, sandbox }) => {
  const run = await sandbox.createRun();
  const body = `{"_embedded":{"action_delivery_status":{"recipients_count":9007199254740993,"status_succeeded_count":"18446744073709551615","status_failed_count":9007199254740993.0,"status_info_count":1}}}`;
  await page.route("**/summary", (route) => route.fulfill({ contentType: "application/json", body }));
  await page.goto(`./?run=${run.id}`);
  const counts = ["9,007,199,254,740,993", "18,446,744,073,709,551,615", "9,007,199,254,740,993", "1"];
  // No rate: the sum of both is too large to be told.
  await expect(deliveries(page).getByRole("definition")).toHaveText(counts);
});

test("a run that goes while the list is read is not told as one run too many", async ({ page, sandbox }) => {
  await sandbox.reset({ seed_runs: 400 });
  // The later pages count one run less, again and again.
  await page.route("**/runs/?*", async (route) => {
    const answer = await route.fetch();
    const body = (await answer.json()) as { total_items: number; page: number };
    await route.fulfill({ response: answer, json: { ...body, total_items: 400 - body.page } });
  });
  await page.goto("./");
  await expect(page.getByText("Some pages may be missing.")).toBeVisible();
  await expect(page.getByRole("main")).not.toContainText(/400 of 39\d/);
});

/** One letter, which no line break can divide. */
const WIDE = `a${"\u0301\u0489\u20DD\u0B47\u0BC6".repeat(100)}`;

async function fits(page: Page): Promise<void> {
  const [scroll, client] = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return [scrollWidth, clientWidth] as const;
  });
  expect(scroll).toBeLessThanOrEqual(client);
}

async function inReach(button: Locator): Promise<void> {
  await button.scrollIntoViewIfNeeded();
  await expect(button).toBeInViewport({ ratio: 0.9 });
}

for (const width of [1280, 390]) {
  test(`an id of one letter with 500 marks does not scroll a page of ${width} px sideways`, async ({
    signedIn,
    sandbox,
    frozen,
  }) => {
    void frozen;
    const run = await sandbox.createRun({ name: "Spring campaign", jobId: WIDE, endAt: "2026-03-10T12:00:00Z" });
    const page = await signedIn();
    await page.setViewportSize({ width, height: 844 });
    await expect(links(page)).toHaveCount(1);
    await fits(page);
    await page.goto("./?new");
    await fill(page, { job: WIDE });
    await expect(preview(page)).toContainText("This job already has 1 run");
    await fits(page);
    await page.goto(`./?run=${run.id}`);
    await inReach((await unfold(page, "Details")).getByRole("button", { name: "Copy job ID" }));
    await fits(page);
  });
}

test("a name of one letter with 500 marks leaves the buttons of a dialog in reach", async ({
  signedIn,
  sandbox,
  frozen,
}) => {
  void frozen;
  const run = await sandbox.createRun({ name: "Spring campaign" });
  const named = { ...run, name: WIDE };
  await sandbox.faults(
    { operation: "run", fault: { kind: "patch", merge: { name: WIDE } } },
    { operation: "list", fault: { kind: "patch", merge: { _embedded: { runs: [named] } } } },
  );
  const page = await signedIn();
  await page.setViewportSize({ width: 390, height: 844 });
  await selectBox(page, WIDE).click();
  await page.getByRole("button", { name: "Stop 1 run" }).click();
  await inReach(page.getByRole("dialog").getByRole("button", { name: "Stop 1 run" }));
  await fits(page);
  await page.goto(`./?run=${run.id}`);
  await stopButton(page).click();
  await inReach(stopDialog(page).getByRole("button", { name: "Stop run" }));
  await inReach(stopDialog(page).getByRole("button", { name: "Keep running" }));
  await fits(page);
});

// A browser whose kept connection is reset sends a request again by itself, also a POST, and the page sees only the second answer.

import type { Locator, Page } from "@playwright/test";
import { type Sandbox, expect, test } from "../fixtures.ts";
import { alert, fill, heading, schedule } from "../journeys/parts.ts";

const REPEATED = { operation: "create", count: 1, fault: { kind: "reset_repeated" } } as const;
const direct = { tag: "@direct" };

test.beforeEach(({ frozen }) => {
  void frozen;
});

const created = async (sandbox: Sandbox): Promise<number> =>
  (await sandbox.requests("create")).filter(({ status }) => status === null || status === 201).length;

async function submit(page: Page): Promise<void> {
  await fill(page);
  await schedule(page).click();
}

test("a run that was created twice is told on its page, with the stop of the duplicate", direct, async ({ signedIn, sandbox }) => {
  await sandbox.faults(REPEATED);
  const page = await signedIn("./?new");
  await submit(page);
  await expect(heading(page)).toHaveText("Spring campaign");
  await expect(alert(page)).toContainText("“Spring campaign” was created twice: recipients may be reached more than once.");
  const shown = new URL(page.url()).searchParams.get("run") ?? "none";
  const [kept, duplicate] = [true, false].map((isShown) =>
    page.locator(".notices").getByRole("listitem").filter({ [isShown ? "hasText" : "hasNotText"]: shown }),
  ) as [Locator, Locator];
  await expect(kept).toContainText("created Tue 10 Mar 2026 09:00 UTC; kept; shown on this page");
  await expect(duplicate).toContainText("created Tue 10 Mar 2026 09:00 UTC; duplicate");
  expect(await created(sandbox)).toBe(2);
  await page.getByRole("button", { name: "Stop the duplicate" }).click();
  const dialog = page.getByRole("dialog", { name: "Stop 1 run?" });
  await dialog.getByRole("button", { name: "Stop 1 run" }).click();
  await expect(page.getByRole("region", { name: "1 run stopped" })).toBeVisible();
  const stops = await sandbox.requests("stop");
  expect(stops).toHaveLength(1);
  expect(stops[0]?.path).not.toContain(shown);
  await expect(duplicate).toContainText("created Tue 10 Mar 2026 09:00 UTC; stopped");
  await expect(page.getByText("“Spring campaign” was created twice. One run is left; the other was stopped.")).toBeVisible();
});

for (const status of [400, 401, 409, 429]) {
  test(`a run that was created although the answer is ${status} is found, and not sent again`, direct, async ({ signedIn, sandbox, guard }) => {
    guard.allow(new RegExp(`status of ${status}`));
    await sandbox.faults(REPEATED, { operation: "create", count: 1, fault: { kind: "status", status } });
    const page = await signedIn("./?new");
    await submit(page);
    const found = page.getByRole("status").filter({ hasText: "Scheduled. The reply was a refusal, but the run was found." });
    await expect(found).toContainText("Something on the way to the API, perhaps the browser, sent the request twice.");
    await expect(found.getByRole("link", { name: "Spring campaign" })).toBeVisible();
    expect(await created(sandbox)).toBe(1);
  });
}

test("a run found after a refusal is told on the page that the person went to", direct, async ({ signedIn, sandbox, guard, frozen }) => {
  guard.allow(/status of (409|503)/);
  await sandbox.faults(
    REPEATED,
    { operation: "create", count: 1, fault: { kind: "status", status: 409 } },
    { operation: "list", skip: 1, count: 1, fault: { kind: "status", status: 503 } },
  );
  const page = await signedIn("./?new");
  await submit(page);
  // The reading that could show it has failed.
  await expect(alert(page)).toContainText("The API refused the run.");
  await expect(alert(page)).not.toContainText("not scheduled");
  await page.getByRole("link", { name: "Runs", exact: true }).click();
  await expect(page.getByRole("table", { name: "Runs" })).toContainText("Spring campaign");
  await frozen.advance(1);
  await expect(page.getByRole("main")).toContainText("“Spring campaign” was scheduled. The reply was a refusal, but the run was found.");
});

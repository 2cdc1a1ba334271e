// Stopping many where the API limits the rate of requests.

import { expect, test } from "../fixtures.ts";
import { Gate, selectBox } from "../journeys/parts.ts";

test("a stop answered with 429 waits as long as it was told and is asked again", async ({
  signedIn,
  sandbox,
  frozen,
  guard,
}) => {
  guard.allow(/status of 429/);
  const names = ["Mailing 1", "Mailing 2"];
  for (const name of names) await sandbox.createRun({ name });
  await sandbox.faults({ operation: "stop", count: 1, fault: { kind: "status", status: 429, headers: { "retry-after": "30" } } });
  const page = await signedIn();
  for (const name of names) await selectBox(page, name).click();
  await page.getByRole("button", { name: "Stop 2 runs" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Stop 2 runs" }).click();
  const report = page.getByRole("region", { name: /^(Stopping 2 runs|.*\b2 runs stopped)(: .*)?$/ });
  await expect(report).toContainText("Too many requests: continuing at 09:00:30 UTC.");
  await expect(report).not.toContainText("refused");
  await expect(report.getByRole("heading", { name: "2 runs stopped", exact: true })).toHaveCount(0);
  const limited = (await sandbox.requests("stop")).filter((request) => request.status === 429);
  expect(limited).toHaveLength(1);
  await frozen.advance(29);
  expect((await sandbox.requests("stop")).filter((request) => request.path === limited[0]?.path)).toHaveLength(1);
  await frozen.advance(2);
  await expect(report.getByRole("heading", { name: "2 runs stopped", exact: true })).toBeVisible();
  await expect(page.getByRole("group", { name: "Selection" }).getByText("selected")).toHaveCount(0);
});

test("what was not stopped stays selected, and has no result", async ({ signedIn, sandbox, frozen, guard }) => {
  guard.allow(/status of (403|429)/);
  const names = ["Mailing 1", "Mailing 2", "Mailing 3"];
  for (const name of names) await sandbox.createRun({ name });
  await sandbox.faults({ operation: "stop", count: 1, fault: { kind: "status", status: 403 } });
  await sandbox.faults({ operation: "stop", count: 1, fault: { kind: "status", status: 429, headers: { "retry-after": "60" } } });
  const page = await signedIn();
  for (const name of names) await selectBox(page, name).click();
  await page.getByRole("button", { name: "Stop 3 runs" }).click();
  // The third run is read once the first is refused, which may be before the answer that says to wait.
  const third = new Gate();
  let runsRead = 0;
  await page.route(/\/beta\/runs\/[^/]+$/, (route) => {
    runsRead += 1;
    return runsRead > 2 ? third.wait(route) : route.continue();
  });
  await page.getByRole("dialog").getByRole("button", { name: "Stop 3 runs" }).click();
  const report = page.getByRole("region", { name: /^(Stopping 3 runs|.*\b3 runs stopped)(: .*)?$/ });
  await expect(report).toContainText("continuing at");
  third.open();
  await frozen.answered();
  await report.getByRole("button", { name: "Cancel remaining stops" }).click();
  await expect(report.getByRole("heading", { name: "0 of 3 runs stopped: 1 refused, 2 skipped" })).toBeVisible();
  await expect(page.getByRole("group", { name: "Selection" })).toContainText("3 selected");
});

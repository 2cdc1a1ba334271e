// Where the focus is once the control that was pressed has gone: on the new page's heading, or near what was pressed.

import { expect, test } from "../fixtures.ts";
import { alert, ahead, fill, heading, pressEnter, readInVain, schedule, stopButton, stopDialog } from "./parts.ts";

test.beforeEach(({ frozen }) => {
  void frozen;
});

test("after scheduling it is on the heading of the run's page", async ({ signedIn }) => {
  const page = await signedIn("./?new");
  await fill(page);
  await pressEnter(schedule(page));
  await expect(heading(page)).toHaveText("Spring campaign");
  await expect(heading(page)).toBeFocused();
});

test("while a run is being scheduled it stays on the button", async ({ signedIn, sandbox, guard }) => {
  guard.allow(/status of 403/);
  await sandbox.faults({ operation: "create", count: 1, fault: { kind: "status", status: 403 } });
  const page = await signedIn("./?new");
  await fill(page);
  await pressEnter(schedule(page));
  await expect(alert(page)).toContainText("Your token does not allow this.");
  await expect(schedule(page)).toBeFocused();
});

test("after an outcome is dismissed it is on the form's button", async ({ signedIn, sandbox, frozen, guard }) => {
  guard.allow(/status of 500/);
  await sandbox.faults({ operation: "create", count: 1, fault: { kind: "status", status: 500 } });
  const page = await signedIn("./?new");
  await fill(page);
  await pressEnter(schedule(page));
  await readInVain(page, frozen);
  const dismiss = page.getByRole("button", { name: "Do not send again" });
  await pressEnter(dismiss);
  await expect(dismiss).toHaveCount(0);
  await expect(schedule(page)).toBeFocused();
});

test("after a stop it is among the run's actions, and after the receipt is dismissed on the heading", async ({ signedIn, sandbox }) => {
  const run = await sandbox.createRun({ name: "Spring campaign", startAt: ahead(-600), endAt: ahead(7200) });
  const page = await signedIn(`./?run=${run.id}`);
  await pressEnter(stopButton(page));
  await pressEnter(stopDialog(page).getByRole("button", { name: "Stop run" }));
  const dismiss = page.getByRole("button", { name: "Dismiss" });
  await expect(dismiss).toBeVisible();
  await expect(page.locator("#run-actions:focus-within")).toHaveCount(1);
  await pressEnter(dismiss);
  await expect(dismiss).toHaveCount(0);
  await expect(heading(page)).toBeFocused();
});

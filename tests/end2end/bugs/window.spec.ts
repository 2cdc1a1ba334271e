// A window that is none: never set, unreadable or reversed. Nothing follows from it; the API's word decides.

import { NOW, expect, test } from "../fixtures.ts";
import { attention, badge, besideState, row, runWindow, selectBox, state, stateNote, stopButton, stopDialog, unfold, valueOf } from "../journeys/parts.ts";

const HOUR_AGO = new Date(NOW.getTime() - 3_600_000).toISOString();

for (const [what, merge, shown] of [
  ["never set, as Go and .NET write it", { start_at: "0001-01-01T00:00:00Z", end_at: HOUR_AGO }, "not set"],
  ["never set, as Unix writes it", { start_at: "1970-01-01T00:00:00.000Z", end_at: HOUR_AGO }, "not set"],
  ["unreadable", { start_at: "soon", end_at: HOUR_AGO }, "can’t be read"],
  ["reversed", { start_at: "2026-03-10T08:30:00Z", end_at: HOUR_AGO }, "Tue 10 Mar 2026 08:30 UTC"],
] as const) {
  test(`a start that is ${what}: no contradiction, and the run can be stopped, alone and with others`, async ({
    signedIn,
    sandbox,
    frozen,
  }) => {
    void frozen;
    const run = await sandbox.createRun({ name: "Spring campaign" });
    const odd = { ...run, ...merge, status: "running" };
    await sandbox.faults(
      { operation: "run", fault: { kind: "patch", merge: { ...merge, status: "running" } } },
      { operation: "list", fault: { kind: "patch", merge: { _embedded: { runs: [odd] } } } },
    );
    const page = await signedIn();
    await expect(badge(row(page, "Spring campaign"))).toHaveText("Running");
    await expect(stateNote(row(page, "Spring campaign"))).toHaveText("");
    await selectBox(page, "Spring campaign").click();
    await page.getByRole("button", { name: "Stop 1 run" }).click();
    const dialog = page.getByRole("dialog", { name: "Stop 1 run?" });
    await expect(dialog.getByRole("button", { name: "Stop 1 run" })).toBeEnabled();
    await dialog.getByRole("button", { name: "Keep them running" }).click();

    await row(page, "Spring campaign").getByRole("link", { name: "Spring campaign" }).click();
    await expect(state(page)).toHaveText("Running");
    await expect(besideState(page)).toHaveCount(0);
    await expect(valueOf(await unfold(page, "Details"), "Start")).toHaveText(shown);
    await expect(runWindow(page).getByRole("progressbar")).toHaveCount(0);
    await expect(page.getByRole("main")).not.toContainText(/ ago\b/);
    await expect(attention(page)).toHaveCount(0);
    await stopButton(page).click();
    await stopDialog(page).getByRole("button", { name: "Stop run" }).click();
    await expect.poll(async () => (await sandbox.requests("stop")).length).toBe(1);
  });
}

test("a run that the API calls running can be stopped after its window", async ({ signedIn, sandbox, frozen }) => {
  void frozen;
  const run = await sandbox.createRun({ name: "Spring campaign" });
  const merge = { status: "running", start_at: "2026-03-10T06:00:00Z", end_at: "2026-03-10T07:00:00Z" };
  await sandbox.faults({ operation: "run", fault: { kind: "patch", merge } });
  const page = await signedIn(`./?run=${run.id}`);
  await expect(state(page)).toHaveText("Running");
  await expect(besideState(page)).toHaveText("past its end");
  await expect(attention(page)).toContainText("The API still says “running”; the window ended 2 h ago.");
  await stopButton(page).click();
  await stopDialog(page).getByRole("button", { name: "Stop run" }).click();
  await expect.poll(async () => (await sandbox.requests("stop")).length).toBe(1);
});

// Times in the forms that servers write: read where only one instant can be meant, else quoted as they came.

import { expect, test } from "../fixtures.ts";
import { fill, preview, row, unfold, valueOf } from "../journeys/parts.ts";

for (const [given, shown] of [
  ["2026-03-03 11:00:00+00", "Tue 3 Mar 2026 11:00 UTC"],
  ["2026-03-03T12:00:00+0100", "Tue 3 Mar 2026 11:00 UTC"],
  ["2026-03-03T24:00:00Z", "Wed 4 Mar 2026 00:00 UTC"],
  ["2016-12-31T23:59:60Z", "Sun 1 Jan 2017 00:00 UTC"],
  ["2026-03-03T11:00:00Z[UTC]", "Tue 3 Mar 2026 11:00 UTC"],
  ["2026-03-03T12:00:00+01:00[Europe/Berlin]", "Tue 3 Mar 2026 11:00 UTC"],
] as const) {
  test(`the API’s time ${given} is read`, async ({ signedIn, sandbox }) => {
    const run = await sandbox.createRun();
    await sandbox.faults({ operation: "run", fault: { kind: "patch", merge: { created_at: given } } });
    const page = await signedIn(`./?run=${run.id}`);
    await expect(valueOf(await unfold(page, "Details"), "Created")).toHaveText(shown);
  });
}

test("a time that cannot be read is told as such, with what the API gave", async ({ signedIn, sandbox }) => {
  const run = await sandbox.createRun({ name: "Spring campaign" });
  const merge = { start_at: "3.3.2026 11 Uhr", end_at: null, created_at: 1772535600 };
  await sandbox.faults(
    { operation: "run", fault: { kind: "patch", merge } },
    { operation: "list", fault: { kind: "patch", merge: { _embedded: { runs: [{ ...run, ...merge }] } } } },
  );
  const page = await signedIn();
  const cells = row(page, "Spring campaign").getByRole("cell");
  await expect(cells.nth(3)).toHaveText("can’t be read");
  await expect(cells.nth(3)).toHaveAttribute("title", "3.3.2026 11 Uhr");
  await expect(cells.nth(4)).toHaveText("not given");
  await page.goto(`./?run=${run.id}`);
  const details = await unfold(page, "Details");
  await expect(valueOf(details, "Created")).toHaveText("can’t be read");
  await expect(valueOf(details, "Created").locator("[title]")).toHaveAttribute("title", "1772535600");
  await expect(valueOf(details, "End")).toHaveText("not given");
});

test("the form names the runs of the job that could not be checked for overlap", async ({ signedIn, sandbox, frozen }) => {
  void frozen;
  const run = await sandbox.createRun({ name: "Odd one" });
  const odd = { ...run, start_at: "soon" };
  await sandbox.faults({ operation: "list", fault: { kind: "patch", merge: { _embedded: { runs: [odd] } } } });
  const page = await signedIn("./?new");
  await fill(page);
  await expect(preview(page)).toContainText("1 run of this job could not be checked for overlap");
  await expect(preview(page).getByRole("link", { name: "Odd one" })).toBeVisible();
});

// The form that reschedules a run which is over already, as Back leads to it: sent again, it would leave two runs.

import { expect, test } from "../fixtures.ts";
import { ago, ahead, createdAt, field, heading } from "../journeys/parts.ts";

test("a run that is over has no form to reschedule it, and a way on", async ({ signedIn, sandbox, frozen }) => {
  const run = await createdAt(sandbox, ago(7200), { name: "Spring campaign", startAt: ago(3600), endAt: ahead(60) });
  await frozen.advance(120);
  const page = await signedIn(`./?new&replaces=${run.id}`);
  await expect(heading(page)).toHaveText("Reschedule");
  await expect(page.getByRole("main")).toContainText("can’t be rescheduled. Run it again to schedule another.");
  await expect(field(page, "Start")).toHaveCount(0);
  await expect(page.getByRole("button", { name: /^Schedule/ })).toHaveCount(0);
  await page.getByRole("link", { name: "Run again" }).click();
  await expect(heading(page)).toHaveText("New run");
});

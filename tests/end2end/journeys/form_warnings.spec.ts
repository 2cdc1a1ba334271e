// Warnings of the form: in sight before the button is pressed, and never the reason why it is somewhere else.

import { expect, test } from "../fixtures.ts";
import { ago, ahead, createdAt, field, fill, preview, schedule } from "./parts.ts";

test.beforeEach(async ({ frozen, sandbox }) => {
  void frozen;
  await createdAt(sandbox, ago(3600), { name: "Clinic recall", jobId: "clinic-3", startAt: ahead(3600), endAt: ahead(7200) });
});

const times = { start: "2026-03-10 10:00", end: "2026-03-10 11:00" };

test("the button stays where it is, whatever the preview has to say", async ({ signedIn }) => {
  const page = await signedIn("./?new");
  await page.setViewportSize({ width: 1280, height: 800 });
  const places: number[] = [];
  const note = async (): Promise<void> => {
    places.push(await schedule(page).evaluate((button) => Math.round(button.getBoundingClientRect().top)));
  };
  await note();
  await fill(page, { ...times, job: "clinic-4", name: "" });
  await note();
  await field(page, "Run name").fill("Spring campaign");
  await expect(preview(page)).toContainText("No run has used this job ID");
  await note();
  await field(page, "Job ID").fill("clinic-3");
  await expect(preview(page)).toContainText("Recipients may be reached twice");
  await note();
  expect(new Set(places).size).toBe(1);
});

test("on a phone the bar says how many warnings there are, and leads to them", async ({ signedIn }) => {
  const page = await signedIn("./?new");
  await page.setViewportSize({ width: 390, height: 844 });
  const show = page.getByRole("button", { name: "Show 1 warning" });
  await fill(page, { ...times, job: "clinic-3", name: "Spring campaign" });
  await expect(show).toBeInViewport({ ratio: 1 });
  await show.click();
  await expect(preview(page).getByRole("heading", { name: "What will happen" })).toBeFocused();
  await expect(preview(page).getByText("Recipients may be reached twice")).toBeInViewport();
  await field(page, "Job ID").fill("clinic-4");
  await field(page, "Run name").focus();
  await expect(page.getByText("No run has used this job ID yet. Check it.")).toBeVisible();
  await expect(show).toBeVisible();
});

test("a run on the strip is opened without loading the document again", async ({ signedIn }) => {
  const page = await signedIn("./?new");
  await fill(page, { ...times, job: "clinic-3", name: "Spring campaign" });
  await page.evaluate(() => Object.assign(globalThis, { isSameDocument: true }));
  await page.getByRole("link", { name: /^Clinic recall, .*overlaps this window$/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Clinic recall");
  expect(await page.evaluate(() => "isSameDocument" in globalThis)).toBe(true);
});

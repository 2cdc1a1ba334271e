// The times of the form: what moves with what, what is asked, and in which zone they start.

import { type Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import {
  ahead,
  ago,
  alert,
  createdAt,
  field,
  fill,
  fourRuns,
  heading,
  notesOf,
  openSettings,
  preview,
  schedule,
  when,
} from "./parts.ts";

test.beforeEach(({ frozen }) => {
  void frozen;
});

const shows = async (page: Page, start: string, end: string, length: string): Promise<void> => {
  await expect(field(page, "Start")).toHaveValue(start);
  await expect(field(page, "End")).toHaveValue(end);
  await expect(field(page, "Duration")).toHaveValue(length);
};

test("moving the start keeps the length, moving the end changes it, and a duration moves the end", async ({ signedIn }) => {
  const page = await signedIn("./?new");
  await fill(page, { start: "2026-03-10 10:00", end: "2026-03-11 20:00" });
  await shows(page, "2026-03-10 10:00", "2026-03-11 20:00", "1 d 10 h");
  await field(page, "Start").fill("");
  await field(page, "Start").pressSequentially("Thu 12 Mar 09:00");
  await shows(page, "Thu 12 Mar 09:00", "2026-03-13 19:00", "1 d 10 h");
  await field(page, "End").fill("2026-03-12 17:00");
  await expect(field(page, "Duration")).toHaveValue("8 h");
  await page.getByRole("button", { name: "24 h", exact: true }).click();
  await shows(page, "Thu 12 Mar 09:00", "2026-03-13 09:00", "24 h");
  await page.getByRole("button", { name: "Monday 09:00" }).click();
  await shows(page, "2026-03-16 09:00", "2026-03-17 09:00", "24 h");
  await when(page, "When it ends", "After a duration").check();
  await expect(field(page, "Duration")).toHaveValue("24 h");
  await when(page, "When it starts", "Now").check();
  await when(page, "When it ends", "Pick a time").check();
  await expect(field(page, "End")).toHaveValue("2026-03-11 09:00");
});

test("a rescheduled run keeps its length, and the old window stands beside the new one", async ({ signedIn, sandbox }) => {
  const old = await createdAt(sandbox, ago(7200), { name: "Spring campaign", startAt: ahead(7200), endAt: ahead(129_600) });
  const page = await signedIn(`./?new&replaces=${old.id}`);
  await shows(page, "2026-03-10 11:00", "2026-03-11 21:00", "1 d 10 h");
  await field(page, "Start").fill("2026-03-10 13:00");
  await shows(page, "2026-03-10 13:00", "2026-03-11 23:00", "1 d 10 h");
  const change = page.getByRole("table", { name: "Old and new window" });
  for (const [label, was, is, by] of [
    ["Start", "Tue 10 Mar 2026 11:00 UTC", "Tue 10 Mar 2026 13:00 UTC", "2 h later"],
    ["End", "Wed 11 Mar 2026 21:00 UTC", "Wed 11 Mar 2026 23:00 UTC", "2 h later"],
    ["Duration", "1 d 10 h", "1 d 10 h", "same"],
  ] as const) {
    const row = change.getByRole("row").filter({ has: page.getByRole("rowheader", { name: label }) });
    await expect(row).toHaveText(new RegExp(`^${label}\\s*${was}\\s*${is}\\s*${by}$`));
  }
});

test("a date that may be two days is asked about, and nothing is sent before it is answered", async ({ signedIn, sandbox }) => {
  const page = await signedIn("./?new");
  await fill(page);
  await field(page, "Start").fill("03/04/2026 09:00");
  await schedule(page).click();
  await expect(field(page, "Start")).toBeFocused();
  expect(await notesOf(field(page, "Start"))).toContain("This may be one of two days.");
  expect(await sandbox.requests("create")).toEqual([]);
  const question = page.getByRole("group", { name: "Which start is meant?" });
  await expect(question.getByRole("button")).toHaveText(["Fri 3 Apr 2026", "Wed 4 Mar 2026"]);
  await question.getByRole("button", { name: "Fri 3 Apr 2026" }).click();
  await shows(page, "2026-04-03 09:00", "2026-04-03 10:30", "1 h 30 min");
  await expect(field(page, "Start")).toBeFocused();
  await expect(question).toHaveCount(0);
});

test("nothing below a field moves when its error appears", async ({ signedIn }) => {
  const page = await signedIn("./?new");
  const top = async (): Promise<number[]> =>
    await page.locator("form input[id]").evaluateAll((all) => all.map((input) => Math.round(input.getBoundingClientRect().top)));
  const before = await top();
  await schedule(page).click();
  await expect(field(page, "Start")).toHaveAttribute("aria-invalid", "true");
  expect(await top()).toEqual(before);
});

test("a job is found by its label, which becomes its id; one that nobody knows is questioned", async ({ signedIn, sandbox }) => {
  await fourRuns(sandbox);
  const page = await signedIn("./?new");
  await fill(page, { start: "2026-03-12 09:00", end: "2026-03-12 10:00", job: "pizza CAMPAIGN" });
  await expect(field(page, "Job ID")).toHaveValue("12345678");
  expect(await notesOf(field(page, "Job ID"))).toContain("Pizza campaign");
  const question = "No run has used this job ID, and it isn’t configured. Check it before you schedule.";
  await expect(preview(page)).toContainText("Runs 1 h");
  await expect(preview(page)).not.toContainText("Checking for other runs");
  await expect(preview(page)).not.toContainText(question);
  await field(page, "Job ID").fill("");
  await field(page, "Job ID").pressSequentially("clin");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(field(page, "Job ID")).toHaveValue("clinic-3");
  await expect(page.getByRole("listbox", { name: "Known jobs" })).toBeHidden();
  await field(page, "Job ID").fill("clinic-4");
  await expect(preview(page)).toContainText(question);
  await schedule(page).click();
  await expect(heading(page)).toHaveText("Spring campaign");
});

test("a run that the new one clashes with is named with its window", async ({ signedIn, sandbox }) => {
  await createdAt(sandbox, ago(3600), { name: "Clinic recall", jobId: "clinic-3", startAt: ahead(3600), endAt: ahead(7200) });
  const page = await signedIn("./?new");
  await fill(page, { job: "clinic-3" });
  const clash = preview(page).getByRole("listitem").filter({ has: page.getByRole("link", { name: "Clinic recall" }) });
  await expect(clash).toContainText("Tue 10 Mar 2026 10:00 to 11:00 UTC");
  await expect(alert(page)).toHaveCount(0);
});

test.describe("in a browser in Bogota", () => {
  test.use({ timezoneId: "America/Bogota" });

  test("times are in the zone of the browser until the person or the configuration names another", async ({ signedIn, configure }) => {
    const page = await signedIn("./?new");
    const inForce = async (zone: string): Promise<void> => {
      await expect(page.getByRole("form").locator(".zone-mark")).toHaveText([zone, zone]);
      await expect((await openSettings(page)).getByRole("combobox", { name: "Time zone" })).toHaveValue(zone);
      await page.keyboard.press("Escape");
    };
    await inForce("America/Bogota");
    await field(page, "Start").fill("tomorrow 9am");
    await expect.poll(() => notesOf(field(page, "Start"))).toContain("Wed 11 Mar 2026 09:00 UTC-05:00");
    await configure({ zone: "browser" });
    await page.reload();
    await inForce("America/Bogota");
    await configure({ zone: "Europe/Berlin" });
    await page.reload();
    await inForce("Europe/Berlin");
  });
});

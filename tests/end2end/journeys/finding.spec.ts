// Finding runs with the keyboard, by job, and again tomorrow.

import { NOW, expect, test } from "../fixtures.ts";
import {
  ago,
  ahead,
  chooseFirstOffered,
  chooseZone,
  createdAt,
  fourRuns,
  heading,
  links,
  listZones,
  offered,
  openMenu,
  openSettings,
  resultCount,
  row,
  search,
  selectBox,
  table,
  unfold,
} from "./parts.ts";

test.beforeEach(({ frozen }) => {
  void frozen;
});

test("single keys: query, rows, selecting, opening, a new run, and the sheet", async ({ signedIn, sandbox }) => {
  await fourRuns(sandbox);
  const page = await signedIn();
  await expect(links(page)).toHaveCount(4);
  await page.keyboard.press("/");
  await expect(search(page)).toBeFocused();
  // In the field they are letters.
  await page.keyboard.type("jn");
  await expect(search(page)).toHaveValue("jn");
  await search(page).fill("");
  await expect(links(page)).toHaveCount(4);
  await search(page).blur();
  await page.keyboard.press("j");
  await expect(links(page).nth(0)).toBeFocused();
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  await expect(links(page).nth(1)).toBeFocused();
  await page.keyboard.press("x");
  await expect(selectBox(page, "Clinic recall")).toBeChecked();
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(heading(page)).toHaveText("Dental check-up");
  await page.keyboard.press("n");
  await expect(heading(page)).toHaveText("New run");
  await page.keyboard.press("?");
  const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(sheet).toBeVisible();
  // Not while the sheet is open.
  await page.keyboard.press("r");
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();
});

test("refreshing by key reads once more, and not with a modifier", async ({ signedIn, sandbox, frozen }) => {
  const page = await signedIn();
  await expect(resultCount(page)).toHaveText("0 runs");
  const before = (await sandbox.requests("list")).length;
  await page.keyboard.press("Alt+r");
  await page.keyboard.press("r");
  await expect.poll(async () => (await sandbox.requests("list")).length).toBe(before + 1);
  await frozen.answered();
  expect((await sandbox.requests("list")).length).toBe(before + 1);
});

test("one switch turns single keys off, also after a reload", async ({ signedIn, sandbox }) => {
  await fourRuns(sandbox);
  const page = await signedIn();
  await page.keyboard.press("?");
  const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await sheet.getByRole("checkbox", { name: "Enable single-key shortcuts" }).uncheck();
  await sheet.getByRole("button", { name: "Close" }).click();
  await page.reload();
  await expect(links(page)).toHaveCount(4);
  await page.keyboard.press("n");
  await page.keyboard.press("j");
  await expect(resultCount(page)).toHaveText("4 runs");
  await expect(links(page).nth(0)).not.toBeFocused();
  // They can be turned on again without a key.
  await (await openSettings(page)).getByRole("button", { name: "Keyboard shortcuts" }).click();
  await sheet.getByRole("checkbox", { name: "Enable single-key shortcuts" }).check();
  await sheet.getByRole("button", { name: "Close" }).click();
  await page.keyboard.press("n");
  await expect(heading(page)).toHaveText("New run");
});

test("the query completes what was seen, and a pasted id opens its run", async ({ signedIn, sandbox }) => {
  const { open } = await fourRuns(sandbox);
  const page = await signedIn();
  await expect(links(page)).toHaveCount(4);
  await search(page).pressSequentially("jo");
  await chooseFirstOffered(page);
  await page.keyboard.press("Enter");
  await expect(offered(page)).toHaveText([/^clinic-3/, /^12345678/, /^survey-7/]);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Tab");
  await expect(search(page)).toHaveValue('job:"clinic-3" ');
  await expect(search(page)).toBeFocused();
  await expect(links(page)).toHaveCount(2);
  await page.keyboard.press("Escape");
  await search(page).fill(open.id);
  await expect(page.getByRole("link", { name: `Open run ${open.id}` })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(heading(page)).toHaveText("bin collection");
});

test("a job's runs stand under its number of runs and its last rates, read one at a time", async ({
  signedIn,
  sandbox,
}) => {
  for (let number = 1; number <= 7; number += 1) {
    await createdAt(sandbox, ago(7200 + number), {
      name: `Clinic ${number}`,
      jobId: "clinic-3",
      startAt: ago(7000),
      endAt: ago(60 * number),
    });
  }
  await fourRuns(sandbox);
  const page = await signedIn();
  await row(page, "Clinic 1").getByRole("link", { name: "clinic-3" }).click();
  await expect(search(page)).toHaveValue('job:"clinic-3"');
  const job = page.getByRole("region", { name: "Job clinic-3" });
  await expect(job).toContainText("9 runs");
  const rates = job.getByRole("listitem");
  await expect(rates).toHaveCount(5);
  await expect(rates.filter({ hasText: /[\d,]+ of [\d,]+ \(\d+(\.\d)? %\)|no data yet/ })).toHaveCount(5);
  expect((await sandbox.requests("summary")).length).toBeLessThanOrEqual(5);
  await rates.first().getByRole("link").click();
  const details = await unfold(page, "Details");
  await details.getByRole("link", { name: "All runs of this job" }).click();
  await expect(search(page)).toHaveValue('job:"clinic-3"');
  await search(page).fill("job:clinic-3 phase:over");
  await expect(job).toHaveCount(0);
});

test("a job's rates are read where its address is opened while the list is still coming, and those of the next job, too", async ({
  signedIn,
  sandbox,
}) => {
  await sandbox.reset({ seed_runs: 3_000, clock: { set: NOW.toISOString() } });
  for (const jobId of ["clinic-3", "clinic-4"]) {
    for (let number = 1; number <= 3; number += 1) {
      await createdAt(sandbox, ago(7200 + number), { name: `${jobId} ${number}`, jobId, startAt: ago(7000), endAt: ago(60 * number) });
    }
  }
  const page = await signedIn("./?q=job:clinic-3");
  for (const id of ["clinic-3", "clinic-4"]) {
    await search(page).fill(`job:${id}`);
    const rates = page.getByRole("region", { name: `Job ${id}` }).getByRole("listitem");
    await expect(rates.filter({ hasText: /of [\d,]+ \(|no data yet/ })).toHaveCount(3);
  }
});

test("in another zone other runs are those of today, and all of them are listed", async ({ signedIn, sandbox, frozen }) => {
  // 09:00 in UTC is 22:00 in Auckland: its day began at 11:00 the day before.
  for (const [name, hours] of [["Early", 20], ["Late", 2]] as const) {
    await createdAt(sandbox, ago(90_000), { name, startAt: ago(hours * 3600), endAt: ahead(3600) });
  }
  const page = await signedIn("./?q=starts:today");
  await expect(links(page)).toHaveText(["Late"]);
  await frozen.advance(1);
  await links(page).first().focus();
  await listZones(page, frozen);
  await chooseZone(page, "Pacific/Auckland");
  await expect(links(page)).toHaveCount(2);
  await expect(page.getByRole("button", { name: /^Show/ })).toHaveCount(0);
});

test("a saved view, hidden columns and close rows are there after a reload", async ({ signedIn, sandbox }) => {
  await fourRuns(sandbox);
  const page = await signedIn("./?q=phase%3Aupcoming&sort=name");
  await expect(links(page)).toHaveCount(1);
  const display = await openMenu(page, "Display");
  await display.getByRole("checkbox", { name: "Created" }).uncheck();
  await display.getByRole("radio", { name: "Compact" }).check();
  const views = await openMenu(page, "Views");
  await views.getByRole("textbox").fill("What comes");
  await page.keyboard.press("Enter");
  await expect(views.getByRole("status").filter({ hasText: /\S/ })).toHaveText("“What comes” is saved in this browser.");
  await page.goto("./");
  await expect(links(page)).toHaveCount(4);
  await expect(table(page).getByRole("columnheader")).toHaveText(["Name", "Status", "Job", "Start", "End"]);
  await (await openMenu(page, "Views")).getByRole("button", { name: "What comes", exact: true }).click();
  await expect(page).toHaveURL(/q=phase:upcoming&sort=name/);
  await expect(links(page)).toHaveText(["Clinic recall"]);
  const saved = (await openMenu(page, "Views")).getByRole("button", { name: "What comes", exact: true });
  await expect(saved).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("Escape");
  const rows = await openMenu(page, "Display");
  await expect(rows.getByRole("radio", { name: "Compact" })).toBeChecked();
  await expect(rows.getByRole("checkbox", { name: "Created" })).not.toBeChecked();
});

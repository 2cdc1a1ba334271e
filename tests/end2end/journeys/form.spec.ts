// Typing a run: what is wrong is said where it is wrong, and what will happen is said before it happens.

import { type Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import {
  alert,
  announcer,
  asked,
  banner,
  chooseZone,
  expectList,
  field,
  fill,
  fourRuns,
  heading,
  listZones,
  notesOf,
  preview,
  schedule,
  when,
} from "./parts.ts";

/** The zone beside each field. */
const zones = (page: Page) => page.getByRole("form").locator(".zone-mark");

test.beforeEach(({ frozen }) => {
  void frozen;
});

async function sent(sandbox: { requests(operation: string): Promise<{ body: string }[]> }): Promise<unknown[]> {
  return (await sandbox.requests("create")).map((request) => asked(request.body));
}

test("an empty form marks every field, focuses the first and sends nothing", async ({ signedIn, sandbox }) => {
  const page = await signedIn("./?new");
  for (const label of ["Job ID", "Run name", "Start", "End"] as const) {
    await expect(field(page, label)).not.toHaveAttribute("aria-invalid", "true");
  }
  await schedule(page).click();
  await expect(field(page, "Job ID")).toBeFocused();
  await expect(announcer(page)).toHaveText(/^Check the marked fields/);
  for (const [label, said] of [
    ["Job ID", "Choose a job, or enter its ID."],
    ["Run name", "Enter a name for the run."],
    ["Start", "Enter when it starts, or choose “Now”."],
    ["End", "Enter when it ends."],
  ] as const) {
    await expect(field(page, label)).toHaveAttribute("aria-invalid", "true");
    expect(await notesOf(field(page, label))).toContain(said);
  }
  await field(page, "Job ID").fill("12345678");
  await expect(field(page, "Job ID")).not.toHaveAttribute("aria-invalid", "true");
  await schedule(page).click();
  await expect(field(page, "Run name")).toBeFocused();
  expect(await sandbox.requests("create")).toEqual([]);
});

test("a field is marked when it is left, not while it is typed into", async ({ signedIn }) => {
  const page = await signedIn("./?new");
  await field(page, "Start").pressSequentially("2026-03-");
  await expect(field(page, "Start")).not.toHaveAttribute("aria-invalid", "true");
  await field(page, "End").focus();
  await expect(field(page, "Start")).toHaveAttribute("aria-invalid", "true");
  expect(await notesOf(field(page, "Start"))).toContain("We can’t read this time.");
  await field(page, "Run name").focus();
  expect(await notesOf(field(page, "End"))).toContain("Enter when it ends.");
});

test("each field keeps the focus while it is typed into, key by key", async ({ signedIn }) => {
  const page = await signedIn("./?new");
  await when(page, "When it ends", "After a duration").check();
  for (const [label, text] of [
    ["Job ID", "12345678"],
    ["Run name", "Spring campaign"],
    ["Start", "2026-03-10 09:30"],
    ["Duration", "2h 30m"],
  ] as const) {
    await field(page, label).focus();
    await page.keyboard.type(text);
    await expect(field(page, label)).toBeFocused();
    await expect(field(page, label)).toHaveValue(text);
  }
  await when(page, "When it ends", "Pick a time").check();
  await expect(field(page, "End")).toHaveValue("2026-03-10 12:00");
  await field(page, "End").fill("");
  await page.keyboard.type("2026-03-10 12:00");
  await expect(field(page, "End")).toBeFocused();
  await expect(preview(page)).toContainText("Runs 2 h 30 min, Tue 10 Mar 2026 09:30 to 12:00 UTC");
});

test("going back while a field has the focus leaves the form and loses nothing", async ({ signedIn }) => {
  const page = await signedIn();
  for (const label of ["Job ID", "Run name", "Start", "End"] as const) {
    await banner(page).getByRole("link", { name: "New run" }).click();
    await field(page, label).focus();
    await page.goBack();
    await expectList(page, "0 runs");
  }
  await banner(page).getByRole("link", { name: "New run" }).click();
  await expect(heading(page)).toHaveText("New run");
});

for (const [what, run, label, said] of [
  ["an end before the start", { end: "2026-03-10 09:29" }, "End", "The end must be after the start."],
  ["an end that is the start", { end: "2026-03-10 09:30" }, "End", "The end must be after the start."],
  [
    "an end in the past",
    { start: "2026-03-10 07:00", end: "2026-03-10 08:59" },
    "End",
    "The end is in the past; the API refuses that.",
  ],
  ["a name of 256 characters", { name: "ä".repeat(256) }, "Run name", "Use at most 255 characters; this has 256."],
  ["a name of spaces", { name: "   " }, "Run name", "Enter a name for the run."],
  ["a start nobody can read", { start: "someday" }, "Start", "We can’t read this time."],
  ["a start without a time of day", { start: "31.3.2026" }, "Start", "Add a time of day"],
] as const) {
  test(`${what} is refused at its field, and nothing is sent`, async ({ signedIn, sandbox }) => {
    const page = await signedIn("./?new");
    await fill(page, run);
    await schedule(page).click();
    await expect(field(page, label)).toBeFocused();
    expect(await notesOf(field(page, label))).toContain(said);
    expect(await sandbox.requests("create")).toEqual([]);
  });
}

test("a name of 255 characters is sent as it is", async ({ signedIn, sandbox }) => {
  const page = await signedIn("./?new");
  await fill(page, { name: "ä".repeat(255) });
  await schedule(page).click();
  await expect(heading(page)).toHaveText("ä".repeat(255));
  expect(await sent(sandbox)).toMatchObject([{ name: "ä".repeat(255) }]);
});

test("“Now” and “After 8h 30m”: the preview says what will happen, and just that is sent", async ({
  signedIn,
  sandbox,
}) => {
  const page = await signedIn("./?new");
  await field(page, "Job ID").fill("  12345678 ");
  await field(page, "Run name").fill(" Spring campaign ");
  await when(page, "When it starts", "Now").check();
  await expect(field(page, "Start")).toHaveCount(0);
  await when(page, "When it ends", "After a duration").check();
  await field(page, "Duration").fill("8h 30m");
  await expect(preview(page)).toContainText("Runs 8 h 30 min, Tue 10 Mar 2026 09:00 to 17:30 UTC, starts at once.");
  await schedule(page).click();
  await expect(heading(page)).toHaveText("Spring campaign");
  const [create] = await sandbox.requests("create");
  expect(create).toMatchObject({ method: "POST", path: "/beta/jobs/runs", query: null, status: 201 });
  expect(create?.headers["content-type"]).toMatch(/^application\/json/);
  expect(asked(create?.body)).toEqual({
    jobId: "12345678",
    name: "Spring campaign",
    startAt: "2026-03-10T09:00:00.000Z",
    endAt: "2026-03-10T17:30:00.000Z",
  });
});

test("a time can be typed in many ways, and what was understood is said", async ({ signedIn }) => {
  const page = await signedIn("./?new");
  for (const [typed, understood] of [
    ["tomorrow 9am", "Wed 11 Mar 2026 09:00 UTC, in 1 d"],
    ["Sunday 09:00", "Sun 15 Mar 2026 09:00 UTC, in 5 d"],
    ["next Monday 9:00", "Mon 16 Mar 2026 09:00 UTC, in 6 d"],
    ["in 2 hours", "Tue 10 Mar 2026 11:00 UTC, in 2 h"],
    ["noon", "Tue 10 Mar 2026 12:00 UTC, in 3 h"],
    ["29.11.2026 09:00", "Sun 29 Nov 2026 09:00 UTC, in 264 d"],
    ["29/11/2026 9:00 pm", "Sun 29 Nov 2026 21:00 UTC, in 264 d 12 h"],
    ["Mon 30 Nov 09:00", "Mon 30 Nov 2026 09:00 UTC, in 265 d"],
    ["18:30", "Tue 10 Mar 2026 18:30 UTC, in 9 h 30 min"],
    ["2026-03-10T20:00:00+02:00", "Tue 10 Mar 2026 18:00 UTC, in 9 h"],
    ["2026-03-10 20:00:00 UTC+02:00", "Tue 10 Mar 2026 18:00 UTC, in 9 h"],
    ["now", "Tue 10 Mar 2026 09:00 UTC, now"],
  ] as const) {
    await field(page, "Start").fill(typed);
    await expect.poll(() => notesOf(field(page, "Start"))).toContain(understood);
  }
});

test("the exact request is shown before it is sent", async ({ signedIn }) => {
  const page = await signedIn("./?new");
  await expect(preview(page)).toContainText("Complete start and end to see what will happen.");
  await fill(page);
  await expect(preview(page)).toContainText("Runs 1 h 30 min, Tue 10 Mar 2026 09:30 to 11:00 UTC, starts in 30 min.");
  await preview(page).getByText("The exact request").click();
  const shown = await preview(page).locator("code").innerText();
  expect(asked(shown)).toEqual({
    jobId: "12345678",
    name: "Spring campaign",
    startAt: "2026-03-10T09:30:00.000Z",
    endAt: "2026-03-10T11:00:00.000Z",
  });
});

test("changing the zone keeps the instants and rewrites the texts", async ({ signedIn, sandbox, frozen }) => {
  const page = await signedIn("./?new");
  await expect(zones(page)).toHaveText(["UTC", "UTC"]);
  await fill(page, { start: "2026-03-28 14:30", end: "2026-03-29 14:30" });
  await listZones(page, frozen);
  await chooseZone(page, "Europe/Berlin");
  await expect(zones(page)).toHaveText(["Europe/Berlin", "Europe/Berlin"]);
  await expect(field(page, "Start")).toHaveValue("2026-03-28 15:30");
  await expect(field(page, "End")).toHaveValue("2026-03-29 16:30");
  // The clocks go forward in between: both offsets have to be said.
  await expect(preview(page)).toContainText("Sat 28 Mar 2026 15:30 UTC+01:00 to Sun 29 Mar 2026 16:30 UTC+02:00");
  await expect(preview(page)).toContainText("Runs 1 d");
  await schedule(page).click();
  await expect(heading(page)).toHaveText("Spring campaign");
  expect(await sent(sandbox)).toMatchObject([
    { startAt: "2026-03-28T14:30:00.000Z", endAt: "2026-03-29T14:30:00.000Z" },
  ]);
});

test("a local time that the clocks skip is refused with its neighbours", async ({ signedIn, sandbox, frozen }) => {
  const page = await signedIn("./?new");
  await listZones(page, frozen);
  await chooseZone(page, "Europe/Berlin");
  await fill(page, { start: "2026-03-29 02:30", end: "2026-03-29 12:00" });
  await schedule(page).click();
  await expect(field(page, "Start")).toBeFocused();
  const said = await notesOf(field(page, "Start"));
  expect(said).toContain("This time does not exist: the clocks go forward over it.");
  expect(said).toContain("UTC+01:00");
  expect(said).toContain("UTC+02:00");
  expect(await sandbox.requests("create")).toEqual([]);
  await field(page, "Start").fill("2026-03-29 03:30");
  await schedule(page).click();
  await expect(heading(page)).toHaveText("Spring campaign");
  expect(await sent(sandbox)).toMatchObject([{ startAt: "2026-03-29T01:30:00.000Z" }]);
});

test("a local time that happens twice is asked about, and either can be written", async ({
  signedIn,
  sandbox,
  frozen,
}) => {
  const page = await signedIn("./?new");
  await listZones(page, frozen);
  await chooseZone(page, "Europe/Berlin");
  await fill(page, { start: "2026-10-25 02:30", end: "2026-10-25 12:00" });
  await schedule(page).click();
  await expect(field(page, "Start")).toBeFocused();
  const said = await notesOf(field(page, "Start"));
  expect(said).toContain("This time happens twice: the clocks go back.");
  const offered = said.match(/Write (.+?) or (.+?)\.(\s|$)/);
  expect(offered?.slice(1, 3)).toEqual(["Sun 25 Oct 2026 02:30 UTC+02:00", "Sun 25 Oct 2026 02:30 UTC+01:00"]);
  expect(await sandbox.requests("create")).toEqual([]);
  await field(page, "Start").fill(offered?.[2] ?? "");
  await schedule(page).click();
  await expect(heading(page)).toHaveText("Spring campaign");
  expect(await sent(sandbox)).toMatchObject([{ startAt: "2026-10-25T01:30:00.000Z" }]);
});

test("both spellings of a renamed zone can be chosen", async ({ signedIn, frozen }) => {
  const page = await signedIn("./?new");
  await field(page, "Start").fill("2026-03-10 12:00");
  for (const name of ["Europe/Kiev", "Europe/Kyiv"]) {
    await chooseZone(page, "UTC");
    await expect(field(page, "Start")).toHaveValue("2026-03-10 12:00");
    await listZones(page, frozen);
    await chooseZone(page, name);
    await expect(field(page, "Start")).toHaveValue("2026-03-10 14:00");
  }
});

test("a start in the past warns and is sent all the same", async ({ signedIn, sandbox }) => {
  const page = await signedIn("./?new");
  await fill(page, { start: "2026-03-09 15:00", end: "2026-03-10 10:00" });
  await expect(preview(page).getByRole("status")).toContainText("The start is in the past: the run starts at once.");
  await schedule(page).click();
  await expect(heading(page)).toHaveText("Spring campaign");
  expect(await sent(sandbox)).toMatchObject([{ startAt: "2026-03-09T15:00:00.000Z" }]);
});

test("a long window and a window about to end are remarked on", async ({ signedIn }) => {
  const page = await signedIn("./?new");
  await fill(page, { start: "2026-03-11 09:00", end: "2026-03-12 09:00:01" });
  await expect(preview(page)).toContainText("The window is longer than a day: 1 d 1 s.");
  await fill(page, { start: "2026-03-10 09:00", end: "2026-03-10 09:04" });
  await expect(preview(page)).toContainText("It ends in 4 min: little or nothing may be sent.");
});

test("job ids in use and configured ones are suggested, with their labels", async ({ signedIn, sandbox }) => {
  await fourRuns(sandbox);
  const page = await signedIn("./?new");
  await field(page, "Job ID").click();
  const options = page.getByRole("listbox", { name: "Known jobs" }).getByRole("option");
  await expect(options.first()).toContainText("clinic-3");
  await expect(options.filter({ hasText: "survey-7" })).toHaveCount(1);
  await expect(options.filter({ hasText: "12345678" })).toHaveText(/^Pizza campaign\s+12345678$/);
  await field(page, "Job ID").fill("12345678");
  await expect.poll(() => notesOf(field(page, "Job ID"))).toContain("Pizza campaign");
});

test("the address fills in job and name", async ({ signedIn }) => {
  const page = await signedIn("./?new&job=12345678&name=Spring%20%26%20more");
  await expect(field(page, "Job ID")).toHaveValue("12345678");
  await expect(field(page, "Run name")).toHaveValue("Spring & more");
});

test("what was typed is still there after looking elsewhere", async ({ signedIn }) => {
  const page = await signedIn("./?new");
  await fill(page, { name: "Half a thought" });
  await banner(page).getByRole("link", { name: "Runs" }).click();
  await expectList(page, "0 runs");
  await page.goBack();
  await expect(field(page, "Run name")).toHaveValue("Half a thought");
  await expect(field(page, "Start")).toHaveValue("2026-03-10 09:30");
});

test("what the server says of fields stands at the fields: a 400 with `errors`", async ({ signedIn, sandbox, guard }) => {
  guard.allow(/status of 400/);
  await sandbox.faults({
    operation: "create",
    count: 1,
    fault: {
      kind: "status",
      status: 400,
      body: {
        title: "Bad Request",
        instance: "trace-4711",
        errors: ["name must be unique among open runs", "endAt must be within 30 days", "quota exceeded"],
      },
    },
  });
  const page = await signedIn("./?new");
  await fill(page);
  await schedule(page).click();
  await expect(alert(page)).toContainText("The run was not scheduled.");
  await expect(alert(page)).toContainText("quota exceeded");
  await expect(alert(page)).toContainText("Trace ID: trace-4711");
  await expect(field(page, "Run name")).toHaveAttribute("aria-invalid", "true");
  expect(await notesOf(field(page, "Run name"))).toContain("name must be unique among open runs");
  expect(await notesOf(field(page, "End"))).toContain("endAt must be within 30 days");
  await expect(field(page, "Run name")).toHaveValue("Spring campaign");
  await field(page, "Run name").fill("Spring campaign 2");
  await schedule(page).click();
  await expect(heading(page)).toHaveText("Spring campaign 2");
  expect(await sent(sandbox)).toHaveLength(2);
});

test("what the server said of a field goes once the field is changed", async ({ signedIn, sandbox, guard }) => {
  guard.allow(/status of 400/);
  const body = { title: "Bad Request", errors: ["name must be unique among open runs"] };
  await sandbox.faults({ operation: "create", fault: { kind: "status", status: 400, body } });
  const page = await signedIn("./?new");
  await fill(page);
  await schedule(page).click();
  await expect(field(page, "Run name")).toHaveAttribute("aria-invalid", "true");
  await field(page, "Run name").fill("Spring campaign 2");
  await expect(field(page, "Run name")).not.toHaveAttribute("aria-invalid", "true");
});

test("what the server says of fields stands at the fields: a 422 with `invalid_parameters`", async ({
  signedIn,
  sandbox,
  guard,
}) => {
  guard.allow(/status of 422/);
  await sandbox.faults({
    operation: "create",
    fault: {
      kind: "status",
      status: 422,
      body: {
        title: "Unprocessable",
        invalid_parameters: [
          { name: "jobId", reason: "This job was archived" },
          { name: "start_at", reason: "Must lie on a working day" },
        ],
      },
    },
  });
  const page = await signedIn("./?new");
  await fill(page);
  await schedule(page).click();
  await expect(alert(page)).toContainText("The run was not scheduled.");
  expect(await notesOf(field(page, "Job ID"))).toContain("This job was archived");
  expect(await notesOf(field(page, "Start"))).toContain("Must lie on a working day");
});

test("a run that is run again can start now, for the same length", async ({ signedIn, sandbox }) => {
  const { over } = await fourRuns(sandbox);
  const page = await signedIn(`./?new&from=${over.id}`);
  await expect(page.getByText("The dates are moved to the next possible time. Check them: people who were already contacted may be contacted again.")).toBeVisible();
  await page.getByRole("button", { name: "Start now instead, for the same length" }).click();
  await expect(preview(page)).toContainText("Runs 2 h, Tue 10 Mar 2026 09:00 to 11:00 UTC, starts at once.");
  await schedule(page).click();
  await expect(heading(page)).toHaveText("Autumn survey (2)");
});

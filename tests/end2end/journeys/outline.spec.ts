// What a screen reader is given of a run and of the form: which parts there are, under which names, in which order.

import { expect, test } from "../fixtures.ts";
import { attention, field, fill, fourRuns, heading, preview, summary } from "./parts.ts";

test.beforeEach(({ frozen }) => {
  void frozen;
});

test("a running run: name, state, job and window, what can be done, what came of it, details", async ({ sandbox, signedIn }) => {
  const { open } = await fourRuns(sandbox);
  const page = await signedIn(`./?run=${open.id}`);
  await expect(summary(page)).toContainText("Success rate");
  await expect(page.locator("body")).toMatchAriaSnapshot(`
    - link "Skip to content"
    - banner:
      - text: "Runboard Environment: sandbox"
      - navigation "Main":
        - link "Runs"
      - link "New run"
      - button "Settings"
    - main:
      - paragraph:
        - link "All runs"
      - heading "bin collection" [level=1]
      - text: Running
      - paragraph:
        - text: "Job: Pizza campaign ·"
        - time: Tue 10 Mar 08:00
        - text: –
        - time: 10:00
        - text: UTC ·2 h
      - region "Window":
        - heading "Window" [level=2]
        - paragraph: Ends in 1 h
        - progressbar "Window elapsed"
        - paragraph: 50 % of 2 h elapsed. This is elapsed time, not sending progress.
      - group "Actions":
        - link "Run again"
        - button "Stop run"
      - region "Summary":
        - heading "Summary" [level=2]
        - paragraph:
          - text: as of
          - time: 09:00:00 UTC
        - group "Deliveries":
          - heading "Deliveries" [level=3]
          - term: Success rate
          - definition: /^\\d+(\\.\\d)? % \\d+ of \\d+ final reports$/
          - img /^\\d+ succeeded, \\d+ failed$/
          - term: Recipients
          - definition: /^\\d+$/
          - term: Succeeded
          - definition: /^\\d+$/
          - term: Failed
          - definition: /^\\d+$/
          - term: Info
          - definition: /^\\d+$/
        - group "Responses":
          - heading "Responses" [level=3]
          - term: Recipients
          - definition: /^\\d+$/
      - group: Details
      - group: Developer details
  `);
});

test("a failed run: its state, and why somebody should look, before the summary", async ({ sandbox, signedIn }) => {
  const { over } = await fourRuns(sandbox);
  await sandbox.faults({ operation: "run", fault: { kind: "patch", merge: { status: "failed" } } });
  const page = await signedIn(`./?run=${over.id}`);
  await expect(attention(page)).toBeVisible();
  await expect(page.getByRole("main")).toMatchAriaSnapshot(`
    - main:
      - heading "Autumn survey" [level=1]
      - text: Failed
      - region "Window":
        - paragraph: /^Its window ended 3 h ago/
      - group "Actions":
        - link "Run again"
      - region "Needs attention":
        - list:
          - listitem: "This run failed. No reason was given. The summary shows what was sent."
      - region "Summary"
  `);
});

test("the form: job and name, start and end with their usual choices, what will happen, the button", async ({ sandbox, signedIn }) => {
  await fourRuns(sandbox);
  const page = await signedIn("./?new");
  await fill(page);
  await expect(preview(page)).toContainText("This job already has 1 run in this window.");
  await expect(page.getByRole("main")).toMatchAriaSnapshot(`
    - main:
      - heading "New run" [level=1]
      - form "New run":
        - combobox "Job ID": "12345678"
        - textbox "Run name": Spring campaign
        - group "When it starts":
          - radio "Pick a time" [checked]
          - radio "Now"
          - group "Usual starts":
            - button "In 1 h"
            - button "Tomorrow 09:00"
            - button "Monday 09:00"
          - textbox "Start": 2026-03-10 09:30
          - text: UTC
          - button "Pick start from a calendar"
          - paragraph: Tue 10 Mar 2026 09:30 UTC, in 30 min
        - group "When it ends":
          - radio "Pick a time" [checked]
          - radio "After a duration"
          - group "Usual durations":
            - button "1 h"
            - button "8 h"
            - button "24 h"
          - textbox "End": 2026-03-10 11:00
          - text: UTC
          - button "Pick end from a calendar"
          - textbox "Duration": 1 h 30 min
        - group "What will happen":
          - paragraph: Runs 1 h 30 min, Tue 10 Mar 2026 09:30 to 11:00 UTC, starts in 30 min.
          - status:
            - paragraph: "This job already has 1 run in this window. Recipients may be reached twice:"
            - list:
              - listitem:
                - link "bin collection"
                - text: Tue 10 Mar 2026 08:00 to 10:00 UTC
          - group: The exact request
        - button "Schedule run"
        - link "Cancel"
        - region "Around this window":
          - group "Around this window":
            - link "bin collection, Running, Tue 10 Mar 08:00 – 10:00, overlaps this window"
          - group "Free times for 1 h 30 min, from Tue 10 Mar":
            - button "Tue 10 Mar 10:00 – 11:30 up to 1 other run open"
          - group: Quiet hours none
          - group: Other time zones none pinned
  `);
});

test("rescheduling: the same form, the old window beside the new one, and what the button does", async ({ sandbox, signedIn }) => {
  const { upcoming } = await fourRuns(sandbox);
  const page = await signedIn(`./?new&replaces=${upcoming.id}`);
  await expect(heading(page)).toHaveText("Reschedule");
  await field(page, "Start").fill("2026-03-10 12:00");
  await expect(preview(page)).toContainText("Runs 1 d 5 h");
  await expect(page.getByRole("main")).toMatchAriaSnapshot(`
    - main:
      - heading "Reschedule" [level=1]
      - status:
        - paragraph: /“Clinic recall” is stopped/
      - form "New run":
        - combobox "Job ID": clinic-3
        - textbox "Run name": Clinic recall
        - group "When it starts":
          - textbox "Start": 2026-03-10 12:00
        - group "When it ends":
          - textbox "End": 2026-03-11 17:00
          - textbox "Duration": 1 d 5 h
        - group "What will happen":
          - table "Old and new window":
            - rowgroup:
              - row /Old New/:
                - columnheader "Old"
                - columnheader "New"
            - rowgroup:
              - row /2 h later$/:
                - rowheader "Start"
                - cell "Tue 10 Mar 2026 10:00 UTC"
                - cell /^Tue 10 Mar 2026 12:00 UTC/
              - row /2 h later$/:
                - rowheader "End"
                - cell "Wed 11 Mar 2026 15:00 UTC"
                - cell /^Wed 11 Mar 2026 17:00 UTC/
              - row "Duration 1 d 5 h 1 d 5 h same"
          - group: The exact request
        - button "Schedule new run, then stop the old one"
        - link "Cancel"
  `);
});

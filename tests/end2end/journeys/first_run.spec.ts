// From the first start to the end of a run: the way a new operator goes.

import { expect, test } from "../fixtures.ts";
import {
  asked,
  badge,
  banner,
  counted,
  deliveries,
  fill,
  heading,
  responses,
  row,
  runWindow,
  schedule,
  state,
  stopButton,
  stopDialog,
  summary,
  tokensForADay,
  resultCount,
} from "./parts.ts";

test("the first start signs in by itself and says that there are no runs yet", async ({ page, frozen, sandbox }) => {
  void frozen;
  await page.goto("./");
  await expect(resultCount(page)).toHaveText("0 runs");
  await expect(page.getByRole("main").getByText("No runs yet")).toBeVisible();
  await expect(page.getByRole("table")).toHaveCount(0);
  expect(await sandbox.requests("token")).toHaveLength(1);
  const [token] = await sandbox.requests("token");
  expect(token?.method).toBe("POST");
  const [list] = await sandbox.requests("list");
  expect(list).toMatchObject({ method: "GET", path: "/beta/runs/", query: null });
  expect(list?.headers["authorization"]).toMatch(/^Bearer eyJ/);
});

test("from an empty list to a scheduled, opened, counted and stopped run", async ({ frozen, sandbox, signedIn }) => {
  await tokensForADay(sandbox);
  const page = await signedIn();
  await page.getByRole("main").getByRole("link", { name: "New run" }).click();
  await expect(heading(page)).toHaveText("New run");
  await expect(heading(page)).toBeFocused();
  await expect(page).toHaveURL(/\?new$/);

  await fill(page, { name: "Spring campaign", start: "2026-03-10 09:30", end: "2026-03-10 11:30" });
  await schedule(page).click();

  await expect(heading(page)).toHaveText("Spring campaign");
  await expect(heading(page)).toBeFocused();
  await expect(page).toHaveTitle("Spring campaign · Runboard");
  await expect(page).toHaveURL(/\?run=[0-9a-f-]{36}$/);
  await expect(runWindow(page)).toContainText("Starts in 30 min");
  await expect(state(page)).toHaveText("Scheduled");
  await expect(summary(page).getByText("No data yet")).toHaveCount(2);
  expect(asked((await sandbox.requests("create"))[0]?.body)).toEqual({
    jobId: "12345678",
    name: "Spring campaign",
    startAt: "2026-03-10T09:30:00.000Z",
    endAt: "2026-03-10T11:30:00.000Z",
  });

  // The window opens within that second: its milliseconds are the request's fingerprint.
  await frozen.advance(1801);
  await expect(runWindow(page)).toContainText("Ends in 1 h 59 min");
  await expect(state(page)).toHaveText("Running");

  await frozen.advance(600);
  await expect.poll(() => counted(deliveries(page), "Recipients")).toBeGreaterThan(0);
  const early = await counted(deliveries(page), "Recipients");
  await frozen.advance(600);
  await expect.poll(() => counted(deliveries(page), "Recipients")).toBeGreaterThan(early);
  expect(await counted(responses(page), "Recipients")).toBeGreaterThan(0);

  await stopButton(page).click();
  await expect(stopDialog(page)).toContainText("Spring campaign");
  await stopDialog(page).getByRole("button", { name: "Stop run" }).click();
  await expect(stopDialog(page)).toBeHidden();
  await expect(state(page)).toHaveText("Stopped");
  await expect(page.getByText("Stopped. Requested Tue 10 Mar 2026 09:50:01 UTC")).toBeVisible();
  await expect(stopButton(page)).toHaveCount(0);
  await expect(runWindow(page)).toContainText("Stopped Tue 10 Mar 09:50");
  expect(await sandbox.requests("stop")).toHaveLength(1);

  await banner(page).getByRole("link", { name: "Runs" }).click();
  await expect(resultCount(page)).toHaveText("1 run");
  await expect(badge(row(page, "Spring campaign"))).toHaveText("Stopped");
});

// From the timeline to a run that is moved, also where it is not stopped; in a portal; and with very many runs.

import { type Locator, type Page } from "@playwright/test";
import { test as portalTest } from "../embedded.ts";
import { NOW, type Sandbox, expect, startSandbox, test } from "../fixtures.ts";
import { alert, field, heading, search, stopBehind, tokensForADay } from "./parts.ts";

const canvas = (page: Page): Locator => page.getByRole("group", { name: "Timeline", exact: true });
const bar = (page: Page, name: string): Locator => canvas(page).getByRole("link", { name: new RegExp(`^.?${name}`) });
const submit = (page: Page): Locator => page.getByRole("button", { name: "Schedule new run, then stop the old one" });

const at = (hours: number): string => new Date(NOW.getTime() + hours * 3_600_000).toISOString();
const spring = (sandbox: Sandbox) => sandbox.createRun({ name: "Spring campaign", jobId: "spring-1", startAt: at(2), endAt: at(4) });

/** Sends the form; the stop is refused. Both runs are reported, and the old one is stopped only when asked. */
async function expectBothRunsReported(page: Page, sandbox: Sandbox, id: string): Promise<void> {
  await sandbox.faults({ operation: "stop", count: 1, fault: { kind: "status", status: 403 } });
  await submit(page).click();
  await expect(alert(page)).toContainText("The old run was not stopped: two runs exist.");
  await expect(alert(page).getByRole("link", { name: "Spring campaign" })).toHaveAttribute("href", `./?run=${id}`);
  expect(await sandbox.requests("stop")).toHaveLength(1);
  await page.goto("./?timeline&from=now&to=now%2B12h");
  await expect(bar(page, "Spring campaign")).toHaveCount(2);
  await alert(page).getByRole("button", { name: "Stop the old run" }).click();
  await expect(page.getByText("The old run is stopped.")).toBeVisible();
  expect((await sandbox.requests("stop")).map((request) => request.path.split("/").at(-2))).toEqual([id, id]);
}

test.describe("a run is moved on the timeline, and its stop is refused", () => {
  test.beforeEach(async ({ frozen, sandbox, guard }) => {
    void frozen;
    guard.allow(/status of 403/);
    await tokensForADay(sandbox);
  });

  test("by a drag", async ({ signedIn, sandbox }) => {
    const { id } = await spring(sandbox);
    const page = await signedIn("./?timeline&from=now&to=now%2B12h");
    const place = await bar(page, "Spring campaign").locator("rect").boundingBox();
    const [x, y] = [(place?.x ?? 0) + 30, (place?.y ?? 0) + 10];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 20, y);
    await page.mouse.move(x + (place?.width ?? 0), y);
    await page.mouse.up();
    await expect(field(page, "Start")).toHaveValue("2026-03-10 13:00");
    expect(await sandbox.requests("create")).toHaveLength(1);
    await expectBothRunsReported(page, sandbox, id);
  });

  test("with keys", async ({ signedIn, sandbox }) => {
    const { id } = await spring(sandbox);
    const page = await signedIn("./?timeline&from=now&to=now%2B12h");
    await bar(page, "Spring campaign").focus();
    for (let step = 0; step < 4; step += 1) await page.keyboard.press("Shift+ArrowRight");
    await expect(canvas(page)).toContainText(/Reschedule to .*, 2 h/);
    await page.keyboard.press("Enter");
    await expect(heading(page)).toHaveText("Reschedule");
    await expect(page).toHaveURL(new RegExp(`replaces=${id}`));
    await expect(field(page, "Start")).not.toHaveValue("2026-03-10 11:00");
    expect(await sandbox.requests("create")).toHaveLength(1);
    await expectBothRunsReported(page, sandbox, id);
  });
});

portalTest("in a portal the timeline is in the portal's address, and a bar opens its run", async ({ page, portal, sandbox }) => {
  const run = await sandbox.createRun({ name: "Spring campaign", jobId: "spring-1" });
  await page.goto(portal.origin);
  const board = page.frameLocator("run-board iframe");
  await board.getByRole("button", { name: "Timeline", exact: true }).click();
  await expect(board.getByRole("heading", { level: 1 })).toHaveText("Timeline");
  await expect.poll(() => new URL(page.url()).searchParams.get("runs")).toMatch(/^\.\/\?timeline/);
  await page.reload();
  const link = board.getByRole("group", { name: "Timeline", exact: true }).getByRole("link", { name: /Spring campaign/ });
  await link.click();
  await expect(board.getByRole("heading", { level: 1 })).toHaveText("Spring campaign");
  await expect.poll(() => new URL(page.url()).searchParams.get("runs")).toBe(`./?run=${run.id}`);
});

test("100,000 runs: there are at most 401 links, and a closer look finds bars", async ({ page }) => {
  test.slow();
  const { child, url } = await startSandbox("--seed-runs", "100000");
  try {
    await page.goto(`${url}?timeline&from=now-3d&to=now%2B3d`);
    await expect(page.locator(".result-count")).toHaveText("100,000 runs", { timeout: 60_000 });
    const inView = page.locator(".tl-runs summary");
    await expect(inView).toHaveText(/^Runs in view \([\d,]+\)$/);
    await expect(page.locator(".tl-shape[d*=M]").first()).toBeAttached();
    // The widest 400, and the one that has the focus.
    expect(await page.locator(".tl-bar").count()).toBeLessThanOrEqual(401);
    await canvas(page).focus();
    for (let step = 0; step < 8; step += 1) await page.keyboard.press("+");
    await expect(page).toHaveURL(/from=\d{4}/);
    await expect(bar(page, "")).not.toHaveCount(0);
    const name = (await bar(page, "").first().getAttribute("aria-label")) ?? "";
    await bar(page, "").first().focus();
    await page.keyboard.press("Enter");
    await expect(heading(page)).not.toHaveText("Timeline");
    expect(name).toContain((await heading(page).innerText()).trim());
  } finally {
    child.kill();
  }
});

test("each lane says when there is room, by the length that is chosen, and leads to the form with that window", async ({ frozen, signedIn, sandbox }) => {
  void frozen;
  await sandbox.createRun({ name: "Spring campaign", jobId: "spring-1", startAt: at(2), endAt: at(4) });
  const stopped = await sandbox.createRun({ name: "Stopped", jobId: "spring-1", startAt: at(5), endAt: at(9) });
  await stopBehind(sandbox, stopped.id);
  await sandbox.createRun({ name: "Clinic recall", jobId: "clinic-3", startAt: at(-1), endAt: at(1.2) });
  const page = await signedIn("./?timeline&from=now&to=now%2B24h");
  const lane = (job: string): Locator => page.getByRole("list", { name: "Job" }).getByRole("listitem").filter({ hasText: job });
  // The stopped run takes up no room.
  await expect(lane("spring-1")).toContainText("Room from 13:00");
  await expect(lane("clinic-3")).toContainText("Room from 10:15");
  await page.getByLabel("Room for").selectOption("1 h");
  // Not at nine: that is now.
  await expect(lane("spring-1")).toContainText("Room from 09:15");
  await page.getByRole("button", { name: "By run" }).click();
  await expect(page.getByLabel("Room for")).toHaveCount(0);
  await page.getByRole("button", { name: "By job" }).click();
  await page.getByLabel("Room for").selectOption("Off");
  await expect(page.getByText("Room from")).toHaveCount(0);
  await page.getByLabel("Room for").selectOption("8 h");
  // Of the listed runs nobody knows what else the job has.
  await search(page).fill("Stopped");
  await expect(page.getByLabel("Room for")).toHaveCount(0);
  await expect(page.getByText("Room from")).toHaveCount(0);
  await search(page).fill("");
  await lane("spring-1").getByRole("link", { name: "Room from 13:00" }).click();
  await expect(heading(page)).toHaveText("New run");
  await expect(field(page, "Job ID")).toHaveValue("spring-1");
  await expect(field(page, "Start")).toHaveValue("2026-03-10 13:00");
  await expect(field(page, "End")).toHaveValue("2026-03-10 21:00");
  expect(await sandbox.requests("create")).toHaveLength(3);
});

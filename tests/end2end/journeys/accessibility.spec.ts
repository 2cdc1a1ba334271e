// Every screen in every state, checked by axe in light and dark at four widths; and nothing to scroll sideways at any of them.

import { type Page } from "@playwright/test";
import { brokenRules, expect, paste, test } from "../fixtures.ts";
import {
  PASTE,
  ago,
  alert,
  attention,
  chooseFirstOffered,
  createdAt,
  deliveries,
  field,
  fill,
  fourRuns,
  heading,
  links,
  openMenu,
  openSettings,
  resultCount,
  schedule,
  search,
  selectAll,
  signInAgain,
  signOut,
  state,
  stopButton,
  stopDialog,
  summary,
  unfold,
} from "./parts.ts";
import { CREATED, RUN, RUN_ID, SUMMARY } from "./printed.ts";

test.beforeEach(({ frozen, guard }) => {
  void frozen;
  guard.allow(/status of (401|404|500|503)/);
});

/** The page as it stands, in eight looks. All that is wrong is told at once. */
async function check(page: Page): Promise<void> {
  const wrong: string[] = [];
  for (const width of [1280, 768, 390, 320]) {
    await page.setViewportSize({ width, height: 900 });
    const wide = await page.evaluate(() => {
      const room = document.documentElement.clientWidth;
      if (document.documentElement.scrollWidth <= room) return "";
      const over = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > room + 0.5);
      return over.slice(0, 3).map((e) => `<${e.tagName.toLowerCase()} class="${e.getAttribute("class") ?? ""}">`).join(" ");
    });
    if (wide !== "") wrong.push(`${width} px: scrolls sideways because of ${wide}`);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      for (const { rule, help, at } of await brokenRules(page)) {
        wrong.push(`${width} px, ${colorScheme}: ${rule} (${help}) at ${at.slice(0, 3).join(" ")}`);
      }
    }
  }
  expect(wrong).toEqual([]);
}

test("the list", async ({ signedIn, sandbox }) => {
  await fourRuns(sandbox);
  const page = await signedIn();
  await expect(links(page)).toHaveCount(4);
  await check(page);
});

test("a window among others, with quiet hours and zones, and the page of a run among others", async ({ signedIn, sandbox, frozen }) => {
  const { over } = await fourRuns(sandbox);
  const page = await signedIn();
  await expect(links(page)).toHaveCount(4);
  await page.getByRole("banner").getByRole("link", { name: "New run" }).click();
  await fill(page);
  for (const name of ["Quiet hours", "Other time zones"]) await page.locator("summary").filter({ hasText: name }).click();
  await page.getByLabel("Quiet from").fill("10:00");
  await page.getByLabel("Quiet until").fill("07:00");
  await frozen.advance(1);
  await page.getByLabel("Add a zone").fill("Asia/Kolkata");
  await page.getByLabel("Add a zone").press("Enter");
  await expect(page.getByRole("button", { name: "Remove Kolkata" })).toBeVisible();
  await check(page);
  await page.goto(`./?run=${over.id}`);
  await page.getByRole("button", { name: "Load other runs" }).click();
  await page.getByText("last ten runs").click();
  await expect(page.locator(".rates-chart")).toBeVisible();
  await check(page);
});

test("the list, filtered to nothing", async ({ signedIn, sandbox }) => {
  await fourRuns(sandbox);
  const page = await signedIn("./?q=nothing");
  await expect(page.getByText("No runs match")).toBeVisible();
  await check(page);
});

test("the empty list", async ({ signedIn }) => {
  const page = await signedIn();
  await expect(page.getByText("No runs yet")).toBeVisible();
  await check(page);
});

test("the list while it loads", async ({ signedIn, page }) => {
  await page.route("**/beta/runs/", () => {});
  await signedIn();
  await expect(page.getByText("Loading runs")).toBeVisible();
  await check(page);
});

test("the list that could not be loaded", async ({ signedIn, sandbox }) => {
  await sandbox.faults({ operation: "list", fault: { kind: "status", status: 500 } });
  const page = await signedIn();
  await expect(alert(page)).toBeVisible();
  await check(page);
});

test("the stale, incomplete list", async ({ signedIn, sandbox, frozen }) => {
  await fourRuns(sandbox);
  await sandbox.faults(
    { operation: "list", count: 1, fault: { kind: "list_broken_entry" } },
    { operation: "list", fault: { kind: "status", status: 503 } },
  );
  const page = await signedIn();
  await expect(links(page)).toHaveCount(4);
  await frozen.advance(15);
  await expect(page.getByText("Shown as of")).toBeVisible();
  await check(page);
});

test("a running run with its summary, all of it unfolded", async ({ signedIn, sandbox }) => {
  const { open } = await fourRuns(sandbox);
  const page = await signedIn(`./?run=${open.id}`);
  await expect(deliveries(page).getByRole("term").first()).toBeVisible();
  await unfold(page, "Details");
  await unfold(page, "Developer details");
  await check(page);
});

test("a scheduled run without data, and its reschedule", async ({ signedIn, sandbox }) => {
  const { upcoming } = await fourRuns(sandbox);
  const page = await signedIn(`./?run=${upcoming.id}`);
  await expect(summary(page).getByText("No data yet").first()).toBeVisible();
  await check(page);
  await page.getByRole("link", { name: "Reschedule" }).click();
  await expect(heading(page)).toHaveText("Reschedule");
  await expect(field(page, "Start")).toHaveValue("2026-03-10 10:00");
  await check(page);
});

test("a run that failed, which says so", async ({ signedIn, sandbox }) => {
  const { over } = await fourRuns(sandbox);
  await sandbox.faults({ operation: "run", fault: { kind: "status_word", word: "failed" } });
  const page = await signedIn(`./?run=${over.id}`);
  await expect(state(page)).toHaveText("Failed");
  await expect(attention(page)).toContainText("This run failed.");
  await check(page);
});

test("a stopped run whose summary failed", async ({ signedIn, sandbox }) => {
  const { stopped } = await fourRuns(sandbox);
  await sandbox.faults({ operation: "summary", fault: { kind: "status", status: 500 } });
  const page = await signedIn(`./?run=${stopped.id}`);
  await expect(summary(page).getByRole("alert")).toBeVisible();
  await check(page);
});

test("the stop dialog, and a stop of unknown outcome", async ({ signedIn, sandbox }) => {
  const { open } = await fourRuns(sandbox);
  const page = await signedIn(`./?run=${open.id}`);
  await expect(deliveries(page).getByRole("term").first()).toBeVisible();
  await stopButton(page).click();
  await expect(stopDialog(page)).toBeVisible();
  await check(page);
  await sandbox.faults({ operation: "stop", fault: { kind: "status", status: 500 } });
  await stopDialog(page).getByRole("button", { name: "Stop run" }).click();
  await expect(alert(page)).toBeVisible();
  await check(page);
});

test("the list of a job with runs selected, and with a term that is not understood", async ({ signedIn, sandbox }) => {
  await fourRuns(sandbox);
  const page = await signedIn("./?q=job:clinic-3");
  const job = page.getByRole("region", { name: "Job clinic-3" });
  await expect(job).toBeVisible();
  await expect(job.getByText("loading", { exact: true })).toHaveCount(0);
  await selectAll(page, 2);
  await check(page);
  await search(page).fill("colour:red starts:today");
  await expect(page.getByRole("button", { name: "Remove colour:red" })).toBeVisible();
  await check(page);
});

test("suggestions in the search field", async ({ signedIn, sandbox }) => {
  await fourRuns(sandbox);
  const page = await signedIn();
  await search(page).fill("job:");
  await chooseFirstOffered(page);
  await check(page);
});

test("the menus of the list: views, one of them saved, and display", async ({ signedIn, sandbox }) => {
  await fourRuns(sandbox);
  const page = await signedIn("./?q=clinic");
  const views = await openMenu(page, "Views");
  await views.getByRole("textbox").fill("Clinic");
  await page.keyboard.press("Enter");
  await expect(views.getByRole("button", { name: "Delete view Clinic" })).toBeVisible();
  await check(page);
  await page.keyboard.press("Escape");
  await expect((await openMenu(page, "Display")).getByRole("checkbox").first()).toBeVisible();
  await check(page);
});

test("the menus of the list: export, and how to search", async ({ signedIn, sandbox }) => {
  await fourRuns(sandbox);
  const page = await signedIn();
  await expect((await openMenu(page, "Export")).getByRole("button").first()).toBeVisible();
  await check(page);
  await page.keyboard.press("Escape");
  await expect((await openMenu(page, "How to search")).getByRole("table")).toBeVisible();
  await check(page);
});

test("the stop of several runs: asked, paused and through", async ({ signedIn, sandbox }) => {
  for (let number = 1; number <= 6; number += 1) await sandbox.createRun({ name: `Mailing ${number}` });
  const page = await signedIn();
  await expect(links(page)).toHaveCount(6);
  await selectAll(page, 6);
  await page.getByRole("button", { name: "Stop 6 runs" }).click();
  const dialog = page.getByRole("dialog", { name: "Stop 6 runs?" });
  await expect(dialog).toBeVisible();
  await check(page);
  await sandbox.faults({ operation: "run", count: 3, fault: { kind: "status", status: 500 } });
  await dialog.getByRole("textbox").fill("6");
  await dialog.getByRole("button", { name: "Stop 6 runs" }).click();
  const goOn = page.getByRole("button", { name: "Continue" });
  await expect(goOn).toBeEnabled();
  await check(page);
  await goOn.click();
  await expect(page.getByRole("heading", { name: "3 of 6 runs stopped: 3 not checked" })).toBeVisible();
  await check(page);
});

test("the menu of settings, and the sheet of keys", async ({ signedIn }) => {
  const page = await signedIn();
  const menu = await openSettings(page);
  await expect(menu.getByRole("combobox")).toHaveCount(3);
  await check(page);
  await (await openSettings(page)).getByRole("button", { name: "Keyboard shortcuts" }).click();
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  await check(page);
});

test("a run that is not found", async ({ signedIn }) => {
  const page = await signedIn("./?run=nothing");
  await expect(heading(page)).toHaveText("Run not found");
  await check(page);
});

test("the form: empty, faulty, filled, refused and of unknown outcome", async ({ signedIn, sandbox }) => {
  const page = await signedIn("./?new");
  await expect(heading(page)).toHaveText("New run");
  await check(page);
  await schedule(page).click();
  await expect(page.locator("[aria-invalid=true]")).toHaveCount(4);
  await check(page);
  await fill(page, { start: "2026-03-09 09:00", end: "2026-03-10 10:00" });
  await sandbox.faults({ operation: "create", fault: { kind: "status", status: 500, after: true } });
  await page.getByRole("textbox", { name: "Run name" }).press("Enter");
  await expect(page.getByText("Scheduled. The reply was lost, but the run was found.")).toBeVisible();
  await check(page);
});

test("the sign-in, with a fault, and the end of a session", async ({ page, configure, sandbox }) => {
  await configure(PASTE);
  await page.goto("./");
  await expect(heading(page)).toHaveText("Sign in");
  await paste(page, "a.b");
  await expect(alert(page)).toBeVisible();
  await check(page);
  await paste(page, await sandbox.token());
  await expect(resultCount(page)).toHaveText("0 runs");
  await signOut(page);
  await expect(page.getByText("You are signed out.")).toBeVisible();
  await check(page);
});

test("the panel that asks for a new token", async ({ page, configure, sandbox, frozen }) => {
  await configure(PASTE);
  await createdAt(sandbox, ago(60), { name: "Spring campaign" });
  await page.goto("./");
  await paste(page, await sandbox.token({ lifetime_seconds: 300 }));
  await expect(links(page)).toHaveCount(1);
  await frozen.advance(301);
  await expect(signInAgain(page)).toBeVisible();
  await check(page);
});

test("Diagnostics", async ({ signedIn }) => {
  const page = await signedIn("./?diagnostics");
  await expect(heading(page)).toHaveText("Diagnostics");
  await check(page);
});

test("the page for a faulty configuration", async ({ page, configure }) => {
  await configure({ poll: { seconds: 1 } });
  await page.goto("./");
  await expect(page.getByRole("alert")).toBeVisible();
  await check(page);
});

test.describe("at the printed time", () => {
  test.use({ instant: CREATED });

  test("the printed run, which disagrees with itself", async ({ signedIn, sandbox }) => {
    await sandbox.faults(
      { operation: "run", fault: { kind: "status", status: 200, body: RUN } },
      { operation: "summary", fault: { kind: "status", status: 200, body: SUMMARY } },
    );
    const page = await signedIn(`./?run=${RUN_ID}`);
    await expect(attention(page)).toBeVisible();
    await expect(deliveries(page).getByRole("term").first()).toBeVisible();
    await check(page);
  });
});

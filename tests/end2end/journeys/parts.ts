// Where a person finds things on the console's pages, by the names they carry; and runs to find there.

import { type Frame, type FrameLocator, type Locator, type Page, type Route, expect } from "@playwright/test";
import { type Frozen, NOW, type Received, type Sandbox, type WireRun } from "../fixtures.ts";

/** What every page carries. */
export const banner = (page: Page): Locator => page.getByRole("banner");
/** The menu behind "Settings", opened unless it is: zone, theme, updates, shortcuts, diagnostics, sign-out. Escape closes it. */
export async function openSettings(page: Page | Frame | FrameLocator): Promise<Locator> {
  const menu = page.getByRole("group", { name: "Settings", exact: true });
  if (!(await menu.isVisible())) {
    await page.getByRole("banner").getByRole("button", { name: "Settings", exact: true }).click();
  }
  await expect(menu).toBeVisible();
  return menu;
}
/** Chooses a zone in the menu, and closes it. */
export async function chooseZone(page: Page, zone: string): Promise<void> {
  const menu = await openSettings(page);
  await menu.getByRole("combobox", { name: "Time zone" }).selectOption(zone);
  await page.keyboard.press("Escape");
  await expect(menu).toBeHidden();
}
/** With a clock that stands still: the zones are listed once there is time for it. */
export async function listZones(page: Page, frozen: Frozen): Promise<void> {
  await expect((await openSettings(page)).getByRole("combobox", { name: "Time zone" })).toBeVisible();
  await frozen.advance(1);
}
/** Signs out with the menu, up to the warning if there is one. */
export async function signOut(page: Page): Promise<void> {
  await (await openSettings(page)).getByRole("button", { name: "Sign out" }).click();
}
/**
 * Presses a button by keyboard once it can be pressed. A disabled one cannot be focused: the key would go to whatever has the
 * focus, as in a dialog whose first button closes it.
 */
export async function pressEnter(button: Locator): Promise<void> {
  await expect(button).toBeEnabled();
  await button.press("Enter");
}
export const heading = (page: Page): Locator => page.getByRole("heading", { level: 1 });
/** The list is on screen and read, with so many runs: "0 runs". */
export async function expectList(page: Page, count: string): Promise<void> {
  await expect(heading(page)).toHaveText("Runs");
  await expect(page.getByRole("main").locator(".result-count")).toHaveText(count);
}
export const alert = (page: Page): Locator => page.getByRole("main").getByRole("alert");
/** The one polite region whose words screen readers hear. */
export const announcer = (page: Page): Locator => page.locator("[data-region=announcer]");
/** The panel that asks for a new token while the page stays. */
export const signInAgain = (page: Page): Locator => page.getByRole("region", { name: "Sign in to continue" });

/** What confirms a success, at the bottom of the window. */
export const toast = (page: Page): Locator => page.locator(".toast");

/** The list. */
/** How often the list was asked for. */
export const reads = async (sandbox: Sandbox): Promise<number> => (await sandbox.requests("list")).length;
/** When the list was last read, as the page says. */
export const updated = (page: Page): Locator => page.locator(".as-of time");
/** In which zone its times are, and when it was read: "UTC Updated 09:00:15". */
export const freshness = (page: Page): Locator => page.locator(".freshness .as-of");
export const search = (page: Page): Locator => page.getByRole("searchbox", { name: "Search runs" });
export const table = (page: Page): Locator => page.getByRole("table", { name: "Runs" });
/** Each row's name. */
export const links = (page: Page): Locator => table(page).locator(".cell-name").getByRole("link");
export const selectBox = (page: Page, name: string): Locator =>
  table(page).getByRole("checkbox", { name: `Select ${name}`, exact: true });
/** Selects all runs that are listed, which are so many. */
export async function selectAll(page: Page, count: number): Promise<void> {
  await table(page).getByRole("checkbox", { name: `Select all ${count} runs listed`, exact: true }).click();
}
export const row = (page: Page, name: string): Locator =>
  table(page).getByRole("row").filter({ has: page.getByRole("link", { name, exact: true }) });
/** How many runs are listed, of how many: "2 of 4 runs". */
export const resultCount = (page: Page): Locator => page.getByRole("main").locator(".result-count");
/** Opens a menu of the list's toolbar. Escape closes it. */
export async function openMenu(page: Page, name: "How to search" | "Views" | "Display" | "Export"): Promise<Locator> {
  const menu = page.locator(".menu").and(page.getByRole("group", { name, exact: true }));
  if (!(await menu.isVisible())) await page.locator(".toolbar").getByRole("button", { name, exact: true }).click();
  await expect(menu).toBeVisible();
  return menu;
}
/** What the query field offers, while it offers something. */
export const offered = (page: Page): Locator => page.getByRole("listbox", { name: "Suggestions" }).getByRole("option");
/** Goes to the first suggestion by key. The first press may come before the suggestions are loaded: then it only opens them. */
export async function chooseFirstOffered(page: Page): Promise<void> {
  const first = offered(page).first();
  await page.keyboard.press("ArrowDown");
  await expect(first).toBeVisible();
  if ((await first.getAttribute("aria-selected")) !== "true") await page.keyboard.press("ArrowDown");
  await expect(first).toHaveAttribute("aria-selected", "true");
}
/** The state of a run, and what stands beside it where that alone would mislead. */
export const badge = (within: Locator): Locator => within.locator(".badge");
export const stateNote = (within: Locator): Locator => within.locator(".state-note");
/** The filters by state, those that would list a run, or one of them. */
export const filters = (page: Page): Locator => page.getByRole("group", { name: "State" }).getByRole("button");
export const filtersWithRuns = (page: Page): Locator => filters(page).filter({ hasNotText: /\s0$/ });
export const stateFilter = (page: Page, name: string | RegExp): Locator =>
  page.getByRole("group", { name: "State" }).getByRole("button", { name });

/** A run. */
/** Its one badge, and what stands beside that: the API's word where it is unknown or contradicts the window. */
export const state = (page: Page): Locator => page.getByRole("main").locator(".run-title .badge");
export const besideState = (page: Page): Locator => page.getByRole("main").locator(".run-title .state-note");
/** Exact times and ids; folded at first, see `unfold`. */
export const details = (page: Page): Locator => page.getByRole("main").locator("details.facts");
/** Job, window and length, in the header. */
export const aboutRun = (page: Page): Locator => page.getByRole("main").locator(".run-facts");
export const attention = (page: Page): Locator => page.getByRole("region", { name: "Needs attention" });
/** A folded part of the page, opened unless it is. */
export async function unfold(page: Page, name: "Details" | "Developer details" | "The exact request"): Promise<Locator> {
  const title = page.locator("summary").filter({ hasText: new RegExp(`^${name}$`) });
  const part = page.getByRole("main").locator("details").filter({ has: title });
  await expect(part).toBeVisible();
  if (!(await part.evaluate((details: HTMLDetailsElement) => details.open))) await part.locator(title).click();
  return part;
}
export const runWindow = (page: Page): Locator => page.getByRole("region", { name: "Window" });
export const stopButton = (page: Page): Locator => page.getByRole("main").getByRole("button", { name: "Stop run" });
export const stopDialog = (page: Page): Locator => page.getByRole("dialog", { name: "Stop this run?" });

/** The summary. */
export const summary = (page: Page): Locator => page.getByRole("region", { name: "Summary" });
export const responses = (page: Page): Locator => summary(page).getByRole("group", { name: "Responses" });
export const deliveries = (page: Page): Locator => summary(page).getByRole("group", { name: "Deliveries" });

/** What stands beside a term. */
export const valueOf = (within: Locator, term: string): Locator =>
  within
    .getByRole("term")
    .filter({ hasText: new RegExp(`^${term}$`) })
    .locator("xpath=following-sibling::dd[1]");

/** A count of the summary as a number. */
export async function counted(within: Locator, term: string): Promise<number> {
  const text = await valueOf(within, term).innerText();
  expect(text).toMatch(/^[\d,]+$/);
  return Number(text.replaceAll(",", ""));
}

/** The form. */
export const field = (page: Page, label: "Job ID" | "Run name" | "Start" | "End" | "Duration"): Locator =>
  page.getByRole("form", { name: "New run" }).getByLabel(label, { exact: true });
export const when = (page: Page, group: "When it starts" | "When it ends", choice: string): Locator =>
  page.getByRole("group", { name: group }).getByRole("radio", { name: choice, exact: true });
export const preview = (page: Page): Locator => page.getByRole("group", { name: "What will happen" });
export const schedule = (page: Page): Locator => page.getByRole("button", { name: "Schedule run" });
/** Presses it while it says that it is blocked, as a person can. */
export async function scheduleBlocked(page: Page): Promise<void> {
  await expect(schedule(page)).toHaveAttribute("aria-disabled", "true");
  await schedule(page).click({ force: true });
}

export interface Filled {
  job?: string;
  name?: string;
  start?: string;
  end?: string;
}

/** Types a run into the form: an hour and a half from half past nine, unless told. */
export async function fill(page: Page, run: Filled = {}): Promise<void> {
  await field(page, "Job ID").fill(run.job ?? "12345678");
  await field(page, "Run name").fill(run.name ?? "Spring campaign");
  await field(page, "Start").fill(run.start ?? "2026-03-10 09:30");
  await field(page, "End").fill(run.end ?? "2026-03-10 11:00");
}

/** What is said about a field, for those who see it and for those who hear it. */
export async function notesOf(control: Locator): Promise<string> {
  const id = await control.getAttribute("aria-describedby");
  return await control.page().locator(`[id="${id}"]`).innerText();
}

/** Asks for the token with a person's hands instead of the portal's. */
export const PASTE = { auth: { source: "paste" } };

/** Lets the portal give tokens that last a day: for journeys that leap over hours, where the renewal is not what is tested. */
export async function tokensForADay(sandbox: Sandbox): Promise<void> {
  const token = await sandbox.token({ lifetime_seconds: 86_400 });
  await sandbox.faults({ operation: "token", fault: { kind: "patch", merge: { token } } });
}

/** The reads and writes of the API, without the token endpoint. */
export async function apiRequests(sandbox: Sandbox): Promise<Received[]> {
  return (await sandbox.requests()).filter((request) => request.operation !== "token");
}

const HOUR = 3600;
export const ago = (seconds: number): string => new Date(NOW.getTime() - seconds * 1000).toISOString();
export const ahead = (seconds: number): string => ago(-seconds);

/** Lets all five readings go by, each told. */
export async function readInVain(page: Page, frozen: Frozen): Promise<void> {
  await expect(alert(page).filter({ hasText: "Check 2 of 5." })).toBeVisible();
  for (const [seconds, told] of [
    [4, "Check 3 of 5."],
    [8, "Check 4 of 5."],
    [12, "Check 5 of 5."],
    [16, "Not found in 5 checks over 40 s. It may still appear. Send again?"],
  ] as const) {
    await frozen.advance(seconds);
    await expect(alert(page).filter({ hasText: told })).toBeVisible();
  }
}

/** Stops a run behind the console's back. */
export async function stopBehind(sandbox: Sandbox, id: string): Promise<void> {
  const headers = { authorization: `Bearer ${await sandbox.token()}` };
  await sandbox.whenQuiet();
  const answer = await fetch(new URL(`/beta/runs/${id}/stop`, sandbox.url), { method: "POST", headers });
  expect(answer.status).toBe(200);
}

/** A run that was created at another time than now. */
export async function createdAt(
  sandbox: Sandbox,
  instant: string,
  body: Parameters<Sandbox["createRun"]>[0],
): Promise<WireRun> {
  await sandbox.clock({ set: instant, freeze: true });
  const run = await sandbox.createRun(body);
  await sandbox.clock({ set: NOW.toISOString() });
  return run;
}

/** One run of each phase, created one after the other; the newest is "Dental check-up". Needs `frozen`. */
export async function fourRuns(sandbox: Sandbox): Promise<Record<"over" | "open" | "upcoming" | "stopped", WireRun>> {
  const over = await createdAt(sandbox, ago(6 * HOUR), {
    name: "Autumn survey",
    jobId: "survey-7",
    startAt: ago(5 * HOUR),
    endAt: ago(3 * HOUR),
  });
  const open = await createdAt(sandbox, ago(4 * HOUR), {
    name: "bin collection",
    jobId: "12345678",
    startAt: ago(1 * HOUR),
    endAt: ahead(1 * HOUR),
  });
  const upcoming = await createdAt(sandbox, ago(2 * HOUR), {
    name: "Clinic recall",
    jobId: "clinic-3",
    startAt: ahead(1 * HOUR),
    endAt: ahead(30 * HOUR),
  });
  const stopped = await createdAt(sandbox, ago(1 * HOUR), {
    name: "Dental check-up",
    jobId: "clinic-3",
    startAt: ago(HOUR / 2),
    endAt: ahead(2 * HOUR),
  });
  await stopBehind(sandbox, stopped.id);
  return { over, open, upcoming, stopped };
}

/** A gate that requests wait at: `await page.route(pattern, gate.wait)`, later `gate.open()`. */
export class Gate {
  open!: () => void;
  private readonly opened = new Promise<void>((resolve) => {
    this.open = resolve;
  });

  readonly wait = async (route: Route): Promise<void> => {
    await this.opened;
    // The page may have given the request up meanwhile.
    await route.continue().catch(() => {});
  };
}

/** The tabs that hold the lock of the one that reads. */
export const readers = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const { held = [] } = await navigator.locks.query();
    return held.filter(({ name }) => name?.startsWith("runboard.reader ")).map(({ clientId }) => clientId ?? "");
  });

/** Lets the console believe that its page is seen, or not. */
export const show = (page: Page, state: "hidden" | "visible"): Promise<void> =>
  page.evaluate((state) => {
    Object.defineProperty(document, "visibilityState", { configurable: true, get: () => state });
    document.dispatchEvent(new Event("visibilitychange"));
  }, state);

/** A create request's body, its window at whole seconds: the milliseconds are a random fingerprint, and always there. */
export function asked(body: string | undefined): Record<string, unknown> {
  const run = JSON.parse(body ?? "") as Record<string, string>;
  const whole = (time: string | undefined): string => {
    expect(time).toMatch(/\.\d\d[1-9]Z$/);
    return `${time?.slice(0, 20)}000Z`;
  };
  return { ...run, startAt: whole(run["startAt"]), endAt: whole(run["endAt"]) };
}

/** Marks a journey in which a connection breaks, to be run with a proxy before the API and without one. */
export const breaks = (fault: { readonly kind: string; readonly [key: string]: unknown }): { tag: string[] } => ({
  tag: fault.kind.startsWith("reset") ? ["@connection"] : [],
});

/** Puts a token into the tab, as before a reload; what the console does to it afterwards stays. */
export async function withToken(page: Page, token: string): Promise<void> {
  await page.addInitScript((kept) => {
    if (sessionStorage.getItem("runboard.token") === null) sessionStorage.setItem("runboard.token", kept);
  }, token);
}

/** The file as it is hosted, with a byte more behind it. */
export async function changed(route: Route): Promise<void> {
  const answer = await route.fetch();
  await route.fulfill({ response: answer, body: Buffer.concat([await answer.body(), Buffer.from([0])]) });
}

// Compares what the console shows with what the server has, once all trouble is over and the console had time to read.

import type { Page } from "@playwright/test";
import { banner, heading, search } from "../journeys/parts.ts";
import { Difference } from "./difference.ts";
import { type Listed, type Row, clock, listed, matches, phaseOf, stateOf, understood } from "./rows.ts";
import { BULK_STOPPED, COUNTED, DEAD, FILTERS, LEFT_WAITS, PENDING, SAYS_NOT_STOPPED, SAYS_RESCHEDULED, SAYS_STOPPED } from "./words.ts";
import { type Asked, type Run, type World, tagOf } from "./world.ts";

/** How often, and for how long each time, the console may read before it is judged. */
const ROUNDS = 9;
const ROUND_SECONDS = 16;
/** Refused requests are watched for a minute. */
const LEAST_ROUNDS_AFTER_CREATES = 5;

/** Ends the trouble, lets the console read, and compares everything. */
export async function check(world: World): Promise<void> {
  await world.calm();
  await settle(world);
  const page = world.page;
  await aliveEverywhere(world);
  await runPage(world, page);
  await list(world, page);
  const runs = await world.runs();
  for (const asked of world.asked.values()) outcome(asked, runs);
  await requests(world);
  stops(world, runs);
  await reports(world, page, runs);
  const misdeeds = await world.misdeeds();
  if (misdeeds.length > 0) throw new Difference("the browser tells of errors, policy violations or tokens", misdeeds, "none");
}

/** What holds at any time: a page that can be read and has not died. */
export async function aliveEverywhere(world: World): Promise<void> {
  for (const page of world.context.pages()) {
    const text = await page.locator("body").innerText().catch(() => undefined);
    // A tab that could not be opened, or that went back to before the console, is empty.
    if (text === undefined || page.url() === "about:blank") continue;
    if (text.trim().length < 20) throw new Difference("the page is blank", text, "a page");
    if (DEAD.test(text)) throw new Difference("the console has stopped", text.slice(0, 300), "a page");
  }
}

async function settle(world: World): Promise<void> {
  const recent = [...world.asked.values()].some(({ step }) => world.step - step < 8);
  for (let round = 0; round < ROUNDS; round += 1) {
    await signInWhereAsked(world);
    await dismissWhereAsked(world);
    await world.quiet();
    const pending = await Promise.all(world.context.pages().map((page) => page.locator("body").innerText().catch(() => "")));
    const busy = pending.some((text) => PENDING.test(text));
    if (!busy && round >= (recent ? LEAST_ROUNDS_AFTER_CREATES : 1)) break;
    await world.advance(ROUND_SECONDS);
  }
}

/** Where the portal could not give a token, a person has to ask again. */
async function signInWhereAsked(world: World): Promise<void> {
  for (const page of world.context.pages()) {
    const again = page.getByRole("region", { name: /^Sign in to/ }).getByRole("button", { name: "Try again" });
    const first = page.getByRole("main").getByRole("button", { name: "Sign in", exact: true });
    for (const button of [again, first]) {
      if (await button.isVisible().catch(() => false)) await button.click({ timeout: 1000 }).catch(() => {});
    }
  }
}

/** A request that was left behind is looked into once the results of this tab are put away. */
async function dismissWhereAsked(world: World): Promise<void> {
  for (const page of world.context.pages()) {
    if (!LEFT_WAITS.test(await page.locator("main").innerText().catch(() => ""))) continue;
    for (const button of await page.locator("main .notice").getByRole("button", { name: "Dismiss" }).all()) {
      await button.click({ timeout: 1000 }).catch(() => {});
    }
  }
}

/** Judges until it agrees, with more reading in between. */
async function eventually(world: World, judge: () => Promise<Difference | undefined>): Promise<void> {
  let last: Difference | undefined;
  for (let tries = 0; tries < 10; tries += 1) {
    last = await judge();
    if (!last) return;
    await world.page.waitForTimeout(200);
    if (tries >= 3) await world.advance(ROUND_SECONDS);
    await world.quiet();
  }
  if (last) throw last;
}

async function list(world: World, page: Page): Promise<void> {
  world.visiting = true;
  if (!/^Runs/.test(await heading(page).innerText())) await banner(page).getByRole("link", { name: "Runs" }).click();
  world.visiting = false;
  await search(page).waitFor();
  if (!understood(await search(page).inputValue())) await search(page).fill("");
  await eventually(world, async () => {
    const arrived = page.getByRole("button", { name: /^Show [\d,]+ new runs?$/ });
    if (await arrived.isVisible()) await arrived.click();
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    const before = await world.now();
    const runs = await world.runs();
    return compareList(await listed(page), runs, { labels: world.labels, zone: await world.zone(), now: before });
  });
}

/** What the comparison of a list goes by. */
interface Basis {
  readonly labels: Record<string, string>;
  readonly zone: string;
  readonly now: number;
}

function compareList(shown: Listed, runs: Run[], basis: Basis): Difference | undefined {
  const { labels, now } = basis;
  const [, some, all] = COUNTED.exec(shown.said) ?? [];
  const number = (text: string | undefined): number => Number(text?.replaceAll(",", "") ?? Number.NaN);
  if (number(all ?? some) !== runs.length) {
    return new Difference("the list says that there are other runs than there are", shown.said, runs.length);
  }
  if (number(some) !== shown.count) return new Difference("the list says another number than its table has", shown.said, shown.count);
  const sure = runs.filter((run) => matches(run, shown.query, labels, now) === true);
  const maybe = runs.filter((run) => matches(run, shown.query, labels, now) === undefined);
  const byId = new Map(shown.rows.map((row) => [row.id, row]));
  const allDrawn = shown.rows.length === shown.count;
  if (shown.count < sure.length || shown.count > sure.length + maybe.length) {
    const missing = sure.filter(({ id }) => allDrawn && !byId.has(id));
    const has = { rows: sure.length, missing };
    return new Difference(`the list for “${shown.query}” has other runs than there are`, `${shown.count} rows`, has);
  }
  const known = new Map([...sure, ...maybe].map((run) => [run.id, run]));
  for (const row of shown.rows) {
    const run = known.get(row.id);
    if (run === undefined) {
      const stray = runs.find(({ id }) => id === row.id) ?? "no such run";
      return new Difference(`the list for “${shown.query}” has a run that does not belong there`, row, stray);
    }
    const wrong = differsIn(row, run, basis);
    if (wrong) return new Difference(`a row shows another ${wrong} than the run has`, row, run);
  }
  return compareCounts(shown, runs, now) ?? compareOrder(shown);
}

function differsIn(row: Row, run: Run, { labels, zone, now }: Basis): string | undefined {
  if (row.name !== run.name) return "name";
  const state = stateOf(run, now);
  if (state !== undefined && row.state !== state) return "badge";
  // An open or ended run is called so because the API says something else.
  const contradicts = state === "open" || state === "ended";
  if (contradicts && row.note !== "" && !row.note.includes(run.status)) return "note";
  if (row.job !== (labels[run.job_id] ?? run.job_id)) return "job";
  for (const [at, given] of [run.start_at, run.end_at, run.created_at].entries()) {
    const time = row.times[at];
    if (time === undefined || Date.parse(time.exact) !== Date.parse(given)) return "time";
    if (!time.text.includes(clock(given, zone))) return `time in ${zone}`;
  }
  return undefined;
}

function compareCounts(shown: Listed, runs: Run[], now: number): Difference | undefined {
  // With a query they are those of its other terms.
  if (shown.query !== "") return undefined;
  for (const [name, state] of FILTERS) {
    const least = runs.filter((run) => stateOf(run, now) === state).length;
    const most = least + runs.filter((run) => stateOf(run, now) === undefined).length;
    const count = Number((shown.counts[name] ?? "0").replaceAll(",", ""));
    if (count < least || count > most) {
      return new Difference(`the filter “${name}” counts other runs than there are`, count, least);
    }
  }
  return undefined;
}

function compareOrder(shown: Listed): Difference | undefined {
  const at = ["Start", "End", "Created"].findIndex((name) => shown.order?.column.startsWith(name));
  if (at < 0 || shown.order === undefined) return undefined;
  const instants = shown.rows.map((row) => Date.parse(row.times[at]?.exact ?? ""));
  if (shown.order.way === "descending") instants.reverse();
  const wrong = instants.findIndex((instant, index) => index > 0 && instant < (instants[index - 1] ?? 0));
  const order = shown.rows.map((row) => row.times[at]?.exact);
  return wrong < 0 ? undefined : new Difference("the rows are not in the order that the table names", shown.order, order);
}

/** The page of a run, where the operator is on one. */
async function runPage(world: World, page: Page): Promise<void> {
  await eventually(world, async () => {
    const id = new URL(page.url()).searchParams.get("run");
    if (id === null || new URL(page.url()).searchParams.has("new")) return undefined;
    const run = (await world.runs()).find((run) => run.id === id);
    if (run === undefined) return undefined;
    const now = await world.now();
    const main = page.getByRole("main");
    const [name, text] = [await heading(page).innerText(), await main.innerText()];
    if (name.trim() !== run.name.trim().replace(/\s+/g, " ")) {
      return new Difference("the run's page has another name", name, run.name);
    }
    const badge = await main.locator(".run-title .badge").getAttribute("data-state", { timeout: 2000 });
    const [phase, state] = [phaseOf(run, now), stateOf(run, now)];
    if (state !== undefined && badge !== state) return new Difference("the run's page shows another badge", badge, run);
    const said = text.slice(0, 400);
    if (SAYS_STOPPED.test(text) && run.status !== "stopped") {
      return new Difference("the run's page says that it was stopped", said, run);
    }
    const byOthers = world.stoppedByOthers.has(id);
    if (SAYS_NOT_STOPPED.test(text) && run.status === "stopped" && !byOthers && !(await asksAgain(world, id))) {
      return new Difference("the run's page says that it was not stopped", said, run);
    }
    const canStop = (await page.getByRole("main").getByRole("button", { name: "Stop run" }).count()) > 0;
    const should = phase === "open" || phase === "upcoming" || run.status === "running";
    if (phase !== undefined && !PENDING.test(text) && !/Stop requested/.test(text) && canStop !== should) {
      const what = `the run ${should ? "can" : "cannot"} be stopped, and its page has ${canStop ? "a" : "no"} button`;
      return new Difference(what, said, run);
    }
    return undefined;
  });
}

/** Whether the run was asked to stop more than once, so that an old refusal may stand beside a later success. */
const asksAgain = async (world: World, id: string): Promise<boolean> =>
  (await world.sandbox.requests("stop")).filter(({ path }) => path.includes(id)).length > 1;

/** Each run that was asked for exists as often as the console told, and what it told last is true. */
function outcome(asked: Asked, runs: Run[]): void {
  const found = runs.filter((run) => tagOf(run) === asked.tag);
  const told = asked.told.map(({ claim, text, step }) => `step ${step}, ${claim}: ${text.slice(0, 160)}`);
  const differs = (what: string): Difference => new Difference(`${asked.tag}: ${what}`, told, found);
  const last = asked.told.at(-1)?.claim;
  const several = asked.told.findLast(({ claim }) => claim === "several");
  if (found.length === 0) {
    const success = asked.told.some(({ claim }) => claim === "exists" || claim === "several");
    if (success) throw differs("told as a success, and does not exist");
    return;
  }
  if (several && several.several !== found.length) throw differs(`told as ${several.several} runs, and there are ${found.length}`);
  if (asked.left) return;
  if (last === undefined) throw differs("exists, and nothing was told");
  if (last === "not scheduled") throw differs("told as not scheduled, and exists");
  if (last === "unknown") throw differs("still told as unknown, and exists");
  if (found.length > 1 && !several) throw differs(`exists ${found.length} times, and that was not told`);
}

/** No request that nobody asked for. */
async function requests(world: World): Promise<void> {
  const sent = (await world.sandbox.requests()).filter(({ headers }) => headers["user-agent"]?.startsWith("Mozilla/"));
  for (const asked of world.asked.values()) {
    const own = sent.filter(({ operation, body }) => operation === "create" && body.includes(asked.tag));
    // The browser, not the console, repeats what was reset.
    const repeated = own.filter(({ fault }) => fault === "reset_repeated").length;
    const times = own.length - repeated;
    if (own.length > 0 && asked.told.length === 0 && !asked.left) {
      throw new Difference(`${asked.tag} was sent, and nothing was told of it`, [], own.map(({ status, fault }) => ({ status, fault })));
    }
    if (times > asked.presses) throw new Difference(`${asked.tag} was sent more often than asked for`, times, asked.presses);
  }
  for (const { operation, path } of sent) {
    const id = path.split("/").at(-2) ?? "";
    if (operation === "stop" && !world.stopsAsked.has(id)) {
      throw new Difference("a stop was sent that nobody asked for", path, [...world.stopsAsked]);
    }
  }
}

/** No run is stopped that nobody asked to stop. */
function stops(world: World, runs: Run[]): void {
  const wrong = runs.find((run) => run.status === "stopped" && !world.stopsAsked.has(run.id) && !world.stoppedByOthers.has(run.id));
  if (wrong) throw new Difference("a run is stopped that nobody asked to stop", [...world.stopsAsked], wrong);
}

/**
 * A bulk stop has stopped as many runs as it says; where a reschedule is told as done, the new run exists and the old one is
 * stopped.
 */
async function reports(world: World, page: Page, runs: Run[]): Promise<void> {
  const title = page.locator("#bulk-title");
  const said = (await title.isVisible()) ? await title.innerText() : "";
  const chosen = world.stoppedTogether.get(page);
  const told = Number(BULK_STOPPED.exec(said)?.[1] ?? 0);
  const stopped = runs.filter(({ id, status }) => status === "stopped" && chosen?.includes(id) === true);
  if (chosen && told > stopped.length) throw new Difference("more runs are reported as stopped than are", said, stopped);
  const done = page.locator("main .notice").filter({ hasText: SAYS_RESCHEDULED });
  const links = await done.locator("a[href*='run=']").evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
  const [created, old] = links.map((href) => runs.find(({ id }) => id === new URLSearchParams(href.replace("./", "")).get("run")));
  if (links.length > 0 && (!created || old?.status !== "stopped")) {
    throw new Difference("a reschedule is told as done", links, { created, old });
  }
}

// One episode: a browser with its tabs, the API behind it, both clocks, what was asked for, and what the console told.

import type { Browser, BrowserContext, Page, Request, Route } from "@playwright/test";
import { Canary } from "../canary.ts";
import { Guard, NOW, Sandbox, type WireRun } from "../fixtures.ts";
import { openSettings } from "../journeys/parts.ts";
import type { Random } from "./random.ts";
import { type Claim, claimOf, severalOf } from "./words.ts";

/** A run as the API has it. */
export interface Run {
  readonly id: string;
  readonly status: string;
  readonly job_id: string;
  readonly name: string;
  readonly start_at: string;
  readonly end_at: string;
  readonly created_at: string;
}

/** A run that the operator asked for. Its name carries the tag, so it can be told from all others. */
export interface Asked {
  readonly tag: string;
  readonly step: number;
  /** How often the operator asked: a double click is one time. */
  presses: number;
  /** What the console told of it, oldest first. */
  readonly told: { claim: Claim; text: string; several: number; step: number }[];
  /** The tab that knew of it was signed out or closed before its outcome was told. */
  left: boolean;
}

const TAG = /K\d{4}/;
/** Errors that browsers log for every answer that is no success, and for connections that break. */
const EXPECTED = [/Failed to load resource/, /status of \d{3}/, /net::ERR/];

export class World {
  /** The tab that the operator is in. */
  page!: Page;
  step = 0;
  readonly history: string[] = [];
  readonly asked = new Map<string, Asked>();
  /** The runs that the operator asked to stop, and those that others stopped. */
  readonly stopsAsked = new Set<string>();
  /** The runs of the last bulk stop of each tab. */
  readonly stoppedTogether = new Map<Page, readonly string[]>();
  readonly stoppedByOthers = new Set<string>();
  /** How often each trouble began. */
  readonly troubles = new Map<string, number>();
  /** Whether something may still go wrong, or nothing has been checked since. */
  private trouble = false;
  /** While the operator goes to a run, its page says nothing about a request. */
  visiting = false;
  labels: Record<string, string> = {};
  readonly guard = new Guard(EXPECTED);
  private canary!: Canary;
  private tags = 0;
  private readonly lastSent = new Map<Page, string>();
  private readonly inFlight = new Set<Request>();
  private background: Promise<void>[] = [];
  private held: { url: string; body: string | null }[] = [];

  private constructor(
    readonly context: BrowserContext,
    readonly sandbox: Sandbox,
  ) {}

  /** Empties the sandbox, fills it with sample runs and opens the console, both at the same instant. */
  static async open(browser: Browser, url: string, seedRuns: number): Promise<World> {
    const sandbox = new Sandbox(url);
    const options = { baseURL: url, locale: "en-GB", timezoneId: "UTC", viewport: { width: 1280, height: 900 } };
    const context = await browser.newContext(options);
    context.setDefaultNavigationTimeout(30_000);
    const world = new World(context, sandbox);
    await world.guard.watch(context);
    world.canary = new Canary(context);
    await world.canary.watch();
    await world.listen();
    await sandbox.reset({ seed_runs: seedRuns, clock: { set: NOW.toISOString() } });
    for (const run of await world.runs()) if (run.status === "stopped") world.stoppedByOthers.add(run.id);
    await context.clock.install({ time: NOW });
    const config = (await (await fetch(new URL("config.json", url))).json()) as { jobs?: Record<string, string> };
    world.labels = config.jobs ?? {};
    world.troubled = false;
    await world.openTab("./");
    return world;
  }

  async openTab(address: string): Promise<void> {
    this.page = await this.context.newPage();
    await this.page.goto(address);
  }

  get troubled(): boolean {
    return this.trouble;
  }

  /** In trouble the console may not offer what the operator wants; else a slow machine gets its time. */
  set troubled(troubled: boolean) {
    this.trouble = troubled;
    this.context.setDefaultTimeout(troubled ? 2500 : 20_000);
  }

  /** Opens the console again where the tab has left it, or could not be opened. */
  async comeBack(): Promise<void> {
    if (this.page.url().startsWith(this.sandbox.url)) return;
    await this.context.setOffline(false);
    await this.page.goto("./");
  }

  /** Says what happens, for the report. */
  note(what: string): void {
    this.history.push(`step ${this.step}: ${what}`);
  }

  newTag(): string {
    this.tags += 1;
    return `K${String(this.tags).padStart(4, "0")}`;
  }

  /** The operator asks for a run, or asks again. */
  press(tag: string): void {
    const asked = this.asked.get(tag) ?? { tag, step: this.step, presses: 0, told: [], left: false };
    asked.presses += 1;
    this.asked.set(tag, asked);
  }

  /** The run that this tab asked for last. */
  lastTag(): string | undefined {
    return this.lastSent.get(this.page);
  }

  /** What a closed tab has not told yet is told in another one, but only ten seconds later or after a reload. */
  leaveUntold(): void {
    for (const asked of this.asked.values()) {
      const last = asked.told.at(-1)?.claim;
      if (last !== "exists" && last !== "several") asked.left = true;
    }
  }

  /** The zone that this tab shows: each keeps its own until it is reloaded. */
  async zone(): Promise<string> {
    const menu = await openSettings(this.page);
    const zone = await menu.getByRole("combobox", { name: "Time zone" }).inputValue();
    await this.page.keyboard.press("Escape");
    return zone;
  }

  /** All runs, as the API has them; call it when nothing goes wrong. */
  async runs(): Promise<Run[]> {
    const headers = { authorization: `Bearer ${await this.sandbox.token()}` };
    const answer = await fetch(new URL("beta/runs/?page_size=1000", this.sandbox.url), { headers });
    const body = (await answer.json()) as { _embedded: { runs: Run[] } };
    return body._embedded.runs;
  }

  async now(): Promise<number> {
    const answer = await fetch(new URL("sandbox/clock", this.sandbox.url));
    return Date.parse(((await answer.json()) as { now: string }).now);
  }

  /** Moves both clocks on, as when a computer sleeps and wakes. */
  async advance(seconds: number): Promise<void> {
    await this.sandbox.clock({ advance_seconds: seconds });
    await this.context.clock.fastForward(seconds * 1000);
  }

  /** Sets the browser's clock so many milliseconds ahead of the API's. */
  async setPageClock(ahead: number): Promise<void> {
    await this.context.clock.setSystemTime((await this.now()) + ahead);
  }

  async goOffline(): Promise<void> {
    await this.context.setOffline(true);
  }

  /** The next create gets no answer; it is carried out when the trouble is over. */
  async holdCreates(): Promise<void> {
    await this.context.route("**/beta/jobs/runs", async (route: Route) => {
      const request = route.request();
      if (request.method() !== "POST") return await route.continue();
      this.held.push({ url: request.url(), body: request.postData() });
      await route.abort("connectionreset");
    });
  }

  /** Does something a moment later, while the operator works. */
  soon(milliseconds: number, work: () => Promise<void>): void {
    const waited = new Promise((resolve) => setTimeout(resolve, milliseconds));
    this.background.push(waited.then(work).catch(() => {}));
  }

  /** Somebody else schedules a run. */
  async othersCreate(random: Random): Promise<void> {
    const now = await this.now();
    const at = (minutes: number): string => new Date(now + minutes * 60_000).toISOString();
    const start = random.between(-60, 600);
    const name = `Somebody else's ${random.between(1, 999)}`;
    await this.sandbox.createRun({ name, startAt: at(start), endAt: at(Math.max(start, 0) + random.between(20, 300)) });
  }

  /** Somebody else stops a run. */
  async othersStop(run: Run): Promise<void> {
    const headers = { authorization: `Bearer ${await this.sandbox.token()}` };
    this.stoppedByOthers.add(run.id);
    await fetch(new URL(`beta/runs/${run.id}/stop`, this.sandbox.url), { method: "POST", headers });
  }

  /** Ends all trouble; what was held back is carried out now. */
  async calm(): Promise<void> {
    await this.context.setOffline(false);
    await this.context.unrouteAll({ behavior: "ignoreErrors" });
    await Promise.all(this.background);
    this.background = [];
    await this.sandbox.clearFaults();
    for (const { url, body } of this.held.splice(0)) {
      const headers = { authorization: `Bearer ${await this.sandbox.token()}`, "content-type": "application/json" };
      await fetch(url, { method: "POST", headers, body });
    }
    await this.setPageClock(0);
    this.troubled = false;
  }

  /** Waits until no request to the API is in flight, but not for long: some hang. */
  async quiet(): Promise<void> {
    for (let still = 0, tries = 0; still < 3 && tries < 120; tries += 1) {
      still = this.inFlight.size === 0 ? still + 1 : 0;
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
  }

  /** Errors and policy violations in the browser, and tokens where none may be. */
  async misdeeds(): Promise<string[]> {
    return [...this.guard.left(), ...(await this.canary.take()).map((found) => `token: ${found}`)];
  }

  async close(): Promise<void> {
    await Promise.all(this.background);
    await this.context.close();
  }

  private async listen(): Promise<void> {
    const ours = (request: Request): boolean => /\/(beta|sandbox)\//.test(request.url());
    this.context.on("request", (request) => {
      if (!ours(request)) return;
      this.inFlight.add(request);
      const tag = request.method() === "POST" ? TAG.exec(request.postData() ?? "")?.[0] : undefined;
      if (tag !== undefined) this.lastSent.set(request.frame().page(), tag);
    });
    this.context.on("requestfinished", (request) => void this.inFlight.delete(request));
    this.context.on("requestfailed", (request) => void this.inFlight.delete(request));
    this.context.on("page", (page) => page.on("close", () => this.inFlight.clear()));
    await this.context.exposeBinding("__told", ({ page }, text: string, onRun: boolean) => this.hear(page, text, onRun));
    await this.context.addInitScript(() => {
      let before = new Set<string>();
      const look = (): void => {
        const now = new Set<string>();
        for (const told of document.querySelectorAll("main .notice:not(.findings), main h1, .toast")) {
          const text = `${told.tagName === "H1" ? "h1 " : ""}${told.textContent}`;
          now.add(text);
          if (before.has(text)) continue;
          const onRun = new URLSearchParams(location.search).has("run");
          (globalThis as unknown as { __told(text: string, onRun: boolean): void }).__told(text, onRun);
        }
        before = now;
      };
      new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
    });
  }

  /** Keeps what a notice, or the page of a run, claims of a run that was asked for. */
  private hear(page: Page, text: string, onRun: boolean): void {
    const heading = text.startsWith("h1 ");
    // The notice of a reschedule names the old run; of the new one another notice tells, or the toast at its end.
    if ((heading && (!onRun || this.visiting)) || (text.startsWith("Reschedule") && !text.startsWith("Rescheduled:"))) return;
    const claim = heading ? "exists" : claimOf(text);
    // A heading is about the run that it names; a notice without a name is about the last request of its tab.
    const tag = TAG.exec(text)?.[0] ?? (heading ? undefined : this.lastSent.get(page));
    const asked = tag === undefined ? undefined : this.asked.get(tag);
    if (claim && asked) asked.told.push({ claim, text: text.trim(), several: severalOf(text), step: this.step });
  }
}

/** The tag in a run's name. */
export const tagOf = (run: Run | WireRun): string | undefined => TAG.exec(String(run["name"]))?.[0];

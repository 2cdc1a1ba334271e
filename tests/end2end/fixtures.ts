// What every journey starts from: a sandbox of its own worker, emptied before each test, the console on the host that the
// project names, and a guard that fails a test for errors nobody looked at. Import `test` and `expect` from here, not from Playwright.

import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { type BrowserContext, type Page, expect, test as base } from "@playwright/test";
import { Canary } from "./canary.ts";
import type { HostName } from "./hosts/host.ts";
import { startHost } from "./hosts/start.ts";
import { UnderWay } from "./under_way.ts";

export { expect };

/** The instant at which time stands still in tests that take the fixture `frozen`. */
export const NOW = new Date("2026-03-10T09:00:00Z");

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type JsonObject = { [key: string]: Json };

/** What `POST /sandbox/clock` takes; applied in this order. */
export interface ClockChange {
  reset?: boolean;
  set?: string;
  advance_seconds?: number;
  freeze?: boolean;
}

/** A request as the sandbox received it. */
export interface Received {
  sequence: number;
  time: string;
  operation: string;
  method: string;
  path: string;
  query: string | null;
  headers: Record<string, string>;
  body: string;
  fault: string | null;
  status: number | null;
}

/** A rule for faults: `{ operation: "stop", count: 1, fault: { kind: "reset_after" } }`. */
export interface FaultRule {
  operation?: string;
  skip?: number;
  count?: number | null;
  fault: { kind: string } & JsonObject;
}

/** A run as the API prints it. */
export type WireRun = JsonObject & { id: string };

/** The stand-in API behind the page, spoken to directly. */
export class Sandbox {
  /**
   * Awaited before something is done behind the console. With a clock that stands still it waits until what is under way is
   * answered: otherwise it would be chance whether these answers include the change.
   */
  whenQuiet: () => Promise<void> = async () => {};

  /** `url` is the sandbox's own address, with a slash at its end. */
  constructor(readonly url: string) {}

  /** Forgets runs, faults and requests; the clock flows from the machine's time, or from `clock`. */
  async reset(options: { seed_runs?: number; clock?: ClockChange } = {}): Promise<void> {
    await this.send("POST", "sandbox/reset", options);
  }

  /** Sets, advances or freezes the sandbox's clock. */
  async clock(change: ClockChange): Promise<void> {
    await this.send("POST", "sandbox/clock", change);
  }

  /** The sandbox's clock as it is: if it stands still, a reset that is given this leaves it so. */
  async clockAsItIs(): Promise<ClockChange> {
    const { now, frozen } = await this.send<{ now: string; frozen: boolean }>("GET", "sandbox/clock");
    return frozen ? { set: now, freeze: true } : {};
  }

  /** Adds rules; each request takes the first that still applies to it. */
  async faults(...rules: FaultRule[]): Promise<void> {
    await this.send("POST", "sandbox/faults", rules);
  }

  /** Ends all faults. */
  async clearFaults(): Promise<void> {
    await this.send("DELETE", "sandbox/faults");
  }

  /** What the API and the token endpoint have received since the last reset, or of one operation. */
  async requests(operation?: string): Promise<Received[]> {
    const { requests } = await this.send<{ requests: Received[] }>("GET", "sandbox/requests");
    return operation === undefined ? requests : requests.filter((request) => request.operation === operation);
  }

  /** A token as the portal would give it; `lifetime_seconds` may be negative. */
  async token(options: JsonObject = {}): Promise<string> {
    const { token } = await this.send<{ token: string }>("POST", "sandbox/token", options);
    return token;
  }

  /** Creates a run behind the console's back. What is left out: a run that is open for an hour from now. */
  async createRun(body: { jobId?: string; name?: string; startAt?: string; endAt?: string } = {}): Promise<WireRun> {
    const { now } = await this.send<{ now: string }>("GET", "sandbox/clock");
    const at = (seconds: number): string => new Date(Date.parse(now) + seconds * 1000).toISOString();
    const run = { jobId: "12345678", name: "Journey", startAt: at(-60), endAt: at(3600), ...body };
    await this.whenQuiet();
    return await this.send<WireRun>("POST", "beta/jobs/runs", run, { authorization: `Bearer ${await this.token()}` });
  }

  /** The summary of a run as the API answers it. */
  async summary(run: WireRun): Promise<{ _embedded: { [block: string]: { recipients_count: number } | undefined } }> {
    return await this.send("GET", `beta/jobs/runs/${run.id}/summary`, undefined, {
      authorization: `Bearer ${await this.token()}`,
    });
  }

  private async send<T>(method: string, path: string, body?: object, headers: Record<string, string> = {}): Promise<T> {
    const init: RequestInit = { method, headers };
    if (body !== undefined) {
      init.body = JSON.stringify(body);
      init.headers = { ...headers, "content-type": "application/json" };
    }
    const answer = await fetch(new URL(path, this.url), init);
    const text = await answer.text();
    if (!answer.ok) {
      throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
    }
    return (text === "" ? undefined : JSON.parse(text)) as T;
  }
}

/** Errors of the page, its console and its policy. A test ends as failed when one is left that it did not allow. */
export class Guard {
  private readonly seen: string[] = [];
  private readonly allowed: RegExp[];

  constructor(allowed: RegExp[]) {
    this.allowed = [...allowed];
  }

  /** From now on and before: errors like this belong to what is tested, such as `/status of 503/`. */
  allow(pattern: RegExp): void {
    this.allowed.push(pattern);
  }

  /** Everything that nobody allowed. */
  left(): string[] {
    return this.seen.filter((error) => !this.allowed.some((pattern) => pattern.test(error)));
  }

  async watch(context: BrowserContext): Promise<void> {
    context.on("console", (message) => {
      if (message.type() === "error") this.seen.push(`console: ${message.text()} (${message.location().url})`);
    });
    context.on("weberror", (error) => this.seen.push(`uncaught: ${error.error().stack ?? error.error().message}`));
    await context.exposeBinding("__policyViolation", (_source, text: string) => {
      this.seen.push(`policy: ${text}`);
    });
    await context.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) => {
        const report = (globalThis as unknown as { __policyViolation(text: string): void }).__policyViolation;
        report(`${event.effectiveDirective} blocked ${event.blockedURI} (${event.sourceFile}:${event.lineNumber})`);
      });
    });
  }
}

/** Time that moves only when told, the same for the page and the sandbox. */
export interface Frozen {
  now(): Date;
  /**
   * Moves both clocks on, once what is under way is answered; each of the page's timers that came due meanwhile fires once. Then
   * what they asked for is answered, too: what is done behind the console afterwards is not in these answers.
   */
  advance(seconds: number): Promise<void>;
  /** Waits until what is under way is answered: what is done behind the console afterwards is not in these answers. */
  answered(): Promise<void>;
}

interface Fixtures {
  /** Errors that are allowed from the start: `test.use({ allowedErrors: [/status of 401/] })`. */
  allowedErrors: RegExp[];
  sandbox: Sandbox;
  guard: Guard;
  /** Looks for tokens where none may be; a test fails when one was there. */
  canary: Canary;
  /** Replaces keys of `config.json`, nested ones too, for pages opened after this. */
  configure: (changes: JsonObject) => Promise<void>;
  /** Opens an address (`./?new`) and waits until the token endpoint has signed the person in. */
  signedIn: (address?: string) => Promise<Page>;
  /** Where `frozen` starts: `test.use({ instant: new Date("2022-05-03T10:51:03.993Z") })`. */
  instant: Date;
  frozen: Frozen;
}

/** What a project in `playwright.config.ts` sets. */
export interface Hosting {
  /** Who serves the console's files. */
  host: HostName;
  /** The path they are served under; begins and ends with a slash. */
  under: string;
}

interface WorkerFixtures extends Hosting {
  /** The sandbox's own address, with a slash at its end. It stands for the API that the host hands requests on to. */
  api: string;
  /** The console's address, with a slash at its end. */
  server: string;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  host: ["sandbox", { option: true, scope: "worker" }],
  under: ["/", { option: true, scope: "worker" }],

  api: [
    async ({ host, under }, use) => {
      const { child, url } = await startSandbox(...(host === "sandbox" ? ["--mount", under] : []));
      await use(url);
      child.kill();
    },
    { scope: "worker" },
  ],

  server: [
    async ({ host, under, api }, use) => {
      if (host === "sandbox") return await use(new URL(under, api).href);
      const { url, stop } = await startHost(host, under, new URL(api).origin);
      await use(url);
      stop();
    },
    { scope: "worker" },
  ],

  baseURL: async ({ server }, use) => use(server),

  sandbox: async ({ api }, use) => {
    const sandbox = new Sandbox(api);
    await sandbox.reset();
    await use(sandbox);
  },

  allowedErrors: [[], { option: true }],

  guard: [
    async ({ context, allowedErrors }, use) => {
      const guard = new Guard(allowedErrors);
      await guard.watch(context);
      await use(guard);
      expect(guard.left(), "errors in the browser that the test did not allow").toEqual([]);
    },
    { auto: true },
  ],

  canary: [
    async ({ context }, use) => {
      const canary = new Canary(context);
      await canary.watch();
      await use(canary);
      expect(await canary.take(), "tokens where none may be").toEqual([]);
    },
    { auto: true },
  ],

  configure: async ({ context, server }, use) => {
    await use(async (changes) => {
      const generated = (await (await fetch(new URL("config.json", server))).json()) as JsonObject;
      const body = JSON.stringify(merged(generated, changes));
      await context.route("**/config.json", (route) => route.fulfill({ contentType: "application/json", body }));
    });
  },

  signedIn: async ({ page, sandbox: _emptied }, use) => {
    await use(async (address = "./") => {
      await page.goto(address);
      // Where nobody may create runs there is no link, and a part that cannot be loaded has no heading.
      const newRun = page.getByRole("banner").getByRole("link", { name: "New run" });
      const signIn = page.getByRole("heading", { level: 1, name: "Sign in", exact: true });
      await expect(newRun.or(page.getByRole("heading", { level: 1 })).first()).toBeVisible();
      await expect(signIn).toHaveCount(0);
      return page;
    });
  },

  instant: [NOW, { option: true }],

  frozen: async ({ context, sandbox, instant }, use) => {
    let now = instant.getTime();
    const underWay = new UnderWay(context);
    sandbox.whenQuiet = () => underWay.answered();
    await sandbox.clock({ set: instant.toISOString(), freeze: true });
    // A clock can only be paused at a time that is still to come.
    await context.clock.install({ time: now - 60_000 });
    await context.clock.pauseAt(now);
    await use({
      now: () => new Date(now),
      answered: () => underWay.answered(),
      advance: async (seconds) => {
        await underWay.answered();
        now += seconds * 1000;
        await sandbox.clock({ advance_seconds: seconds });
        // One leap, as when a laptop wakes: run through second by second, the page would read the `Date` of the end at a
        // time long before it, and correct its clock by that.
        await context.clock.fastForward(seconds * 1000);
        await underWay.answered();
      },
    });
  },
});

/** Signs in with a pasted token, on a page that shows the sign-in. */
export async function paste(page: Page, token: string): Promise<void> {
  await page.getByRole("textbox", { name: "Access token" }).fill(token);
  await page.getByRole("button", { name: "Sign in" }).click();
}

// Under a clock that stands still axe would wait for ever: it is given the browser's own timer.
const axeSource = `((setTimeout) => {
${readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")}
})(globalThis.__pwClock?.builtins.setTimeout ?? globalThis.setTimeout.bind(globalThis))`;

/** A rule that a page breaks, and where. */
export interface Broken {
  rule: string;
  help: string;
  at: string[];
}

/** Every rule of axe that is about WCAG 2.2 A and AA or best practice; the page must break none of them. */
export async function expectAccessible(page: Page, within?: string): Promise<void> {
  expect(await brokenRules(page, within)).toEqual([]);
}

/** The rules that the page breaks now. */
export async function brokenRules(page: Page, within?: string): Promise<Broken[]> {
  // Evaluated by the debugger, so the page's policy does not hinder it and needs no hole for it.
  await page.evaluate(axeSource);
  return await page.evaluate(async (selector) => {
    const { axe } = globalThis as unknown as { axe: typeof import("axe-core") };
    const result = await axe.run(selector ?? document, { resultTypes: ["violations"], preload: false });
    return result.violations.map((rule) => ({ rule: rule.id, help: rule.help, at: rule.nodes.map((node) => node.html) }));
  }, within);
}

/** Starts a sandbox with further flags, such as `--mount /a/b/`; the address is that of the origin, with a slash at its end. */
export async function startSandbox(...flags: string[]): Promise<{ child: ChildProcess; url: string }> {
  const program = process.env["RUNBOARD_SANDBOX"];
  const dist = process.env["RUNBOARD_DIST"];
  if (!program || !dist) {
    throw new Error("RUNBOARD_SANDBOX and RUNBOARD_DIST are not set: run `cargo xtask test --only e2e`");
  }
  const child = spawn(program, ["--port", "0", "--db", ":memory:", "--static", dist, "--quiet", ...flags], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const address = /listening on (\S+)/.exec(line)?.[1];
    if (address) return { child, url: `${address}/` };
  }
  throw new Error("the sandbox ended before it listened");
}

function merged(into: JsonObject, changes: JsonObject): JsonObject {
  const isObject = (value: Json | undefined): value is JsonObject =>
    typeof value === "object" && value !== null && !Array.isArray(value);
  const result = { ...into };
  for (const [key, value] of Object.entries(changes)) {
    const old = result[key];
    result[key] = isObject(old) && isObject(value) ? merged(old, value) : value;
  }
  return result;
}

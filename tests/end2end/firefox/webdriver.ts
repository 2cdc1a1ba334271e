// A small WebDriver client for the machine's own Firefox: Playwright drives only builds of its own. W3C WebDriver,
// https://www.w3.org/TR/webdriver2/; people's ways only: what is clicked and typed goes through the browser's own events.

import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** The key under which the standard hands out elements. */
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
type Element = { [ELEMENT]: string };

/** Where elements of a role are looked for; the browser then says what role and name they have. */
const CANDIDATES = {
  button: "button",
  link: "a[href]",
  textbox: "input, textarea",
  combobox: "input, select",
} as const;
export type Role = keyof typeof CANDIDATES;

/** A Firefox with one window. */
export class Firefox {
  private constructor(
    private readonly driver: ChildProcess,
    private readonly session: string,
  ) {}

  /** Starts the driver and the browser named by GECKODRIVER and FIREFOX. */
  static async start(): Promise<Firefox> {
    const [driver, binary] = [process.env["GECKODRIVER"], process.env["FIREFOX"]];
    if (!driver || !binary) throw new Error("GECKODRIVER and FIREFOX are not set: run `cargo xtask test --only firefox`");
    // The browser gets this zone from the driver, and at first the console shows times in the browser's zone.
    const env = { ...process.env, TZ: "UTC" };
    // Port 0: one that is free, which it then names.
    const child = spawn(driver, ["--host", "127.0.0.1", "--port", "0"], { stdio: ["ignore", "pipe", "inherit"], env });
    const address = await listening(child);
    const alwaysMatch = { browserName: "firefox", "moz:firefoxOptions": { binary, args: ["-headless", "-width", "1280", "-height", "800"] } };
    const made = await send<{ sessionId: string }>("POST", `${address}/session`, { capabilities: { alwaysMatch } });
    return new Firefox(child, `${address}/session/${made.sessionId}`);
  }

  async stop(): Promise<void> {
    await this.ask("DELETE", "").catch(() => {});
    this.driver.kill();
  }

  async goto(url: string): Promise<void> {
    await this.ask("POST", "/url", { url });
  }

  async reload(): Promise<void> {
    await this.ask("POST", "/refresh", {});
  }

  async url(): Promise<string> {
    return await this.ask("GET", "/url");
  }

  /** What a person can read in the first element of that selector; nothing where there is none. */
  async text(selector = "main"): Promise<string> {
    const [element] = await this.all(selector);
    if (!element) return "";
    return await this.ask<string>("GET", `/element/${element[ELEMENT]}/text`).catch((error: unknown) => {
      // It went while it was looked at: then there is nothing to be read yet.
      if (String(error).includes("stale element reference")) return "";
      throw error;
    });
  }

  /** Whether there is an element of that role and accessible name which a person can see, within a selector. */
  async offers(role: Role, name: string, within = "body"): Promise<boolean> {
    return (await this.find(role, name, within)) !== undefined;
  }

  async click(role: Role, name: string, within = "body"): Promise<void> {
    await this.ask("POST", `/element/${await this.need(role, name, within)}/click`, {});
  }

  /** Replaces what stands in a field. */
  async fill(role: Role, name: string, text: string): Promise<void> {
    const id = await this.need(role, name, "body");
    await this.ask("POST", `/element/${id}/clear`, {});
    await this.ask("POST", `/element/${id}/value`, { text });
  }

  /** From now on everything is about this frame; without one about the page around it. */
  async enter(frame: object | null = null): Promise<void> {
    await this.ask("POST", "/frame", { id: frame });
  }

  /** The value of an expression in the page. */
  async evaluate<T>(expression: string): Promise<T> {
    return await this.ask("POST", "/execute/sync", { script: `return (${expression})`, args: [] });
  }

  private async need(role: Role, name: string, within: string): Promise<string> {
    // What is being drawn may take a moment.
    for (const end = Date.now() + 10_000; Date.now() < end; ) {
      const found = await this.find(role, name, within);
      if (found !== undefined) return found;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`there is no ${role} “${name}” in ${within}:\n${await this.text()}`);
  }

  private async find(role: Role, name: string, within: string): Promise<string | undefined> {
    const selector = CANDIDATES[role].split(", ").map((candidate) => `${within} ${candidate}`);
    for (const { [ELEMENT]: id } of await this.all(selector.join(", "))) {
      // An element may go while it is looked at.
      const about = async (what: string): Promise<unknown> => await this.ask("GET", `/element/${id}/${what}`).catch(() => undefined);
      if ((await about("computedlabel")) === name && (await about("computedrole")) === role && (await about("displayed"))) return id;
    }
    return undefined;
  }

  private async all(selector: string): Promise<Element[]> {
    return await this.ask("POST", "/elements", { using: "css selector", value: selector });
  }

  private async ask<T>(method: string, path: string, body?: object): Promise<T> {
    return await send<T>(method, this.session + path, body);
  }
}

async function listening(child: ChildProcess): Promise<string> {
  if (child.stdout) {
    for await (const line of createInterface({ input: child.stdout })) {
      const address = /Listening on (\S+)/.exec(line)?.[1];
      if (address) {
        // Its further words must not fill the pipe.
        child.stdout.resume();
        return `http://${address}`;
      }
    }
  }
  throw new Error("geckodriver ended before it listened");
}

async function send<T>(method: string, url: string, body?: object): Promise<T> {
  const init: RequestInit = { method };
  if (body !== undefined) Object.assign(init, { body: JSON.stringify(body), headers: { "content-type": "application/json" } });
  const answer = await fetch(url, init);
  const { value } = (await answer.json()) as { value: T & { error?: string; message?: string } };
  if (!answer.ok) throw new Error(`${method} ${new URL(url).pathname}: ${value.error}: ${value.message}`);
  return value;
}

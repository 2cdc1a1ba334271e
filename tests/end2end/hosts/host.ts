// Where the console is hosted while journeys run: the sandbox itself, a real web server with the file that is shipped for
// it, or a model of a host that nobody can run at home.

import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The names of the projects in `playwright.config.ts` begin with these. */
export const HOSTS = ["sandbox", "nginx", "caddy", "apache", "plain", "netlify", "cloudflare", "cloudfront"] as const;
export type HostName = (typeof HOSTS)[number];

/** What a host is given. */
export interface Site {
  /** A folder of its own, for all it writes. */
  folder: string;
  /** The folder that is `/` of the host. The console lies in it under `mount`. */
  root: string;
  /** Begins and ends with a slash. */
  mount: string;
  /** The origin of the sandbox, without a slash at its end. */
  api: string;
}

/** A host that answers. */
export interface Host {
  /** Its origin, without a slash at its end. */
  origin: string;
  stop(): void;
}

/** The built console and the shipped host files, as `cargo xtask dist` leaves them. */
export function built(): { dist: string; hosting: string } {
  const dist = process.env["RUNBOARD_DIST"];
  const hosting = process.env["RUNBOARD_HOSTING"] ?? "";
  if (!dist) throw new Error("RUNBOARD_DIST is not set: run `cargo xtask test --only e2e`");
  return { dist, hosting };
}

/** The text of a shipped file's path. */
export function shipped(path: string): string {
  const { hosting } = built();
  if (!hosting) throw new Error("RUNBOARD_HOSTING is not set: run `cargo xtask test --only e2e`");
  return join(hosting, path);
}

/** Puts the console where a host serves it from, with a configuration of its own. */
export function layOut(mount: string, api: string, config: object): Site {
  const folder = mkdtempSync(join(tmpdir(), "runboard-host-"));
  // Web servers that are started by root read files as another user.
  chmodSync(folder, 0o755);
  const root = join(folder, "www");
  const console = join(root, mount);
  mkdirSync(console, { recursive: true });
  cpSync(built().dist, console, { recursive: true });
  writeFileSync(join(console, "config.json"), JSON.stringify(config));
  return { folder, root, mount, api };
}

/** Removes all of it. */
export function clear(site: Site): void {
  rmSync(site.folder, { recursive: true, force: true });
}

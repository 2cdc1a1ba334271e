// Pages around the console, on another origin: the shipped example of a portal, and empty ones to try things from.

import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The files for hosts, as they are shipped. */
export const FOLDER = process.env["RUNBOARD_HOSTING"] ?? fileURLToPath(new URL("../../hosting", import.meta.url));
const TYPES: Record<string, string> = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };

/** A portal that answers. */
export interface Portal {
  /** Its origin, without a slash at its end. */
  origin: string;
  /** Answers `POST token` with this from now on: a token, or a status. */
  gives(answer: () => Promise<string | number>): void;
  stop(): void;
}

/** Serves the shipped example around the console at `console`, under a host name of its own; other paths are empty pages. */
export async function startPortal(console: string, host: "localhost" | "127.0.0.1" = "localhost"): Promise<Portal> {
  let give = async (): Promise<string | number> => 401;
  // As docs/embedding.md has it, but for frames: tests add some of other origins.
  const policy =
    `default-src 'none'; script-src 'self' ${new URL(console).origin}; frame-src http:; style-src 'self'; connect-src 'self'; ` +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
  const server = createServer((request, response) => {
    const name = new URL(request.url ?? "/", "http://portal").pathname.slice(1) || "index.html";
    if (name === "token" && request.method === "POST") {
      void give().then((token) => {
        if (typeof token === "number") return void response.writeHead(token).end();
        response.writeHead(200, { "content-type": "application/json", "cache-control": "no-store" });
        response.end(JSON.stringify({ token }));
      });
      return;
    }
    const type = TYPES[extname(name)];
    if (!type) {
      response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>Page around</title>");
      return;
    }
    const text = readFileSync(join(FOLDER, "portal", name), "utf8").replaceAll("https://console.example.com/", console);
    response.writeHead(200, { "content-type": `${type}; charset=utf-8`, "content-security-policy": policy }).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://${host}:${(server.address() as AddressInfo).port}`,
    gives: (answer) => void (give = answer),
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

// What the models of hosts share: a small server, files, and handing a request on.

import { type IncomingMessage, type RequestListener, type ServerResponse, createServer, request as send } from "node:http";
import type { AddressInfo } from "node:net";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join, normalize } from "node:path";
import type { Host } from "./host.ts";

export type Headers = Record<string, string>;

/** Serves with a listener on a free port. */
export async function serve(listener: RequestListener): Promise<Host> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const stop = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return { origin: `http://127.0.0.1:${port}`, stop };
}

export const pathOf = (request: IncomingMessage): string => new URL(request.url ?? "/", "http://host").pathname;

/** The bytes of a file below `root`, or nothing. */
export function fileAt(root: string, path: string): Buffer | undefined {
  const real = join(root, normalize(decodeURIComponent(path)));
  return existsSync(real) && statSync(real).isFile() ? readFileSync(real) : undefined;
}

const TYPES: Record<string, string> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  wasm: "application/wasm",
  json: "application/json",
  svg: "image/svg+xml",
};

/** The type that hosts give a file by its ending. */
export const typeOf = (path: string): string => TYPES[path.split(".").pop() ?? ""] ?? "application/octet-stream";

export function answer(request: IncomingMessage, response: ServerResponse, status: number, headers: Headers, body: Buffer | string): void {
  response.writeHead(status, { "content-length": String(Buffer.byteLength(body)), ...headers });
  response.end(request.method === "HEAD" ? undefined : body);
}

/** Hands a request on and its answer back, as a proxy does that adds nothing. */
export function handOn(request: IncomingMessage, response: ServerResponse, target: URL, without: string[] = [], adding: Headers = {}): void {
  const headers: IncomingMessage["headers"] = { ...request.headers, host: target.host };
  for (const name of without) delete headers[name];
  const forward = send(target, { method: request.method ?? "GET", headers }, (answered) => {
    response.writeHead(answered.statusCode ?? 502, { ...answered.headers, ...adding });
    answered.pipe(response);
  });
  forward.on("error", () => answer(request, response, 502, {}, "the API did not answer"));
  request.pipe(forward);
}

/** A rule of a `_headers` file: Netlify and Cloudflare Pages have one form. */
interface Rule {
  pattern: RegExp;
  set: [string, string][];
}

/** Reads a `_headers` file: paths in the first column, headers indented below. */
export function headerRules(text: string): Rule[] {
  const rules: Rule[] = [];
  for (const line of text.split("\n")) {
    if (line.trim() === "" || line.trim().startsWith("#")) continue;
    if (/^\S/.test(line)) {
      const pattern = line.trim().replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
      rules.push({ pattern: new RegExp(`^${pattern}$`), set: [] });
    } else {
      const [, name, value] = /^\s+([^:]+):\s*(.*)$/.exec(line) ?? [];
      if (name === undefined || value === undefined) throw new Error(`a _headers line that no host reads: ${line}`);
      rules.at(-1)?.set.push([name.toLowerCase(), value]);
    }
  }
  return rules;
}

/**
 * The headers for a path. Both hosts go by the path alone, whether a file is there or not, and join the values when two
 * rules set one header.
 */
export function headersFor(rules: Rule[], path: string): Headers {
  const headers: Headers = {};
  for (const [name, value] of rules.filter((rule) => rule.pattern.test(path)).flatMap((rule) => rule.set)) {
    headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`;
  }
  return headers;
}

/** A `_headers` file for a console under a path, changed as docs/hosting.md says. */
export const underPath = (text: string, mount: string): string => text.replace(/^\//gm, mount);

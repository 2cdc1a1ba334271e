// A host whose `config.json` and `frame-ancestors` are edited for a portal, before a sandbox: the two lines that are a site's own.

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A host that answers. */
export interface Host {
  /** With a slash at its end. */
  url: string;
  /** From now on this origin may embed the console and gives its tokens. */
  embeddedBy(origin: string): void;
  stop(): void;
}

/** Hands everything on to `behind`. */
export async function hostFor(behind: string): Promise<Host> {
  let portal = "'none'";
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const headers = new Headers();
      for (const name of ["authorization", "content-type", "accept"]) {
        const value = request.headers[name];
        if (typeof value === "string") headers.set(name, value);
      }
      const method = request.method ?? "GET";
      const init: RequestInit = { method, headers };
      if (method !== "GET" && method !== "HEAD") init.body = Buffer.concat(chunks);
      const answer = await fetch(new URL(request.url ?? "/", behind), init);
      let body = Buffer.from(await answer.arrayBuffer());
      if (request.url?.split("?")[0] === "/config.json") {
        const config = { ...(JSON.parse(body.toString()) as object), auth: { source: "host" }, embed: { allowedOrigins: [portal] } };
        body = Buffer.from(JSON.stringify(config));
      }
      response.statusCode = answer.status;
      answer.headers.forEach((value, name) => {
        // The body is whole, plain and of another length by now.
        if (!["content-encoding", "content-length", "transfer-encoding", "connection"].includes(name)) {
          response.setHeader(name, value.replace("frame-ancestors 'none'", `frame-ancestors ${portal}`));
        }
      });
      response.end(body);
    })().catch((error: unknown) => response.destroy(error as Error));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    embeddedBy: (origin) => void (portal = origin),
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

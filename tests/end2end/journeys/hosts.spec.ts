// What every host has to do, wherever the console is put. The tag says where a test runs (see playwright.config.ts):
// @anywhere on every host, @configured where a host file is shipped, @server where that host is a web server of one's own.

import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, paste, test } from "../fixtures.ts";
import { upload } from "../hosts/edges.ts";
import { built } from "../hosts/host.ts";
import { banner, heading, row, signInAgain } from "./parts.ts";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { request as send } from "node:http";

const HASHED = /-[0-9a-f]{16}(_bg)?\.(js|css|wasm)$/;
const FOREVER = "public, max-age=31536000, immutable";
const SECURITY = ["content-security-policy", "permissions-policy", "referrer-policy", "x-content-type-options"];

/** The console's files without their compressed siblings. */
const files = (): string[] => readdirSync(built().dist).filter((name) => !/\.(br|gz)$/.test(name));
const hashed = (kind: string): string => {
  const found = files().find((name) => HASHED.test(name) && name.endsWith(kind));
  if (!found) throw new Error(`the build has no hashed ${kind}`);
  return found;
};

/** A request as it is written, without what `fetch` adds and unpacks. */
async function raw(address: URL, headers: Record<string, string> = {}, method = "GET") {
  return await new Promise<{ status: number; headers: Record<string, string>; body: Buffer }>((resolve, reject) => {
    const sent = send(address, { headers, method }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () => {
        const names = Object.entries(answer.headersDistinct).map(([name, values]) => [name, (values ?? []).join(" AND ")]);
        resolve({ status: answer.statusCode ?? 0, headers: Object.fromEntries(names) as Record<string, string>, body: Buffer.concat(chunks) });
      });
    });
    sent.on("error", reject);
    sent.end();
  });
}

test.describe("every host", { tag: "@anywhere" }, () => {
  test("a deep link, a reload and the way back work, and nothing is asked for outside the console's path", async ({
    page,
    sandbox,
    server,
    host,
  }) => {
    const run = await sandbox.createRun({ name: "Spring campaign" });
    const { origin, pathname } = new URL(server);
    const elsewhere: string[] = [];
    page.on("request", (request) => {
      const asked = new URL(request.url());
      const files = asked.origin === origin && asked.pathname.startsWith(pathname);
      const api = /^\/(beta|sandbox|portal)\//.test(asked.pathname) && (host === "plain" || asked.origin === origin);
      if (!files && !api) elsewhere.push(request.url());
    });

    await page.goto(`./?run=${run.id}`);
    // Some hosts have no place for a portal's endpoint.
    const asked = page.getByRole("textbox", { name: "Access token" });
    await expect(asked.or(banner(page).getByRole("link", { name: "New run" })).first()).toBeVisible();
    if (await asked.isVisible()) await paste(page, await sandbox.token());
    await expect(heading(page)).toHaveText("Spring campaign");
    await expect(page).toHaveURL(`${server}?run=${run.id}`);
    await page.reload();
    await expect(heading(page)).toHaveText("Spring campaign");
    await expect(signInAgain(page)).toHaveCount(0);
    await banner(page).getByRole("link", { name: "Runs" }).click();
    await expect(row(page, "Spring campaign")).toBeVisible();
    await expect(page).toHaveURL(server);
    await page.goBack();
    await expect(heading(page)).toHaveText("Spring campaign");
    expect(elsewhere).toEqual([]);
  });

  test("every file is there with its type, and what is missing is a 404 that is not the console", async ({ server }) => {
    const types = { html: "text/html", js: "text/javascript", css: "text/css", wasm: "application/wasm", json: "application/json", svg: "image/svg+xml" };
    for (const name of files()) {
      const answer = await raw(new URL(name === "index.html" ? "./" : name, server));
      expect(answer.status, name).toBe(200);
      const expected = types[name.split(".").pop() as keyof typeof types];
      expect(answer.headers["content-type"]?.split(";")[0], name).toBe(expected);
    }
    const page = readFileSync(join(built().dist, "index.html"));
    for (const name of ["runs/4711", "nothing", "runboard-0000000000000000.js", "runboard-0000000000000000_bg.wasm", "nothing/"]) {
      const answer = await raw(new URL(name, server));
      expect(answer.status, name).toBe(404);
      expect(answer.body.includes(page.subarray(0, 200)), name).toBe(false);
      expect(answer.headers["cache-control"] ?? "", name).not.toMatch(/immutable|max-age=[1-9]/);
    }
  });

  test("the configuration is the host's own: no digest and no hash stands against editing it", async ({ server }) => {
    const html = (await raw(new URL("./", server))).body.toString();
    const tag = /<link[^>]*config\.json[^>]*>/.exec(html)?.[0] ?? "";
    expect(tag).toContain('"./config.json"');
    expect(tag).not.toContain("integrity");
    expect(files()).toContain("config.json");
    expect(existsSync(join(built().dist, "config.json.br"))).toBe(false);
  });
});

test.describe("a host with its shipped file", { tag: "@configured" }, () => {
  test("what is named by its bytes is kept for ever, everything else is asked for again", async ({ server }) => {
    const expected = (name: string): RegExp =>
      HASHED.test(name) ? new RegExp(`^${FOREVER}$`) : /^(no-cache|public, max-age=0, must-revalidate)$/;
    expect(files().filter((name) => HASHED.test(name)).length).toBeGreaterThanOrEqual(3);
    for (const name of files()) {
      const answer = await raw(new URL(name === "index.html" ? "./" : name, server));
      expect(answer.headers["cache-control"], name).toMatch(expected(name));
    }
  });

  test("every answer carries the security headers, the 404s too", async ({ server, api }) => {
    // The sandbox serves the policy that all other journeys run under.
    const wanted = await raw(new URL(new URL(server).pathname, api));
    const policy = wanted.headers["content-security-policy"] ?? "";
    expect(policy).toContain("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'");
    expect(policy).toContain("connect-src 'self'; base-uri 'none'; form-action 'none'; object-src 'none'; frame-ancestors 'none'");
    expect(policy).toContain("require-trusted-types-for 'script'; trusted-types 'none'");
    for (const name of ["./", ...files().filter((name) => name !== "index.html"), "nothing", "nothing.js"]) {
      const answer = await raw(new URL(name, server));
      for (const header of SECURITY) expect(answer.headers[header], `${header} of ${name}`).toBe(wanted.headers[header]);
    }
    const head = await raw(new URL("./", server), {}, "HEAD");
    for (const header of SECURITY) expect(head.headers[header], `${header} of HEAD`).toBe(wanted.headers[header]);
  });

  test("the API is on the same origin, path, token and time as they are, without the portal's cookies", async ({
    server,
    sandbox,
    host,
  }) => {
    await sandbox.clock({ set: "2030-06-15T12:00:00Z", freeze: true });
    const run = await sandbox.createRun({ name: "Spring campaign" });
    const authorization = `Bearer ${await sandbox.token()}`;
    const path = `/beta/runs/${run.id}?a=b%2Fc`;
    const answer = await raw(new URL(path, server), { authorization, cookie: "portal=secret" });
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body.toString())).toMatchObject({ id: run.id, name: "Spring campaign" });
    expect(answer.headers["date"]).toBe("Sat, 15 Jun 2030 12:00:00 GMT");
    // Opened as a page, it could otherwise run on the console's origin. Netlify's proxy cannot add a header.
    const policy = host === "sandbox" || host === "netlify" ? undefined : "default-src 'none'; sandbox";
    expect(answer.headers["content-security-policy"]).toBe(policy);
    const [read] = await sandbox.requests("run");
    expect(`${read?.path}?${read?.query}`).toBe(path);
    expect(read?.headers["authorization"]).toBe(authorization);
    // The sandbox is no proxy, and Netlify's cannot leave a header out.
    if (host !== "sandbox" && host !== "netlify") expect(read?.headers["cookie"]).toBeUndefined();
    const refused = await raw(new URL("/beta/runs/", server));
    expect(refused.status).toBe(401);
  });
});

test.describe("a web server with its shipped file", { tag: "@server" }, () => {
  test("the siblings made at build time are what is sent, by what the client takes", async ({ server }) => {
    const name = hashed(".wasm");
    const bytes = readFileSync(join(built().dist, name));
    for (const [accepted, encoding, unpack] of [
      ["gzip, deflate, br, zstd", "br", brotliDecompressSync],
      ["br;q=1.0, gzip;q=0.8", "br", brotliDecompressSync],
      ["gzip", "gzip", gunzipSync],
      ["br;q=0, gzip", "gzip", gunzipSync],
      ["identity", undefined, (body: Buffer) => body],
    ] as const) {
      for (const [asked, sibling] of [[name, name], ["./", "index.html"]] as const) {
        const answer = await raw(new URL(asked, server), { "accept-encoding": accepted });
        expect(answer.status).toBe(200);
        expect(answer.headers["content-encoding"], `${asked} for ${accepted}`).toBe(encoding);
        expect(answer.headers["vary"], asked).toMatch(/^accept-encoding$/i);
        const ending = encoding === "br" ? ".br" : encoding === "gzip" ? ".gz" : "";
        expect(answer.body.equals(readFileSync(join(built().dist, sibling + ending))), `${asked}${ending}`).toBe(true);
        if (asked === name) {
          expect(unpack(answer.body).equals(bytes)).toBe(true);
          expect(answer.headers["content-type"]).toBe("application/wasm");
          expect(answer.headers["cache-control"]).toBe(FOREVER);
        }
      }
    }
    const config = await raw(new URL("config.json", server), { "accept-encoding": "br, gzip" });
    expect(config.headers["content-encoding"], "edited after the build").toBeUndefined();
    // A sibling is a form of its file and no file of its own.
    expect((await raw(new URL(`${name}.br`, server))).status).toBe(404);
  });

  test("what is known already is a 304 with the same headers", async ({ server }) => {
    for (const name of ["./", hashed(".wasm")]) {
      const first = await raw(new URL(name, server));
      const tag = first.headers["etag"] ?? "";
      expect(tag, name).not.toBe("");
      const again = await raw(new URL(name, server), { "if-none-match": tag });
      expect(again.status, name).toBe(304);
      for (const header of [...SECURITY, "cache-control"]) expect(again.headers[header], `${header} of ${name}`).toBe(first.headers[header]);
    }
  });

  test("hidden files are not there", async ({ server }) => {
    for (const name of [".htaccess", ".git/config"]) expect((await raw(new URL(name, server))).status, name).toBe(404);
  });
});

test.describe("the upload to S3", () => {
  test("brings what is named by its bytes first and the page last, each with its type and lifetime", async ({}, info) => {
    const uploaded = upload(info.outputPath(), built().dist, "s3://bucket/console");
    const keys = uploaded.map(({ key }) => key);
    expect(keys.slice(-2)).toEqual(["console/index.html", "console/version.json"]);
    const firstOther = keys.findIndex((key) => !HASHED.test(key));
    expect(keys.slice(0, firstOther).length).toBe(files().filter((name) => HASHED.test(name)).length);
    expect(keys.slice(firstOther).filter((key) => HASHED.test(key))).toEqual([]);
    expect(keys, "the host's own").not.toContain("console/config.json");
    expect([...keys].sort()).toEqual(files().filter((name) => name !== "config.json").map((name) => `console/${name}`).sort());
    for (const { key, caching } of uploaded) expect(caching, key).toBe(HASHED.test(key) ? FOREVER : "no-cache");
    const config = info.outputPath("mine.json");
    writeFileSync(config, "{}");
    const withConfig = upload(info.outputPath(), built().dist, "s3://bucket", config);
    expect(withConfig.find(({ key }) => key === "config.json")).toMatchObject({ file: config, type: "application/json" });
  });
});

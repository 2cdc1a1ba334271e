// Models of hosts that exist only as a service. Each reads the files that are shipped for the host and does with them what
// the host's documentation says; what these cannot show (the host's own compression and TLS, limits) is not claimed.

import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { runInNewContext } from "node:vm";
import { edited } from "./edit.ts";
import { type Host, type Site, shipped } from "./host.ts";
import { type Headers, answer, fileAt, handOn, headerRules, headersFor, pathOf, serve, typeOf, underPath } from "./model.ts";

/** Both services revalidate what no rule speaks of. */
const DEFAULT_CACHING = "public, max-age=0, must-revalidate";

/** Netlify: a file that is there wins over `_redirects`; a rule with 200 is a proxy; `_headers` hold for its own answers. */
export async function netlify({ root, mount, api }: Site): Promise<Host> {
  const rules = headerRules(underPath(readFileSync(shipped("netlify/_headers"), "utf8"), mount));
  const proxies = edited(shipped("netlify/_redirects"), [
    { mark: "api", from: "https://api.example.com", to: api },
    { mark: "token", from: "https://portal.example.com/portal/token", to: `${api}/sandbox/token`, uncomment: true },
  ])
    .split("\n")
    .filter((line) => line.trim() !== "" && !line.startsWith("#"))
    .map((line) => {
      const [from = "", to = "", status] = line.split(/\s+/);
      return { from: from.replace(/\*$/, ""), exact: !from.endsWith("*"), to, status };
    });

  return await serve((request, response) => {
    const path = pathOf(request);
    const file = path.endsWith("/") ? `${path}index.html` : path;
    const body = fileAt(root, file);
    const headers: Headers = { "cache-control": DEFAULT_CACHING, ...headersFor(rules, path) };
    if (body) return answer(request, response, 200, { ...headers, "content-type": typeOf(file) }, body);
    const rule = proxies.find(({ from, exact }) => (exact ? path === from : path.startsWith(from)));
    if (rule?.status === "200" && /^https?:/.test(rule.to)) {
      const { search } = new URL(request.url ?? "/", "http://host");
      return handOn(request, response, new URL(rule.to.replace(":splat", path.slice(rule.from.length)) + search));
    }
    if (rule) throw new Error(`a rule that is no proxy would answer ${path}`);
    answer(request, response, 404, { ...headers, "content-type": "text/html" }, "<h1>Page not found</h1>");
  });
}

/**
 * Cloudflare Pages: the paths in `_routes.json` are answered by functions, which `_headers` do not touch; `/x/index.html`
 * leads to `/x/`; what is missing gets the nearest 404.html, and where there is none, the first page with 200.
 */
export async function cloudflare({ folder, root, mount, api }: Site): Promise<Host> {
  const rules = headerRules(underPath(readFileSync(shipped("cloudflare-pages/_headers"), "utf8"), mount));
  cpSync(shipped("cloudflare-pages/404.html"), join(root, "404.html"));
  const routes = JSON.parse(readFileSync(shipped("cloudflare-pages/_routes.json"), "utf8")) as { include: string[] };
  const module = join(folder, "path.mjs");
  writeFileSync(
    module,
    edited(shipped("cloudflare-pages/functions/beta/[[path]].js"), [{ mark: "api", from: "https://api.example.com", to: api }]),
  );
  const { onRequest } = (await import(pathToFileURL(module).href)) as {
    onRequest(context: { request: Request }): Promise<Response>;
  };

  return await serve((request, response) => {
    const path = pathOf(request);
    if (routes.include.some((route) => path.startsWith(route.replace(/\*$/, "")))) {
      void (async () => {
        const chunks: Buffer[] = [];
        for await (const chunk of request) chunks.push(chunk as Buffer);
        const method = request.method ?? "GET";
        const body = method === "GET" || method === "HEAD" ? null : Buffer.concat(chunks);
        const headers = new Headers(request.headers as Record<string, string>);
        // Of this connection, and not for the next.
        for (const name of ["connection", "keep-alive", "transfer-encoding", "content-length"]) headers.delete(name);
        const answered = await onRequest({ request: new Request(new URL(request.url ?? "/", `http://${request.headers.host}`), { method, headers, body }) });
        const passed = Object.fromEntries(answered.headers);
        // fetch has unpacked the body already.
        delete passed["content-encoding"];
        delete passed["transfer-encoding"];
        answer(request, response, answered.status, passed, Buffer.from(await answered.arrayBuffer()));
      })();
      return;
    }
    const headers: Headers = { "cache-control": DEFAULT_CACHING, ...headersFor(rules, path) };
    if (path.endsWith("/index.html")) {
      return answer(request, response, 308, { ...headers, location: path.slice(0, -"index.html".length) }, "");
    }
    const file = path.endsWith("/") ? `${path}index.html` : path;
    const body = fileAt(root, file);
    if (body) return answer(request, response, 200, { ...headers, "content-type": typeOf(file) }, body);
    for (let parent = path.replace(/[^/]*$/, ""); ; parent = parent.replace(/[^/]*\/$/, "")) {
      const page = fileAt(root, `${parent}404.html`);
      if (page) return answer(request, response, 404, { ...headers, "content-type": "text/html; charset=utf-8" }, page);
      if (parent === "/" || parent === "") break;
    }
    answer(request, response, 200, { ...headers, "content-type": "text/html; charset=utf-8" }, fileAt(root, "/index.html") ?? "");
  });
}

/** An object as the stand-in for the AWS command line keeps it. */
export interface Uploaded {
  key: string;
  type: string;
  caching: string;
  file: string;
}

/** Runs the shipped upload.sh with a stand-in for `aws`, and says what was uploaded in which order. */
export function upload(folder: string, site: string, target: string, config?: string): Uploaded[] {
  const bin = join(folder, "bin");
  const journal = join(folder, "journal");
  mkdirSync(bin, { recursive: true });
  writeFileSync(journal, "");
  // `aws s3 cp FILE s3://BUCKET/KEY --content-type T --cache-control C --only-show-errors`, and nothing else.
  writeFileSync(
    join(bin, "aws"),
    `#!/bin/sh
[ "$1 $2 $5 $7 $9" = "s3 cp --content-type --cache-control --only-show-errors" ] || { echo "aws: unknown: $*" >&2; exit 2; }
[ -f "$3" ] || { echo "aws: no file $3" >&2; exit 1; }
printf '%s\\t%s\\t%s\\t%s\\n' "$4" "$6" "$8" "$3" >> "${journal}"
`,
  );
  chmodSync(join(bin, "aws"), 0o755);
  const args = [shipped("s3-cloudfront/upload.sh"), site, target, ...(config ? [config] : [])];
  execFileSync("sh", args, { env: { ...process.env, PATH: `${bin}:${process.env["PATH"]}` }, stdio: "pipe" });
  return readFileSync(journal, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => {
      const [address = "", type = "", caching = "", file = ""] = line.split("\t");
      return { key: address.replace(/^s3:\/\/[^/]+\//, ""), type, caching, file };
    });
}

// What of a CloudFormation template is read here.
interface Template {
  Parameters: Record<string, { Default: string }>;
  Resources: Record<string, { Properties: Record<string, unknown> }>;
}

/**
 * CloudFront before S3: the behaviour is chosen by path; the function may change the path; S3 answers what is not there
 * with 404 to those who may list the bucket, else with 403; the response headers policy is put on every answer.
 */
export async function cloudfront({ folder, root, mount, api }: Site): Promise<Host> {
  const template = JSON.parse(readFileSync(shipped("s3-cloudfront/template.json"), "utf8")) as Template;
  const resource = <T>(name: string): T => template.Resources[name]?.Properties as T;
  const value = (found: string | { "Fn::Sub": string }): string =>
    typeof found === "string" ? found : found["Fn::Sub"].replace(/\$\{(\w+)\}/g, (_, name: string) => template.Parameters[name]?.Default ?? "");

  const prefix = mount.replace(/^\/|\/$/g, "");
  const console = join(root, mount);
  const uploaded = upload(folder, console, prefix === "" ? "s3://bucket" : `s3://bucket/${prefix}`, join(console, "config.json"));
  const objects = new Map(uploaded.map((object) => [object.key, { ...object, body: readFileSync(object.file) }]));

  const policy = resource<{ PolicyDocument: { Statement: { Action: string }[] } }>("BucketPolicy").PolicyDocument;
  const missing = policy.Statement.some(({ Action }) => Action === "s3:ListBucket") ? 404 : 403;
  const code = resource<{ FunctionCode: string }>("FolderIndex").FunctionCode;
  const headersOf = (policy: string): Headers => {
    const { SecurityHeadersConfig: security, CustomHeadersConfig: custom } = resource<{ ResponseHeadersPolicyConfig: {
      SecurityHeadersConfig: {
        ContentSecurityPolicy: { ContentSecurityPolicy: string | { "Fn::Sub": string } };
        ContentTypeOptions?: object;
        ReferrerPolicy?: { ReferrerPolicy: string };
      };
      CustomHeadersConfig?: { Items: { Header: string; Value: string }[] };
    } }>(policy).ResponseHeadersPolicyConfig;
    return {
      "content-security-policy": value(security.ContentSecurityPolicy.ContentSecurityPolicy),
      ...(security.ReferrerPolicy ? { "referrer-policy": security.ReferrerPolicy.ReferrerPolicy } : {}),
      ...(security.ContentTypeOptions ? { "x-content-type-options": "nosniff" } : {}),
      ...Object.fromEntries((custom?.Items ?? []).map(({ Header, Value }) => [Header.toLowerCase(), Value])),
    };
  };
  const secured = headersOf("SecurityHeaders");
  const distribution = resource<{ DistributionConfig: {
    DefaultRootObject: string;
    CacheBehaviors: { PathPattern: string; AllowedMethods: string[]; ResponseHeadersPolicyId?: { Ref: string } }[];
    CustomErrorResponses: { ErrorCode: number; ResponsePagePath?: string; ResponseCode?: number }[];
  } }>("Distribution").DistributionConfig;
  const requests = resource<{ OriginRequestPolicyConfig: { CookiesConfig: { CookieBehavior: string } } }>("ApiRequests");
  const without = requests.OriginRequestPolicyConfig.CookiesConfig.CookieBehavior === "none" ? ["cookie"] : [];

  return await serve((request, response) => {
    const path = pathOf(request);
    const behaviour = distribution.CacheBehaviors.find(({ PathPattern }) => path.startsWith(PathPattern.replace(/\*$/, "")));
    if (behaviour) {
      if (!behaviour.AllowedMethods.includes(request.method ?? "")) return answer(request, response, 403, {}, "method");
      const { Ref: policy } = behaviour.ResponseHeadersPolicyId ?? {};
      return handOn(request, response, new URL(request.url ?? "/", api), without, policy ? headersOf(policy) : {});
    }
    const event = { request: { uri: path } };
    const { uri } = runInNewContext(`${code}; handler(event)`, { event }) as { uri: string };
    const object = objects.get(uri === "/" ? distribution.DefaultRootObject : decodeURIComponent(uri).slice(1));
    if (object) {
      const headers = { "content-type": object.type, "cache-control": object.caching, ...secured };
      return answer(request, response, 200, headers, object.body);
    }
    const custom = distribution.CustomErrorResponses.find(({ ErrorCode }) => ErrorCode === missing);
    const page = custom?.ResponsePagePath ? objects.get(custom.ResponsePagePath.slice(1)) : undefined;
    answer(request, response, custom?.ResponseCode ?? missing, { "content-type": "application/xml", ...secured }, page?.body ?? "<Error/>");
  });
}

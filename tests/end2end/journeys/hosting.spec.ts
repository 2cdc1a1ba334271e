// One build runs anywhere: under any path, with no rewrite rule, and with nothing but its own files.

import { Sandbox, expect, paste, startSandbox, test as base } from "../fixtures.ts";
import { banner, heading, row } from "./parts.ts";

const test = base.extend<object, { mounted: string }>({
  /** A sandbox that serves the console under a path; the address of its origin. */
  mounted: [
    async ({}, use) => {
      const { child, url } = await startSandbox("--mount", "/a/b/");
      await use(url);
      child.kill();
    },
    { scope: "worker" },
  ],
});

test("under a path the same files work: list, deep link, form, reload, back", async ({ page, mounted }) => {
  const sandbox = new Sandbox(mounted);
  await sandbox.reset();
  const run = await sandbox.createRun({ name: "Spring campaign" });
  const paths = new Set<string>();
  page.on("request", (request) => paths.add(new URL(request.url()).pathname));

  await page.goto(`${mounted}a/b/`);
  await row(page, "Spring campaign").getByRole("link", { name: "Spring campaign" }).click();
  await expect(heading(page)).toHaveText("Spring campaign");
  await expect(page).toHaveURL(`${mounted}a/b/?run=${run.id}`);
  await page.reload();
  await expect(heading(page)).toHaveText("Spring campaign");
  await banner(page).getByRole("link", { name: "New run" }).click();
  await expect(heading(page)).toHaveText("New run");
  await expect(page).toHaveURL(`${mounted}a/b/?new`);
  await page.goBack();
  await expect(heading(page)).toHaveText("Spring campaign");
  await banner(page).getByRole("link", { name: "Runs" }).click();
  await expect(page).toHaveURL(`${mounted}a/b/`);

  const elsewhere = [...paths].filter((path) => !/^\/(a\/b|beta|sandbox)\//.test(path));
  expect(elsewhere).toEqual([]);
});

test("every reference in the document is relative, and nothing is inline", async ({ server }) => {
  const html = await (await fetch(server)).text();
  const references = [...html.matchAll(/\s(?:href|src|data-glue|data-wasm)="?([^"\s>]*)/g)].map((match) => match[1] ?? "");
  expect(references.length).toBeGreaterThan(5);
  expect(references.filter((reference) => reference !== "" && !reference.startsWith("./"))).toEqual([]);
  expect(html).not.toMatch(/<script(?![^>]*\ssrc=)/);
  expect(html).not.toContain("<style");
  expect(html).not.toMatch(/\sstyle=|\son[a-z]+=/);
});

test("what is not there is a 404 and never the document", async ({ server, mounted }) => {
  for (const address of [
    new URL("runs/4711", server),
    new URL("runboard-0000000000000000_bg.wasm", server),
    new URL("a/b/nothing.js", mounted),
    new URL("nothing", mounted),
  ]) {
    const answer = await fetch(address);
    expect(answer.status, address.href).toBe(404);
    expect(await answer.text()).not.toContain("<title>Runboard");
    expect(answer.headers.get("cache-control")).not.toContain("immutable");
  }
});

test("the policy allows no inline script, no eval and no markup from strings", async ({ server }) => {
  const policy = (await fetch(server)).headers.get("content-security-policy") ?? "";
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("require-trusted-types-for 'script'");
  expect(policy).not.toContain("'unsafe-inline'");
  expect(policy).not.toContain("'unsafe-eval'");
});

test("nothing of another origin is asked for", async ({ page, server, sandbox }) => {
  await sandbox.createRun({ name: "Spring campaign" });
  const origins = new Set<string>();
  page.on("request", (request) => origins.add(new URL(request.url()).origin));
  await page.goto("./");
  await row(page, "Spring campaign").getByRole("link", { name: "Spring campaign" }).click();
  await expect(heading(page)).toHaveText("Spring campaign");
  expect([...origins]).toEqual([new URL(server).origin]);
});

test("an API on another origin is spoken to without cookies, where the host's policy and the API allow it", async ({
  page,
  mounted,
}) => {
  const api = new Sandbox(mounted);
  await api.reset();
  await api.createRun({ name: "Spring campaign" });
  const origin = new URL(mounted).origin;
  const config = JSON.stringify({ apiBase: `${origin}/beta`, auth: { source: "paste" } });
  const host = await startSandbox("--connect-src", origin, "--console-config", config);
  try {
    await page.context().addCookies([{ name: "portal", value: "secret", url: mounted }]);
    await page.goto(host.url);
    await paste(page, await api.token());
    await expect(row(page, "Spring campaign")).toBeVisible();
    const [list] = await api.requests("list");
    expect(list?.headers["origin"]).toBe(new URL(host.url).origin);
    expect(list?.headers["cookie"]).toBeUndefined();
  } finally {
    host.child.kill();
  }
});

test("an API that the host's policy does not allow is told in clear words", async ({ page, configure, mounted, guard }) => {
  guard.allow(/Content Security Policy|^policy: connect-src/);
  await configure({ apiBase: `${mounted}beta` });
  await page.goto("./");
  await expect(page.getByRole("main").getByRole("alert")).toContainText(
    "Could not reach the API, or the browser blocked its answer.",
  );
});

// The cold start: what is requested when on a slow link, and how long the first row takes on three links. With RUNBOARD_BENCH_BEFORE,
// the dist/ folder of another build, both builds are started in turn and the ratio is printed.

import { type Browser, type CDPSession, expect, test } from "@playwright/test";
import { Sandbox, startSandbox } from "../fixtures.ts";

/** A slow mobile link: 1.6 Mbit/s down, 150 ms from here to there and back. */
const LINK = { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 };
/** How long after the last of what it needs a request may be sent; less than the way there and back, so that none can hide. */
const SLACK = 100;
/** A busy machine only ever makes a request later: each is judged by the best of so many starts. */
const STARTS = 3;

/** One request; times in milliseconds since the first one was sent. */
interface Asked {
  name: string;
  by: string;
  sent: number;
  firstByte: number;
  end: number;
}

interface Sent {
  requestId: string;
  timestamp: number;
  request: { url: string };
  initiator: { type: string; url?: string; stack?: { callFrames: { url: string }[] } };
}
interface Received {
  requestId: string;
  timestamp: number;
  response: { timing?: { requestTime: number; sendStart: number; receiveHeadersStart?: number; receiveHeadersEnd: number } };
}

const file = (url: string): string => {
  const { pathname, search } = new URL(url);
  return (pathname === "/" ? "index.html" : pathname.slice(1)) + search;
};

function starter(initiator: Sent["initiator"]): string {
  const script = initiator.stack?.callFrames.find(({ url }) => url !== "")?.url ?? initiator.url;
  return initiator.type === "other" ? "the person" : `${script ? file(script) : "?"} (${initiator.type})`;
}

/** Listens to what is asked for, until it is told to stop listening. */
function listen(cdp: CDPSession): () => Asked[] {
  const asked = new Map<string, Asked>();
  cdp.on("Network.requestWillBeSent", ({ requestId, timestamp, request, initiator }: Sent) => {
    if (!request.url.startsWith("http")) return;
    asked.set(requestId, { name: file(request.url), by: starter(initiator), sent: timestamp * 1000, firstByte: NaN, end: NaN });
  });
  cdp.on("Network.responseReceived", ({ requestId, timestamp, response: { timing } }: Received) => {
    const of = asked.get(requestId);
    if (!of) return;
    of.firstByte = timestamp * 1000;
    // When it left, and not when it was queued: a browser keeps few connections to a host.
    if (timing) of.sent = timing.requestTime * 1000 + timing.sendStart;
  });
  cdp.on("Network.loadingFinished", ({ requestId, timestamp }: { requestId: string; timestamp: number }) => {
    const of = asked.get(requestId);
    if (of) of.end = timestamp * 1000;
  });
  return () => {
    const all = [...asked.values()];
    const zero = Math.min(...all.map(({ sent }) => sent));
    return all.map((one) => ({ ...one, sent: one.sent - zero, firstByte: one.firstByte - zero, end: one.end - zero }));
  };
}

/** A cold start with a token in the tab, until the list stands there. */
async function start(browser: Browser, url: string, token: string): Promise<Asked[]> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.addInitScript((kept) => sessionStorage.setItem("runboard.token", kept), token);
  const cdp = await context.newCDPSession(page);
  await cdp.send("Network.enable");
  await cdp.send("Network.emulateNetworkConditions", LINK);
  const heard = listen(cdp);
  await page.goto(url, { timeout: 60_000 });
  await expect(page.locator(".result-count")).toHaveText("20 runs", { timeout: 60_000 });
  // What was asked for has come.
  await expect.poll(() => heard().filter(({ end }) => Number.isNaN(end))).toEqual([]);
  const asked = heard();
  await context.close();
  return asked;
}

/** What a request needs before it can be sent: what the page names needs the page; the first reading of the list what says where
 * it is and asks for it; all else is asked for by the application, which needs all of that. */
function needs(name: string, page: string, all: string[]): string[] {
  if (name === "index.html") return [];
  if (page.includes(name)) return ["index.html"];
  if (name === "beta/runs/") return ["index.html", "boot.js", "config.json"];
  return all.filter((other) => page.includes(other));
}

function print(asked: Asked[], lags: Map<string, number>): void {
  const rows = [["request", "sent", "first byte", "end", "waited", "started by"]];
  for (const { name, sent, firstByte, end, by } of [...asked].sort((a, b) => a.sent - b.sent)) {
    rows.push([name, ...[sent, firstByte, end, lags.get(name) ?? 0].map((ms) => ms.toFixed(0)), by]);
  }
  const widths = rows[0]?.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0))) ?? [];
  const line = (row: string[]) => row.map((cell, at) => (at > 0 && at < 5 ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0))).join("  ");
  console.log(`\nMilliseconds; “waited”: since the last of what it needs was there, at best of ${STARTS} starts.\n\n${rows.map(line).join("\n")}\n`);
}

test("a cold start on a slow link", async ({ browser }) => {
  const { child, url } = await startSandbox();
  try {
    const sandbox = new Sandbox(url);
    await sandbox.reset();
    for (let at = 0; at < 20; at += 1) await sandbox.createRun({ name: `Campaign ${at}` });
    const page = await (await fetch(url)).text();
    const starts: Asked[][] = [];
    for (let at = 0; at < STARTS; at += 1) starts.push(await start(browser, url, await sandbox.token()));

    const lags = new Map<string, number>();
    for (const asked of starts) {
      const names = asked.map(({ name }) => name);
      for (const { name, sent } of asked) {
        // Nobody waits for it, and when it is asked for is the browser's own affair.
        if (name === "favicon.svg") continue;
        const ready = asked.filter((other) => needs(name, page, names).includes(other.name)).map(({ end }) => end);
        // The page's own references are found while it arrives.
        lags.set(name, Math.min(lags.get(name) ?? Infinity, Math.max(0, sent - Math.max(0, ...ready))));
      }
    }
    const shown = starts.at(-1) ?? [];
    print(shown, lags);

    const late = [...lags].filter(([, lag]) => lag > SLACK).map(([name, lag]) => `${name} waited ${lag.toFixed(0)} ms for what it does not need`);
    expect(late).toEqual([]);
    for (const asked of starts) {
      const api = asked.find(({ name }) => name.startsWith("beta/"));
      const program = asked.filter(({ name }) => name.includes(".wasm"));
      expect(api?.sent, "the first API request is sent before the program has arrived").toBeLessThan(Math.max(...program.map(({ end }) => end)));
      expect(asked.filter(({ name }) => name === "beta/runs/"), "the list is asked for once").toHaveLength(1);
    }
  } finally {
    child.kill();
  }
});

/** From loopback to a slow phone. Throughput in bits per second. */
const LINKS = [
  { name: "loopback", latency: 0, bits: -1, cpu: 1 },
  { name: "40 ms, 10 Mbit/s", latency: 40, bits: 10_000_000, cpu: 1 },
  { name: "150 ms, 1.6 Mbit/s, 4x slower", latency: 150, bits: 1_600_000, cpu: 4 },
] as const;
const TURNS = 9;

/** Milliseconds from navigation to the frame that shows the first row. */
async function firstRow(browser: Browser, url: string, token: string, link: (typeof LINKS)[number]): Promise<number> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.addInitScript((kept) => {
    sessionStorage.setItem("runboard.token", kept);
    const observer = new MutationObserver(() => {
      if (document.querySelector("table.runs tbody a")?.textContent === "") return;
      if (!document.querySelector("table.runs tbody a")) return;
      observer.disconnect();
      requestAnimationFrame(() => Object.assign(globalThis, { firstRow: performance.now() }));
    });
    observer.observe(document, { childList: true, subtree: true });
  }, token);
  const cdp = await context.newCDPSession(page);
  await cdp.send("Network.enable");
  const throughput = link.bits / 8;
  await cdp.send("Network.emulateNetworkConditions", { offline: false, latency: link.latency, downloadThroughput: throughput, uploadThroughput: throughput });
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: link.cpu });
  await page.goto(url, { timeout: 60_000 });
  const row = await page.waitForFunction(() => (globalThis as { firstRow?: number }).firstRow, undefined, { timeout: 60_000 });
  const millis = (await row.jsonValue()) ?? 0;
  await context.close();
  return millis;
}

test("navigation to the first row", async ({ browser }) => {
  const own = process.env["RUNBOARD_DIST"];
  const builds = [own, process.env["RUNBOARD_BENCH_BEFORE"]].filter((dist) => dist !== undefined);
  const served = [];
  for (const dist of builds) {
    process.env["RUNBOARD_DIST"] = dist;
    served.push(await startSandbox("--seed-runs", "150"));
  }
  process.env["RUNBOARD_DIST"] = own;
  const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
  try {
    for (const link of LINKS) {
      const times: number[][] = served.map(() => []);
      for (let turn = 0; turn < TURNS; turn += 1) {
        for (const [at, { url }] of served.entries()) {
          times[at]?.push(await firstRow(browser, url, await new Sandbox(url).token(), link));
        }
      }
      const [now = 0, before] = times.map(median);
      const ratio = before === undefined ? "" : `, before ${before.toFixed(0)} ms, ratio ${(now / before).toFixed(2)}`;
      console.log(`first row, ${link.name}: ${now.toFixed(0)} ms (median of ${TURNS})${ratio}`);
      if (before !== undefined) expect.soft(now / before, `the first row on ${link.name}`).toBeLessThan(1.15);
    }
  } finally {
    for (const { child } of served) child.kill();
  }
});

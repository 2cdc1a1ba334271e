// How long a new tab takes to show the list: by itself, beside a tab in sight that knows all runs, and in place of one that is out of
// sight now; and what the tabs keep in memory.

import { type BrowserContext, type Page, expect, test } from "@playwright/test";
import { Sandbox, startSandbox } from "../fixtures.ts";
import { show } from "../journeys/parts.ts";
import { type Figures, SLOW, median, printTable } from "./measure.ts";

const COUNTS = (process.env["RUNBOARD_BENCH_RUNS"] ?? "1000,10000,100000").split(",").map(Number);
const TURNS = Number(process.env["RUNBOARD_BENCH_TURNS"] ?? 3);

const listed = (count: number): string => `${count.toLocaleString("en-GB")} runs`;

/** Keeps the program's memory where it can be read. */
function install(): void {
  const remember = (instance: WebAssembly.Instance): void => {
    const memory = Object.values(instance.exports).find((value) => value instanceof WebAssembly.Memory);
    if (memory) Object.assign(globalThis, { __memory: memory });
  };
  const { instantiate } = WebAssembly;
  const heard = (result: unknown): unknown => {
    remember(result instanceof WebAssembly.Instance ? result : (result as WebAssembly.WebAssemblyInstantiatedSource).instance);
    return result;
  };
  Object.assign(WebAssembly, { instantiate: (...given: Parameters<typeof instantiate>) => instantiate(...given).then(heard) });
}

interface Shown {
  firstRow: number;
  allRows: number;
  longest: number;
}

/** Opens the list in a new tab of a slow processor, until all runs are there. */
async function open(context: BrowserContext, url: string, count: number): Promise<{ page: Page; shown: Shown }> {
  const page = await context.newPage();
  await page.addInitScript(install);
  await page.addInitScript((all) => {
    const shown = { firstRow: 0, allRows: 0, longest: 0 };
    Object.assign(globalThis, { __shown: shown });
    const look = (): void => {
      if (shown.firstRow === 0 && document.querySelector("table.runs tbody a")) shown.firstRow = performance.now();
      if (document.querySelector(".result-count")?.textContent === all) shown.allRows = performance.now();
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) shown.longest = Math.max(shown.longest, duration);
    }).observe({ type: "longtask", buffered: true });
  }, listed(count));
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOW });
  await page.goto(url);
  await page.waitForFunction(() => (globalThis as unknown as { __shown: Shown }).__shown.allRows > 0, null, { timeout: 120_000 });
  await expect(page.getByRole("button", { name: "Stop loading" })).toHaveCount(0, { timeout: 120_000 });
  await session.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  return { page, shown: await page.evaluate(() => (globalThis as unknown as { __shown: Shown }).__shown) };
}

const memory = (page: Page): Promise<number> =>
  page.evaluate(() => (globalThis as unknown as { __memory: WebAssembly.Memory }).__memory.buffer.byteLength / 1e6);

const results: { count: number; figures: Figures }[] = [];

for (const count of COUNTS) {
  test(`${count} runs`, async ({ browser }) => {
    const { child, url } = await startSandbox("--seed-runs", String(count));
    try {
      const sandbox = new Sandbox(url);
      const [alone, beside, instead]: [Shown[], Shown[], Shown[]] = [[], [], []];
      let [reader, follower] = [0, 0];
      const requests = { alone: 0, beside: 0, instead: 0 };
      const asked = async (): Promise<number> => (await sandbox.requests("list")).length;
      for (let turn = 0; turn < TURNS; turn += 1) {
        const context = await browser.newContext();
        const next = async (mode: keyof typeof requests, times: Shown[]): Promise<Page> => {
          const before = await asked();
          const { page, shown } = await open(context, url, count);
          requests[mode] = (await asked()) - before;
          times.push(shown);
          return page;
        };
        const first = await next("alone", alone);
        reader = await memory(first);
        const second = await next("beside", beside);
        follower = await memory(second);
        await second.close();
        await show(first, "hidden");
        await next("instead", instead);
        await context.close();
      }
      const of = (all: Shown[], read: (shown: Shown) => number): number => median(all.map(read));
      results.push({
        count,
        figures: {
          "the first tab: first row, ms": of(alone, ({ firstRow }) => firstRow),
          "the first tab: all rows, ms": of(alone, ({ allRows }) => allRows),
          "the first tab: requests": requests.alone,
          "a tab beside it: first row, ms": of(beside, ({ firstRow }) => firstRow),
          "a tab beside it: all rows, ms": of(beside, ({ allRows }) => allRows),
          "a tab beside it: longest task, ms": of(beside, ({ longest }) => longest),
          "a tab beside it: requests": requests.beside,
          "a tab in its place: first row, ms": of(instead, ({ firstRow }) => firstRow),
          "a tab in its place: all rows, ms": of(instead, ({ allRows }) => allRows),
          "a tab in its place: requests": requests.instead,
          "memory of the first tab's program, MB": reader,
          "memory of the program beside it, MB": follower,
        },
      });
    } finally {
      child.kill();
    }
  });
}

test.afterAll(() => {
  console.log(`\n${printTable(results)}\n`);
  const [least, most] = [results[0]?.figures ?? {}, results.at(-1)?.figures ?? {}];
  const ratio = (name: string): number => (most[name] ?? 0) / (least[name] || 1);
  expect.soft(ratio("a tab beside it: first row, ms"), "the first row of a tab beside another one, against the smallest list").toBeLessThan(1.5);
  expect.soft(most["a tab beside it: requests"], "requests of a tab beside another one").toBe(0);
});

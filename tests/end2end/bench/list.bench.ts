// What the list costs with 1,000, 10,000 and 100,000 runs, each as a figure and as a ratio to the 1,000-run case.

import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type CDPSession, type Page, expect, test } from "@playwright/test";
import { Sandbox, startSandbox } from "../fixtures.ts";
import { stopBehind } from "../journeys/parts.ts";
import { type Figures, SLOW, largest, median, p98, printTable, toPaint } from "./measure.ts";

const COUNTS = (process.env["RUNBOARD_BENCH_RUNS"] ?? "1000,10000,100000").split(",").map(Number);
const OUT = new URL("../results/bench-list.jsonl", import.meta.url);
/** How often the keys are typed on the slow processor. */
const PASSES = 6;

interface Probe {
  longest: number;
  memory(): number;
  mutations: number;
}
const probe = <T>(page: Page, read: (probe: Probe) => T): Promise<T> =>
  page.evaluate(`(${read.toString()})(globalThis.__probe)`) as Promise<T>;

/** Counts long tasks, changes of the table and the program's memory. */
function install(): void {
  const probe = { longest: 0, mutations: 0, memory: () => 0 };
  (globalThis as unknown as { __probe: Probe }).__probe = probe;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) probe.longest = Math.max(probe.longest, entry.duration);
  }).observe({ type: "longtask", buffered: true });
  const remember = (instance: WebAssembly.Instance): void => {
    const memory = Object.values(instance.exports).find((value) => value instanceof WebAssembly.Memory);
    if (memory) probe.memory = () => memory.buffer.byteLength;
  };
  const { instantiate, instantiateStreaming } = WebAssembly;
  const heard = (result: unknown): unknown => {
    const made = result as WebAssembly.Instance | WebAssembly.WebAssemblyInstantiatedSource;
    remember("instance" in made ? made.instance : made);
    return result;
  };
  Object.assign(WebAssembly, {
    instantiate: (...given: Parameters<typeof instantiate>) => instantiate(...given).then(heard),
    instantiateStreaming: (...given: Parameters<typeof instantiateStreaming>) =>
      instantiateStreaming(...given).then(heard),
  });
}

const type = (text: string): string =>
  `() => { const field = document.querySelector("#search"); field.value = ${JSON.stringify(text)}; field.dispatchEvent(new InputEvent("input", { bubbles: true })); }`;

/** A page with nothing but a field and a table of as many rows as are in view, six plain texts in each: what no console is faster than. */
const BARE = `<!doctype html><style>table { width: 100%; table-layout: fixed } td { height: 40px }</style>
<input id="search"><table><tbody></tbody></table>`;

/** Its answer to a letter: other rows. */
function answerBare(): void {
  let typed = 0;
  document.querySelector("#search")?.addEventListener("input", () => {
    const rows = Array.from({ length: 11 }, (_, at) => {
      const row = document.createElement("tr");
      for (let cell = 0; cell < 6; cell += 1) {
        const text = cell < 3 ? `Spring campaign ${typed} ${at}` : `2026-03-1${cell} 10:${10 + ((typed + at) % 50)} UTC`;
        row.appendChild(document.createElement("td")).textContent = text;
      }
      return row;
    });
    document.querySelector("tbody")?.replaceChildren(...rows);
    typed += 1;
  });
}

const scriptSeconds = async (session: CDPSession): Promise<number> => {
  const { metrics } = await session.send("Performance.getMetrics");
  return metrics.find((metric) => metric.name === "ScriptDuration")?.value ?? 0;
};

const listed = (count: number): string => `${count.toLocaleString("en-GB")} runs`;

test.beforeAll(() => {
  mkdirSync(new URL("../results/", import.meta.url), { recursive: true });
  rmSync(OUT, { force: true });
});

for (const count of COUNTS) {
  test(`${count} runs`, async ({ page }) => {
    const { child, url } = await startSandbox("--seed-runs", String(count));
    const sandbox = new Sandbox(url);
    const figures: Figures = {};
    const session = await page.context().newCDPSession(page);
    try {
      await page.addInitScript(install);
      const begun = Date.now();
      await page.goto(url);
      await page.locator("table.runs tbody a").first().waitFor();
      figures["first row, ms"] = Date.now() - begun;
      await expect(page.locator(".result-count")).toHaveText(listed(count), { timeout: 120_000 });
      await expect(page.getByRole("button", { name: "Stop loading" })).toHaveCount(0, { timeout: 120_000 });
      figures["all rows, ms"] = Date.now() - begun;
      figures["longest task while loading, ms"] = await probe(page, (probe) => probe.longest);
      figures["requests to load"] = (await sandbox.requests("list")).length;
      figures["memory of the program, MB"] = (await probe(page, (probe) => probe.memory())) / 1e6;
      await session.send("Performance.enable");
      const keys = async (of: Page): Promise<number[]> => {
        await of.locator("#search").focus();
        const times: number[] = [];
        for (const text of ["c", "cl", "cli", "clin", "", "s", "su", "job:1", "phase:open", "starts<2h", ""]) {
          times.push(await toPaint(of, type(text)));
          await of.waitForTimeout(150);
        }
        return times;
      };
      const slow = async (of: Page, session: CDPSession): Promise<number[]> => {
        await session.send("Emulation.setCPUThrottlingRate", { rate: SLOW });
        const times: number[] = [];
        for (let pass = 0; pass < PASSES; pass += 1) times.push(...(await keys(of)));
        await session.send("Emulation.setCPUThrottlingRate", { rate: 1 });
        return times;
      };
      figures["key to paint, ms"] = median(await keys(page));
      const times = await slow(page, session);
      const bare = await page.context().newPage();
      await bare.setContent(BARE);
      await bare.evaluate(answerBare);
      await keys(bare);
      const least = await slow(bare, await page.context().newCDPSession(bare));
      await bare.close();
      figures[`key to paint at ${SLOW}x slower, median, ms`] = median(times);
      figures["the same of a bare table, median, ms"] = median(least);
      figures[`key to paint at ${SLOW}x slower, p98, ms`] = p98(times);
      figures["the same of a bare table, p98, ms"] = p98(least);
      figures["ratio to the bare table, median"] = median(times) / median(least);
      figures["ratio to the bare table, p98"] = p98(times) / p98(least);

      const sorts: number[] = [];
      for (const column of ["Name", "Start", "Status", "Created"]) {
        sorts.push(await toPaint(page, `() => [...document.querySelectorAll(".sort")].find((sort) => sort.textContent === "${column}").click()`));
        await page.waitForTimeout(100);
      }
      figures["sort to paint, longest, ms"] = largest(sorts);

      const before = await scriptSeconds(session);
      await page.evaluate(async () => {
        const end = document.documentElement.scrollHeight - innerHeight;
        for (let step = 0; step <= 120; step += 1) {
          // As far in each step, whatever the length: the same number of rows comes into view.
          scrollTo(0, Math.min(end, step * 300));
          await new Promise((done) => requestAnimationFrame(done));
        }
        scrollTo(0, end);
        await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      });
      figures["script of a scroll sweep, ms"] = (await scriptSeconds(session)) - before;
      figures["script of a scroll sweep, ms"] *= 1000;
      await page.evaluate(() => scrollTo(0, 0));
      await page.waitForTimeout(200);

      // One minute of polls each, with the browser's own clock: nothing changes, one run in a hundred is new, and is stopped.
      const poll = async (what: string): Promise<void> => {
        const asked = (await sandbox.requests("list")).length;
        const sizes: Promise<number>[] = [];
        const hear = (response: { url(): string; body(): Promise<Buffer> }): void => {
          if (response.url().includes("/runs/")) sizes.push(response.body().then((body) => body.length, () => 0));
        };
        page.on("response", hear);
        await page.evaluate(() => {
          const probe = (globalThis as unknown as { __probe: Probe }).__probe;
          probe.mutations = 0;
          const table = document.querySelector("table.runs tbody");
          const observer = new MutationObserver((records) => (probe.mutations += records.length));
          if (table) observer.observe(table, { subtree: true, childList: true, attributes: true, characterData: true });
          setTimeout(() => observer.disconnect(), 62_000);
        });
        await page.waitForTimeout(62_000);
        page.off("response", hear);
        figures[`a minute of polls, ${what}: requests`] = (await sandbox.requests("list")).length - asked;
        figures[`a minute of polls, ${what}: kB`] = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0) / 1000;
        figures[`a minute of polls, ${what}: mutations in the table`] = await probe(page, (probe) => probe.mutations);
      };
      if (process.env["RUNBOARD_BENCH_POLLS"] !== "0") {
        await poll("nothing new");
        const made: string[] = [];
        while (made.length < count / 100) made.push((await sandbox.createRun({ name: `New ${made.length}` })).id);
        await poll("1 % new");
        await page.getByRole("button", { name: /^Show .* new runs?$/ }).click();
        for (const id of made) await stopBehind(sandbox, id);
        await poll("1 % changed");
      }
    } finally {
      child.kill();
      appendFileSync(OUT, `${JSON.stringify({ count, figures })}\n`);
    }
  });
}

test.afterAll(() => {
  const lines = readFileSync(OUT, "utf8").trim().split("\n");
  const results = lines.map((line) => JSON.parse(line) as { count: number; figures: Figures });
  const base = results[0]?.figures ?? {};
  const table = printTable(results);
  writeFileSync(new URL("../results/bench-list.md", import.meta.url), `${table}\n`);
  console.log(`\n${table}\n`);
  // Milliseconds differ between machines, so the targets are ratios within this run.
  const most = results.at(-1)?.figures ?? {};
  const ratio = (name: string): number => (most[name] ?? 0) / (base[name] || 1);
  expect.soft(most["ratio to the bare table, median"], "a letter's median against the bare table").toBeLessThan(2.2);
  expect.soft(most["ratio to the bare table, p98"], "a letter's 98th percentile against the bare table").toBeLessThan(2.5);
  expect.soft(ratio("script of a scroll sweep, ms"), "a scroll sweep against the smallest list").toBeLessThan(1.2);
});

// What a step of the timeline costs: moving, zooming, and drawing all anew when a zoom rests, with 1,000, 10,000 and 100,000 runs, against a bare page that moves a still
// picture of as many marks, and against the smallest number of runs.

import { type Page, expect, test } from "@playwright/test";
import { startSandbox } from "../fixtures.ts";
import { type Figures, SLOW, median, p98, printTable, toPaint } from "./measure.ts";

const COUNTS = (process.env["RUNBOARD_BENCH_RUNS"] ?? "1000,10000,100000").split(",").map(Number);
/** Steps of each kind. */
const STEPS = 60;

const results: { count: number; figures: Figures }[] = [];

/** Turns the wheel over the middle of the picture. */
const wheel = (turn: string): string =>
  `() => {
    const over = document.querySelector(".tl-canvas");
    const { left, top, width } = over.getBoundingClientRect();
    over.dispatchEvent(new WheelEvent("wheel", { bubbles: true, cancelable: true, clientX: left + width / 2, clientY: top + 40, ${turn} }));
  }`;

/** Presses a button that zooms, after which all is drawn anew. */
const press = (name: string): string => `() => document.querySelector('button[aria-label="${name}"]').click()`;

/** There and back, so that the same runs are in view after each pair of steps. */
async function steps(page: Page, there: string, back: string): Promise<number[]> {
  const times: number[] = [];
  for (let at = 0; at < STEPS; at += 1) {
    times.push(await toPaint(page, at % 10 < 5 ? there : back));
    await page.waitForTimeout(20);
  }
  return times;
}

/** A page with as many bars and names as the console draws, in one picture that is moved. */
function bare(marks: number): string {
  const bars = Array.from(
    { length: marks },
    (_, at) => `<rect x="${(at * 37) % 1000}" y="${(at * 28) % 2000}" width="60" height="24" rx="4"/><text x="${((at * 37) % 1000) + 8}" y="${((at * 28) % 2000) + 16}">Spring campaign ${at}</text>`,
  );
  return `<!doctype html><div class="tl-canvas" style="overflow: hidden"><svg width="1200" height="2000"><g>${bars.join("")}</g></svg></div>`;
}

function moveBare(): void {
  let x = 0;
  document.querySelector(".tl-canvas")?.addEventListener("wheel", (event) => {
    x += (event as WheelEvent).deltaX / 10 + (event as WheelEvent).deltaY / 10;
    document.querySelector("g")?.setAttribute("transform", `translate(${x} 0)`);
  });
}

for (const count of COUNTS) {
  test(`${count} runs`, async ({ page, context }) => {
    const { child, url } = await startSandbox("--seed-runs", String(count));
    const figures: Figures = {};
    const slow = async (of: Page, rate: number): Promise<void> => {
      const session = await context.newCDPSession(of);
      await session.send("Emulation.setCPUThrottlingRate", { rate });
    };
    try {
      await page.goto(`${url}?timeline`);
      await expect(page.locator(".result-count")).toHaveText(`${count.toLocaleString("en-GB")} runs`, { timeout: 120_000 });
      await expect(page.getByRole("button", { name: "Stop loading" })).toHaveCount(0, { timeout: 120_000 });
      await page.locator(".tl-bar, .tl-shape").first().waitFor();
      const marks = await page.locator(".tl-picture :is(rect, path, text)").count();
      figures["marks drawn"] = marks;
      await slow(page, SLOW);
      const [forth, back] = [wheel("deltaX: 40"), wheel("deltaX: -40")];
      await steps(page, forth, back);
      const moves = await steps(page, forth, back);
      const zooms = await steps(page, wheel("deltaY: 60, ctrlKey: true"), wheel("deltaY: -60, ctrlKey: true"));
      const redraws = await steps(page, press("Zoom in"), press("Zoom out"));
      const other = await context.newPage();
      await other.setContent(bare(marks));
      await other.evaluate(moveBare);
      await slow(other, SLOW);
      await steps(other, forth, back);
      const least = await steps(other, forth, back);
      await other.close();
      figures["bare page, p98, ms"] = p98(least);
      for (const [name, times] of [
        ["a move", moves],
        ["a zoom", zooms],
        ["drawn anew", redraws],
      ] as const) {
        figures[`${name}, median, ms`] = median(times);
        figures[`${name}, p98, ms`] = p98(times);
        figures[`${name}, p98 against the bare page`] = p98(times) / p98(least);
      }
    } finally {
      child.kill();
      results.push({ count, figures });
    }
  });
}

test.afterAll(() => {
  console.log(`\n${printTable(results)}\n`);
  const least = results[0]?.figures ?? {};
  const most = results.at(-1)?.figures ?? {};
  for (const step of ["a move", "a zoom"]) {
    expect.soft(most[`${step}, p98 against the bare page`], `${step} against the bare page`).toBeLessThan(2.5);
    const growth = (most[`${step}, median, ms`] ?? 0) / (least[`${step}, median, ms`] || 1);
    expect.soft(growth, `${step} with many runs against few`).toBeLessThan(1.5);
  }
});

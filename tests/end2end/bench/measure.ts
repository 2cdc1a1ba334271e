// How the benchmarks measure and print.

import { type Page } from "@playwright/test";

export type Figures = Record<string, number>;

/** As slow as a processor a quarter of this machine's. */
export const SLOW = 4;

export const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
export const largest = (values: number[]): number => Math.max(...values);
/** Not longer than this in 98 of 100 cases. */
export const p98 = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.ceil(values.length * 0.98) - 1] ?? 0;

/** From an event in the page to the frame after the next, when it has been painted. */
export const toPaint = (page: Page, act: string): Promise<number> =>
  page.evaluate(`new Promise((done) => {
    const from = performance.now();
    (${act})();
    requestAnimationFrame(() => { const channel = new MessageChannel(); channel.port1.onmessage = () => done(performance.now() - from); channel.port2.postMessage(0); });
  })`);

/** A row for each figure, with its ratio to the first column. */
export function printTable(results: { count: number; figures: Figures }[]): string {
  const base = results[0]?.figures ?? {};
  const print = (value: number | undefined): string => (value === undefined ? "" : String(Number(value.toFixed(value < 100 ? 1 : 0))));
  const rows = Object.keys(base).map((name) => {
    const cells = results.map(({ figures }, at) => {
      const ratio = at > 0 && (base[name] ?? 0) > 0 ? ` (${print((figures[name] ?? 0) / (base[name] ?? 1))}×)` : "";
      return `${print(figures[name])}${ratio}`;
    });
    return `| ${name} | ${cells.join(" | ")} |`;
  });
  const head = results.map(({ count }) => `${count.toLocaleString("en-GB")} runs`);
  return [`| | ${head.join(" | ")} |`, `| --- |${" ---: |".repeat(results.length)}`, ...rows].join("\n");
}

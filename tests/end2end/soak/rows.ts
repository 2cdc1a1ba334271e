// What the list shows, and what it should show.

import type { Page } from "@playwright/test";
import type { Run } from "./world.ts";
import type { Phase } from "./words.ts";

/** A row as it is drawn. */
export interface Row {
  readonly id: string;
  readonly name: string;
  readonly phase: string;
  readonly status: string;
  readonly job: string;
  /** Start, end and creation: the exact instants of the tooltips, and the text. */
  readonly times: { readonly exact: string; readonly text: string }[];
}

export interface Listed {
  readonly rows: Row[];
  /** How many rows the table has; more than are drawn when it is long. */
  readonly count: number;
  readonly heading: string;
  readonly query: string;
  readonly counts: Record<string, string>;
  readonly order: { readonly column: string; readonly way: string } | undefined;
}

/** How close to the start or end of its window a run's badge is not judged. */
const EDGE = 5000;

/** The state that follows from the API's word and the window; none close to a change. */
export function phaseOf(run: Run, now: number): Phase | undefined {
  const [start, end] = [Date.parse(run.start_at), Date.parse(run.end_at)];
  if (run.status === "stopped") return "stopped";
  if (Math.abs(now - start) < EDGE || Math.abs(now - end) < EDGE) return undefined;
  return now < start ? "upcoming" : now < end ? "open" : "over";
}

/** Reads the list from the document. */
export async function listed(page: Page): Promise<Listed> {
  return await page.evaluate(() => {
    const text = (within: Element | null | undefined, at = ""): string =>
      ((at === "" ? within : within?.querySelector(at))?.textContent ?? "").trim();
    const table = document.querySelector("table.runs");
    const rows = [...(table?.querySelectorAll("tbody tr[data-slot]") ?? [])].map((row) => ({
      id: new URLSearchParams(row.querySelector(".cell-name a")?.getAttribute("href")?.replace("./", "") ?? "").get("run") ?? "",
      name: row.querySelector(".cell-name a")?.textContent ?? "",
      phase: row.querySelector(".badge")?.getAttribute("data-phase") ?? "",
      status: text(row, ".raw-status"),
      job: row.querySelector(".cell-job a")?.textContent ?? "",
      times: [...row.querySelectorAll(".cell-time")].map((cell) => ({ exact: cell.getAttribute("title") ?? "", text: text(cell) })),
    }));
    const sorted = table?.querySelector("th[aria-sort=ascending], th[aria-sort=descending]");
    const facets = [...document.querySelectorAll(".facet")].map((facet) => [
      text(facet).replace(/[\d,\s]+$/, ""),
      text(facet, ".facet-count"),
    ]);
    return {
      rows,
      count: Number(table?.getAttribute("aria-rowcount") ?? 1) - 1,
      heading: text(document.querySelector("h1")),
      query: document.querySelector<HTMLInputElement>("#search")?.value ?? "",
      counts: Object.fromEntries(facets) as Record<string, string>,
      order: sorted ? { column: text(sorted), way: sorted.getAttribute("aria-sort") ?? "" } : undefined,
    };
  });
}

/** Whether a run is listed for a query; undefined where the soak does not understand the query, or the run is about to change. */
export function matches(run: Run, query: string, labels: Record<string, string>, now: number): boolean | undefined {
  let all: boolean | undefined = true;
  for (const term of query.split(/\s+/).filter((term) => term !== "")) {
    const [key, value] = term.includes(":") ? [term.slice(0, term.indexOf(":")), term.slice(term.indexOf(":") + 1)] : ["", term];
    let holds: boolean | undefined;
    if (key === "") {
      const texts = [run.name, run.id, run.job_id, labels[run.job_id] ?? ""];
      holds = texts.some((text) => text.toLowerCase().includes(value.toLowerCase()));
    } else if (key === "phase") {
      const phase = phaseOf(run, now);
      holds = phase === undefined ? undefined : value === phase;
    } else if (key === "job") {
      holds = run.job_id === value;
    }
    if (holds === false) return false;
    if (holds === undefined) all = undefined;
  }
  return all;
}

/** Whether the soak can tell which runs a query lists. */
export const understood = (query: string): boolean =>
  query
    .split(/\s+/)
    .every((term) => /^(phase:(upcoming|open|over|stopped)|job:\d+|[\p{L}\d]*)$/u.test(term));

/** The hour and minute of an instant in a zone, as every printed time has them. */
export const clock = (at: string, zone: string): string =>
  new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(Date.parse(at));

// What the list shows, and what it should show.

import type { Page } from "@playwright/test";
import type { Run } from "./world.ts";
import type { Phase, State } from "./words.ts";

/** A row as it is drawn. */
export interface Row {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  /** What stands beside the state. */
  readonly note: string;
  readonly job: string;
  /** Start, end and creation: the exact instants of the tooltips, and the text. */
  readonly times: { readonly exact: string; readonly text: string }[];
}

export interface Listed {
  readonly rows: Row[];
  /** How many rows the table has; more than are drawn when it is long. */
  readonly count: number;
  /** What stands beside the heading: how many runs there are. */
  readonly said: string;
  readonly query: string;
  readonly counts: Record<string, string>;
  readonly order: { readonly column: string; readonly way: string } | undefined;
}

/** How close to the start or end of its window a run's badge is not judged. */
const EDGE = 5000;

/** For so long after its creation a run's word may be older than the last reading. */
const NEW = 60_000;

/** The state that follows from the API's word and the window; none close to a change of either. */
export function stateOf(run: Run, now: number): State | undefined {
  const phase = phaseOf(run, now);
  if (phase === undefined || phase === "stopped") return phase;
  // A run starts two seconds after its creation.
  if (Math.abs(now - Date.parse(run.created_at)) < NEW && phase === "open") return undefined;
  if (run.status === "running" || run.status === "completed" || run.status === "failed") return run.status;
  return phase === "upcoming" ? "scheduled" : phase === "open" ? "open" : "ended";
}

/** The phase that follows from the API's word and the window; none close to a change. */
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
      state: row.querySelector(".badge")?.getAttribute("data-state") ?? "",
      note: text(row, ".state-note"),
      job: row.querySelector(".cell-job a")?.textContent ?? "",
      times: [...row.querySelectorAll(".cell-time")].map((cell) => ({ exact: cell.getAttribute("title") ?? "", text: text(cell) })),
    }));
    const sorted = table?.querySelector("th[aria-sort=ascending], th[aria-sort=descending]");
    const filters = [...document.querySelectorAll(".filter")].map((filter) => [
      text(filter).replace(/[\d,\s]+$/, ""),
      text(filter, ".filter-count"),
    ]);
    return {
      rows,
      count: Number(table?.getAttribute("aria-rowcount") ?? 1) - 1,
      said: text(document.querySelector(".result-count")),
      query: document.querySelector<HTMLInputElement>("#search")?.value ?? "",
      counts: Object.fromEntries(filters) as Record<string, string>,
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
    } else if (key === "is") {
      const state = stateOf(run, now);
      holds = state === undefined ? undefined : value === state;
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
    .every((term) => /^(phase:(upcoming|open|over|stopped)|is:(?!attention)[a-z]+|job:\d+|[\p{L}\d]*)$/u.test(term));

/** The hour and minute of an instant in a zone, as every printed time has them. */
export const clock = (at: string, zone: string): string =>
  new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(Date.parse(at));

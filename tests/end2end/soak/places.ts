// Where the operator goes before a step, and what a step may need there.

import type { Page } from "@playwright/test";
import { banner, heading, search, table } from "../journeys/parts.ts";
import type { Random } from "./random.ts";
import type { World } from "./world.ts";

/** What the step needs is not there, which is nobody's fault. */
export class Skip extends Error {}

/** The id of the run that a link leads to. */
export const runOf = (href: string | null): string => new URLSearchParams(href?.replace("./", "")).get("run") ?? "";

/** Looks at what came of it, or does not. */
export const moment = async (page: Page, random: Random): Promise<void> =>
  await page.waitForTimeout(random.pick([0, 50, 300, 900]));

/** The list, by its link where the operator is elsewhere. */
export async function toList(world: World): Promise<Page> {
  const { page } = world;
  if (!/^Runs/.test(await heading(page).innerText())) await banner(page).getByRole("link", { name: "Runs" }).click();
  await search(page).waitFor();
  return page;
}

/** The list with rows in it: what hides them all is cleared. */
export async function toRows(world: World): Promise<Page> {
  const page = await toList(world);
  const clear = page.getByRole("button", { name: "Clear search and filters" });
  const none = page.getByText("No runs yet");
  await table(page).or(clear).or(none).first().waitFor();
  if (await none.isVisible()) throw new Skip("there are no runs");
  if (await clear.isVisible()) await clear.click();
  return page;
}

/** Goes to the page of a run whose badge is one of these. */
export async function toRun(world: World, random: Random, states: readonly string[]): Promise<string> {
  const page = await toRows(world);
  const badges = states.map((state) => `tbody tr:has([data-state=${state}]) .cell-name a`).join(", ");
  const found = table(page).locator(badges);
  const count = Math.min(await found.count(), 40);
  if (count === 0) throw new Skip(`no run is ${states.join(" or ")}`);
  const link = found.nth(random.between(0, count - 1));
  world.visiting = true;
  try {
    const id = runOf(await link.getAttribute("href"));
    await link.click();
    await page.waitForURL(`**/?run=${id}`);
    await page.locator("main .run-title .badge").waitFor();
    return id;
  } finally {
    world.visiting = false;
  }
}

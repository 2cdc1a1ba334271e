// A scripted operator works against random faults, and what the console shows is compared with what the server has.
//
// The soak is a row of episodes. The seed decides everything that the operator does and that goes wrong; the second episode has
// the next seed, and so on. So an episode is replayed alone: `cargo xtask soak --seed <its seed> --steps <its steps>`.

import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Browser, expect, test } from "@playwright/test";
import { startSandbox } from "../fixtures.ts";
import { Difference } from "./difference.ts";
import { TROUBLES } from "./faults.ts";
import { ACTIONS } from "./operator.ts";
import { aliveEverywhere, check } from "./oracle.ts";
import { Skip } from "./places.ts";
import { Random } from "./random.ts";
import { World } from "./world.ts";

const number = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise);
const MINUTES = number("RUNBOARD_SOAK_MINUTES", 10);
const SEED = number("RUNBOARD_SOAK_SEED", 1);
/** A replay: one episode of so many steps. */
const STEPS = number("RUNBOARD_SOAK_STEPS", 0);
const STEPS_OF_AN_EPISODE = 60;
const RUNS_AT_FIRST = [0, 12, 60, 120];
/** So many of the last lines are printed with a difference. */
const HISTORY = 25;
const RESULTS = fileURLToPath(new URL("../results/soak/", import.meta.url));

interface Tally {
  episodes: number;
  steps: number;
  checks: number;
  creates: number;
  stops: number;
  differences: string[];
  readonly actions: Map<string, number>;
  readonly troubles: Map<string, number>;
}

const count = (counts: Map<string, number>, name: string): void => void counts.set(name, (counts.get(name) ?? 0) + 1);
const table = (counts: Map<string, number>): string =>
  [...counts].sort(([, a], [, b]) => b - a).map(([name, times]) => `${times} ${name}`).join(", ");
const json = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value, null, 1));

test("what the console shows is what the server has", async ({ browser }) => {
  const { child, url } = await startSandbox();
  const end = Date.now() + MINUTES * 60_000;
  const counts = { episodes: 0, steps: 0, checks: 0, creates: 0, stops: 0 };
  const tally: Tally = { ...counts, differences: [], actions: new Map(), troubles: new Map() };
  try {
    for (let seed = SEED; STEPS > 0 ? seed === SEED : Date.now() < end; seed += 1) {
      await episode(browser, url, seed, STEPS > 0 ? STEPS : STEPS_OF_AN_EPISODE, STEPS > 0 ? Number.POSITIVE_INFINITY : end, tally);
    }
  } finally {
    child.kill();
  }
  console.log(`actions: ${table(tally.actions)}`);
  console.log(`faults: ${table(tally.troubles)}`);
  const { episodes, steps, checks, creates, stops, differences } = tally;
  const faults = [...tally.troubles.values()].reduce((sum, times) => sum + times, 0);
  const minutes = Math.round((MINUTES * 60_000 - (end - Date.now())) / 6000) / 10;
  console.log(
    `${minutes} minutes from seed ${SEED}: ${episodes} episodes, ${steps} steps, ${checks} comparisons, ${creates} creates, ` +
      `${stops} stops, ${faults} faults, ${differences.length} differences`,
  );
  expect(differences).toEqual([]);
});

async function episode(browser: Browser, url: string, seed: number, steps: number, end: number, tally: Tally): Promise<void> {
  const first = new Random(seed, 0);
  const world = await World.open(browser, url, first.pick(RUNS_AT_FIRST));
  tally.episodes += 1;
  try {
    await check(world);
    for (world.step = 1; world.step <= steps && Date.now() < end; world.step += 1) {
      await step(world, new Random(seed, world.step), tally);
    }
    world.step = Math.min(world.step, steps);
    await check(world);
    tally.checks += 2;
    console.log(`seed ${seed}: ${world.step} steps, ${world.asked.size} runs asked for, no difference`);
  } catch (error) {
    await report(world, seed, error, tally);
  } finally {
    const sent = await world.sandbox.requests().catch(() => []);
    tally.creates += sent.filter(({ operation }) => operation === "create").length;
    tally.stops += sent.filter(({ operation }) => operation === "stop").length;
    await world.close();
  }
}

async function step(world: World, random: Random, tally: Tally): Promise<void> {
  tally.steps += 1;
  if (random.chance(0.45)) {
    const trouble = random.weighted(TROUBLES);
    world.troubled = true;
    world.note(`trouble: ${trouble.name}`);
    count(tally.troubles, trouble.name);
    await trouble.begin(world, random);
  }
  await world.comeBack();
  const action = random.weighted(ACTIONS);
  count(tally.actions, action.name);
  try {
    world.note(await action.act(world, random));
  } catch (error) {
    world.visiting = false;
    const why = (error instanceof Error ? error.message : String(error)).split("\n")[0];
    world.note(`could not ${action.name}: ${why}`);
    // What an operator cannot do although nothing is wrong, the console does not offer.
    if (!(error instanceof Skip) && !world.troubled) {
      throw new Difference(`the operator could not ${action.name}`, why, "nothing goes wrong");
    }
  }
  await world.comeBack();
  await aliveEverywhere(world);
  if (random.chance(0.2)) {
    await check(world);
    tally.checks += 1;
    world.note("compared: no difference");
  }
}

async function report(world: World, seed: number, error: unknown, tally: Tally): Promise<void> {
  mkdirSync(RESULTS, { recursive: true });
  const picture = `${RESULTS}seed-${seed}-step-${world.step}.png`;
  await world.page.screenshot({ path: picture }).catch(() => {});
  const found = error instanceof Difference;
  const what = found ? error.message : `the soak itself failed: ${error instanceof Error ? error.stack : String(error)}`;
  tally.differences.push(`seed ${seed}, step ${world.step}: ${what.split("\n")[0]}`);
  console.log(
    [
      `\nDIFFERENCE in seed ${seed} at step ${world.step}: ${what}`,
      ...(found ? [`shown: ${json(error.shown)}`, `the server has: ${json(error.server)}`] : []),
      `the page (${world.page.url()}):`,
      (await world.page.locator("main").innerText().catch(() => "none")).slice(0, 1200),
      "the last steps:",
      ...world.history.slice(-HISTORY).map((line) => `  ${line}`),
      `screenshot: ${picture}`,
      `replay: cargo xtask soak --seed ${seed} --steps ${Math.max(world.step, 1)}\n`,
    ].join("\n"),
  );
}

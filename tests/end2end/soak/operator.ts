// What the operator does: each step is one of these, chosen by the seed.

import { chooseZone, heading, search, signOut, stateFilter, table } from "../journeys/parts.ts";
import { Skip, moment, toList, toRows, toRun } from "./places.ts";
import type { Random } from "./random.ts";
import type { World } from "./world.ts";
import { answer, reschedule, schedule, stop, stopSeveral } from "./writes.ts";

export interface Action {
  readonly name: string;
  readonly weight: number;
  /** Gives back what was done, for the report. Throws when the console does not offer it. */
  act(world: World, random: Random): Promise<string>;
}

const QUERIES = ["", "", "phase:open", "phase:upcoming", "is:running", "is:stopped", "is:scheduled", "pizza", "job:12345678", "recall"];
const ZONES = ["UTC", "Asia/Kolkata", "America/New_York", "Pacific/Auckland", "Europe/Berlin", "Asia/Kathmandu"];
async function query(world: World, random: Random): Promise<string> {
  const page = await toList(world);
  const tags = [...world.asked.keys()];
  const text = random.pick([...QUERIES, ...tags.slice(-3)]);
  await search(page).fill("");
  await search(page).pressSequentially(text, { delay: random.pick([0, 15]) });
  return `searched for “${text}”`;
}

/** All that the operator does. */
export const ACTIONS: readonly Action[] = [
  { name: "schedule", weight: 20, act: schedule },
  { name: "stop", weight: 12, act: stop },
  { name: "stop several", weight: 6, act: stopSeveral },
  { name: "reschedule", weight: 6, act: reschedule },
  { name: "answer", weight: 14, act: answer },
  { name: "search", weight: 8, act: query },
  {
    name: "filter",
    weight: 4,
    act: async (world, random) => {
      const page = await toList(world);
      const name = random.pick([/^All/, /^Needs attention/, /^Running/, /^Scheduled/, /^Stopped/]);
      const button = stateFilter(page, name);
      if ((await button.count()) === 0) throw new Skip(`no filter ${name}`);
      await button.click();
      return `filtered by ${name}`;
    },
  },
  {
    name: "sort",
    weight: 4,
    act: async (world, random) => {
      const page = await toRows(world);
      const name = random.pick(["Name", "Status", "Start", "End", "Created"]);
      await table(page).getByRole("columnheader", { name }).getByRole("button").click();
      return `sorted by ${name}`;
    },
  },
  {
    name: "open a run",
    weight: 8,
    act: async (world, random) => `opened ${await toRun(world, random, ["running", "open", "scheduled", "completed", "ended", "stopped"])}`,
  },
  {
    name: "reload",
    weight: 6,
    act: async (world, random) => {
      await moment(world.page, random);
      // Offline, even the page itself is not there.
      await world.context.setOffline(false);
      await world.page.reload();
      return "reloaded";
    },
  },
  {
    name: "go back or forward",
    weight: 8,
    act: async (world, random) => {
      const back = random.chance(0.7);
      world.visiting = true;
      // Between two documents nothing can be asked of the page.
      await world.page.evaluate((by) => history.go(by), back ? -1 : 1).catch(() => {});
      await world.page.waitForTimeout(250);
      world.visiting = false;
      await world.comeBack();
      return back ? "went back" : "went forward";
    },
  },
  {
    name: "sign out and in",
    weight: 3,
    act: async (world, random) => {
      const { page } = world;
      await signOut(page);
      // It asks first while the outcome of something is unclear.
      const dialog = page.getByRole("dialog");
      const signIn = page.getByRole("heading", { name: "Sign in" });
      await dialog.or(signIn).first().waitFor();
      if (await dialog.isVisible()) await dialog.getByRole("button", { name: "Sign out" }).click();
      await moment(page, random);
      await page.getByRole("button", { name: "Sign in", exact: true }).click();
      return "signed out and in";
    },
  },
  {
    name: "another tab",
    weight: 5,
    act: async (world, random) => {
      const others = world.context.pages().filter((page) => page !== world.page);
      const other = others[0];
      if (other === undefined) {
        await world.context.setOffline(false);
        await world.openTab(random.pick(["./", "./?new"]));
        return "opened another tab";
      }
      if (random.chance(0.3)) {
        world.leaveUntold();
        await world.page.close();
        world.page = other;
        await other.bringToFront();
        return "closed the tab";
      }
      world.page = other;
      await other.bringToFront();
      return "went to the other tab";
    },
  },
  {
    name: "change the zone",
    weight: 4,
    act: async (world, random) => {
      const zone = random.pick(ZONES);
      await chooseZone(world.page, zone);
      return `chose ${zone}`;
    },
  },
  {
    name: "wait",
    weight: 8,
    act: async (world, random) => {
      const seconds = random.pick([2, 5, 15, 31, 60]);
      await world.advance(seconds);
      return `waited ${seconds} s`;
    },
  },
  {
    name: "others work",
    weight: 6,
    act: async (world, random) => {
      if (world.troubled) throw new Skip("others wait until nothing goes wrong");
      if (random.chance(0.6)) {
        await world.othersCreate(random);
        return "somebody else scheduled a run";
      }
      const open = (await world.runs()).filter(({ status }) => status === "running");
      if (open.length === 0) throw new Skip("nothing for others to stop");
      const run = random.pick(open);
      await world.othersStop(run);
      return `somebody else stopped ${run.id}`;
    },
  },
  {
    name: "refresh",
    weight: 4,
    act: async (world) => {
      await heading(world.page).click();
      await world.page.keyboard.press("r");
      return "refreshed";
    },
  },
];

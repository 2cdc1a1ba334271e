// What the operator asks the API to change.

import { banner, field, heading, stopButton, stopDialog, table } from "../journeys/parts.ts";
import { Skip, moment, runOf, toList, toRows, toRun } from "./places.ts";
import type { Random } from "./random.ts";
import { ANSWERS } from "./words.ts";
import type { World } from "./world.ts";

const MINUTE = 60_000;
const JOBS = ["12345678", "0012345", "1e5", "2026-03", "a/b?c=d&e#f", "job 7", "ジョブ-7", "O'Brien \"x\"", "12345678901234567890"];
const NAMES = [
  "Pizza campaign", "Spring", "أهلا وسهلا", "שלום", "日本語の案内", "🎉 Party 👩‍👩‍👧", "<b>bold</b>", "=1+1", "a\u0301\u0301\u0301 marks",
  "“quoted”", "50 % off & more", "x".repeat(240), "  spaced  out  ", "tab\there", "\u202Ereversed", "zero\u200Bwidth", "${name} {{x}}", "phase:open",
];
const STOPPABLE = ["running", "open", "scheduled"];

/** An instant as the form takes it, in the chosen zone. */
function typed(at: number, zone: string): string {
  const options = { timeZone: zone, dateStyle: "short", timeStyle: "short" } as const;
  return new Intl.DateTimeFormat("sv-SE", options).format(at);
}

/** A window as the form takes it: some have opened already, none has ended. */
async function newWindow(world: World, random: Random): Promise<{ start: string; end: string }> {
  const now = await world.now();
  const from = random.pick([-30, 2, 10, 90, 1440]);
  const start = Math.floor((now + from * MINUTE) / MINUTE) * MINUTE;
  const end = Math.max(start, now) + random.pick([5, 60, 480]) * MINUTE;
  const zone = await world.zone();
  return { start: typed(start, zone), end: typed(end, zone) };
}

export async function schedule(world: World, random: Random): Promise<string> {
  const { page } = world;
  await banner(page).waitFor();
  if ((await heading(page).innerText()) !== "New run") {
    await toList(world);
    await page.getByRole("link", { name: "New run" }).first().click();
  }
  const [tag, job, { start, end }] = [world.newTag(), random.pick(JOBS), await newWindow(world, random)];
  const name = random.chance(0.5) ? `${random.pick(NAMES)} ${tag}` : `${tag} ${random.pick(NAMES)}`;
  await field(page, "Job ID").fill(job);
  await field(page, "Run name").fill(name);
  await field(page, "Start").fill(start);
  await field(page, "End").fill(end);
  const button = page.getByRole("button", { name: "Schedule run" });
  const busy = page.getByRole("button", { name: /^(Scheduling|Looking for it)…$/ });
  await button.or(busy).first().waitFor();
  if (await busy.isVisible()) throw new Skip("the outcome of an earlier request is being looked for");
  const double = random.chance(0.15);
  world.press(tag);
  await button.click({ clickCount: double ? 2 : 1 });
  await moment(page, random);
  return `scheduled ${tag} of job ${job}, ${start} to ${end}${double ? ", with a double click" : ""}`;
}

export async function stop(world: World, random: Random): Promise<string> {
  const { page } = world;
  const id = await toRun(world, random, STOPPABLE);
  await stopButton(page).click();
  const dialog = stopDialog(page);
  if (random.chance(0.2)) {
    await dialog.getByRole("button", { name: /^Keep run/ }).click();
    return `opened the stop dialog of ${id} and kept the run`;
  }
  world.stopsAsked.add(id);
  await dialog.getByRole("button", { name: "Stop run" }).click();
  await moment(page, random);
  return `stopped ${id}`;
}

export async function stopSeveral(world: World, random: Random): Promise<string> {
  const page = await toRows(world);
  const boxes = table(page).locator(`tbody tr:has(${STOPPABLE.map((state) => `[data-state=${state}]`).join(", ")})`);
  const chosen: string[] = [];
  const count = Math.min(await boxes.count(), 12);
  if (count < 2) throw new Skip("fewer than two runs to stop");
  const clear = page.getByRole("button", { name: "Clear selection" });
  if (await clear.isVisible()) await clear.click();
  for (let at = random.between(0, 1); at < count && chosen.length < 7; at += random.between(1, 3)) {
    const id = runOf(await boxes.nth(at).locator(".cell-name a").getAttribute("href"));
    const box = table(page).locator(`tr:has(a[href="./?run=${id}"]) input.select`);
    await box.check();
    chosen.push(id);
  }
  await page.getByRole("button", { name: /^Stop \d+( of \d+)? runs?$/ }).first().click();
  const dialog = page.getByRole("dialog", { name: /^Stop \d+ runs?\?$/ });
  await dialog.waitFor();
  if (random.chance(0.15)) {
    await dialog.getByRole("button", { name: /^Keep/ }).click();
    return `opened the dialog for ${chosen.length} runs and kept them`;
  }
  const number = dialog.getByRole("textbox");
  if (await number.isVisible()) await number.fill((await dialog.getByRole("heading").innerText()).replace(/\D/g, ""));
  for (const id of chosen) world.stopsAsked.add(id);
  world.stoppedTogether.set(page, chosen);
  await dialog.getByRole("button", { name: /^Stop \d+ runs?$/ }).click();
  await moment(page, random);
  return `stopped together: ${chosen.join(", ")}`;
}

export async function reschedule(world: World, random: Random): Promise<string> {
  const { page } = world;
  const id = await toRun(world, random, ["scheduled"]);
  await page.getByRole("link", { name: "Reschedule" }).click();
  const tag = world.newTag();
  await field(page, "Run name").fill(`Moved ${tag}`);
  const [now, zone] = [await world.now(), await world.zone()];
  await field(page, "Start").fill(typed(now + 120 * MINUTE, zone));
  await field(page, "End").fill(typed(now + random.pick([150, 400]) * MINUTE, zone));
  world.press(tag);
  world.stopsAsked.add(id);
  await page.getByRole("button", { name: /^Schedule new run/ }).click();
  await moment(page, random);
  return `rescheduled ${id} as ${tag}`;
}

/** Presses one of the buttons that the notices offer. */
export async function answer(world: World, random: Random): Promise<string> {
  const { page } = world;
  const names = new RegExp(`^(${ANSWERS.join("|")}|Stop the duplicates?)$`);
  const offered = page.getByRole("main").getByRole("button", { name: names });
  const count = await offered.count();
  if (count === 0) throw new Skip("nothing to answer");
  const button = offered.nth(random.between(0, count - 1));
  const name = await button.innerText({ timeout: 1000 });
  const tag = world.lastTag();
  if (name === "Send again" && tag) world.press(tag);
  if (name.startsWith("Stop the duplicate")) {
    const links = page.locator("main .notice a[href*='run=']");
    const runs = await links.evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
    for (const href of runs) world.stopsAsked.add(runOf(href));
  }
  await button.click({ timeout: 1000 });
  const dialog = page.getByRole("dialog").getByRole("button", { name: /^Stop \d+ runs?$/ });
  if (name.startsWith("Stop the duplicate")) await dialog.click();
  await moment(page, random);
  return `pressed “${name}”${tag ? ` (last request: ${tag})` : ""}`;
}

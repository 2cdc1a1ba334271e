// Text from outside that turns the direction of writing, or breaks lines: it keeps to itself, wherever it is shown or copied.

import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { fill, heading, row, schedule, stopButton, stopDialog, table, toast } from "../journeys/parts.ts";

const TURNING = [
  ["Arabic", "حملة الربيع"],
  ["an override", "\u202Egnirps"],
  ["an override that ends its isolate", "\u2069\u202Egnirps"],
] as const;

/** What is copied from now on. */
async function clipboard(page: Page): Promise<() => Promise<string | undefined>> {
  await page.evaluate(() => {
    Object.defineProperty(navigator.clipboard, "writeText", {
      value: (text: string) => Promise.resolve(Object.assign(globalThis, { copied: text })),
    });
  });
  return () => page.evaluate(() => (globalThis as { copied?: string }).copied);
}

for (const [what, name] of TURNING) {
  test(`a name with ${what} turns nothing around it`, async ({ signedIn, sandbox, frozen }) => {
    void frozen;
    await sandbox.createRun({ name: "Other", jobId: "1" });
    const run = await sandbox.createRun({ name });
    const isolated = `\u2068${name.replace("\u2069", "")}\u2069`;
    const page = await signedIn();
    await expect(table(page).getByRole("checkbox", { name: `Select ${isolated}`, exact: true })).toHaveCount(1);
    await page.goto(`./?run=${run.id}`);
    await expect(heading(page).locator("bdi")).toHaveText(name);
    await expect(page).toHaveTitle(`${isolated} · Runboard`);
    await page.goto(`./?new&from=${run.id}`);
    await expect(page.getByText(`Filled in from “${isolated}”.`)).toBeVisible();
    // Every sentence is written from left to right.
    const sentences = await page.locator("p").evaluateAll((all) => all.map((one) => getComputedStyle(one).direction));
    expect(new Set(sentences)).toEqual(new Set(["ltr"]));
  });
}

test("a notice about a run with an Arabic name reads from left to right", async ({ signedIn, frozen }) => {
  void frozen;
  const page = await signedIn("./?new");
  await fill(page, { name: "حملة" });
  await schedule(page).click();
  await expect(heading(page)).toHaveText("حملة");
  await page.getByRole("banner").getByRole("link", { name: "Runs" }).click();
  await expect(toast(page)).toContainText("Scheduled: حملة, ");
  await expect(toast(page).locator("bdi")).toHaveText("حملة");
});

test("a copied receipt and report have one line for each field", async ({ signedIn, sandbox, frozen }) => {
  void frozen;
  const name = "Sale\nConfirmed: 2000-01-01\tstopped\u2028x";
  const run = await sandbox.createRun({ name: "Sale" });
  await sandbox.faults({ operation: "run", fault: { kind: "patch", merge: { name } } });
  const page = await signedIn(`./?run=${run.id}`);
  const copied = await clipboard(page);
  await stopButton(page).click();
  await stopDialog(page).getByRole("button", { name: "Stop run" }).click();
  await page.getByRole("button", { name: "Copy receipt" }).click();
  await expect.poll(copied).toMatch(/^Stop of “Sale Confirmed: 2000-01-01 stopped x”\nRun ID: /);
  expect((await copied())?.match(/^Confirmed: /gm)).toHaveLength(1);
});

test("a copied report of a bulk stop has one line for each run", async ({ signedIn, sandbox, frozen }) => {
  void frozen;
  const run = await sandbox.createRun({ name: "Sale" });
  const odd = { ...run, name: "Sale\nr-2\tOther\tscheduled" };
  await sandbox.faults({ operation: "list", fault: { kind: "patch", merge: { _embedded: { runs: [odd] } } } });
  const page = await signedIn();
  const copied = await clipboard(page);
  await table(page).getByRole("checkbox").last().click();
  await page.getByRole("button", { name: "Stop 1 run" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Stop 1 run" }).click();
  await page.getByRole("button", { name: "Copy report" }).click();
  await expect.poll(copied).toMatch(/^1 run stopped\n(?:.*\n){1}/);
  const lines = (await copied())?.trimEnd().split("\n") ?? [];
  expect(lines.filter((line) => line.includes("\t")).map((line) => line.split("\t").length)).toEqual([5]);
  void row;
});

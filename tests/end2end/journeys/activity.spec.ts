// The record of what happened: what is seen of runs, what is done here, and what happened while nobody looked.

import { readFile } from "node:fs/promises";
import type { Locator, Page } from "@playwright/test";
import { brokenRules, expect, test } from "../fixtures.ts";
import { banner, chooseZone, fourRuns, heading, links, openMenu, reads, resultCount, stopBehind, stopButton, stopDialog, tokensForADay } from "./parts.ts";

const entries = (page: Page): Locator => page.getByRole("list", { name: "What happened" }).locator(".entry");
const entry = (page: Page, text: string | RegExp): Locator => entries(page).filter({ hasText: text });
/** The menu of what can be done with the record. */
const more = async (page: Page): Promise<Locator> => {
  await page.getByRole("button", { name: "More", exact: true }).click();
  return page.getByRole("group", { name: "More", exact: true });
};
const empty = (page: Page): Locator => page.getByRole("main").locator(".empty-title");
/** Of how many persons it is stored how their runs were last read. */
const peopleKnown = (): Promise<number> =>
  new Promise((resolve) => {
    const opening = indexedDB.open("runboard.activity");
    opening.onsuccess = () => {
      const counting = opening.result.transaction("people").objectStore("people").count();
      counting.onsuccess = () => {
        opening.result.close();
        resolve(counting.result);
      };
    };
  });
/** What the browser holds of all records, as text. */
const storedEntries = (page: Page): Promise<string[]> =>
  page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open("runboard.activity");
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const reading = opening.result.transaction("entries").objectStore("entries").getAll();
          reading.onsuccess = () => {
            opening.result.close();
            resolve(reading.result.map(String));
          };
        };
      }),
  );
const away = (page: Page): Locator => page.getByRole("status").filter({ hasText: "While you were away" });

test("what happens to runs is listed, with how its time is known", async ({ sandbox, frozen, signedIn }) => {
  await tokensForADay(sandbox);
  const { open } = await fourRuns(sandbox);
  const page = await signedIn();
  await banner(page).getByRole("link", { name: "Activity" }).click();
  await expect(heading(page)).toHaveText("Activity");
  await expect(page).toHaveTitle("Activity · Runboard");
  await expect(empty(page)).toHaveText("Nothing recorded yet");

  await frozen.advance(15);
  await stopBehind(sandbox, open.id);
  await frozen.advance(15);
  const stopped = entry(page, "bin collection was stopped");
  await expect(stopped).toContainText("seen at 09:00:30, between 09:00:15 and 09:00:30");
  await expect(stopped.getByRole("link", { name: "bin collection" })).toHaveAttribute("href", `./?run=${open.id}`);

  await frozen.advance(3600);
  await expect(entry(page, "Clinic recall opened")).toContainText("by its window at 10:00:00, seen at 10:00:30");
  await expect(resultCount(page)).toHaveText(/^\d entries$/);

  // A reload tells nothing again.
  const before = await entries(page).allInnerTexts();
  await page.reload();
  await expect(entry(page, "Clinic recall opened")).toHaveCount(1);
  await frozen.advance(15);
  expect(await entries(page).allInnerTexts()).toEqual(before);
});

test("filters are in the address", async ({ sandbox, frozen, signedIn }) => {
  const { open, upcoming } = await fourRuns(sandbox);
  const page = await signedIn("./?activity");
  await expect(empty(page)).toBeVisible();
  await frozen.answered();
  await stopBehind(sandbox, open.id);
  await stopBehind(sandbox, upcoming.id);
  await frozen.advance(15);
  await expect(entry(page, "was stopped")).toHaveCount(2);

  await page.getByRole("searchbox", { name: "Search activity" }).fill("clinic");
  await expect(entries(page)).toHaveCount(1);
  await expect(page).toHaveURL(/\?activity&q=clinic$/);
  await expect(resultCount(page)).toHaveText("1 of 2 entries");
  await page.getByRole("combobox", { name: "Kind" }).selectOption("Failed");
  await expect(empty(page)).toHaveText("Nothing matches");
  await page.reload();
  await expect(page.getByRole("combobox", { name: "Kind" })).toHaveValue("failed");
  await page.getByRole("button", { name: "Show all activity" }).click();
  await expect(entries(page)).toHaveCount(2);
  await page.getByRole("button", { name: "Only mine" }).click();
  await expect(empty(page)).toHaveText("Nothing matches");
});

test("what was done here survives a reload with its receipt, until the record is cleared", async ({ sandbox, frozen, signedIn }) => {
  const { open } = await fourRuns(sandbox);
  const page = await signedIn(`./?run=${open.id}`);
  await stopButton(page).click();
  await stopDialog(page).getByRole("button", { name: "Stop run" }).click();
  await expect(page.getByText(/^Stopped\. Requested/)).toBeVisible();
  const own = page.getByRole("region", { name: "Recorded activity" });
  await expect(own.getByRole("listitem").filter({ hasText: "by me at 09:00:00" })).toContainText("stopped");
  await page.reload();
  await expect(own).toContainText("by me at 09:00:00");
  await own.getByRole("link", { name: "Show all activity" }).click();

  await page.getByRole("button", { name: "Only mine" }).click();
  const mine = entry(page, "by me at 09:00:00");
  await expect(mine).toContainText("bin collection stopped");
  // It was seen as well, which is listed only if it is asked for.
  await expect(resultCount(page)).toHaveText("1 entry");
  await page.getByRole("combobox", { name: "Kind" }).selectOption("Stopped");
  await expect(entries(page)).toContainText(["bin collection was stopped"]);
  await page.getByRole("combobox", { name: "Kind" }).selectOption("All kinds");
  await mine.getByText("Receipt", { exact: true }).click();
  await expect(mine.locator("pre")).toContainText(`Run ID: ${open.id}`);

  await (await more(page)).getByRole("button", { name: "Clear…" }).click();
  const dialog = page.getByRole("dialog", { name: "Clear the record?" });
  await dialog.getByRole("button", { name: "Keep it" }).click();
  await expect(mine).toBeVisible();
  await (await more(page)).getByRole("button", { name: "Clear…" }).click();
  await dialog.getByRole("button", { name: "Clear record" }).click();
  await expect(empty(page)).toHaveText("Nothing recorded yet");
  await frozen.advance(15);
  await page.reload();
  await expect(empty(page)).toHaveText("Nothing recorded yet");
});

test("who comes back after five minutes learns in one line what happened", async ({ sandbox, frozen, signedIn }) => {
  await tokensForADay(sandbox);
  const { open } = await fourRuns(sandbox);
  const page = await signedIn("./?activity");
  await expect(empty(page)).toBeVisible();
  await expect(away(page)).toHaveCount(0);

  await frozen.answered();
  await expect.poll(() => page.evaluate(peopleKnown)).toBe(1);
  await page.goto("about:blank");
  await stopBehind(sandbox, open.id);
  await frozen.advance(600);
  await page.goto("./");
  await expect(links(page)).toHaveCount(4);
  await page.mouse.move(10, 10);
  await expect(away(page)).toContainText("While you were away: 1 stopped");
  await away(page).getByRole("link", { name: "Show" }).click();
  await expect(page).toHaveURL(/\?activity&since=2026-03-10T09:00:00\.000Z&until=/);
  await expect(entry(page, "bin collection was stopped")).toContainText(/between (09:00:00|08:59:59) and 09:10:00/);
  await expect(away(page)).toHaveCount(0);
  await page.getByRole("button", { name: /^Remove the filter by time/ }).click();
  await expect(page).toHaveURL(/\?activity$/);
  await page.goto("./");
  await expect(links(page)).toHaveCount(4);
  await page.mouse.move(20, 20);
  await frozen.advance(15);
  await expect(away(page)).toHaveCount(0);
});

test("a line that was dismissed stays away", async ({ sandbox, frozen, signedIn }) => {
  await tokensForADay(sandbox);
  const { open } = await fourRuns(sandbox);
  const page = await signedIn("./?activity");
  await expect(empty(page)).toBeVisible();
  await frozen.answered();
  await stopBehind(sandbox, open.id);
  // The tab stays in sight, with nobody before it.
  await frozen.advance(400);
  await expect(entry(page, "bin collection was stopped")).toBeVisible();
  await page.mouse.move(10, 10);
  await frozen.advance(15);
  await expect(away(page)).toContainText("1 stopped");
  await away(page).getByRole("button", { name: "Dismiss" }).click();
  await expect(away(page)).toHaveCount(0);
  await frozen.advance(30);
  await page.mouse.move(20, 20);
  await expect(away(page)).toHaveCount(0);
});

test("two tabs record the same once, and each shows what the other did", async ({ sandbox, frozen, signedIn, context }) => {
  const { open } = await fourRuns(sandbox);
  const page = await signedIn("./?activity");
  const other = await context.newPage();
  await other.goto("./?activity");
  await expect(empty(page)).toBeVisible();
  await expect(empty(other)).toBeVisible();
  await frozen.answered();
  await stopBehind(sandbox, open.id);
  await frozen.advance(15);
  for (const tab of [page, other]) await expect(entry(tab, "bin collection was stopped")).toHaveCount(1);
  await other.reload();
  await expect(entries(other)).toHaveCount(1);
  await (await more(page)).getByRole("button", { name: "Clear…" }).click();
  await page.getByRole("button", { name: "Clear record" }).click();
  await expect(empty(other)).toHaveText("Nothing recorded yet");
});

for (const [how, block] of [
  ["is missing", () => void Object.defineProperty(globalThis, "indexedDB", { value: undefined })],
  [
    "is refused",
    () => {
      Object.defineProperty(globalThis, "indexedDB", {
        get() {
          throw new DOMException("no", "SecurityError");
        },
      });
    },
  ],
] as const) {
  test(`where IndexedDB ${how}, the page says what is not kept, and all else works`, async ({ sandbox, frozen, signedIn, page }) => {
    await page.addInitScript(block);
    const { open } = await fourRuns(sandbox);
    await signedIn("./?activity");
    await expect(page.getByText("This browser does not store the record")).toBeVisible();
    await frozen.answered();
    await stopBehind(sandbox, open.id);
    await frozen.advance(15);
    await expect(entry(page, "bin collection was stopped")).toBeVisible();
    await page.reload();
    await expect(empty(page)).toHaveText("Nothing recorded yet");
  });
}

test("storage that is full, or was cleared by somebody else, is told", async ({ sandbox, frozen, signedIn }) => {
  const { open, upcoming, over } = await fourRuns(sandbox);
  void over;
  const page = await signedIn("./?activity");
  await expect(empty(page)).toBeVisible();
  await frozen.answered();
  await stopBehind(sandbox, open.id);
  await frozen.advance(15);
  await expect(entries(page)).toHaveCount(1);
  await page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const request = indexedDB.deleteDatabase("runboard.activity");
        request.onsuccess = resolve;
        request.onerror = reject;
      }),
  );
  await stopBehind(sandbox, upcoming.id);
  await frozen.advance(15);
  await expect(page.getByText("The browser’s storage was cleared")).toBeVisible();
  await expect(entries(page)).toHaveCount(1);
  await expect(entry(page, "Clinic recall was stopped")).toBeVisible();
  const before = await reads(sandbox);
  await page.reload();
  await expect(entry(page, "Clinic recall was stopped")).toBeVisible();
  await expect.poll(() => reads(sandbox)).toBe(before + 1);

  await page.evaluate(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  });
  await sandbox.createRun({ name: "Late idea" });
  await frozen.advance(15);
  await expect(page.getByText("This browser does not store the record")).toBeVisible();
  await expect(entry(page, "Late idea is new")).toBeVisible();
});

test("clearing reaches what was stored before storage failed; where it cannot, that is said", async ({ sandbox, frozen, signedIn }) => {
  const { open, upcoming } = await fourRuns(sandbox);
  const page = await signedIn("./?activity");
  await expect(empty(page)).toBeVisible();
  await frozen.answered();
  const clear = async (): Promise<void> => {
    await (await more(page)).getByRole("button", { name: "Clear…" }).click();
    await page.getByRole("button", { name: "Clear record" }).click();
    await expect(entries(page)).toHaveCount(0);
  };
  const fill = (): void => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  };
  const unreached = page.getByText("The record was cleared here, but the browser’s storage cannot be reached");
  await stopBehind(sandbox, open.id);
  await frozen.advance(15);
  await expect(entry(page, "bin collection was stopped")).toBeVisible();
  await page.evaluate(fill);
  await stopBehind(sandbox, upcoming.id);
  await frozen.advance(15);
  await expect(page.getByText("This browser does not store the record")).toBeVisible();

  await page.evaluate(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("no", "UnknownError");
    };
  });
  await clear();
  await expect(unreached).toBeVisible();
  await page.reload();
  for (const name of ["bin collection", "Clinic recall"]) {
    await expect(entry(page, `${name} was stopped`)).toBeVisible();
  }
  await expect(unreached).toHaveCount(0);

  await page.evaluate(fill);
  await sandbox.createRun({ name: "Late idea" });
  await frozen.advance(15);
  await expect(entry(page, "Late idea is new")).toBeVisible();
  await expect(page.getByText("This browser does not store the record")).toBeVisible();
  expect(await storedEntries(page)).not.toEqual([]);
  await clear();
  await expect.poll(() => storedEntries(page)).toEqual([]);
  await expect(unreached).toHaveCount(0);
});

test("clearing reaches the storage though the connection to it was closed", async ({ sandbox, frozen, signedIn }) => {
  const { open } = await fourRuns(sandbox);
  const page = await signedIn("./?activity");
  await expect(empty(page)).toBeVisible();
  await stopBehind(sandbox, open.id);
  await frozen.advance(15);
  await expect(entry(page, "bin collection was stopped")).toBeVisible();
  // Whoever deletes the database has it closed everywhere. What was in it is stored again, and something of another person's.
  await page.evaluate(async () => {
    const answer = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const before = await answer(indexedDB.open("runboard.activity"));
    const reading = before.transaction("entries").objectStore("entries");
    const [keys, texts] = await Promise.all([answer(reading.getAllKeys()), answer(reading.getAll())]);
    before.close();
    await answer(indexedDB.deleteDatabase("runboard.activity"));
    const opening = indexedDB.open("runboard.activity", 1);
    opening.onupgradeneeded = () => {
      for (const store of ["entries", "people"]) {
        opening.result.createObjectStore(store);
      }
    };
    const after = await answer(opening);
    const writing = after.transaction("entries", "readwrite").objectStore("entries");
    await Promise.all(keys.map((key, at) => answer(writing.put(texts[at], key))));
    await answer(writing.put("{}", ["another person", "", ""]));
    after.close();
  });
  expect(await storedEntries(page)).toHaveLength(2);
  await (await more(page)).getByRole("button", { name: "Clear…" }).click();
  await page.getByRole("button", { name: "Clear record" }).click();
  await expect(empty(page)).toHaveText("Nothing recorded yet");
  await sandbox.createRun({ name: "Late idea" });
  await frozen.advance(15);
  await expect(entry(page, "Late idea is new")).toBeVisible();
  await expect(page.getByText("browser’s storage")).toHaveCount(0);
  // Of this person's nothing but that is stored; what is somebody else's stays.
  const isLater = (text: string): boolean => text.includes("Late idea");
  await expect.poll(async () => (await storedEntries(page)).some(isLater)).toBe(true);
  expect((await storedEntries(page)).filter((text) => !isLater(text))).toEqual(["{}"]);
});

test("what grew older than thirty days while no tab was open is removed from the browser", async ({ sandbox, frozen, signedIn }) => {
  await tokensForADay(sandbox);
  const { open } = await fourRuns(sandbox);
  const page = await signedIn("./?activity");
  await expect(empty(page)).toBeVisible();
  await stopBehind(sandbox, open.id);
  await frozen.advance(15);
  await expect(entry(page, "bin collection was stopped")).toHaveCount(1);
  // By then it is stored that the stop is known, too: else it would be news to the next visit.
  await frozen.advance(310);
  await frozen.advance(1);
  const isStored = async (): Promise<boolean> => (await storedEntries(page)).some((text) => text.includes('"noticed":{"here":"2026-03-10T09:00:15'));
  await expect.poll(isStored).toBe(true);
  for (const [days, is] of [
    [29, true],
    [2, false],
  ] as const) {
    await page.goto("about:blank");
    await frozen.advance(days * 86_400);
    await sandbox.clearFaults();
    await tokensForADay(sandbox);
    await page.goto("./?activity");
    await expect(page.getByText("Loading what was recorded…")).toHaveCount(0);
    await expect(entry(page, "bin collection was stopped")).toHaveCount(is ? 1 : 0);
    await expect.poll(isStored).toBe(is);
  }
});

test("the record is exported as JSON and CSV", async ({ sandbox, frozen, signedIn }) => {
  const { open } = await fourRuns(sandbox);
  const page = await signedIn("./?activity");
  await expect(empty(page)).toBeVisible();
  await frozen.answered();
  await stopBehind(sandbox, open.id);
  await frozen.advance(15);
  await expect(entries(page)).toHaveCount(1);
  for (const format of ["JSON", "CSV"]) {
    const menu = await more(page);
    const download = page.waitForEvent("download");
    await menu.getByRole("button", { name: `Save 1 entry as ${format}` }).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe(`activity-2026-03-10T090015.000Z.${format.toLowerCase()}`);
    const text = await readFile(await file.path(), "utf8");
    expect(text).toContain("bin collection");
    if (format === "JSON") expect(JSON.parse(text)).toMatchObject([{ kind: "stopped", run_id: open.id }]);
  }
});

test("a text for the next shift is made in two zones, and kept", async ({ sandbox, frozen, signedIn, context }) => {
  void frozen;
  await context.addInitScript(() => {
    Object.defineProperty(navigator.clipboard, "writeText", {
      value: async (text: string) => void Object.assign(globalThis, { copied: text }),
    });
  });
  await fourRuns(sandbox);
  const page = await signedIn();
  await expect(links(page)).toHaveCount(4);
  const dialog = page.getByRole("dialog", { name: "Text for the next shift" });
  await (await openMenu(page, "Export")).getByRole("button", { name: "Text for the next shift" }).click();
  await expect(dialog).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await page.keyboard.press("h");
  const text = dialog.getByRole("textbox", { name: "Text" });
  await expect(text).toHaveValue(/Running now \(1\)\n- bin collection/);
  await dialog.getByRole("combobox", { name: "Second time zone" }).selectOption("Asia/Tokyo");
  await expect(text).toHaveValue(/^Hand-over, Tue 10 Mar 09:00 UTC \(Tue 10 Mar 18:00 Asia\/Tokyo\)/);
  await expect(text).toHaveValue(/Next 24 hours \(1\)\n- Clinic recall/);
  await expect(dialog.getByRole("link", { name: "Open in mail" })).toHaveAttribute("href", /^mailto:\?subject=Hand-over/);
  await dialog.getByRole("button", { name: "Copy as Markdown" }).click();
  await expect.poll(() => page.evaluate(() => (globalThis as unknown as { copied: string }).copied)).toMatch(/^# Hand-over, .*\n\n## Running now \(1\)/);
  await dialog.getByRole("button", { name: "Close" }).click();
  await page.keyboard.press("a");
  await expect(entry(page, "Text for the next shift written")).toHaveCount(1);
  await page.reload();
  await entry(page, "Text for the next shift written").locator("summary").click();
  await expect(entries(page).locator("pre")).toContainText("Running now (1)");
});

test.describe("where the browser's zone is another one", () => {
  test.use({ timezoneId: "Asia/Tokyo" });
  test("the second zone of the text is not the first again, until the person chooses it", async ({ configure, signedIn }) => {
    await configure({ zone: "UTC" });
    const page = await signedIn();
    const dialog = page.getByRole("dialog", { name: "Text for the next shift" });
    const second = dialog.getByRole("combobox", { name: "Second time zone" });
    const open = async (): Promise<void> => {
      await page.keyboard.press("h");
      await expect(dialog).toBeVisible();
    };
    await open();
    await expect(dialog.getByRole("combobox", { name: "First time zone" })).toHaveValue("UTC");
    await expect(second).toHaveValue("Asia/Tokyo");
    await page.keyboard.press("Escape");
    await chooseZone(page, "Europe/Berlin");
    await open();
    await expect(second).toHaveValue("UTC");
    await second.selectOption("Europe/Lisbon");
    await page.keyboard.press("Escape");
    await open();
    await expect(second).toHaveValue("Europe/Lisbon");
    await page.keyboard.press("Escape");
    await chooseZone(page, "Europe/Lisbon");
    await open();
    await expect(second).toHaveValue("UTC");
  });
});

test("on a phone, what can be done with the record stands in one line, and so does what is listed", async ({ signedIn, frozen }) => {
  void frozen;
  const page = await signedIn("./?activity");
  await expect(empty(page)).toBeVisible();
  const top = async (name: string): Promise<number> => {
    const box = await page.getByRole("main").getByRole("button", { name, exact: true }).boundingBox();
    return box?.y ?? 0;
  };
  for (const width of [390, 320]) {
    await page.setViewportSize({ width, height: 800 });
    expect(await top("More"), `${width}`).toBe(await top("Hand over…"));
    const kind = await page.getByRole("combobox", { name: "Kind" }).boundingBox();
    expect(await top("Only mine"), `${width}`).toBe(kind?.y);
  }
});

test("Activity and the dialog for the next shift break no rule of axe, and fit on 320 pixels", async ({ sandbox, frozen, signedIn }) => {
  const { open, upcoming } = await fourRuns(sandbox);
  const page = await signedIn("./?activity");
  await expect(empty(page)).toBeVisible();
  await frozen.answered();
  await stopBehind(sandbox, open.id);
  await stopBehind(sandbox, upcoming.id);
  await frozen.advance(15);
  await expect(entries(page)).toHaveCount(2);
  const check = async (what: string): Promise<void> => {
    for (const width of [1280, 390, 320]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), `${what} at ${width}`).toBeLessThanOrEqual(0);
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        expect(await brokenRules(page), `${what} at ${width}, ${colorScheme}`).toEqual([]);
      }
    }
  };
  await check("Activity");
  await page.getByRole("button", { name: "Hand over…" }).click();
  await expect(page.getByRole("dialog", { name: "Text for the next shift" })).toBeVisible();
  await check("the dialog");
});

test("while the API fails, the page says that nothing is recorded, and stops saying so once it answers", async ({ sandbox, frozen, signedIn, guard }) => {
  guard.allow(/status of 503/);
  await sandbox.createRun({ name: "Autumn survey" });
  const page = await signedIn("./?activity");
  await expect(empty(page)).toBeVisible();
  const told = page.getByRole("alert").filter({ hasText: "so what happens to them is not recorded" });
  await sandbox.faults({ operation: "list", fault: { kind: "status", status: 503 } });
  await frozen.advance(15);
  await expect(told).toBeVisible();
  await sandbox.clearFaults();
  await frozen.advance(120);
  await expect(told).toHaveCount(0);
});

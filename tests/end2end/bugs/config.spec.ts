// Nothing is sent before the configuration is known to be sound, and nothing leaves the API's base. The table is the one that
// the program's own check is tested with (core/src/config/tests/shared_table.rs).

import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { heading, withToken } from "../journeys/parts.ts";

interface Row {
  config?: { apiBase?: string };
  text?: string;
  sound: boolean;
  early: boolean;
}

const ROWS = JSON.parse(
  readFileSync(new URL("../../../core/tests/fixtures/configs.json", import.meta.url), "utf8"),
) as Row[];
const MARKER = "marker";
const fileOf = (row: Row): string => row.text ?? JSON.stringify(row.config);

/** Serves one configuration after the other, and notes each request that carries a token, wherever it goes. */
async function watched(page: Page): Promise<{ serve(row: Row): Promise<string[]>; settled(): Promise<void> }> {
  let file = "";
  let sent: string[] = [];
  await page.addInitScript(() => {
    const read = Response.prototype.text;
    Response.prototype.text = async function () {
      const text = await read.call(this);
      // Whoever waited for the text has asked for what follows from it before this timer comes.
      if (this.url.endsWith("/config.json")) setTimeout(() => Object.assign(globalThis, { configRead: true }));
      return text;
    };
  });
  // Whoever asks gets an empty list: what counts is who was asked.
  await page.context().route(
    () => true,
    async (route) => {
      const request = route.request();
      if (request.url().endsWith("/config.json")) return await route.fulfill({ contentType: "application/json", body: file });
      if (request.headers()["authorization"] === undefined) return await route.fallback();
      if (request.headers()["authorization"] !== MARKER) sent.push(request.url());
      await route.fulfill({ contentType: "application/json", body: "[]" });
    },
  );
  return {
    async serve(row) {
      file = fileOf(row);
      sent = [];
      await page.goto("./");
      return sent;
    },
    /** Waits until whatever follows from the configuration has been sent and noted. */
    async settled() {
      await expect.poll(() => page.evaluate(() => (globalThis as { configRead?: boolean }).configRead)).toBe(true);
      // Requests of a page arrive in the order in which it sends them: once this one is answered, all before it are noted.
      await page.evaluate(async (marker) => void (await fetch("marker", { headers: { authorization: marker } })), MARKER);
    },
  };
}

/** A few at a time, with their numbers: each loads the page anew. */
function* few(rows: Row[]): Generator<[string, Row[]]> {
  for (let first = 0; first < rows.length; first += 20) {
    const some = rows.slice(first, first + 20);
    yield [`${first + 1} to ${first + some.length}`, some];
  }
}

for (const [which, rows] of few(ROWS)) {
  test(`the list is requested ahead of the program only where the program would ask for it: rows ${which}`, async ({
    page,
    sandbox,
    guard,
  }) => {
    guard.allow(/could not start|status of 500/);
    const { serve, settled } = await watched(page);
    await withToken(page, await sandbox.token());
    // The program never comes: what is sent is sent by the start alone.
    await page.context().route("**/*_bg.wasm*", (route) => route.fulfill({ status: 500, body: "" }));
    for (const row of rows) {
      const sent = await serve(row);
      await expect(page.locator("#stopped")).toBeVisible();
      await settled();
      const { apiBase = "/beta" } = row.config ?? {};
      const list = row.early ? [new URL(`${apiBase.replace(/\/+$/, "")}/runs/`, page.url()).href] : [];
      expect.soft(sent, fileOf(row)).toEqual(list);
    }
  });
}

for (const [which, rows] of few(ROWS.filter(({ sound }) => !sound))) {
  test(`with a configuration that stops the console nothing is sent: unsound rows ${which}`, async ({ page, sandbox }) => {
    const { serve, settled } = await watched(page);
    await withToken(page, await sandbox.token());
    for (const row of rows) {
      const sent = await serve(row);
      await expect.soft(heading(page), fileOf(row)).toHaveText("This console is not set up correctly");
      await settled();
      expect.soft(sent, fileOf(row)).toEqual([]);
    }
  });
}

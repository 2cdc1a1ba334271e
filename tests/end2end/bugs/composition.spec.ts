// While an input method composes, nothing reacts to its keys or to half-typed text; what is committed counts at once. Chromium
// composes here as it does for an input method of the system.

import type { CDPSession, Locator, Page } from "@playwright/test";
import { expect, paste, test } from "../fixtures.ts";
import { PASTE, chooseFirstOffered, field, heading, links, preview, search, resultCount } from "../journeys/parts.ts";

interface InputMethod {
  /** Shows a state of the composition in the field that has the focus. */
  compose(text: string): Promise<void>;
  commit(text: string): Promise<void>;
  /** A key that goes to the input method. */
  key(key: string): Promise<void>;
}

async function inputMethod(page: Page): Promise<InputMethod> {
  const devtools: CDPSession = await page.context().newCDPSession(page);
  return {
    compose: async (text) =>
      void (await devtools.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length })),
    commit: async (text) => void (await devtools.send("Input.insertText", { text })),
    key: async (key) => {
      await devtools.send("Input.dispatchKeyEvent", { type: "rawKeyDown", key, code: key, windowsVirtualKeyCode: 229 });
      await devtools.send("Input.dispatchKeyEvent", { type: "keyUp", key, code: key, windowsVirtualKeyCode: 229 });
    },
  };
}

/** Notes each time that the list is drawn anew. */
async function shown(list: Locator): Promise<string[]> {
  return await list.allTextContents();
}

test("the list is filtered by what is committed, not by what is composed", async ({ signedIn, sandbox }) => {
  for (const name of ["東京 spring", "大阪 autumn"]) await sandbox.createRun({ name });
  const page = await signedIn();
  await expect(links(page)).toHaveCount(2);
  const ime = await inputMethod(page);
  await search(page).focus();
  const before = (await shown(links(page))).toSorted();
  for (const text of ["t", "と", "とう", "とうきょう", "東京"]) {
    await ime.compose(text);
    await expect(search(page)).toHaveValue(text);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    expect((await shown(links(page))).toSorted()).toEqual(before);
    expect(new URL(page.url()).search).toBe("");
  }
  await ime.commit("東京");
  await expect(links(page)).toHaveText(["東京 spring"]);
  await expect.poll(() => new URL(page.url()).searchParams.get("q")).toBe("東京");
});

test("keys of the composition neither accept a suggestion nor submit", async ({ signedIn, sandbox }) => {
  await sandbox.createRun({ name: "Spring campaign" });
  const page = await signedIn();
  await expect(links(page)).toHaveCount(1);
  const ime = await inputMethod(page);
  await search(page).fill("jo");
  await chooseFirstOffered(page);
  await expect(search(page)).toHaveAttribute("aria-activedescendant", /.+/);
  const reached = await search(page).getAttribute("aria-activedescendant");
  await ime.compose("じょ");
  for (const key of ["ArrowDown", "Enter", "Tab"]) await ime.key(key);
  await expect(search(page)).toHaveAttribute("aria-activedescendant", reached ?? "");
  await expect(search(page)).toBeFocused();
  await expect(search(page)).toHaveValue("joじょ");
});

test("a key with the code of an input method is no shortcut", async ({ signedIn }) => {
  const page = await signedIn();
  await expect(resultCount(page)).toHaveText("0 runs");
  const ime = await inputMethod(page);
  await ime.key("n");
  await ime.key("?");
  await expect(resultCount(page)).toHaveText("0 runs");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.keyboard.press("n");
  await expect(heading(page)).toHaveText("New run");
});

test("the form takes over what is committed", async ({ signedIn }) => {
  const page = await signedIn("./?new");
  const ime = await inputMethod(page);
  await field(page, "Run name").focus();
  await ime.compose("とうきょう");
  await expect(field(page, "Run name")).toHaveValue("とうきょう");
  await expect(preview(page)).not.toContainText("とうきょう");
  await ime.commit("東京");
  await field(page, "Job ID").fill("12345678");
  await expect(field(page, "Run name")).toHaveValue("東京");
  await page.getByRole("button", { name: "Schedule run" }).click();
  await expect(page.getByRole("main")).not.toContainText("Run name is missing");
});

test("the sign-in says nothing of half a token", async ({ page, configure, sandbox }) => {
  await configure(PASTE);
  await page.goto("./");
  const ime = await inputMethod(page);
  const token = page.getByRole("textbox", { name: "Access token" });
  await token.focus();
  await ime.compose("えy");
  await ime.key("Enter");
  await expect(page.getByRole("alert")).toHaveCount(0);
  await ime.commit("");
  await token.fill("");
  await paste(page, await sandbox.token());
  await expect(resultCount(page)).toHaveText("0 runs");
});

// Nothing in the browser's console at a load that goes well, and nothing for axe to find before the later file has come.

import { expect, expectAccessible, test } from "../fixtures.ts";
import { heading, links, search } from "../journeys/parts.ts";

test("a load leaves the browser's console empty", async ({ page, signedIn, sandbox }) => {
  const said: string[] = [];
  page.on("console", (message) => void said.push(`${message.type()}: ${message.text()}`));
  await sandbox.createRun({ name: "Spring campaign" });
  await signedIn();
  await expect(links(page)).toHaveCount(1);
  await page.getByRole("banner").getByRole("link", { name: "New run" }).click();
  await expect(heading(page)).toHaveText("New run");
  expect(said).toEqual([]);
});

test("the list breaks no rule before the later file has come", async ({ page, signedIn, sandbox }) => {
  await page.route("**/later-*.wasm*", () => {});
  await sandbox.createRun({ name: "Spring campaign" });
  await signedIn();
  await expect(links(page)).toHaveCount(1);
  await expectAccessible(page);
  await search(page).fill("jo");
  await expectAccessible(page);
});

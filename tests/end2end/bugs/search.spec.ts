// A search that is not understood lists nothing, and one that is understood finds what people see.

import { expect, test } from "../fixtures.ts";
import { links, offered, resultCount, search } from "../journeys/parts.ts";

test.beforeEach(async ({ sandbox }) => {
  for (const [name, jobId] of [["Pizza Köln", "12345678"], ["Autumn sale", "UPPER"], ["Spring - Sale", "upper"]] as const) {
    await sandbox.createRun({ name, jobId });
  }
});

for (const typed of ["starts:tomorow", "-starts:tomorow", "colour:red", "-phase:opne", "is:filed", "job:", "sale OR", "(sale OR pizza)"]) {
  test(`${typed} lists nothing, says why, and can be removed`, async ({ signedIn }) => {
    const page = await signedIn();
    await expect(links(page)).toHaveCount(3);
    await search(page).fill(typed);
    await expect(page.getByText("No runs match")).toBeVisible();
    await expect(page.getByText("Part of the search isn’t understood, so no runs are listed.")).toBeVisible();
    // Nothing that could be selected at once.
    await expect(page.getByRole("checkbox")).toHaveCount(0);
    await expect(resultCount(page)).toHaveText("0 of 3 runs");
    if (typed === "job:") {
      // What completes it lies over the way out.
      await expect(offered(page).first()).toBeVisible();
      await page.keyboard.press("Escape");
    }
    await page.getByRole("button", { name: /^Remove / }).first().click();
    await expect(search(page)).toBeFocused();
    await expect(search(page)).not.toHaveValue(typed);
  });
}

for (const [typed, found] of [
  ["pizza OR spring", ["Pizza Köln", "Spring - Sale"]],
  ["sale -autumn", ["Spring - Sale"]],
  ["NOT sale", ["Pizza Köln"]],
  ["piz*", ["Pizza Köln"]],
  ["izz*", []],
  ["Spring – Sale", ["Spring - Sale"]],
  ["Ko\u0308ln", ["Pizza Köln"]],
  ["job:\"upper\"", ["Spring - Sale"]],
  ["created < 2 h autumn", ["Autumn sale"]],
] as const) {
  test(`${typed} finds ${found.length} runs`, async ({ signedIn }) => {
    const page = await signedIn();
    await expect(links(page)).toHaveCount(3);
    await search(page).fill(typed);
    await expect(links(page)).toHaveCount(found.length);
    expect((await links(page).allTextContents()).sort()).toEqual(found);
  });
}

test("a pasted address finds exactly its run, and Enter opens it", async ({ signedIn, sandbox }) => {
  const { id } = await sandbox.createRun({ name: "Pasted" });
  const page = await signedIn();
  await expect(links(page)).toHaveCount(4);
  await search(page).fill(`https://runs.example/console/?run=${id}`);
  await expect(links(page)).toHaveText(["Pasted"]);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`\\?run=${id}$`));
});

test("a term that is not understood can be searched as text", async ({ signedIn, sandbox }) => {
  await sandbox.createRun({ name: "Mailing colour:red" });
  const page = await signedIn("./?q=colour:red");
  await page.getByRole("button", { name: "Search as text: colour:red" }).click();
  await expect(links(page)).toHaveText(["Mailing colour:red"]);
  await expect(search(page)).toHaveValue('"colour:red"');
});

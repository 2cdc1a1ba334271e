// A token that the API echoes, whole or in part, is masked wherever its text is shown, kept or copied. The canary of every
// journey looks, too.

import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { alert, fill, heading, openSettings, row, schedule, stopButton, stopDialog, summary, unfold } from "../journeys/parts.ts";

const OTHER = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJzb21lYm9keSBlbHNlIn0.c2lnbmF0dXJlLW9mLWFub3RoZXI";

/** Everything that the page shows and keeps, but for the tab's own entry. */
async function everything(page: Page): Promise<string> {
  return await page.evaluate(() => {
    const kept = [sessionStorage, localStorage].flatMap((storage) =>
      Object.entries(storage).filter(([key]) => key !== "runboard.token"),
    );
    return JSON.stringify([document.documentElement.outerHTML, document.title, location.href, kept]);
  });
}

/** The token in force, and what must never be seen of it. */
async function secrets(page: Page): Promise<string[]> {
  const token = await page.evaluate(() => sessionStorage.getItem("runboard.token") ?? "");
  const [, payload = "", signature = ""] = token.split(".");
  expect(payload).not.toBe("");
  return [token, payload, signature, OTHER];
}

async function expectNoneIn(page: Page): Promise<void> {
  const shown = await everything(page);
  for (const secret of await secrets(page)) expect(shown).not.toContain(secret);
}

test.beforeEach(({ guard }) => {
  guard.allow(/status of (400|403|409)/);
});

/** Answers requests that carry a token with what `echo` makes of it. */
async function echoing(page: Page, path: RegExp, status: number, echo: (token: string) => object): Promise<void> {
  await page.route(path, async (route) => {
    const token = (await route.request().headerValue("authorization"))?.replace("Bearer ", "") ?? "";
    await route.fulfill({ status, contentType: "application/problem+json", body: JSON.stringify(echo(token)) });
  });
}

test("in the error of a read, on the page and in Diagnostics", async ({ page, signedIn }) => {
  await echoing(page, /\/beta\/runs\/$/, 403, (token) => ({
    title: `Bearer ${token} is not allowed`,
    detail: `signature ${token.split(".")[2]} of ${OTHER}`,
    instance: token,
  }));
  await signedIn();
  await expect(alert(page)).toContainText("The API says: Bearer [token hidden] is not allowed");
  await expectNoneIn(page);
  await (await openSettings(page)).getByRole("link", { name: "Diagnostics" }).click();
  await expect(heading(page)).toHaveText("Diagnostics");
  await expectNoneIn(page);
});

test("in a name, a status, a job and the raw answer", async ({ page, signedIn, sandbox }) => {
  const run = await sandbox.createRun({ name: "Spring campaign" });
  const echo = (token: string) => ({ ...run, name: `Spring ${token}`, status: token, job_id: token, note: { deep: [OTHER] } });
  await echoing(page, /\/beta\/runs\/$/, 200, (token) => [echo(token)]);
  await echoing(page, new RegExp(`/beta/runs/${run.id}$`), 200, echo);
  await signedIn();
  await row(page, "Spring [token hidden]").getByRole("link", { name: "Spring [token hidden]" }).click();
  await expect(heading(page)).toHaveText("Spring [token hidden]");
  await expect(summary(page)).toBeVisible();
  for (const details of await page.getByRole("main").locator("details").all()) {
    await details.evaluate((element) => element.setAttribute("open", ""));
  }
  await expect(page.getByRole("main")).toContainText('"deep"');
  await expectNoneIn(page);
});

test("in the refusal of a create, at the fields, too", async ({ page, signedIn, frozen }) => {
  void frozen;
  await signedIn("./?new");
  await fill(page);
  await echoing(page, /\/beta\/jobs\/runs$/, 400, (token) => ({ title: "Bad", errors: [`name must not be ${token}`, token] }));
  await schedule(page).click();
  await expect(page.getByRole("main")).toContainText("name must not be [token hidden]");
  await expectNoneIn(page);
});

test("in the refusal of a stop", async ({ page, signedIn, sandbox }) => {
  const run = await sandbox.createRun({ name: "Spring campaign" });
  await signedIn(`./?run=${run.id}`);
  await echoing(page, /\/stop$/, 403, (token) => ({ detail: token }));
  await stopButton(page).click();
  await stopDialog(page).getByRole("button", { name: "Stop run" }).click();
  await expect(alert(page)).toContainText("The API says: [token hidden]");
  await expectNoneIn(page);
});

test("in what the console copies", async ({ page, signedIn, sandbox }) => {
  const run = await sandbox.createRun({ name: "Spring campaign" });
  await echoing(page, new RegExp(`/beta/runs/${run.id}$`), 200, (token) => ({ ...run, name: token, job_id: token }));
  await signedIn(`./?run=${run.id}`);
  await expect(heading(page)).toHaveText("[token hidden]");
  await page.evaluate(() => {
    Object.defineProperty(navigator.clipboard, "writeText", {
      value: (text: string) => Promise.resolve(Object.assign(globalThis, { copied: text })),
    });
  });
  await (await unfold(page, "Details")).getByRole("button", { name: "Copy job ID" }).click();
  await expect
    .poll(() => page.evaluate(() => (globalThis as { copied?: string }).copied))
    .toBe("[token hidden]");
});

// Characters that come along with typed and pasted text: they cannot be seen, or look like others.

import { expect, test } from "../fixtures.ts";
import { PASTE, field, fill, heading, links, notesOf, preview, schedule, search, resultCount } from "../journeys/parts.ts";

const PASTED = [
  ["a zero-width space", "12345678\u200B"],
  ["a mark of direction", "\u200E12345678\u202C"],
  ["a byte order mark", "\uFEFF12345678"],
  ["a soft hyphen", "1234\u00AD5678"],
  ["full-width digits", "１２３４５６７８"],
  ["curly quotes", "“12345678”"],
  ["a no-break space", "\u00A012345678\u00A0"],
] as const;

for (const [what, pasted] of PASTED) {
  test(`${what} in the job's id is left out, and the overlap is found`, async ({ signedIn, sandbox, frozen }) => {
    void frozen;
    await sandbox.createRun({ name: "There already", jobId: "12345678", endAt: "2026-03-10T12:00:00Z" });
    const page = await signedIn("./?new");
    await fill(page, { job: pasted, name: "Spring\u200B campaign" });
    await expect(preview(page)).toContainText("This job already has 1 run in this window.");
    if (what !== "a no-break space") {
      expect(await notesOf(field(page, "Job ID"))).toMatch(/were removed\. Will be sent as: 12345678$/m);
    }
    expect(await notesOf(field(page, "Run name"))).toContain("Will be sent as: Spring campaign");
    await schedule(page).click();
    await expect(heading(page)).toHaveText("Spring campaign");
    const [create] = await sandbox.requests("create").then((requests) => requests.slice(-1));
    expect(JSON.parse(create?.body ?? "")).toMatchObject({ jobId: "12345678", name: "Spring campaign" });
  });
}

test("a search finds what looks the same", async ({ signedIn, sandbox }) => {
  await sandbox.createRun({ name: "Spring campaign", jobId: "12345678" });
  await sandbox.createRun({ name: "Other", jobId: "4242" });
  const page = await signedIn();
  for (const typed of ["job:12345678\u200B", "job：１２３４５６７８", "job:“12345678”", "Ｓpring\u00AD", "name:“spring campaign”"]) {
    await search(page).fill(typed);
    await expect(links(page)).toHaveText(["Spring campaign"]);
  }
});

test("a job's filter finds its id to the letter", async ({ signedIn, sandbox }) => {
  await sandbox.createRun({ name: "Large", jobId: "UPPER" });
  await sandbox.createRun({ name: "Small", jobId: "upper" });
  const page = await signedIn();
  await page.getByRole("link", { name: "UPPER", exact: true }).click();
  await expect(links(page)).toHaveText(["Large"]);
  await expect(page.getByRole("region", { name: "Job UPPER" })).toContainText("1 run");
});

test("a token pasted with invisible and full-width characters signs in", async ({ configure, page, sandbox }) => {
  await configure(PASTE);
  await sandbox.createRun();
  const token = await sandbox.token();
  await page.goto("./");
  const wide = token.replace(/\./g, "．");
  await page.getByLabel("Access token").fill(`“\u202A${wide}\u200B”`);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(resultCount(page)).toHaveText("1 run");
});

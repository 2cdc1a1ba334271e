// Ids that would lead to another path: asked for nowhere, linked nowhere.

import { expect, test } from "../fixtures.ts";
import { details, heading, links } from "../journeys/parts.ts";

for (const id of [".", ".."]) {
  test(`a run with the id “${id}” is told as not found, and nothing is asked for`, async ({ signedIn, context, frozen }) => {
    // In an address the browser resolves such an id: `runs/.` is the list, `runs/..` and the summary are other paths. So every
    // request with a token counts, whatever its path.
    const asked: string[] = [];
    context.on("request", (request) => {
      if (request.headers()["authorization"] !== undefined) asked.push(request.url());
    });
    const page = await signedIn(`./?run=${encodeURIComponent(id)}`);
    await expect(heading(page)).toHaveText("Run not found");
    await page.getByRole("button", { name: "Try again" }).click();
    await frozen.advance(15);
    await expect(heading(page)).toHaveText("Run not found");
    // What was sent before this is known of by now.
    await page.evaluate(async () => void (await fetch("config.json")));
    expect(asked).toEqual([]);
  });

  test(`an entry of the list with the id “${id}” is no row and no link`, async ({ signedIn, sandbox }) => {
    await sandbox.createRun({ name: "Spring campaign" });
    await sandbox.createRun({ name: "Dental check-up" });
    await sandbox.faults({ operation: "list", fault: { kind: "list_broken_entry", entry: { id, name: "Elsewhere" } } });
    const page = await signedIn();
    await expect(links(page)).toHaveCount(1);
    await expect(page.getByRole("main")).toContainText(/1 run couldn’t be shown/);
    await expect(page.getByRole("main")).not.toContainText("Elsewhere");
  });

  test(`a job with the id “${id}” has no link to its page`, async ({ signedIn, sandbox, configure }) => {
    await configure({ links: { job: "/portal/jobs/{jobId}" } });
    const run = await sandbox.createRun({ name: "Spring campaign", jobId: id });
    const page = await signedIn(`./?run=${run.id}`);
    await expect(heading(page)).toHaveText("Spring campaign");
    await expect(details(page)).toContainText("Job ID");
    await expect(details(page).locator("a[href*='/portal/jobs']")).toHaveCount(0);
  });
}

for (const [id, segment] of [
  ["%2e%2e", "%252e%252e"],
  ["a/../b", "a%2F..%2Fb"],
  ["a\\..\\b", "a%5C..%5Cb"],
] as const) {
  test(`a run with the id ${id} stays one segment of the path`, async ({ signedIn, context, guard }) => {
    guard.allow(/status of 40/);
    const asked: string[] = [];
    context.on("request", (request) => void asked.push(new URL(request.url()).pathname));
    const page = await signedIn(`./?run=${encodeURIComponent(id)}`);
    await expect(heading(page)).toHaveText("Run not found");
    expect(asked).toContain(`/beta/runs/${segment}`);
    expect(asked.filter((path) => path.startsWith("/beta/") && !path.includes(segment))).toEqual([]);
  });
}

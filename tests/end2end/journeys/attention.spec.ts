// Who arrives learns at once that runs need attention.

import { expect, test } from "../fixtures.ts";
import { announcer, fourRuns, heading, links } from "./parts.ts";

test("runs that need attention are announced on arrival, and counted in the title of the tab", async ({
  sandbox,
  frozen,
  signedIn,
}) => {
  void frozen;
  await fourRuns(sandbox);
  const page = await signedIn();
  await expect(links(page)).toHaveCount(4);
  await expect(page).toHaveTitle("Runs · Runboard");
  await expect(announcer(page)).toBeEmpty();

  await page.route("**/beta/runs/**", async (route) => {
    const answer = await route.fetch();
    const body = (await answer.json()) as { _embedded?: { runs: { name: string; status: string }[] } };
    for (const run of body._embedded?.runs ?? []) if (run.name === "bin collection") run.status = "failed";
    await route.fulfill({ response: answer, json: body });
  });
  await page.reload();
  await expect(page).toHaveTitle("Runs: 1 run needs attention · Runboard");
  await expect(announcer(page)).toHaveText("1 run needs attention");
  await links(page).first().click();
  await expect(page).toHaveTitle(/ · Runboard$/);
  await expect(heading(page)).not.toHaveText("Runs");
  await expect(page).not.toHaveTitle(/attention|^\(/);
});

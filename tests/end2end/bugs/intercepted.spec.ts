// An answer that is not the API's: a gateway or a sign-in page in front of it. It is never told as the API's word; what is shown
// stays, a write has an unknown outcome, and the person can ask again.

import { type FaultRule, expect, test } from "../fixtures.ts";
import {
  alert,
  expectList,
  fill,
  heading,
  row,
  schedule,
  selectBox,
  signInAgain,
  stopButton,
  stopDialog,
  summary,
} from "../journeys/parts.ts";

const SAID = "Something in front of the API answered instead of it";

type Fault = FaultRule["fault"];

/** What gates and gateways answer, with the name of each. */
const ANSWERS: [string, Fault][] = [
  ["an HTML page with 200", { kind: "html", status: 200, body: "<!doctype html><title>Sign in</title>" }],
  ["an HTML page with 401", { kind: "html", status: 401 }],
  ["an HTML page with 403", { kind: "html", status: 403 }],
  ["an HTML page with 404", { kind: "html", status: 404 }],
  ["an HTML page with 409", { kind: "html", status: 409 }],
  ["an HTML page with 429", { kind: "html", status: 429 }],
  ["an HTML page with 502", { kind: "html", status: 502 }],
  ["an empty 403", { kind: "empty_body", status: 403 }],
  ["an empty 404", { kind: "empty_body", status: 404 }],
  ["plain words with 403", { kind: "status", status: 403, body: "RBAC: access denied" }],
  ["an image with 200", { kind: "status", status: 200, body: "GIF89a", content_type: "image/gif" }],
];
/** Those that leave nothing done. */
const NOT_DONE = ANSWERS.filter(([, fault]) => fault.kind !== "empty_body");

test.beforeEach(({ guard }) => {
  guard.allow(/status of (401|403|404|409|429|502|503)/);
});

for (const [what, fault] of ANSWERS) {
  test(`reading: ${what} keeps what is shown and makes no claim about the token`, async ({ signedIn, sandbox }) => {
    await sandbox.createRun({ name: "Spring campaign" });
    const page = await signedIn();
    await expect(row(page, "Spring campaign")).toBeVisible();
    await sandbox.faults({ fault });
    await page.keyboard.press("r");
    await expect(page.getByRole("main")).toContainText(SAID);
    await expect(row(page, "Spring campaign")).toBeVisible();
    await row(page, "Spring campaign").getByRole("link", { name: "Spring campaign" }).click();
    await expect(heading(page)).toHaveText("Spring campaign");
    await expect(page.getByRole("main")).toContainText(SAID);
    await expect(summary(page)).toContainText(SAID);
    for (const claim of ["Your token does not", "Your token has expired", "accept your token", "The API says", "The API failed", "Run not found"]) {
      await expect(page.getByRole("main")).not.toContainText(claim);
    }
    await expect(signInAgain(page)).toHaveCount(0);
    await sandbox.clearFaults();
    await page.keyboard.press("r");
    await expect(page.getByRole("main")).not.toContainText(SAID);
  });
}

test("what the gateway says is told as its word", async ({ signedIn, sandbox }) => {
  await sandbox.faults({ operation: "list", fault: { kind: "status", status: 403, body: "RBAC: access denied" } });
  const page = await signedIn();
  await expect(alert(page)).toContainText("It says: RBAC: access denied");
});

test("a 401 of the API, which asks for a bearer token, is about the token even without details", async ({ signedIn, sandbox }) => {
  const page = await signedIn();
  await expectList(page, "0 runs");
  const headers = { "www-authenticate": 'Bearer error="invalid_token"' };
  await sandbox.faults(
    { operation: "token", fault: { kind: "status", status: 503 } },
    { operation: "list", fault: { kind: "status", status: 401, body: "", headers } },
  );
  await page.keyboard.press("r");
  await expect(signInAgain(page)).toBeVisible();
});

for (const [what, fault] of NOT_DONE) {
  test(`creating: ${what} leaves the outcome unknown, and the person sends again`, async ({ signedIn, sandbox, frozen }) => {
    const page = await signedIn("./?new");
    await fill(page);
    await sandbox.faults({ operation: "create", count: 1, fault });
    await schedule(page).click();
    await expect(alert(page)).toContainText("It is not known yet whether the run was scheduled.");
    await expect(alert(page)).toContainText(SAID);
    await expect(page.getByRole("main")).not.toContainText("was not scheduled");
    // The list is read five times before it is asked whether to send again.
    for (const reading of [2, 3, 4, 5]) {
      await expect(alert(page)).toContainText(`Reading ${reading} of 5.`);
      await frozen.advance(16);
    }
    await page.getByRole("button", { name: "Send again", exact: true }).click();
    await expect(heading(page)).toHaveText("Spring campaign");
    expect(await sandbox.requests("create")).toHaveLength(2);
  });

  test(`stopping: ${what} leaves the outcome unknown, and the person asks again at once`, async ({ signedIn, sandbox }) => {
    const run = await sandbox.createRun({ name: "Spring campaign" });
    const page = await signedIn(`./?run=${run.id}`);
    await sandbox.faults({ operation: "stop", count: 1, fault });
    await stopButton(page).click();
    await stopDialog(page).getByRole("button", { name: "Stop run" }).click();
    await expect(alert(page)).toContainText("It is not known whether the run was stopped");
    await expect(alert(page)).toContainText(SAID);
    await stopButton(page).click();
    await stopDialog(page).getByRole("button", { name: "Stop run" }).click();
    await expect(page.getByRole("main")).toContainText("Stopped. Requested");
    expect(await sandbox.requests("stop")).toHaveLength(2);
  });
}

test("stopping several: nothing is told as refused, and the run can be stopped again at once", async ({ signedIn, sandbox }) => {
  await sandbox.createRun({ name: "Spring campaign" });
  await sandbox.createRun({ name: "Dental check-up" });
  await sandbox.faults({ operation: "stop", count: 1, fault: { kind: "html", status: 403 } });
  const page = await signedIn();
  for (const name of ["Spring campaign", "Dental check-up"]) await selectBox(page, name).check();
  await page.getByRole("button", { name: "Stop 2 runs" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Stop 2 runs" }).click();
  await expect(page.getByRole("main")).toContainText(`not known whether it was stopped. ${SAID}`);
  await expect(page.getByRole("main")).not.toContainText("refused");
});

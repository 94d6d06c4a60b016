import { expect, type Page } from "@playwright/test";

/** Opens the page that checks receipts. It is whole, and needs no connection any more, once its worker has loaded all of its own. */
export async function openVerify(page: Page): Promise<void> {
  await page.goto("/verify");
  await expect.poll(() => page.workers().length).toBe(1);
  await page.workers()[0]?.evaluate(() => true);
}

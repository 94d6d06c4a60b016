import { PAGE_ROWS } from "@/lib/testing/console/page-rows";
import { expectAccessible } from "./accessibility";
import { expect, test } from "./fixtures";
import { makePageThings } from "./page-things";
import { layoutShiftOf, overflowOf, watchLayoutShift } from "./watch-page";

/** Beyond this a page is felt to jump (web.dev/cls). */
const MOST_SHIFT = 0.1;

for (const isSignedIn of [false, true]) {
  const rows = Object.entries(PAGE_ROWS).filter(([, { who }]) => (who === "anybody") !== isSignedIn);
  test(`every page ${isSignedIn ? "of the console" : "for strangers"}: no violation, no error, no jump, and it fits a phone`, async ({
    page,
    world,
    signIn,
    watch,
  }) => {
    test.setTimeout(600_000);
    // The frame of a kept mail keeps the test's own recorder out, too.
    watch.allow(/^console error: Blocked script execution in '[^']*\/admin\/mailbox\/[^']*\/html'/);
    const { things, owner } = await makePageThings(world);
    if (isSignedIn) await signIn(page, owner);
    await watchLayoutShift(page);
    // On a computer whose clock is wrong: what shows a time by it is another picture than the server's, which React calls an error.
    await page.clock.setSystemTime(Date.now() + 2 * 86_400_000);
    for (const [address, { path }] of rows) {
      await test.step(address, async () => {
        await page.setViewportSize({ width: 1440, height: 900 });
        await page.goto(path(things));
        await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
        await expect(page).toHaveTitle(/DAAI Console/);
        expect.soft(await layoutShiftOf(page), `layout shift of ${address}`).toBeLessThan(MOST_SHIFT);
        await expectAccessible(page);
        await page.setViewportSize({ width: 360, height: 780 });
        expect.soft(await overflowOf(page), `overflow of ${address}`).toBe(0);
        expect.soft(watch.troubles(), address).toEqual([]);
      });
    }
  });
}

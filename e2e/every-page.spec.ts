import { PAGE_ROWS } from "@/lib/testing/console/page-rows";
import { expectAccessible } from "./accessibility";
import { expect, test } from "./fixtures";
import { focusTroubles } from "./focus";
import { layoutTroubles } from "./layout";
import { makePageThings } from "./page-things";
import { layoutShiftOf, MAX_SHIFT, watchLayoutShift } from "./watch-page";

/** What is left of A4 between its margins. */
const PAPER_WIDTH = 658;

test("every page: no violation, no error, no jump, and the longest names and numbers fit a phone, a tablet and a desktop", async ({
  page,
  world,
  signIn,
  watch,
}) => {
  test.setTimeout(1_200_000);
  // The frame of a kept mail keeps the test's own recorder out, too.
  watch.allow(/^console error: Blocked script execution in '[^']*\/admin\/mailbox\/[^']*\/html'/);
  const { things, owner, morePages, mails } = await makePageThings(world);
  await watchLayoutShift(page);
  // On a computer whose clock is wrong: what shows a time by it is another picture than the server's, which React calls an error.
  await page.clock.setSystemTime(Date.now() + 2 * 86_400_000);

  /** What is longer than its shape was drawn for moves what is below it. */
  const look = async (name: string, path: string, { isUsual }: { isUsual: boolean }) =>
    test.step(name, async () => {
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
      await expect(page).toHaveTitle(/DAAI Console/);
      if (isUsual) expect.soft(await layoutShiftOf(page), `layout shift of ${name}`).toBeLessThan(MAX_SHIFT);
      await expectAccessible(page);
      expect.soft(await layoutTroubles(page), `layout of ${name}`).toEqual([]);
      expect.soft(await focusTroubles(page), `focus on ${name}`).toEqual([]);
      expect.soft(watch.troubles(), name).toEqual([]);
    });

  const pages = (isSignedIn: boolean) =>
    Object.entries(PAGE_ROWS)
      // The documentation has a test of its own.
      .filter(([address, { who }]) => (who === "anybody") !== isSignedIn && !address.startsWith("/docs"))
      .map(([address, { path }]) => [address, path(things)] as const);
  for (const [name, path] of pages(false)) await look(name, path, { isUsual: true });
  for (const [name, path] of Object.entries(morePages.anybody)) await look(name, path, { isUsual: false });
  await signIn(page, owner);
  for (const [name, path] of pages(true)) await look(name, path, { isUsual: true });
  for (const [name, path] of Object.entries(morePages.signedIn)) await look(name, path, { isUsual: false });

  await test.step("receipt on paper", async () => {
    await page.emulateMedia({ media: "print" });
    await page.goto(morePages.signedIn["a long receipt"] ?? "");
    expect.soft(await layoutTroubles(page, [PAPER_WIDTH]), "layout of the printed receipt").toEqual([]);
    await page.emulateMedia({ media: "screen" });
  });
  await page.goto("about:blank");
  for (const [name, html] of Object.entries(mails)) {
    await test.step(`mail: ${name}`, async () => {
      await page.setContent(html);
      expect.soft(await layoutTroubles(page), `layout of the mail: ${name}`).toEqual([]);
    });
  }
});

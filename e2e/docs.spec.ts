import { DocsPage } from "@/e2e/pages/docs-page";
import { DOC_PAGES, docPath } from "@/lib/docs/doc-pages";
import { expectAccessible } from "./accessibility";
import { expect, test } from "./fixtures";
import { layoutTroubles } from "./layout";
import { layoutShiftOf, MAX_SHIFT, watchLayoutShift } from "./watch-page";

test("a reader finds, reads and copies", async ({ page, context, daai }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: daai.url });
  const docs = new DocsPage(page);
  await docs.open();
  await docs.navigation.getByRole("link", { name: "Quickstart" }).click();
  await expect(docs.title()).toHaveText("Quickstart");
  await expect(docs.navigation.getByRole("link", { name: "Quickstart" })).toHaveAttribute("aria-current", "page");

  await docs.contents.getByRole("link", { name: "4. Install the SDK" }).click();
  await expect(page).toHaveURL(/#4-install-the-sdk$/);
  await expect(docs.contents.getByRole("link", { name: "4. Install the SDK" })).toHaveAttribute("aria-current", "true");

  await docs.code("first_run.py").getByRole("button", { name: "Copy first_run.py" }).click();
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(copied).toMatch(/^from daai import ActionNotRun, DaaiClient[^]*client\.execution\(run, wait=3600\)/);

  const hits = await docs.find("payload_too_large");
  await expect(hits.first()).toContainText("payload_too_large");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/docs\/errors#payload_too_large$/);
  await expect(page.locator("#payload_too_large")).toBeInViewport();
  await expect(docs.search).toBeHidden();

  await docs.find("claim");
  await page.keyboard.press("ArrowDown");
  await expect(docs.search.getByRole("option").nth(1)).toHaveAttribute("aria-selected", "true");
  await docs.search.getByRole("combobox").fill("xyzzy");
  await expect(docs.search).toContainText("No results for");
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(docs.search).toBeHidden();
});

test("every page is accessible, does not jump, and fits a phone, a tablet and a desktop", async ({ page }) => {
  test.setTimeout(600_000);
  await watchLayoutShift(page);
  for (const { slug, title } of DOC_PAGES) {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(docPath(slug));
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
    expect.soft(await layoutShiftOf(page), `layout shift of ${docPath(slug)}`).toBeLessThan(MAX_SHIFT);
    await expectAccessible(page);
    expect.soft(await layoutTroubles(page), docPath(slug)).toEqual([]);
  }
});

test("on a phone the pages are in a menu that closes on the next one", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 780 });
  const docs = new DocsPage(page);
  await docs.open("/limits");
  await page.locator("summary", { hasText: "Limits" }).click();
  await docs.navigation.getByRole("link", { name: "Receipts" }).click();
  await expect(docs.title()).toHaveText("Receipts");
  await expect(docs.navigation).toBeHidden();
});

test("snippets show a reader's own workspace, and never a key", async ({ page, world, signIn, daai }) => {
  const docs = new DocsPage(page);
  await docs.open("/quickstart");
  await expect(docs.code("Terminal").first()).toContainText("https://console.example.com/api");

  const workspace = await world.workspace({ name: "Billing robots" });
  await signIn(page, workspace.owner);
  await docs.open("/quickstart");
  await expect(docs.code("Terminal").first()).toContainText(`${daai.url}/api`);
  await expect(docs.code("Terminal").first()).toContainText("# Workspace: Billing robots");
  await expect(page.getByRole("link", { name: "Open the console" })).toBeVisible();
  expect(await page.content()).not.toMatch(/daai_[sw]k_[0-9A-Za-z]/);
});

test("what is for everybody can be found, and nothing else", async ({ request, daai }) => {
  expect(await (await request.get("/robots.txt")).text()).toContain("Disallow: /\n");
  const map = await (await request.get("/sitemap.xml")).text();
  for (const { slug } of DOC_PAGES) expect(map).toContain(`<loc>${daai.url}${docPath(slug)}</loc>`);
  const landing = await (await request.get("/")).text();
  const picture = /<meta property="og:image" content="([^"]+)"/.exec(landing)?.[1] ?? "";
  expect(picture.startsWith(daai.url)).toBe(true);
  const drawn = await request.get(picture);
  expect(drawn.headers()["content-type"]).toBe("image/png");
  expect((await request.get("/docs/nothing-here")).status()).toBe(404);
});

test("the example on the landing page can be decided, and says what follows", async ({ page }) => {
  await page.goto("/");
  const card = page.getByRole("article", { name: "Example of an approval" });
  await card.getByRole("button", { name: "Approve" }).click();
  await expect(card).toContainText("Approved");
  await expect(card).toContainText("may now run it once");
  await card.getByRole("button", { name: "Reset the example" }).click();
  await expect(card).toContainText("Pending approval");
  await page.getByRole("link", { name: "Read the quickstart" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Quickstart");
});

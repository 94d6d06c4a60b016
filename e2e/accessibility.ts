import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** No violation of WCAG 2.2 A or AA, nor of axe's best practices, in light and in dark. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const theme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    const { violations } = await new AxeBuilder({ page }).analyze();
    const found = violations.map(({ id, help, nodes }) => `${theme}: ${id}: ${help}\n  ${nodes.map(({ target }) => target.join(" ")).join("\n  ")}`);
    expect.soft(found, `axe on ${page.url()}`).toEqual([]);
  }
}

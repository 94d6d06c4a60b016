import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** What depends on colours; the rest is the same in every theme. */
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];

/** No violation of WCAG 2.2 A or AA, nor of axe's best practices, in light and in dark. A frame that may run no scripts cannot be looked into. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const theme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    const axe = new AxeBuilder({ page }).exclude("iframe[sandbox]");
    const { violations } = await (theme === "light" ? axe : axe.withRules(COLOUR_RULES)).analyze();
    const found = violations.map(
      ({ id, help, nodes }) => `${theme}: ${id}: ${help}\n  ${nodes.map(({ target }) => target.join(" ")).join("\n  ")}`,
    );
    expect.soft(found, `axe on ${page.url()}`).toEqual([]);
  }
}

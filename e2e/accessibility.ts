import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, type Page } from "@playwright/test";
import type axe from "axe-core";
import { untilWhole } from "./watch-page";

/** What depends on colors; the rest is the same in every theme. */
const COLOR_RULES = ["color-contrast", "link-in-text-block"];

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** No violation of WCAG 2.2 A or AA, nor of axe's best practices, in light and in dark. A frame that may run no scripts cannot be looked into. */
export async function expectAccessible(page: Page): Promise<void> {
  await untilWhole(page);
  // In place of axe's rule, which looks once: Next streams the title behind the page, and again with every refresh.
  await expect(page).toHaveTitle(/\S/);
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  // Axe's own package for Playwright brings it into the page four times, and opens two more pages: most of the time that it takes.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  const found = await violationsIn(page, "light", null);
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  found.push(...(await violationsIn(page, "dark", COLOR_RULES)));
  expect.soft(found, `axe on ${page.url()}`).toEqual([]);
}

async function violationsIn(page: Page, theme: string, rules: string[] | null): Promise<string[]> {
  const violations = await page.evaluate(async (only) => {
    const { axe: runner } = window as typeof window & { axe: typeof axe };
    const results = await runner.run(
      { exclude: [["iframe[sandbox]"]] },
      {
        resultTypes: ["violations"],
        iframes: false,
        ...(only === null ? { rules: { "document-title": { enabled: false } } } : { runOnly: { type: "rule", values: only } }),
      },
    );
    return results.violations.map(({ id, help, nodes }) => ({ id, help, targets: nodes.map(({ target }) => target.join(" ")) }));
  }, rules);
  return violations.map(({ id, help, targets }) => `${theme}: ${id}: ${help}\n  ${targets.join("\n  ")}`);
}

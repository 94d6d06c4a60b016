import { type BrowserContext, type ConsoleMessage, expect, type Page, type Request, type Response } from "@playwright/test";

export interface PageWatch {
  /** What must not happen on any page, and did. */
  troubles(): string[];
  /** Allows a problem that the test is about, such as a 409, as often as it occurs. */
  allow(...patterns: RegExp[]): void;
  /** Also watches the pages of another context. */
  add(context: BrowserContext): void;
}

/** Collects console errors and warnings, exceptions, failed requests and responses of 400 and above, on every page of the context. */
export function watchPage(context: BrowserContext): PageWatch {
  const seen: string[] = [];
  const allowed: RegExp[] = [];
  const add = (watched: BrowserContext) => {
    watched.on("console", (message: ConsoleMessage) => {
      if (message.type() === "error" || message.type() === "warning") seen.push(`console ${message.type()}: ${message.text()}`);
    });
    watched.on("weberror", (error) => seen.push(`exception: ${error.error().message}`));
    watched.on("response", (response: Response) => {
      if (response.status() >= 400) seen.push(`answer ${response.status()}: ${response.request().method()} ${pathOf(response.url())}`);
    });
    watched.on("requestfailed", (request: Request) => {
      // A navigation away ends what is on its way: prefetches, the event stream.
      if (request.failure()?.errorText !== "net::ERR_ABORTED")
        seen.push(`failed: ${request.method()} ${pathOf(request.url())} ${request.failure()?.errorText}`);
    });
  };
  add(context);
  return {
    troubles: () => seen.filter((trouble) => !allowed.some((pattern) => pattern.test(trouble))),
    allow: (...patterns) => void allowed.push(...patterns),
    add,
  };
}

function pathOf(url: string): string {
  return new URL(url).pathname;
}

/** Until nothing of the page is on its way any more: after a click, what is looked at once may still be the skeleton. */
export async function untilWhole(page: Page): Promise<void> {
  await expect(page.locator("template[id^='B:'], [role=status]:text-matches('^Loading '):visible")).toHaveCount(0);
}

/** No text wider than the screen: nothing to scroll sideways. */
export async function overflowOf(page: Page): Promise<number> {
  await untilWhole(page);
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** Beyond this a page is felt to jump (web.dev/cls). */
export const MAX_SHIFT = 0.1;

/** From now on every page of the tab adds up how much its parts jump. */
export async function watchLayoutShift(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const shared = window as typeof window & { layoutShift?: number };
    shared.layoutShift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) {
        if (!entry.hadRecentInput) shared.layoutShift = (shared.layoutShift ?? 0) + entry.value;
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
}

/** The page's cumulative layout shift so far. */
export function layoutShiftOf(page: Page): Promise<number> {
  return page.evaluate(() => (window as typeof window & { layoutShift?: number }).layoutShift ?? 0);
}

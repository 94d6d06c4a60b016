import type { Page } from "@playwright/test";

/** What can be reached by keyboard without anything showing it: neither on itself nor on what is drawn around or over it. */
export async function focusTroubles(page: Page): Promise<string[]> {
  // Makes changes visible immediately.
  await page.emulateMedia({ reducedMotion: "reduce" });
  const troubles = await page.evaluate(() => {
    const focusable = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]:not([tabindex='-1'])";
    const look = (element: Element, pseudo?: string) => {
      const { outlineStyle, outlineWidth, boxShadow, borderColor, backgroundColor } = getComputedStyle(element, pseudo);
      return `${outlineStyle === "none" ? "" : outlineStyle + outlineWidth} ${boxShadow} ${borderColor} ${backgroundColor}`;
    };
    // A ring may be drawn by what is around: the card of a radio button, the row of a link.
    const looks = (element: Element) => {
      const around: Element[] = [];
      for (let one: Element | null = element; one && around.length < 4; one = one.parentElement) around.push(one);
      return around.flatMap((one) => [look(one), look(one, "::before"), look(one, "::after")]).join("|");
    };
    const reachable = [...document.querySelectorAll<HTMLElement>(focusable)].filter(
      (element) => element.checkVisibility({ visibilityProperty: true }) && !element.matches(":disabled"),
    );
    return reachable.flatMap((element) => {
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
      const before = looks(element);
      element.focus({ preventScroll: true, focusVisible: true });
      return document.activeElement === element && looks(element) === before ? [element.outerHTML.slice(0, 160)] : [];
    });
  });
  await page.emulateMedia({ reducedMotion: null });
  return troubles;
}

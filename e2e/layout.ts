import type { Page } from "@playwright/test";
import { untilWhole } from "./watch-page";

/** A small phone, a usual one, a tablet, a desktop. */
export const WIDTHS = [1440, 768, 390, 360] as const;

/** What stands wrong at each of the widths, one line each. One load is enough: only the window changes. */
export async function layoutTroubles(page: Page, widths: readonly number[] = WIDTHS): Promise<string[]> {
  await untilWhole(page);
  const troubles: string[] = [];
  for (const width of widths) {
    await page.setViewportSize({ width, height: width < 860 ? 844 : 900 });
    troubles.push(...(await page.evaluate(measure)).map((trouble) => `${width} px: ${trouble}`));
  }
  return troubles;
}

/**
 * In the page. Nothing scrolls sideways; no text lies over another, leaves the box that is drawn around it, or is cut off without
 * the dots that say so and a way to read the rest: a title, or a link or button that leads to it.
 */
async function measure(): Promise<string[]> {
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  const root = document.documentElement;
  const troubles = new Set<string>();
  if (root.scrollWidth > root.clientWidth) troubles.add(`the page scrolls sideways, ${root.scrollWidth} px`);

  interface Box {
    left: number;
    right: number;
    top: number;
    bottom: number;
  }
  const styles = new Map<Element, CSSStyleDeclaration>();
  const boxes = new Map<Element, DOMRect>();
  const styleOf = (element: Element) => {
    const known = styles.get(element) ?? getComputedStyle(element);
    styles.set(element, known);
    return known;
  };
  const boxOf = (element: Element) => {
    const known = boxes.get(element) ?? element.getBoundingClientRect();
    boxes.set(element, known);
    return known;
  };
  const ancestors = (element: Element) => {
    const all: Element[] = [];
    for (let at: Element | null = element; at !== null && at !== document.body; at = at.parentElement) all.push(at);
    return all;
  };
  const isDrawn = (style: CSSStyleDeclaration) =>
    (style.borderLeftStyle !== "none" && Number.parseFloat(style.borderLeftWidth) > 0) ||
    (style.display !== "inline" && !/^(?:transparent|rgba\(.*, 0\))$/.test(style.backgroundColor));
  const say = (what: string, text: string, element: Element) => {
    const place = ancestors(element)
      .slice(0, 4)
      .reverse()
      .map((at) => at.tagName.toLowerCase() + (at.id ? `#${at.id}` : ""));
    troubles.add(`${what}: “${text.trim().slice(0, 50)}” in ${place.join(" > ")}`);
  };

  const seen: { node: Node; text: string; element: Element; layer: Element | null; box: Box }[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const [text, element] = [node.nodeValue ?? "", node.parentElement];
    if (text.trim() === "" || element === null || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const chain = ancestors(element);
    // For screen readers alone.
    if (chain.some((at) => styleOf(at).overflow !== "visible" && boxOf(at).width <= 1 && boxOf(at).height <= 1)) continue;
    const half = Number.parseFloat(styleOf(element).fontSize) * 0.4;
    const layer = chain.find((at) => ["fixed", "sticky"].includes(styleOf(at).position)) ?? null;
    range.selectNodeContents(node);
    for (const line of range.getClientRects()) {
      if (line.width < 1 || line.height < 1) continue;
      // The letters, without the space above and below them.
      const middle = (line.top + line.bottom) / 2;
      const box: Box = { left: line.left, right: line.right, top: middle - half, bottom: middle + half };
      let isIn = true;
      for (const at of chain) {
        const [style, bounds] = [styleOf(at), boxOf(at)];
        const clipsX = style.overflowX !== "visible";
        const clipsY = style.overflowY !== "visible";
        if (isIn && at !== element && isDrawn(style) && !clipsX) {
          const out = Math.max(box.right - bounds.right, bounds.left - box.left);
          // Half a letter more is a ligature that stands at the end of a line.
          if (out > half) say(`leaves its box sideways by ${Math.round(out)} px`, text, element);
          if (!clipsY && (box.bottom > bounds.bottom + 2 || box.top < bounds.top - 2)) say("leaves its box", text, element);
        }
        if (!clipsX && !clipsY) continue;
        const [cutX, cutY] = [
          clipsX && (box.right > bounds.right + 1.5 || box.left < bounds.left - 1.5),
          clipsY && (box.bottom > bounds.bottom + 2 || box.top < bounds.top - 2),
        ];
        const scrolls = (overflow: string) => overflow === "auto" || overflow === "scroll";
        // Bars of links and buttons scroll on phones, and so may what is reached by keyboard to be scrolled; a table's cells do not hide.
        const isBar = element.closest("td, th") === null || at.matches("[tabindex='0']");
        if (cutX && scrolls(style.overflowX) && !isBar) say("hides behind a scroll bar", text, element);
        const isCut = (cutX && !scrolls(style.overflowX)) || (cutY && !scrolls(style.overflowY));
        if (isCut) {
          const hasDots = chain.some((one) => styleOf(one).textOverflow === "ellipsis" || styleOf(one).webkitLineClamp !== "none");
          const isReadable =
            element.closest("[title]:not([title='']), a[href], button, summary, [role=option]") !== null ||
            at.querySelector("[title]:not([title=''])") !== null ||
            element.closest("tr, li, [role=row]")?.querySelector("a[href]") != null;
          if (!hasDots) say("is cut off", text, element);
          else if (!isReadable) say("cannot be read whole", text, element);
        }
        if (clipsX) [box.left, box.right] = [Math.max(box.left, bounds.left), Math.min(box.right, bounds.right)];
        if (clipsY) [box.top, box.bottom] = [Math.max(box.top, bounds.top), Math.min(box.bottom, bounds.bottom)];
        isIn = box.right - box.left > 1 && box.bottom - box.top > 1;
        if (!isIn) break;
      }
      if (!isIn) continue;
      if (box.right > root.clientWidth + 1 && root.scrollWidth <= root.clientWidth) say("is off the screen", text, element);
      seen.push({ node, text, element, layer, box });
    }
  }

  seen.sort((a, b) => a.box.top - b.box.top);
  for (const [place, one] of seen.entries()) {
    for (let next = place + 1; next < seen.length; next++) {
      const other = seen[next];
      if (other === undefined || other.box.top > one.box.bottom - 2) break;
      if (one.layer !== other.layer || one.node === other.node) continue;
      const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
      const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
      if (across > 2 && down > 2) say(`lies over “${other.text.trim().slice(0, 40)}”`, one.text, one.element);
    }
  }
  return [...troubles];
}

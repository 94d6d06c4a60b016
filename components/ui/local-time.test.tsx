import { renderToStaticMarkup } from "react-dom/server";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { InstantFormat } from "@/lib/domain/time/format-local-instant";
import { LocalTime } from "./local-time";
import { RenderedAtProvider } from "./rendered-at";

const RENDERED = Date.parse("2026-11-28T23:59:59.900Z");

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** The first picture, as a computer draws it whose clock is so far off the server's, or that is so much later. */
function firstPicture(format: InstantFormat, millisecondsOff: number): string {
  vi.setSystemTime(RENDERED + millisecondsOff);
  return renderToStaticMarkup(
    <RenderedAtProvider at={RENDERED}>
      <LocalTime at="2026-11-28T20:02:11.204Z" format={format} />
    </RenderedAtProvider>,
  );
}

test.each([
  ["full", "28 November 2026, 20:02 UTC"],
  ["short", "20:02:11"],
  ["minute", "20:02 UTC"],
  ["date", "28 November 2026"],
  ["time", "20:02:11"],
  ["precise", "20:02:11.204"],
] as const)("the first picture of a %s time is the server's, whatever the reader's clock says", (format, text) => {
  for (const off of [0, 200, 2 * 86_400_000, -400 * 86_400_000]) expect(firstPicture(format, off)).toContain(`>${text}<`);
});

"use client";

import { useSyncExternalStore } from "react";
import { formatLocalInstant, type InstantFormat } from "@/lib/domain/time/format-local-instant";
import { useRenderedAt } from "./rendered-at";
import { serverNow } from "./server-clock";

const neverChanges = () => () => undefined;

export function LocalTime({ at, format }: { at: string; format: InstantFormat }) {
  const instant = new Date(at);
  const renderedAt = useRenderedAt();
  const text = useSyncExternalStore(
    neverChanges,
    () => formatLocalInstant(instant, format, Intl.DateTimeFormat().resolvedOptions().timeZone, new Date(serverNow())),
    () => inUtc(instant, format, renderedAt),
  );
  const paper = onPaper(instant, format);
  return (
    <time
      className={`whitespace-nowrap tabular-nums ${paper === undefined ? "" : "print:after:content-[attr(data-paper)]"}`}
      dateTime={at}
      title={`${at.replace("T", " ").replace("Z", "")} UTC`}
      data-paper={paper}
    >
      <span className={paper === undefined ? undefined : "print:hidden"}>{text}</span>
    </time>
  );
}

/** Paper is read in other zones than it was printed in. Undefined: a format that depends on today stays as it is. */
function onPaper(instant: Date, format: InstantFormat): string | undefined {
  if (format === "short" || format === "minute") return undefined;
  const text = formatLocalInstant(instant, format, "UTC", instant);
  return format === "date" ? text : `${text} UTC`;
}

/** The server does not know the reader's zone; where it writes a time of day, it names its own. */
function inUtc(instant: Date, format: InstantFormat, now: Date): string {
  const text = formatLocalInstant(instant, format, "UTC", now);
  return format === "full" || format === "minute" ? `${text} UTC` : text;
}

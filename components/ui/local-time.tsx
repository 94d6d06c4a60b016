"use client";

import { useSyncExternalStore } from "react";
import { formatLocalInstant, type InstantFormat } from "@/lib/domain/format-local-instant";

const neverChanges = () => () => undefined;

export function LocalTime({ at, format }: { at: string; format: InstantFormat }) {
  const instant = new Date(at);
  const text = useSyncExternalStore(
    neverChanges,
    () => formatLocalInstant(instant, format, Intl.DateTimeFormat().resolvedOptions().timeZone, new Date()),
    () => inUtc(instant, format),
  );
  return (
    <time className="whitespace-nowrap tabular-nums" dateTime={at} title={`${at.replace("T", " ").replace("Z", "")} UTC`}>
      {text}
    </time>
  );
}

/** The server does not know the reader's zone; where it writes a time of day, it names its own. */
function inUtc(instant: Date, format: InstantFormat): string {
  const text = formatLocalInstant(instant, format, "UTC", new Date());
  return format === "full" || format === "minute" ? `${text} UTC` : text;
}

const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

/** "19 November 2026, 20:02 UTC". Pages without scripts and emails can't know the reader's zone, so they use UTC. */
export function formatInstant(instant: Date): string {
  return `${DAY.format(instant)}, ${formatTimeOfDay(instant)}`;
}

const SHORT_DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });

/** "19 Nov, 20:02 UTC", for lines that are short of room. */
export function formatShortInstant(instant: Date): string {
  return `${SHORT_DAY.format(instant)}, ${formatTimeOfDay(instant)}`;
}

/** "20:02 UTC". */
export function formatTimeOfDay(instant: Date): string {
  return `${instant.toISOString().slice(11, 16)} UTC`;
}

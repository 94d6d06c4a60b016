const UNITS = [
  ["day", 1440],
  ["hour", 60],
  ["minute", 1],
] as const;

export type DurationUnit = (typeof UNITS)[number][0];

/** The largest unit that leaves no rest: 480 is 8 hours, 90 is 90 minutes, 2880 is 2 days. */
export function splitDuration(minutes: number): { count: number; unit: DurationUnit } {
  const [unit, size] = UNITS.find(([, size]) => minutes % size === 0) ?? UNITS[2];
  return { count: minutes / size, unit };
}

export function joinDuration(count: number, unit: DurationUnit): number {
  return count * (UNITS.find(([name]) => name === unit)?.[1] ?? 1);
}

/** "8 hours", "1 day", "90 minutes". */
export function durationText(minutes: number): string {
  const { count, unit } = splitDuration(minutes);
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

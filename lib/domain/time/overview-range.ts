import { DAY_MS, HOUR_MS } from "./units";

/** How far back the overview looks. */
export const OVERVIEW_RANGES = ["24h", "14d", "90d"] as const;
export type OverviewRange = (typeof OVERVIEW_RANGES)[number];

const SHAPES = {
  "24h": { words: "24 hours", bucketMs: HOUR_MS, buckets: 24 },
  "14d": { words: "14 days", bucketMs: DAY_MS, buckets: 14 },
  "90d": { words: "90 days", bucketMs: DAY_MS, buckets: 90 },
} as const satisfies Record<OverviewRange, { words: string; bucketMs: number; buckets: number }>;

/** The URL's range, or 14 days. */
export function readOverviewRange(value: unknown): OverviewRange {
  return OVERVIEW_RANGES.find((range) => range === value) ?? "14d";
}

export function rangeWords(range: OverviewRange): string {
  return SHAPES[range].words;
}

export function isHourly(range: OverviewRange): boolean {
  return SHAPES[range].bucketMs === HOUR_MS;
}

/** The beginnings of the range's hours or days, in UTC, the oldest first. The last one is still running. */
export function bucketStarts(range: OverviewRange, now: Date): Date[] {
  const { bucketMs, buckets } = SHAPES[range];
  const last = Math.floor(now.getTime() / bucketMs) * bucketMs;
  return Array.from({ length: buckets }, (_, index) => new Date(last - (buckets - 1 - index) * bucketMs));
}

/** Which of the range's buckets an instant falls into; -1 before the first. */
export function bucketIndex(range: OverviewRange, starts: readonly Date[], at: Date): number {
  const first = starts[0];
  if (!first) return -1;
  const index = Math.floor((at.getTime() - first.getTime()) / SHAPES[range].bucketMs);
  return index < 0 ? -1 : Math.min(index, starts.length - 1);
}

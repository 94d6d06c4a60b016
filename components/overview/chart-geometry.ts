import type { GovernanceStatus } from "@/lib/domain/runs/statuses";

/** From bottom to top, always in this order, so that days can be compared. */
export const CHART_ORDER = [
  "allowed",
  "approved",
  "rejected",
  "blocked",
  "pending_approval",
] as const satisfies readonly GovernanceStatus[];

export const CHART_LABELS: Record<GovernanceStatus, string> = {
  allowed: "Allowed",
  approved: "Approved",
  rejected: "Rejected",
  blocked: "Blocked",
  pending_approval: "Pending approval",
};

export const PLOT_HEIGHT = 176;
/** Three steps make four lines. */
const STEPS = 3;
const GAP = 1;
/** Minimum height, so that a single run is visible beside ten thousand. */
const MIN_HEIGHT = 1.5;
/** As a share of the width available to a bar. */
const BAR_SHARE = 0.56;

export interface ChartBar {
  /** In percent of the plot's width. */
  left: number;
  width: number;
  segments: { status: GovernanceStatus; y: number; height: number }[];
}

export interface ChartGeometry {
  /** From bottom to top. */
  lines: { value: number; y: number }[];
  bars: ChartBar[];
}

/** Computes the plot's layout: x in percent, so that it fits any width without stretching text; y in pixels. */
export function chartGeometry(buckets: readonly Record<GovernanceStatus, number>[]): ChartGeometry {
  const top = niceStep(Math.max(0, ...buckets.map(sumOf))) * STEPS;
  const lines = Array.from({ length: STEPS + 1 }, (_, index) => ({
    value: (top / STEPS) * index,
    y: round(PLOT_HEIGHT - (PLOT_HEIGHT / STEPS) * index),
  }));
  const pitch = 100 / Math.max(1, buckets.length);
  const bars = buckets.map((counts, index) => ({
    left: round((index + (1 - BAR_SHARE) / 2) * pitch),
    width: round(pitch * BAR_SHARE),
    segments: segmentsOf(counts, PLOT_HEIGHT / top),
  }));
  return { lines, bars };
}

function segmentsOf(counts: Record<GovernanceStatus, number>, pixelsPerRun: number): ChartBar["segments"] {
  let ground = PLOT_HEIGHT;
  return CHART_ORDER.filter((status) => counts[status] > 0).map((status, index) => {
    const gap = index === 0 ? 0 : GAP;
    const height = Math.max(MIN_HEIGHT, counts[status] * pixelsPerRun - gap);
    ground -= gap + height;
    return { status, y: round(ground), height: round(height) };
  });
}

export function sumOf(counts: Record<GovernanceStatus, number>): number {
  return CHART_ORDER.reduce((sum, status) => sum + counts[status], 0);
}

/** Returns the smallest round step with which three steps reach the maximum. */
export function niceStep(most: number): number {
  const least = Math.max(1, most / STEPS);
  const power = 10 ** Math.floor(Math.log10(least));
  const factors = power >= 10 ? [1, 1.5, 2, 2.5, 3, 4, 5, 10] : [1, 2, 3, 4, 5, 10];
  return (factors.find((factor) => factor * power >= least) ?? 10) * power;
}

/** Returns which buckets have a label below the axis: every nth, counted back from the last, which is now. */
export function labeledBuckets(count: number): Set<number> {
  const every = count <= 14 ? 2 : count <= 24 ? 4 : Math.ceil(count / 7);
  const labeled = new Set<number>();
  for (let index = count - 1; index >= 0; index -= every) labeled.add(index);
  return labeled;
}

/** "20", "2,500", "20k": short enough for the margin. */
export function axisWords(value: number): string {
  return value < 10_000 ? value.toLocaleString("en-US") : `${(value / 1000).toLocaleString("en-US", { maximumFractionDigits: 1 })}k`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

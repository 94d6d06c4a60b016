import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { GovernanceStatus } from "@/lib/domain/runs/statuses";
import { axisWords, CHART_ORDER, chartGeometry, labeledBuckets, niceStep, PLOT_HEIGHT, sumOf } from "./chart-geometry";

const count = fc.oneof(fc.constant(0), fc.nat(5), fc.nat(100), fc.nat(1_000_000));
const counts = fc.record({ allowed: count, approved: count, rejected: count, blocked: count, pending_approval: count }) as fc.Arbitrary<
  Record<GovernanceStatus, number>
>;
const buckets = fc.array(counts, { minLength: 1, maxLength: 90 });
/** Parts too thin to be seen are drawn thicker, so that a bar may be a few pixels too high. */
const THICKENING = CHART_ORDER.length * 2.5;

describe("chartGeometry", () => {
  test("four lines from nothing to at least the most", () => {
    fc.assert(
      fc.property(buckets, (all) => {
        const { lines } = chartGeometry(all);
        expect(lines).toHaveLength(4);
        expect(lines[0]).toEqual({ value: 0, y: PLOT_HEIGHT });
        expect(lines[3]?.y).toBe(0);
        expect(lines[3]?.value).toBeGreaterThanOrEqual(Math.max(...all.map(sumOf)));
        for (const { value } of lines) expect(Number.isInteger(value)).toBe(true);
      }),
    );
  });

  test("bars stand side by side, inside the plot", () => {
    fc.assert(
      fc.property(buckets, (all) => {
        const { bars } = chartGeometry(all);
        let right = 0;
        for (const { left, width } of bars) {
          expect(left).toBeGreaterThanOrEqual(right - 0.02);
          right = left + width;
        }
        expect(right).toBeLessThanOrEqual(100);
      }),
    );
  });

  test("parts stand on each other in the fixed order, with a gap, none of them unseen", () => {
    fc.assert(
      fc.property(buckets, (all) => {
        const { bars, lines } = chartGeometry(all);
        const top = lines[3]?.value ?? 1;
        bars.forEach(({ segments }, index) => {
          const of = all[index];
          if (!of) return;
          expect(segments.map(({ status }) => status)).toEqual(CHART_ORDER.filter((status) => of[status] > 0));
          let ground = PLOT_HEIGHT;
          segments.forEach(({ y, height }, place) => {
            expect(height).toBeGreaterThanOrEqual(1.5);
            expect(y + height).toBeCloseTo(ground - (place === 0 ? 0 : 1), 1);
            ground = y;
          });
          expect(Math.abs(PLOT_HEIGHT - ground - (sumOf(of) / top) * PLOT_HEIGHT)).toBeLessThanOrEqual(THICKENING);
        });
      }),
    );
  });

  test("a day without runs has no bar", () => {
    const none = { allowed: 0, approved: 0, rejected: 0, blocked: 0, pending_approval: 0 };
    expect(chartGeometry([none]).bars[0]?.segments).toEqual([]);
    expect(chartGeometry([none]).lines.map(({ value }) => value)).toEqual([0, 1, 2, 3]);
  });
});

test.each([
  [0, 1],
  [3, 1],
  [4, 2],
  [34, 15],
  [51, 20],
  [100, 40],
  [1000, 400],
  [12_345, 5000],
])("the step for %i is %i", (most, step) => expect(niceStep(most)).toBe(step));

test.each([
  [14, 7],
  [24, 6],
  [90, 7],
])("of %i buckets, %i are named, the last one always", (buckets, named) => {
  const labeled = labeledBuckets(buckets);
  expect(labeled.size).toBe(named);
  expect(labeled.has(buckets - 1)).toBe(true);
});

test.each([
  [20, "20"],
  [2500, "2,500"],
  [20_000, "20k"],
  [1_500_000, "1,500k"],
])("%i is written %s", (value, words) => expect(axisWords(value)).toBe(words));

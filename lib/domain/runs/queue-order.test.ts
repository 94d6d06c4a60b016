import { expect, test } from "vitest";
import type { RiskLevel } from "@/lib/domain/policy/risk-levels";
import { compareQueued } from "./queue-order";

const run = (runId: string, riskLevel: RiskLevel, minutesLeft: number) => ({ runId, riskLevel, expiresAt: new Date(minutesLeft * 60_000) });

test.each([
  ["more risk before less, whatever the time", run("b", "critical", 600), run("a", "high", 5)],
  ["high before medium", run("b", "high", 10), run("a", "medium", 10)],
  ["medium before low", run("b", "medium", 10), run("a", "low", 10)],
  ["less time left before more", run("b", "high", 5), run("a", "high", 6)],
  ["of the same risk and time, the one that was asked first", run("a", "low", 5), run("b", "low", 5)],
])("%s", (_, first, second) => {
  expect([second, first].sort(compareQueued)).toEqual([first, second]);
  expect(compareQueued(first, second)).toBeLessThan(0);
  expect(compareQueued(second, first)).toBeGreaterThan(0);
  expect(compareQueued(first, { ...first })).toBe(0);
});

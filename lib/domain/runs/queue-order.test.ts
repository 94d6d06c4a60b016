import { expect, test } from "vitest";
import type { RiskLevel } from "@/lib/domain/policy/risk-levels";
import { compareQueued, type Queued, queueOrder } from "./queue-order";

const run = (runId: string, riskLevel: RiskLevel, minutesLeft: number, more: Partial<Queued> = {}): Queued => ({
  runId,
  workspaceId: "w",
  actionName: "pay",
  riskLevel,
  amount: null,
  expiresAt: new Date(minutesLeft * 60_000),
  ...more,
});

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

test.each([
  ["deadline", ["soon", "small", "large", "none"]],
  ["amount", ["large", "soon", "small", "none"]],
  ["oldest", ["large", "none", "small", "soon"]],
] as const)("by %s, and within each action when grouped", (sort, names) => {
  const runs = {
    large: run("1", "low", 30, { amount: { decimal: "100000000000000000000.5" } }),
    none: run("2", "critical", 40, { actionName: "close" }),
    small: run("3", "low", 20, { amount: { decimal: "9.5" }, actionName: "close" }),
    soon: run("4", "low", 5, { amount: { decimal: "9.5" } }),
  };
  const wanted = names.map((name) => runs[name]);
  expect(Object.values(runs).sort(queueOrder({ sort, isGrouped: false }))).toEqual(wanted);
  const grouped = ["close", "pay"].flatMap((action) => wanted.filter(({ actionName }) => actionName === action));
  expect(Object.values(runs).sort(queueOrder({ sort, isGrouped: true }))).toEqual(grouped);
});

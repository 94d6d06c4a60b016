import fc from "fast-check";
import { expect, test } from "vitest";
import type { PolicyOutcome, PolicyResult } from "@/lib/domain/policy/policy";
import { MAX_LISTED, startComparison } from "./compare-runs";
import { RUN_FATES, type RunFate } from "./run-fate";

const RESULTS: Record<PolicyOutcome, PolicyResult> = {
  allowed: { outcome: "allowed", reason: "rule_allowed", rule: { name: "small", when: "amount < 5", then: "allow" } },
  pending_approval: { outcome: "pending_approval", reason: "policy_requires_approval" },
  blocked: { outcome: "blocked", reason: "rule_blocked", rule: null },
};

function compared(runs: readonly { before: PolicyOutcome; after: PolicyOutcome; fate: RunFate }[]) {
  const comparison = startComparison();
  runs.forEach(({ before, after, fate }, index) => comparison.add({ id: `run ${index}`, before, fate, after: RESULTS[after] }));
  return comparison.result();
}

test("counts the runs that are decided otherwise, by what changes and what became of them, the riskiest first", () => {
  const runs = [
    { before: "allowed", after: "pending_approval", fate: "nobody" },
    { before: "allowed", after: "pending_approval", fate: "failed" },
    { before: "pending_approval", after: "allowed", fate: "approved" },
    { before: "pending_approval", after: "allowed", fate: "rejected" },
    { before: "allowed", after: "pending_approval", fate: "nobody" },
    { before: "blocked", after: "blocked", fate: "nobody" },
  ] as const;
  const small = (id: string) => ({ id, reason: "rule_allowed", rule: "small" });
  const asked = (id: string) => ({ id, reason: "policy_requires_approval", rule: null });
  expect(compared(runs)).toEqual({
    compared: 6,
    erased: 0,
    undecided: 0,
    changed: [
      { from: "pending_approval", to: "allowed", fate: "rejected", count: 1, runs: [small("run 3")] },
      { from: "pending_approval", to: "allowed", fate: "approved", count: 1, runs: [small("run 2")] },
      { from: "allowed", to: "pending_approval", fate: "failed", count: 1, runs: [asked("run 1")] },
      { from: "allowed", to: "pending_approval", fate: "nobody", count: 2, runs: [asked("run 0"), asked("run 4")] },
    ],
  });
});

test("runs that can't be compared are counted apart", () => {
  const comparison = startComparison();
  comparison.leaveOut("erased");
  comparison.leaveOut("undecided");
  comparison.leaveOut("erased", 2);
  expect(comparison.result()).toEqual({ compared: 0, erased: 3, undecided: 1, changed: [] });
});

test("runs that are counted elsewhere add up, with the newest of all listed", () => {
  const comparison = startComparison();
  const listed = (from: number) =>
    Array.from({ length: MAX_LISTED }, (_, place) => ({ id: `${from - 2 * place}`, reason: "rule_allowed" as const, rule: null }));
  const kind = { from: "pending_approval", to: "allowed", fate: "approved" } as const;
  comparison.addCounted({ ...kind, count: 30, runs: listed(198) });
  comparison.addCounted({ ...kind, count: 40, runs: listed(199) });
  comparison.addCounted({ from: "allowed", to: "allowed", fate: "nobody", count: 7, runs: [] });
  const { compared: all, changed } = comparison.result();
  expect(all).toBe(77);
  expect(changed).toMatchObject([{ ...kind, count: 70 }]);
  expect(changed[0]?.runs.map(({ id }) => Number(id))).toEqual(Array.from({ length: MAX_LISTED }, (_, place) => 199 - place));
});

test("every changed run is counted once, and the newest of each kind are listed", () => {
  const outcome = fc.constantFrom("allowed", "pending_approval", "blocked");
  const run = fc.record({ before: outcome, after: outcome, fate: fc.constantFrom(...RUN_FATES) }) as fc.Arbitrary<
    Parameters<typeof compared>[0][number]
  >;
  fc.assert(
    fc.property(fc.array(run, { maxLength: 300 }), (runs) => {
      const { compared: all, changed } = compared(runs);
      expect(all).toBe(runs.length);
      expect(changed.reduce((sum, { count }) => sum + count, 0)).toBe(runs.filter(({ before, after }) => before !== after).length);
      for (const { from, to, fate, count, runs: listed } of changed) {
        const alike = runs.flatMap(({ before, after, fate: its }, index) =>
          before === from && after === to && its === fate ? [`run ${index}`] : [],
        );
        expect(count).toBe(alike.length);
        expect(listed.map(({ id }) => id)).toEqual(alike.slice(0, MAX_LISTED));
      }
    }),
  );
});

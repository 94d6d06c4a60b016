import type { PolicyOutcome, PolicyResult } from "@/lib/domain/policy/policy";
import type { BacktestResult, ChangedRun, ChangedRuns } from "./backtest";
import { RUN_FATES, type RunFate } from "./run-fate";

/** More than anyone reads of one kind of change. */
export const MAX_LISTED = 25;

/** The most serious changes first: what people stopped and would now run, then what would run without them, then the rest. */
const ORDER: readonly (readonly [from: PolicyOutcome, to: PolicyOutcome])[] = [
  ["pending_approval", "allowed"],
  ["blocked", "allowed"],
  ["allowed", "blocked"],
  ["pending_approval", "blocked"],
  ["allowed", "pending_approval"],
  ["blocked", "pending_approval"],
];

export interface ComparedRun {
  readonly id: string;
  /** The answer of the policy in force at the time. */
  readonly before: PolicyOutcome;
  readonly after: PolicyResult;
  readonly fate: RunFate;
}

/** Adds up what a draft would change. Runs come newest first. */
export function startComparison() {
  const counts = { compared: 0, erased: 0, undecided: 0 };
  const groups = new Map<string, { count: number; runs: ChangedRun[] }>();
  return {
    /** Counts runs that can't be compared. */
    leaveOut(why: "erased" | "undecided", count = 1): void {
      counts[why] += count;
    },
    add({ id, before, after, fate }: ComparedRun): void {
      counts.compared++;
      if (before === after.outcome) return;
      const key = keyOf(before, after.outcome, fate);
      const group = groups.get(key) ?? { count: 0, runs: [] };
      groups.set(key, group);
      group.count++;
      if (group.runs.length < MAX_LISTED) group.runs.push({ id, reason: after.reason, rule: after.rule?.name ?? null });
    },
    /** Adds runs that were counted elsewhere, with the newest of them. */
    addCounted({ from, to, fate, count, runs }: ChangedRuns): void {
      counts.compared += count;
      if (from === to) return;
      const key = keyOf(from, to, fate);
      const group = groups.get(key) ?? { count: 0, runs: [] };
      // Ids are in the order of time.
      const newest = [...group.runs, ...runs].sort((a, b) => (a.id < b.id ? 1 : -1)).slice(0, MAX_LISTED);
      groups.set(key, { count: group.count + count, runs: newest });
    },
    result(): BacktestResult {
      const changed = ORDER.flatMap(([from, to]) =>
        RUN_FATES.flatMap((fate): ChangedRuns[] => {
          const group = groups.get(keyOf(from, to, fate));
          return group ? [{ from, to, fate, ...group }] : [];
        }),
      );
      return { ...counts, changed };
    },
  };
}

function keyOf(from: PolicyOutcome, to: PolicyOutcome, fate: RunFate): string {
  return `${from} ${to} ${fate}`;
}

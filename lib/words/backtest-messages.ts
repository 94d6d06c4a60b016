import type { BacktestResult, ChangedRuns } from "@/lib/domain/backtests/backtest";
import type { RunFate } from "@/lib/domain/backtests/run-fate";
import type { PolicyOutcome } from "@/lib/domain/policy/policy";
import { counted } from "./counted";

/** All runs that move from one answer to another. */
export interface AnswerChange {
  readonly from: PolicyOutcome;
  readonly to: PolicyOutcome;
  readonly count: number;
  readonly parts: readonly ChangedRuns[];
}

/** The changes of a result by what they change, in its order. */
export function answerChanges({ changed }: BacktestResult): AnswerChange[] {
  const kinds = new Map<string, ChangedRuns[]>();
  for (const part of changed) {
    const key = `${part.from} ${part.to}`;
    kinds.set(key, [...(kinds.get(key) ?? []), part]);
  }
  return [...kinds.values()].flatMap((parts) => {
    const [first] = parts;
    return first ? [{ from: first.from, to: first.to, count: parts.reduce((sum, { count }) => sum + count, 0), parts }] : [];
  });
}

const CHANGE_TEXTS: Readonly<Record<string, string>> = {
  "pending_approval allowed": "would no longer require approval",
  "blocked allowed": "would be allowed instead of blocked",
  "allowed blocked": "would be blocked instead of allowed",
  "pending_approval blocked": "would be blocked without asking anyone",
  "allowed pending_approval": "more would require approval",
  "blocked pending_approval": "would require approval instead of being blocked",
};

/** "31 more would require approval", "1 run would no longer require approval". */
export function changeText({ from, to, count }: Pick<AnswerChange, "from" | "to" | "count">): string {
  const text = CHANGE_TEXTS[`${from} ${to}`] ?? "would be decided differently";
  return text.startsWith("more ") ? `${count.toLocaleString("en-US")} more ${text.slice(5)}` : `${counted(count, "run")} ${text}`;
}

const FATE_TEXTS: Record<RunFate, string> = {
  rejected: "had been rejected",
  blocked: "had been blocked by an approver",
  revoked: "had their approval revoked",
  expired: "had expired",
  withdrawn: "had been withdrawn",
  approved: "had been approved",
  pending: "are still pending",
  failed: "failed without anyone being asked",
  granted: "had been approved in advance",
  nobody: "had no person",
};

/** "1 had been rejected". */
export function fateText({ fate, count }: Pick<ChangedRuns, "fate" | "count">): string {
  return `${count.toLocaleString("en-US")} ${count === 1 && fate === "pending" ? "is still pending" : FATE_TEXTS[fate]}`;
}

/** "34 of 1,204 runs would be decided differently." */
export function backtestSummary(result: BacktestResult): string {
  return comparisonSummary(comparisonCounts(result));
}

export function comparisonCounts({ compared, changed }: BacktestResult): { compared: number; different: number } {
  return { compared, different: changed.reduce((sum, { count }) => sum + count, 0) };
}

export function comparisonSummary({ compared, different }: { compared: number; different: number }): string {
  if (compared === 0) return "No runs to compare.";
  if (compared === 1 && different === 0) return "The only run would be decided the same way.";
  if (different === 0) return `All ${counted(compared, "run")} would be decided the same way.`;
  return `${different.toLocaleString("en-US")} of ${counted(compared, "run")} would be decided differently.`;
}

/** What the numbers don't cover: recorded runs that weren't compared. */
export function notComparedTexts({ erased, undecided }: Pick<BacktestResult, "erased" | "undecided">): string[] {
  return [
    ...(erased > 0 ? [`${counted(erased, "run")} couldn’t be compared: the payload is erased.`] : []),
    ...(undecided > 0 ? [`${counted(undecided, "run")} had no policy: the action was frozen, inactive or not registered.`] : []),
  ];
}

export const BACKTEST_LIMITS =
  "Compares what the policies decide. Budgets, standing grants and freezes are left out on both sides, and so are test requests. Rules read the time of each run as now.";

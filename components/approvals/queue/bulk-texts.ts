import { DECISION_LABELS } from "@/components/approvals/decision-labels";
import type { WaitingRun } from "@/lib/approvals/waiting-run";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import type { Approvals } from "@/lib/domain/runs/approvals";
import type { Decision } from "@/lib/domain/runs/statuses";
import { approvalsProgress, isLastNeeded } from "@/lib/words/approvals-messages";
import { counted } from "@/lib/words/counted";

/** `pending`: the run got one of several approvals, and how many it has. */
export type BulkOutcome = { ok: true; pending: Approvals | null } | Refusal;
export type BulkOutcomes = ReadonlyMap<string, BulkOutcome>;

const EFFECTS = {
  approve: "Each of them may then run once.",
  reject: "None of them may run. The agents can propose them again.",
  block: "None of them may run. Blocking means the agents shouldn’t have proposed them.",
} as const satisfies Record<Decision, string>;

/** What the decision will do to these runs. */
export function bulkEffect(decision: Decision, runs: readonly Pick<WaitingRun, "approvals" | "identicalIds">[]): string {
  const partial = runs.filter(({ approvals }) => approvals !== null && !isLastNeeded(approvals));
  if (decision !== "approve" || partial.length === 0) return EFFECTS[decision];
  if (partial.length === runs.length) return "Each of them still needs other approvals before it may run.";
  const count = countRuns(partial);
  return `Each of them may then run once, but ${count} of them still ${count === 1 ? "needs" : "need"} other approvals first.`;
}

/** With those that the lines stand for. */
export function countRuns(runs: readonly Pick<WaitingRun, "identicalIds">[]): number {
  return runs.reduce((sum, { identicalIds }) => sum + 1 + identicalIds.length, 0);
}

/** "Approved 2 of 3 runs"; where more approvals are missing, what was given isn't a decision yet. */
export function bulkResult(decision: Decision, outcomes: BulkOutcomes): string {
  const done = [...outcomes.values()].filter((outcome) => outcome.ok);
  const isPartial = done.some(({ pending }) => pending !== null);
  if (isPartial) return `${done.length} of ${outcomes.size} approvals recorded`;
  return `${DECISION_LABELS[decision].done} ${done.length} of ${counted(outcomes.size, "run")}`;
}

/** What became of one run. */
export function outcomeText(decision: Decision, { pending }: Extract<BulkOutcome, { ok: true }>): string {
  return pending === null ? DECISION_LABELS[decision].done : `Approval recorded: ${approvalsProgress(pending)}. The run stays pending.`;
}

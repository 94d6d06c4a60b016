import type { RunDecision } from "@/lib/contract/run-decision";
import type { GovernanceReason } from "@/lib/domain/policy/governance-reasons";
import type { GovernanceStatus } from "@/lib/domain/runs/statuses";

interface DecidedRun {
  readonly governance_status: GovernanceStatus;
  readonly governance_reason: GovernanceReason;
  readonly decided_by: string | null;
  readonly decision_comment: string | null;
  /** RFC 6902: approved, or proposed with a rejection. */
  readonly changes?: RunDecision["changes"];
  readonly proposed_payload?: RunDecision["proposed_payload"];
}

/** The decision as responses, refusals and webhooks contain it. null while the run is pending. */
export function wireDecision(run: DecidedRun, decidedAt: string | null): RunDecision | null {
  const { governance_status: outcome, governance_reason: reason, decided_by: by, decision_comment: comment } = run;
  if (outcome === "pending_approval" || decidedAt === null) return null;
  return { outcome, reason, by, at: decidedAt, comment, changes: run.changes ?? null, proposed_payload: run.proposed_payload ?? null };
}

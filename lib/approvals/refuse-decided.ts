import type { ActionRun, Decision } from "@/lib/db/generated/client";
import type { JsonObject } from "@/lib/domain/json-value";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";

type RunWithDecision = ActionRun & { decision: Decision | null };

/** Who decided, when and what: told to those who come too late. */
export function decidedFields(run: RunWithDecision): JsonObject {
  return {
    decided_by: run.decidedBy,
    decided_at: run.decidedAt?.toISOString() ?? null,
    decision: run.governanceStatus,
    governance_reason: run.governanceReason,
    comment: run.decisionComment,
    execution_status: run.executionStatus,
  };
}

/** Why a pending run could not be decided: somebody was faster, a policy had decided, or the time is over. */
export function refuseDecided(run: RunWithDecision): Refusal {
  const isExpired = run.governanceStatus === "pending_approval" || run.decision?.decision === "expire";
  if (isExpired && run.expiresAt) {
    return refuse("link_expired", "The time to decide is over, so the run is rejected. The agent may ask again.", {
      fields: { expired_at: run.expiresAt.toISOString() },
    });
  }
  if (run.governanceReason === "withdrawn") {
    const detail = "The request was withdrawn, so there is nothing to decide. Nothing will run.";
    return refuse("already_decided", detail, { fields: decidedFields(run) });
  }
  if (run.governanceReason === "approval_revoked") {
    const detail = `${run.decidedBy} approved this and then revoked the approval. Nothing will run.`;
    return refuse("already_decided", detail, { fields: decidedFields(run) });
  }
  if (run.governanceReason === "approval_lapsed") {
    const detail = "This was approved, and the approval lapsed because nobody claimed the run. Nothing will run.";
    return refuse("already_decided", detail, { fields: decidedFields(run) });
  }
  const who = run.decidedBy ?? "The policy";
  return refuse("already_decided", `${who} was faster: the run is ${run.governanceStatus}. Your answer was not recorded.`, {
    fields: decidedFields(run),
  });
}

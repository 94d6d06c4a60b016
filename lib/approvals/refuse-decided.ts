import type { ActionRun, Decision } from "@/lib/db/generated/client";
import type { JsonObject } from "@/lib/domain/json-value";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";

type RunWithDecision = ActionRun & { decision: Decision | null };

/** Who decided, when and what, for late approvers. */
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

/** Explains why a pending run could not be decided: someone decided earlier, a policy had decided, or it expired. */
export function refuseDecided(run: RunWithDecision): Refusal {
  const isExpired = run.governanceStatus === "pending_approval" || run.decision?.decision === "expire";
  if (isExpired && run.expiresAt) {
    return refuse("link_expired", "The approval window has ended, so the run was rejected. The agent can propose it again.", {
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
  const who = run.decidedBy ?? "the policy";
  return refuse("already_decided", `The run was already ${run.governanceStatus} by ${who}. Your decision was not recorded.`, {
    fields: decidedFields(run),
  });
}

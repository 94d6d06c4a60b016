import { wireApprovals } from "@/lib/action-runs/status/wire-approvals";
import { getDecisionByToken } from "@/lib/approvals/get-decision-by-token";
import type { DecisionViewResponse } from "@/lib/contract/decision";
import type { DecisionView } from "@/lib/domain/runs/decision-view";
import { sdkRoute } from "@/lib/http/route";

/** Read-only, so an email scanner that follows the link decides nothing. */
export const getDecision = sdkRoute({
  method: "GET",
  path: "/api/v1/public/decisions/:token",
  scope: "public",
  async handler({ ctx, params }) {
    const found = await getDecisionByToken(ctx, params.token);
    return found.ok ? { ok: true, answer: { ...wireDecision(found.decision), frozen: found.frozen !== null } } : found;
  },
});

function wireDecision({ workspace, action, policy, previous, ...view }: DecisionView): Omit<DecisionViewResponse, "frozen"> {
  return {
    action_run_id: view.runId,
    workspace: { name: workspace.name, client_name: workspace.clientName },
    action: {
      name: action.name,
      title: action.title,
      description: action.description,
      risk_level: action.riskLevel,
      requires_reject_comment: action.requiresRejectComment,
    },
    may_approve: view.mayApprove,
    actor: view.actor,
    sentence: view.sentence,
    amount: view.amount,
    recipient: view.recipient,
    reasoning: view.reasoning,
    source: view.source,
    payload: view.payload,
    payload_hash: view.payloadHash,
    accepts_changes: view.acceptsChanges,
    changeable: view.changeable.map(({ field, kind, value, ...bounds }) => ({
      field,
      kind,
      value,
      ...("values" in bounds && { values: bounds.values }),
      ...("maxLength" in bounds && { max_length: bounds.maxLength }),
    })),
    changed: view.changed && {
      by: view.changed.by,
      at: view.changed.at.toISOString(),
      reason: view.changed.reason,
      changes: view.changed.changes && [...view.changed.changes],
    },
    policy,
    approver: view.approverEmail,
    asked: view.askedEmails,
    approvals: view.approvals && wireApprovals(view.approvals),
    previous: previous && {
      governance_reason: previous.reason,
      status: previous.status,
      by: previous.by,
      comment: previous.comment,
      error: previous.error,
      ended_at: previous.endedAt.toISOString(),
      same_payload: previous.isSamePayload,
    },
    created_at: view.createdAt.toISOString(),
    expires_at: view.expiresAt.toISOString(),
  };
}

import { wireApprovals } from "@/lib/action-runs/status/wire-approvals";
import { decideByLink } from "@/lib/approvals/decide-by-link";
import type { DecidedRun } from "@/lib/approvals/write-decision";
import { type DecisionResponse, decisionRequestSchema } from "@/lib/contract/decision";
import { sdkRoute } from "@/lib/http/route";

export const decide = sdkRoute({
  method: "POST",
  path: "/api/v1/public/decisions/:token",
  scope: "public",
  body: { schema: decisionRequestSchema },
  async handler({ ctx, params, body }) {
    const outcome = await decideByLink(ctx, params.token, {
      decision: body.decision,
      comment: body.comment ?? null,
      confirm: body.confirm ?? false,
      changes: body.changes ? Object.fromEntries(Object.entries(body.changes).map(([field, value]) => [field, String(value)])) : null,
      payloadHash: body.payload_hash ?? null,
    });
    return outcome.ok ? { ok: true, answer: wireDecided(outcome.run) } : outcome;
  },
});

function wireDecided({ runId, effect, decidedBy, decidedAt, comment, approvals }: DecidedRun): DecisionResponse {
  if (decidedBy === null) throw new Error("A decision by link is a person's.");
  return {
    action_run_id: runId,
    governance_status: effect.governanceStatus,
    execution_status: effect.executionStatus,
    governance_reason: effect.reason,
    decided_at: decidedAt.toISOString(),
    decided_by: decidedBy,
    comment,
    approvals: approvals ? wireApprovals(approvals) : null,
  };
}

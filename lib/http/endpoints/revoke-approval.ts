import { revokeByLink } from "@/lib/approvals/revoke-by-link";
import { type RevocationResponse, revokeRequestSchema } from "@/lib/contract/revoke";
import { sdkRoute } from "@/lib/http/route";

export const revokeApproval = sdkRoute({
  method: "POST",
  path: "/api/v1/public/decisions/:token/revoke",
  scope: "public",
  body: { schema: revokeRequestSchema },
  async handler({ ctx, params, body }) {
    const outcome = await revokeByLink(ctx, params.token, { comment: body.comment ?? null, confirm: body.confirm });
    if (!outcome.ok) return outcome;
    const { runId, revokedBy, revokedAt, comment, effect } = outcome.revoked;
    const answer: RevocationResponse = {
      action_run_id: runId,
      governance_status: effect.governanceStatus,
      execution_status: effect.executionStatus,
      governance_reason: effect.reason,
      revoked_at: revokedAt.toISOString(),
      revoked_by: revokedBy,
      comment,
    };
    return { ok: true, answer };
  },
});

import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { ReleaseResponse } from "@/lib/contract/claim";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import { publishChange } from "@/lib/live/publish-change";
import { hashClaimToken } from "@/lib/security/claim-token";
import type { SdkContext } from "@/lib/security/context";
import { refuseClaimToken } from "./claim-refusals";

/** Releases the run before executing it, so that another worker can claim it. */
export async function releaseClaim(
  ctx: SdkContext,
  { runId, claimToken }: { runId: string; claimToken: string },
): Promise<{ ok: true; answer: ReleaseResponse } | Refusal> {
  const released = await ctx.db.$executeRaw`
    UPDATE action_runs SET claim_worker = NULL, claim_token_hash = NULL, claimed_at = NULL, claim_expires_at = NULL,
      claim_renewed_at = NULL
    WHERE workspace_id = ${ctx.workspaceId}::uuid AND id = ${runId}::uuid
      AND execution_status = 'awaiting_execution_report' AND claim_token_hash = decode(${hashClaimToken(claimToken)}, 'hex')`;
  if (released === 0) return refuseClaimToken(ctx, runId);
  await recordAuditEvent(ctx, { verb: "run.claim_released", subjectType: "run", subjectId: runId });
  await publishChange(ctx.db, ctx.workspaceId, "runs");
  return { ok: true, answer: { action_run_id: runId, claim: null } };
}

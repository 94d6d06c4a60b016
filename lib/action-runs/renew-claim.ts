import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { SdkContext } from "@/lib/context";
import type { RenewAnswer } from "@/lib/contract/claim";
import type { Refusal } from "@/lib/domain/refusal";
import { announceChange } from "@/lib/live/announce-change";
import { refuseClaimToken } from "./claim-refusals";
import { hashClaimToken } from "./claim-token";

/**
 * A new lease of `leaseSeconds` from now, for the holder of the token. Also after the lease ran out: nobody else can have
 * got the run with this token still in place, and its worker is evidently alive.
 */
export async function renewClaim(
  ctx: SdkContext,
  { runId, claimToken, leaseSeconds }: { runId: string; claimToken: string; leaseSeconds: number },
): Promise<{ ok: true; answer: RenewAnswer } | Refusal> {
  const [renewed] = await ctx.db.$queryRaw<{ claim_expires_at: Date }[]>`
    UPDATE action_runs SET claim_expires_at = date_trunc('milliseconds', clock_timestamp()) + make_interval(secs => ${leaseSeconds}::int)
    WHERE workspace_id = ${ctx.workspaceId}::uuid AND id = ${runId}::uuid
      AND execution_status = 'awaiting_execution_report' AND claim_token_hash = decode(${hashClaimToken(claimToken)}, 'hex')
    RETURNING claim_expires_at`;
  if (!renewed) return refuseClaimToken(ctx, runId);
  await recordAuditEvent(ctx, { verb: "run.claim_renewed", subjectType: "run", subjectId: runId, data: { lease_seconds: leaseSeconds } });
  await announceChange(ctx.db, ctx.workspaceId, "runs");
  return {
    ok: true,
    answer: { action_run_id: runId, claim: { token: claimToken, expires_at: renewed.claim_expires_at.toISOString() } },
  };
}

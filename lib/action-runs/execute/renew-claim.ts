import { hasOpenClaim, hasRunOut } from "@/lib/action-runs/status/claim-state-sql";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { RenewResponse } from "@/lib/contract/claim";
import { Prisma } from "@/lib/db/generated/client";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import { publishChange } from "@/lib/live/publish-change";
import { hashClaimToken } from "@/lib/security/claim-token";
import type { SdkContext } from "@/lib/security/context";
import { refuseClaimToken } from "./claim-refusals";

/**
 * Renews the lease for `leaseSeconds` from now, for the token's holder. Also works after it expired: the token shows that no one else got
 * the run. A late renewal ends a doubt, so it is recorded in the audit log and published to open pages. A timely one, which workers send
 * every few seconds, only updates the time.
 */
export async function renewClaim(
  ctx: SdkContext,
  { runId, claimToken, leaseSeconds }: { runId: string; claimToken: string; leaseSeconds: number },
): Promise<{ ok: true; answer: RenewResponse } | Refusal> {
  const [renewed] = await ctx.db.$queryRaw<{ claim_expires_at: Date; had_run_out: boolean }[]>`
    WITH held AS (
      SELECT run.id, ${hasRunOut(Prisma.sql`clock_timestamp()`)} AS had_run_out, date_trunc('milliseconds', clock_timestamp()) AS now
      FROM action_runs run
      WHERE run.workspace_id = ${ctx.workspaceId}::uuid AND run.id = ${runId}::uuid
        AND ${hasOpenClaim} AND run.claim_token_hash = decode(${hashClaimToken(claimToken)}, 'hex')
      FOR NO KEY UPDATE OF run)
    UPDATE action_runs run SET claim_renewed_at = held.now, claim_expires_at = held.now + make_interval(secs => ${leaseSeconds}::int)
    FROM held WHERE run.id = held.id
    RETURNING run.claim_expires_at, held.had_run_out`;
  if (!renewed) return refuseClaimToken(ctx, runId);
  if (renewed.had_run_out) {
    await recordAuditEvent(ctx, { verb: "run.claim_renewed", subjectType: "run", subjectId: runId, data: { lease_seconds: leaseSeconds } });
    await publishChange(ctx.db, ctx.workspaceId, "runs");
  }
  return {
    ok: true,
    answer: { action_run_id: runId, claim: { token: claimToken, expires_at: renewed.claim_expires_at.toISOString() } },
  };
}

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
 * A new lease of `leaseSeconds` from now, for the holder of the token. Also after the lease ran out: nobody else can have
 * got the run with this token still in place, and its worker is evidently alive. That one is told to the audit log and to open pages, as
 * it ends a doubt. One in time changes nothing but the time: workers do it every few seconds, and the last one is kept with the run.
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

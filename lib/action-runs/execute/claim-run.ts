import { hasOpenClaim } from "@/lib/action-runs/status/claim-state-sql";
import { delayFreezes } from "@/lib/action-runs/status/delay-freezes";
import { jsonHash } from "@/lib/action-runs/status/payload-hash";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { ClaimResponse } from "@/lib/contract/claim";
import { Prisma } from "@/lib/db/generated/client";
import type { JsonPatchOperation } from "@/lib/domain/json/json-patch";
import type { JsonObject } from "@/lib/domain/json-value";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { publishChange } from "@/lib/live/publish-change";
import { hashClaimToken, makeClaimToken } from "@/lib/security/claim-token";
import type { SdkContext } from "@/lib/security/context";
import { isClaimable, refuseClaim } from "./claim-refusals";
import { renewClaim } from "./renew-claim";

/** After losing this many races, the request is refused as already_claimed. */
const MAX_TRIES = 10;

interface Wanted {
  runId: string;
  worker: string;
  leaseSeconds: number;
  /** Created by the worker, so that it can repeat the request when the response was lost. */
  token?: string | null | undefined;
}

interface Tried extends Wanted {
  expectedHash: string | null;
}

interface ClaimedRow {
  action_name: string;
  /** What was decided on. */
  payload_text: string;
  payload_hash: Uint8Array;
  is_changed: boolean;
  changes: JsonPatchOperation[] | null;
  reason: string | null;
  policy_version: number | null;
}

/**
 * Claims the exclusive right to execute a run, for `leaseSeconds`. One conditional UPDATE picks one winner among concurrent callers. An
 * expired, unreported claim is given out again only if the action declares its executor idempotent. A worker that repeats its request with
 * the same token gets the claim it already has.
 */
export async function claimRun(
  ctx: SdkContext,
  { payload, ...wanted }: Wanted & { payload?: JsonObject | null },
): Promise<{ ok: true; answer: ClaimResponse } | Refusal> {
  const expectedHash = payload ? jsonHash(payload) : null;
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const answer = (await tryToClaim(ctx, { ...wanted, expectedHash })) ?? (await claimAgain(ctx, { ...wanted, expectedHash }));
    if (answer) return { ok: true, answer };
    const refusal = await refuseClaim(ctx, wanted.runId, expectedHash);
    if (refusal) return refusal;
    // The obstacle is gone: the claim was released between the two statements.
  }
  return refuse("already_claimed", "Other workers keep claiming and releasing the run.");
}

/** The hash of what was decided on. */
const decidedHash = Prisma.sql`coalesce(run.approved_payload_hash, run.payload_hash)`;

const changed = (column: Prisma.Sql) => Prisma.sql`(SELECT ${column} FROM payload_changes change
  WHERE change.workspace_id = run.workspace_id AND change.run_id = run.id AND change.applied_at IS NOT NULL)`;

const claimedColumns = Prisma.sql`run.action_name, ${decidedHash} AS payload_hash, run.approved_payload_hash IS NOT NULL AS is_changed,
  CASE WHEN run.approved_payload_hash IS NULL THEN run.payload_text ELSE ${changed(Prisma.sql`change.payload_text`)} END AS payload_text,
  CASE WHEN run.approved_payload_hash IS NOT NULL THEN ${changed(Prisma.sql`change.changes_text::json`)} END AS changes,
  CASE WHEN run.approved_payload_hash IS NOT NULL THEN ${changed(Prisma.sql`change.reason`)} END AS reason,
  (SELECT version FROM policy_versions p WHERE p.id = run.policy_version_id) AS policy_version`;

async function tryToClaim(
  ctx: SdkContext,
  { runId, worker, leaseSeconds, token: own, expectedHash }: Tried,
): Promise<ClaimResponse | null> {
  const token = own ?? makeClaimToken();
  await delayFreezes(ctx);
  const [claimed] = await ctx.db.$queryRaw<(ClaimedRow & { claim_expires_at: Date })[]>`
    UPDATE action_runs run SET claim_worker = ${worker}, claim_token_hash = decode(${hashClaimToken(token)}, 'hex'),
      claimed_at = clock.now, claim_renewed_at = NULL,
      claim_seal = daai_claim_seal(run.approved_payload_hash, decode(${hashClaimToken(token)}, 'hex'), clock.now),
      claim_expires_at = clock.now + make_interval(secs => ${leaseSeconds}::int)
    FROM (SELECT date_trunc('milliseconds', clock_timestamp()) AS now) clock
    WHERE run.workspace_id = ${ctx.workspaceId}::uuid AND run.id = ${runId}::uuid AND ${isClaimable}
      AND (${expectedHash}::text IS NULL OR ${decidedHash} = decode(${expectedHash}::text, 'hex'))
    RETURNING run.claim_expires_at, ${claimedColumns}`;
  if (!claimed) return null;
  await recordAuditEvent(ctx, { verb: "run.claimed", subjectType: "run", subjectId: runId, data: { worker, lease_seconds: leaseSeconds } });
  await publishChange(ctx.db, ctx.workspaceId, "runs");
  return claimAnswer(runId, claimed, { token, expires_at: claimed.claim_expires_at.toISOString() });
}

/** Renews the worker's own claim, even after its lease expired, because its token shows that no one else got the run. */
async function claimAgain(ctx: SdkContext, { runId, worker, leaseSeconds, token, expectedHash }: Tried): Promise<ClaimResponse | null> {
  if (!token) return null;
  const [held] = await ctx.db.$queryRaw<ClaimedRow[]>`
    SELECT ${claimedColumns} FROM action_runs run
    WHERE run.workspace_id = ${ctx.workspaceId}::uuid AND run.id = ${runId}::uuid AND ${hasOpenClaim}
      AND run.claim_token_hash = decode(${hashClaimToken(token)}, 'hex') AND run.claim_worker = ${worker}
      AND (${expectedHash}::text IS NULL OR ${decidedHash} = decode(${expectedHash}::text, 'hex'))`;
  if (!held) return null;
  const renewed = await renewClaim(ctx, { runId, claimToken: token, leaseSeconds });
  return renewed.ok ? claimAnswer(runId, held, renewed.answer.claim) : null;
}

function claimAnswer(runId: string, claimed: ClaimedRow, claim: ClaimResponse["claim"]): ClaimResponse {
  return {
    action_run_id: runId,
    action: claimed.action_name,
    payload: JSON.parse(claimed.payload_text) as JsonObject,
    payload_hash: Buffer.from(claimed.payload_hash).toString("hex"),
    payload_changed: claimed.is_changed,
    changes: claimed.changes,
    reason: claimed.reason,
    policy_version: claimed.policy_version,
    claim,
  };
}

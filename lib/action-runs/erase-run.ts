import { v7 as uuidv7 } from "uuid";
import { presentClaimState } from "@/lib/action-runs/status/claim-state-sql";
import { refuseUnknownRun } from "@/lib/action-runs/status/get-run-status";
import { endLostGrants } from "@/lib/approvers/end-lost-grants";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { databaseNow, inTransaction } from "@/lib/db/transaction";
import { erasureReceiptBody } from "@/lib/domain/log/receipt-body";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { type ClaimState, isClaimed } from "@/lib/domain/runs/claim-state";
import { publishChange } from "@/lib/live/publish-change";
import { eraseRunMails } from "@/lib/notifications/erase-run-mails";
import { writeReceipts } from "@/lib/receipts/log/write-receipt";
import { type WorkspaceContext, withDb } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";

interface LockedRun {
  id: string;
  action_name: string;
  is_pending: boolean;
  is_erased: boolean;
  claim_state: ClaimState;
}

/** What the erasure's receipt says: why, and whose it is. */
interface ErasureWords {
  readonly reason: string;
  readonly erasedBy: string;
}

/**
 * Permanently erases a decided run's personal data: the payload with its salt and everything derived from it, the agent's words and what
 * the app reported. Receipts stay, and so do the hashes that identify a repeated request. The erasure has its own receipt, which the
 * database requires before it deletes anything.
 */
export function eraseRun(
  ctx: WorkspaceContext,
  { runId, reason, erasedBy }: { runId: string } & ErasureWords,
): Promise<{ ok: true } | Refusal> {
  return inTransaction(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    await requirePermission(inner, "run.erase");
    const [run] = await lockRuns(inner, [runId]);
    if (!run) return refuseUnknownRun();
    const refusal = refuseErasing(run);
    if (refusal) return refusal;
    await eraseLocked(inner, [run], { reason, erasedBy });
    await recordAuditEvent(inner, { verb: "run.erased", subjectType: "run", subjectId: runId, data: { by: erasedBy, reason } });
    return { ok: true };
  });
}

/** The same for those of several runs that can be erased now, inside the caller's transaction. Returns their IDs. */
export async function eraseRuns(ctx: WorkspaceContext, runIds: readonly string[], said: ErasureWords): Promise<string[]> {
  await requirePermission(ctx, "run.erase");
  const runs = (await lockRuns(ctx, runIds)).filter((run) => refuseErasing(run) === null);
  if (runs.length > 0) await eraseLocked(ctx, runs, said);
  return runs.map(({ id }) => id);
}

/** This locks the runs: decisions, claims and reports wait, then find them erased. */
function lockRuns({ db, workspaceId }: WorkspaceContext, runIds: readonly string[]): Promise<LockedRun[]> {
  return db.$queryRaw<LockedRun[]>`
    SELECT run.id, run.action_name, run.governance_status = 'pending_approval' AS is_pending, run.payload_text IS NULL AS is_erased,
      ${presentClaimState} AS claim_state
    FROM action_runs run WHERE run.workspace_id = ${workspaceId}::uuid AND run.id = ANY(${runIds}::uuid[])
    ORDER BY run.id FOR NO KEY UPDATE OF run`;
}

function refuseErasing(run: LockedRun): Refusal | null {
  if (run.is_pending) return refuse("not_decided", "The run is pending approval, and its approvers need to see the data. Decide it first.");
  if (run.is_erased) return refuse("already_erased", "The run's personal data was already erased.");
  if (!isClaimed(run.claim_state)) return null;
  return run.claim_state === "in_doubt"
    ? refuse("already_claimed", "The run is in doubt: a worker claimed it and did not report. Settle it first.")
    : refuse("already_claimed", "A worker holds the run's payload and may be executing it. Wait for its report.");
}

async function eraseLocked(ctx: WorkspaceContext, runs: readonly LockedRun[], said: ErasureWords): Promise<void> {
  const runIds = runs.map(({ id }) => id);
  await writeErasureReceipts(ctx, runs, said);
  await eraseTexts(ctx, runIds);
  await eraseRunMails(ctx, runIds);
  // What must be the same was read from these runs.
  await endLostGrants(ctx);
  await publishChange(ctx.db, ctx.workspaceId, "runs", "receipts", "approvals");
}

async function writeErasureReceipts(ctx: WorkspaceContext, runs: readonly LockedRun[], said: ErasureWords): Promise<void> {
  const { workspaceId } = ctx;
  const now = await databaseNow(ctx.db);
  const receipts = runs.map(({ id: runId, action_name: action }) => {
    const id = uuidv7();
    const body = erasureReceiptBody({ ...said, action, receiptId: id, runId, workspaceId, erasedAt: now.toISOString() });
    return { id, workspaceId, runId, kind: "erasure" as const, body, createdAt: now };
  });
  await writeReceipts(ctx, receipts);
}

/** What people changed goes with the payload, by a trigger. */
async function eraseTexts({ db, workspaceId }: WorkspaceContext, runIds: readonly string[]): Promise<void> {
  await db.$executeRaw`
    UPDATE action_runs SET payload_text = NULL, payload = NULL, payload_salt = NULL, reasoning = NULL, source_type = NULL,
      source_ref = NULL, amount = NULL, currency = NULL, recipient = NULL, sentence = NULL, execution_result_text = NULL, execution_error = NULL
    WHERE workspace_id = ${workspaceId}::uuid AND id = ANY(${runIds}::uuid[])`;
  // Receivers' responses may repeat what they were sent.
  await db.$executeRaw`
    UPDATE webhook_attempts SET response_body = NULL, response_headers = '[]'
    WHERE workspace_id = ${workspaceId}::uuid
      AND delivery_id IN (SELECT id FROM webhook_deliveries WHERE workspace_id = ${workspaceId}::uuid AND run_id = ANY(${runIds}::uuid[]))`;
}

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
import { eraseRunMail } from "@/lib/notifications/erase-run-mail";
import { writeReceipt } from "@/lib/receipts/log/write-receipt";
import { type WorkspaceContext, withDb } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";

interface LockedRun {
  action_name: string;
  is_pending: boolean;
  is_erased: boolean;
  claim_state: ClaimState;
}

/**
 * Permanently erases a decided run's personal data: the payload with its salt and everything derived from it, the agent's words and what
 * the app reported. Receipts stay, and so do the hashes that identify a repeated request. The erasure has its own receipt, which the
 * database requires before it deletes anything.
 */
export function eraseRun(
  ctx: WorkspaceContext,
  { runId, reason, erasedBy }: { runId: string; reason: string; erasedBy: string },
): Promise<{ ok: true } | Refusal> {
  return inTransaction(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    await requirePermission(inner, "run.erase");
    const run = await lockRun(inner, runId);
    if (!run) return refuseUnknownRun();
    const refusal = refuseErasing(run);
    if (refusal) return refusal;
    await writeErasureReceipt(inner, { runId, action: run.action_name, reason, erasedBy });
    await eraseTexts(inner, runId);
    await eraseRunMail(inner, runId);
    // What must be the same was read from this run.
    await endLostGrants(inner);
    await recordAuditEvent(inner, { verb: "run.erased", subjectType: "run", subjectId: runId, data: { by: erasedBy, reason } });
    await publishChange(tx, ctx.workspaceId, "runs", "receipts", "approvals");
    return { ok: true };
  });
}

/** This locks the run: decisions, claims and reports wait, then find it erased. */
async function lockRun({ db, workspaceId }: WorkspaceContext, runId: string): Promise<LockedRun | undefined> {
  const [run] = await db.$queryRaw<LockedRun[]>`
    SELECT run.action_name, run.governance_status = 'pending_approval' AS is_pending, run.payload_text IS NULL AS is_erased,
      ${presentClaimState} AS claim_state
    FROM action_runs run WHERE run.workspace_id = ${workspaceId}::uuid AND run.id = ${runId}::uuid FOR NO KEY UPDATE OF run`;
  return run;
}

function refuseErasing(run: LockedRun): Refusal | null {
  if (run.is_pending) return refuse("not_decided", "The run is pending approval, and its approvers need to see the data. Decide it first.");
  if (run.is_erased) return refuse("already_erased", "The run's personal data was already erased.");
  if (!isClaimed(run.claim_state)) return null;
  return run.claim_state === "in_doubt"
    ? refuse("already_claimed", "The run is in doubt: a worker claimed it and did not report. Settle it first.")
    : refuse("already_claimed", "A worker holds the run's payload and may be executing it. Wait for its report.");
}

async function writeErasureReceipt(
  ctx: WorkspaceContext,
  { runId, ...said }: { runId: string; action: string; reason: string; erasedBy: string },
): Promise<void> {
  const { workspaceId } = ctx;
  const [id, now] = [uuidv7(), await databaseNow(ctx.db)];
  const body = erasureReceiptBody({ ...said, receiptId: id, runId, workspaceId, erasedAt: now.toISOString() });
  await writeReceipt(ctx, { id, workspaceId, runId, kind: "erasure", body, createdAt: now });
}

/** What people changed goes with the payload, by a trigger. */
async function eraseTexts({ db, workspaceId }: WorkspaceContext, runId: string): Promise<void> {
  await db.$executeRaw`
    UPDATE action_runs SET payload_text = NULL, payload = NULL, payload_salt = NULL, reasoning = NULL, source_type = NULL,
      source_ref = NULL, amount = NULL, currency = NULL, recipient = NULL, sentence = NULL, execution_result_text = NULL, execution_error = NULL
    WHERE workspace_id = ${workspaceId}::uuid AND id = ${runId}::uuid`;
  // Receivers' responses may repeat what they were sent.
  await db.$executeRaw`
    UPDATE webhook_attempts SET response_body = NULL, response_headers = '[]'
    WHERE workspace_id = ${workspaceId}::uuid
      AND delivery_id IN (SELECT id FROM webhook_deliveries WHERE workspace_id = ${workspaceId}::uuid AND run_id = ${runId}::uuid)`;
}

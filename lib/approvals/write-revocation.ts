import { v7 as uuidv7 } from "uuid";
import { isUnclaimed, isUncollected } from "@/lib/action-runs/status/claim-state-sql";
import { publishRunChange } from "@/lib/action-runs/status/run-changes";
import { endLostGrants } from "@/lib/approvers/end-lost-grants";
import { type AuditVerb, recordAuditEvent } from "@/lib/audit/record-audit-event";
import { databaseNow } from "@/lib/db/transaction";
import { readDecisionBody } from "@/lib/domain/log/read-receipt-body";
import { revocationReceiptBody } from "@/lib/domain/log/receipt-body";
import type { RevocationReason } from "@/lib/domain/runs/statuses";
import { publishChange } from "@/lib/live/publish-change";
import { writeReceipt } from "@/lib/receipts/log/write-receipt";
import type { WorkspaceContext } from "@/lib/security/context";
import { channelOf } from "./channel-of";

interface Revocation {
  runId: string;
  reason: RevocationReason;
  /** null: the app withdrew it, or it lapsed. */
  revokedBy: string | null;
  comment: string | null;
}

const VERBS: Record<RevocationReason, AuditVerb> = {
  withdrawn: "run.withdrawn",
  approval_revoked: "run.approval_revoked",
  approval_lapsed: "run.approval_lapsed",
};

/**
 * The only way an approval ends without an execution: one conditional UPDATE that either precedes a claim or finds it. Revocation, receipt
 * and audit event are one transaction. Null when the run is not allowed or approved, when anyone has claimed it, and when its approval has
 * lapsed or, for a lapse, has not.
 */
export async function writeRevocation(ctx: WorkspaceContext, { runId, reason, revokedBy, comment }: Revocation): Promise<Date | null> {
  const { workspaceId, db } = ctx;
  const [channel, now] = [channelOf(ctx), await databaseNow(db)];
  const [run] = await db.$queryRaw<{ action_name: string; decided_at: Date }[]>`
    UPDATE action_runs run SET governance_status = 'rejected', governance_reason = ${reason}, execution_status = 'not_executed',
      decided_at = greatest(run.decided_at, ${now}::timestamptz), decided_by = ${revokedBy}, decision_comment = ${comment}
    WHERE run.workspace_id = ${workspaceId}::uuid AND run.id = ${runId}::uuid AND ${reason === "approval_lapsed" ? isUncollected : isUnclaimed}
    RETURNING run.action_name, run.decided_at`;
  if (!run) return null;
  const at = run.decided_at;
  const decision = await db.receipt.findFirstOrThrow({ where: { workspaceId, runId, kind: "decision" } });
  const revokedStatus = readDecisionBody(decision.body)?.governance_status === "approved" ? "approved" : "allowed";
  await db.revocation.create({
    data: { id: uuidv7(), workspaceId, runId, revokedStatus, reason, channel, revokedBy, comment, createdAt: at },
  });
  const receiptId = uuidv7();
  const body = revocationReceiptBody({
    receiptId,
    runId,
    workspaceId,
    action: run.action_name,
    decisionReceiptId: decision.id,
    revokedStatus,
    reason,
    channel,
    revokedBy,
    comment,
    revokedAt: at.toISOString(),
  });
  await writeReceipt(ctx, { id: receiptId, workspaceId, runId, kind: "revocation", body, createdAt: at });
  await recordAuditEvent(ctx, {
    verb: VERBS[reason],
    subjectType: "run",
    subjectId: runId,
    data: { by: revokedBy, channel, after: revokedStatus },
  });
  if (reason === "approval_revoked") await endLostGrants(ctx);
  await publishRunChange(db, runId);
  await publishChange(db, workspaceId, "runs", "approvals", "receipts");
  return at;
}

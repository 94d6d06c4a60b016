import { v7 as uuidv7 } from "uuid";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { databaseNow, inTransaction } from "@/lib/db/transaction";
import { hexText } from "@/lib/domain/log/byte-text";
import { rootOf } from "@/lib/domain/log/merkle-tree";
import { type LogRestartedBody, readLogRestartedBody } from "@/lib/domain/log/read-log-restarted-body";
import { logRestartedReceiptBody } from "@/lib/domain/log/receipt-body";
import { publishChange } from "@/lib/live/publish-change";
import { type Actor, type WorkspaceContext, withDb } from "@/lib/security/context";
import { appendToLogs } from "./append-to-logs";
import { firstOriginOf, type LogHead, waitForLogHead } from "./lock-log-heads";
import { getLogKeys } from "./log-keys";
import { sha256 } from "./node-check";
import { placeWaiting } from "./place-waiting";
import { writeReceipt } from "./write-receipt";

export interface LogRestart {
  readonly says: LogRestartedBody;
  /** False: the log was already restarted for this backup. */
  readonly isNew: boolean;
}

/**
 * Restarts the log after a backup was restored: it continues under a new origin, and its next receipt records that. Checkpoints signed
 * after the backup, under the old origin, then don't contradict the new log. Idempotent per backup: a second call finds the first one's
 * receipt, unless restoring the same backup again has removed it. For operators only.
 */
export async function restartLog(ctx: WorkspaceContext<Extract<Actor, { type: "operator" }>>, backupTakenAt: Date): Promise<LogRestart> {
  const { signers } = await getLogKeys();
  return inTransaction(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    const head = await waitForLogHead(tx, ctx.workspaceId);
    const done = await findRestart(inner, backupTakenAt);
    if (done) return { says: done, isNew: false };

    const { receipt, says } = await newReceipt(inner, head, backupTakenAt);
    await writeReceipt(inner, receipt);
    // Placed before all waiting receipts: those belong under the new origin.
    const placed = await placeWaiting(tx, new Map([[ctx.workspaceId, { ...head, origin: says.origin }]]), 1, receipt.id);
    await appendToLogs(tx, signers, placed);
    await recordAuditEvent(inner, {
      verb: "workspace.log_restarted",
      subjectType: "workspace",
      subjectId: ctx.workspaceId,
      data: { backup_taken_at: says.backup_taken_at, earlier_size: says.earlier_size },
    });
    await publishChange(tx, ctx.workspaceId, "receipts");
    return { says, isNew: true };
  });
}

async function findRestart({ db, workspaceId }: WorkspaceContext, backupTakenAt: Date): Promise<LogRestartedBody | undefined> {
  const receipts = await db.receipt.findMany({ where: { workspaceId, kind: "log_restarted" }, select: { body: true } });
  return (
    receipts.map(({ body }) => readLogRestartedBody(body)).find((says) => says?.backup_taken_at === backupTakenAt.toISOString()) ??
    undefined
  );
}

async function newReceipt({ db, workspaceId }: WorkspaceContext, head: LogHead, backupTakenAt: Date) {
  const id = uuidv7();
  const now = await databaseNow(db);
  const body = logRestartedReceiptBody({
    receiptId: id,
    workspaceId,
    // The name includes the receipt's id, so two restarts, even of the same backup, never share an origin.
    origin: `${firstOriginOf(workspaceId)}/${id}`,
    earlier: { origin: head.origin, size: head.tree.size, rootHash: hexText(await rootOf(sha256, head.tree)) },
    backupTakenAt: backupTakenAt.toISOString(),
    restartedAt: now.toISOString(),
  });
  const says = readLogRestartedBody(body);
  if (!says) throw new Error("A receipt was written that cannot be read.");
  return { says, receipt: { id, workspaceId, runId: null, kind: "log_restarted" as const, body, createdAt: now } };
}

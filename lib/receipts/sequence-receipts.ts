import type { WorkspaceContext } from "@/lib/context";
import { inTransaction } from "@/lib/db/transaction";
import { appendToLog, type LogEntry } from "./append-to-log";
import { getLogKeys } from "./log-keys";
import { lockLogHead } from "./lock-log-head";

export const SEQUENCE_BATCH = 1000;

/**
 * Gives the workspace's receipts that have none their places in its log, in order of id, and signs what the log is then: all
 * in one transaction, one sequencer at a time. Looking for "has no place" finds every committed receipt, however late its
 * transaction came to an end. Returns how many there were; null when another process is at it.
 */
export async function sequenceReceipts(ctx: WorkspaceContext, limit = SEQUENCE_BATCH): Promise<number | null> {
  const { signers } = await getLogKeys();
  return inTransaction(ctx.db, async (tx) => {
    const head = await lockLogHead(tx, ctx.workspaceId);
    if (head === null) return null;
    const waiting = await tx.$queryRaw<LogEntry[]>`
      SELECT id, leaf_hash FROM receipts WHERE workspace_id = ${ctx.workspaceId}::uuid AND log_index IS NULL ORDER BY id LIMIT ${limit}`;
    if (waiting.length > 0) await appendToLog(tx, { workspaceId: ctx.workspaceId, head, signers }, waiting);
    return waiting.length;
  });
}

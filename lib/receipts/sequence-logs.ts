import type { OperatorContext } from "@/lib/context";
import { inTransaction, type Db } from "@/lib/db/transaction";
import { appendToLogs, type LogAppend, type LogEntry } from "./append-to-logs";
import { getLogKeys } from "./log-keys";
import { lockLogHeads } from "./lock-log-heads";

/**
 * Gives the workspaces' receipts that have none their places in their logs, in order of id, and signs what each log is then: all
 * in one transaction, one sequencer of a log at a time. Looking for "has no place" finds every committed receipt, however late its
 * transaction came to an end. At most `limit` of each log. Returns how many there were in each log; a log that another process is
 * at is not among them.
 */
export async function sequenceLogs({ db }: OperatorContext, workspaceIds: readonly string[], limit: number): Promise<ReadonlyMap<string, number>> {
  const { signers } = await getLogKeys();
  return inTransaction(db, async (tx) => {
    const heads = await lockLogHeads(tx, workspaceIds);
    const waiting = await listWaiting(tx, [...heads.keys()], limit);
    const logs = [...heads].map(([workspaceId, head]) => ({ workspaceId, head, entries: waiting.filter((entry) => entry.workspace_id === workspaceId) }));
    const appends: LogAppend[] = logs.filter(({ entries }) => entries.length > 0);
    if (appends.length > 0) await appendToLogs(tx, signers, appends);
    return new Map(logs.map(({ workspaceId, entries }) => [workspaceId, entries.length]));
  });
}

function listWaiting(tx: Db, workspaceIds: readonly string[], limit: number): Promise<(LogEntry & { workspace_id: string })[]> {
  return tx.$queryRaw`
    SELECT log.workspace_id, waiting.id, waiting.leaf_hash
    FROM unnest(${workspaceIds}::uuid[]) AS log (workspace_id) CROSS JOIN LATERAL (
      SELECT id, leaf_hash FROM receipts WHERE workspace_id = log.workspace_id AND log_index IS NULL ORDER BY id LIMIT ${limit}) waiting
    ORDER BY log.workspace_id, waiting.id`;
}

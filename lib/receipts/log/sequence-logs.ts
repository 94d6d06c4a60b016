import { inTransaction } from "@/lib/db/transaction";
import type { OperatorContext } from "@/lib/security/context";
import { appendToLogs } from "./append-to-logs";
import { lockLogHeads } from "./lock-log-heads";
import { getLogKeys } from "./log-keys";
import { placeWaiting } from "./place-waiting";

/**
 * Gives the workspaces' receipts that have none their places in their logs, in order of id, and signs what each log is then: all
 * in one transaction, one sequencer of a log at a time. Looking for what waits finds every committed receipt, however late its
 * transaction came to an end. At most `limit` of each log. Returns how many there were in each log; a log that another process is
 * at is not among them.
 */
export async function sequenceLogs(
  { db }: OperatorContext,
  workspaceIds: readonly string[],
  limit: number,
): Promise<ReadonlyMap<string, number>> {
  const { signers } = await getLogKeys();
  return inTransaction(db, async (tx) => {
    const heads = await lockLogHeads(tx, workspaceIds);
    const placed = await placeWaiting(tx, heads, limit);
    await appendToLogs(tx, signers, placed);
    const counts = new Map(placed.map(({ workspaceId, leafHashes }) => [workspaceId, leafHashes.length]));
    return new Map([...heads.keys()].map((workspaceId) => [workspaceId, counts.get(workspaceId) ?? 0]));
  });
}

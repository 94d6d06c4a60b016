import { inTransaction } from "@/lib/db/transaction";
import type { OperatorContext } from "@/lib/security/context";
import { appendToLogs } from "./append-to-logs";
import { lockLogHeads } from "./lock-log-heads";
import { getLogKeys } from "./log-keys";
import { placeWaiting } from "./place-waiting";

/**
 * Gives the workspaces' unplaced receipts their indexes in the logs, in order of id, and signs the new heads, in one transaction and with
 * one sequencer per log. Polling finds every committed receipt, however late its transaction commits. At most `limit` per log. Returns the
 * count per log, without logs that another process is sequencing.
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

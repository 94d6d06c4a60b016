import { operatorContext } from "@/lib/auth/contexts";
import { sequenceLogs } from "@/lib/receipts/log/sequence-logs";
import { type WorkspaceContext, withDb } from "@/lib/security/context";

/** As the sequencer does for one workspace: how many of its receipts got their places; null when another process is at it. */
export async function sequenceReceipts({ db, workspaceId }: WorkspaceContext, limit = 1000): Promise<number | null> {
  return (await sequenceLogs(withDb(operatorContext(null), db), [workspaceId], limit)).get(workspaceId) ?? null;
}

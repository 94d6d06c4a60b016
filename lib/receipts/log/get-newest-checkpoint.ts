import type { WorkspaceContext } from "@/lib/security/context";

export interface NewestCheckpoint {
  readonly size: number;
  readonly note: string;
  readonly createdAt: Date;
}

/** Returns the newest signed checkpoint of the workspace's log; null while the log is empty. */
export async function getNewestCheckpoint({ db, workspaceId }: WorkspaceContext): Promise<NewestCheckpoint | null> {
  const [row] = await db.$queryRaw<{ size: bigint; note: string; created_at: Date }[]>`
    SELECT c.size, c.note, c.created_at FROM receipt_logs l
    JOIN receipt_checkpoints c ON c.workspace_id = l.workspace_id AND c.origin = l.origin AND c.size = l.size
    WHERE l.workspace_id = ${workspaceId}::uuid`;
  return row ? { size: Number(row.size), note: row.note, createdAt: row.created_at } : null;
}

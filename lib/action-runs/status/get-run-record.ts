import type { Db } from "@/lib/db/transaction";
import { type RunRecord, runRecordColumns, runRecordJoins } from "./run-record";

/** Returns the run's current state, or null if this workspace has no such run. */
async function getRunRecord(db: Db, workspaceId: string, runId: string): Promise<RunRecord | null> {
  const [record] = await db.$queryRaw<RunRecord[]>`
    SELECT ${runRecordColumns} FROM action_runs run ${runRecordJoins}
    WHERE run.workspace_id = ${workspaceId}::uuid AND run.id = ${runId}::uuid`;
  return record ?? null;
}

export async function requireRunRecord(db: Db, workspaceId: string, runId: string): Promise<RunRecord> {
  const record = await getRunRecord(db, workspaceId, runId);
  if (!record) throw new Error(`Run ${runId} is gone.`);
  return record;
}

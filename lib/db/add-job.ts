import type { Db } from "./transaction";

/**
 * A job for the worker. It exists exactly when the caller's transaction is committed. Of jobs with the same key that nobody
 * works on, the last one stays.
 */
export async function addJob(
  db: Db,
  task: string,
  payload: Record<string, string>,
  { runAt = null, key = null }: { runAt?: Date | null; key?: string | null } = {},
): Promise<void> {
  await db.$executeRaw`
    SELECT graphile_worker.add_job(${task}, ${JSON.stringify(payload)}::json, run_at => ${runAt}::timestamptz, job_key => ${key})`;
}

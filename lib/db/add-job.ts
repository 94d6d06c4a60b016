import type { Db } from "./transaction";

/** Queues a job for the worker when the caller's transaction commits. Replaces an unstarted job with the same key. */
export async function addJob(
  db: Db,
  task: string,
  payload: Record<string, string>,
  { runAt = null, key = null }: { runAt?: Date | null; key?: string | null } = {},
): Promise<void> {
  await db.$executeRaw`
    SELECT graphile_worker.add_job(${task}, ${JSON.stringify(payload)}::json, run_at => ${runAt}::timestamptz, job_key => ${key})`;
}

import type { Db } from "./transaction";

/** A job for the worker. It exists exactly when the caller's transaction is committed. */
export async function addJob(db: Db, task: string, payload: Record<string, string>): Promise<void> {
  await db.$executeRaw`SELECT graphile_worker.add_job(${task}, ${JSON.stringify(payload)}::json)`;
}

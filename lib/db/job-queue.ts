import { Prisma } from "@/lib/db/generated/client";
import type { Db } from "./transaction";

/**
 * All that the console knows of graphile-worker's tables, besides adding jobs. Its public view leaves out what a job is about,
 * so that one of its private tables is read here, and nowhere else.
 */

/** A job of that task for the payload in SQL, as a part of a query: for as many as it has rows. */
export function jobFor(task: string, payload: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`graphile_worker.add_job(${task}, ${payload})`;
}

/** A subquery of all jobs about something, by the name of its id in the payload: (id, has_try). */
export function jobsAbout(idName: string): Prisma.Sql {
  return Prisma.sql`(
    SELECT payload ->> ${idName}::text AS id, attempts < max_attempts OR locked_at IS NOT NULL AS has_try
    FROM graphile_worker._private_jobs WHERE payload ->> ${idName}::text IS NOT NULL)`;
}

/** Due for longer than that, and never taken. */
export async function countLateJobs(db: Db, seconds: number): Promise<number> {
  const [row] = await db.$queryRaw<{ late: number }[]>`
    SELECT count(*)::int AS late FROM graphile_worker.jobs
    WHERE locked_at IS NULL AND attempts = 0 AND run_at < now() - make_interval(secs => ${seconds}::int)`;
  return row?.late ?? 0;
}

/** Gives the jobs of dead workers back to the queue: those whose advisory lock of that class anybody can take. */
export async function unlockJobsOfDead(db: Db, lockClass: number): Promise<void> {
  const dead = await db.$queryRaw<{ locked_by: string }[]>`
    SELECT locked_by FROM (SELECT DISTINCT locked_by FROM graphile_worker.jobs WHERE locked_by IS NOT NULL) w
    WHERE pg_try_advisory_xact_lock(${lockClass}::int, hashtext(locked_by))`;
  if (dead.length > 0) await db.$executeRaw`SELECT graphile_worker.force_unlock_workers(${dead.map((worker) => worker.locked_by)}::text[])`;
}

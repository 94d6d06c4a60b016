import { Prisma } from "@/lib/db/generated/client";
import type { Db } from "./transaction";

/** The only place that reads graphile-worker's private tables. Its public view omits the payload, so one of them is needed. */

/** SQL that queues a job of that task for each row's payload, now or at that time, as part of a query. */
export function jobFor(task: string, payload: Prisma.Sql, runAt?: Prisma.Sql): Prisma.Sql {
  return runAt
    ? Prisma.sql`graphile_worker.add_job(${task}, ${payload}, run_at => ${runAt})`
    : Prisma.sql`graphile_worker.add_job(${task}, ${payload})`;
}

/** A subquery of all jobs whose payload contains an id of that name: (id, has_try). */
export function jobsAbout(idName: string): Prisma.Sql {
  return Prisma.sql`(
    SELECT payload ->> ${idName}::text AS id, attempts < max_attempts OR locked_at IS NOT NULL AS has_try
    FROM graphile_worker._private_jobs WHERE payload ->> ${idName}::text IS NOT NULL)`;
}

/** Counts the jobs that are overdue by more than that and never started. */
export async function countLateJobs(db: Db, seconds: number): Promise<number> {
  const [row] = await db.$queryRaw<{ late: number }[]>`
    SELECT count(*)::int AS late FROM graphile_worker.jobs
    WHERE locked_at IS NULL AND attempts = 0 AND run_at < now() - make_interval(secs => ${seconds}::int)`;
  return row?.late ?? 0;
}

/** Unlocks the jobs of dead workers, whose advisory locks of that class are free. */
export async function unlockJobsOfDead(db: Db, lockClass: number): Promise<void> {
  const dead = await db.$queryRaw<{ locked_by: string }[]>`
    SELECT locked_by FROM (SELECT DISTINCT locked_by FROM graphile_worker.jobs WHERE locked_by IS NOT NULL) w
    WHERE pg_try_advisory_xact_lock(${lockClass}::int, hashtext(locked_by))`;
  if (dead.length > 0) await db.$executeRaw`SELECT graphile_worker.force_unlock_workers(${dead.map((worker) => worker.locked_by)}::text[])`;
}

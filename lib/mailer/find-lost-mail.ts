import { eachAlone } from "@/lib/db/each-alone";
import { jobsAbout } from "@/lib/db/job-queue";
import { scheduleEmail } from "@/lib/notifications/queue-email";
import type { SystemContext } from "@/lib/security/context";
import { markEmailFailed } from "./deliver-email";

const MAX_AT_ONCE = 1000;

interface LostMail {
  id: string;
  /** A job is there, but has no try left: a worker died with each. */
  isUsedUp: boolean;
}

/**
 * Queued emails without a job that would send them. If the queue was lost, for example after restoring a backup, they are queued again. If
 * the worker was killed during the last try, they are marked as failed.
 */
export async function findLostMail(ctx: SystemContext): Promise<void> {
  const lost = await ctx.db.$queryRaw<LostMail[]>`
    WITH jobs AS MATERIALIZED (SELECT * FROM ${jobsAbout("deliveryId")} AS about)
    SELECT d.id, EXISTS (SELECT FROM jobs WHERE jobs.id = d.id::text) AS "isUsedUp" FROM email_deliveries d
    WHERE d.status = 'queued' AND d.created_at < clock_timestamp() - interval '2 minutes'
      AND d.id::text NOT IN (SELECT jobs.id FROM jobs WHERE jobs.has_try)
    ORDER BY d.created_at LIMIT ${MAX_AT_ONCE}`;
  await eachAlone(lost, ({ id, isUsedUp }) =>
    isUsedUp ? markEmailFailed(ctx, id, "The worker stopped during every attempt.") : scheduleEmail(ctx.db, id),
  );
}

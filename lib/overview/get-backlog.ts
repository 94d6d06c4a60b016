import { runsInDoubt } from "@/lib/action-runs/status/claim-state-sql";
import { Prisma } from "@/lib/db/generated/client";
import { countLateJobs } from "@/lib/db/job-queue";
import type { SystemContext } from "@/lib/security/context";

/** What waits in the whole console, for whoever is on call. Ages are seconds of the oldest, 0 when nothing waits. */
export interface Backlog {
  pendingRuns: number;
  oldestPendingRunAge: number;
  /** Past their deadline: no worker has ended them. */
  overdueRuns: number;
  runsInDoubt: number;
  receiptsWaiting: number;
  oldestWaitingReceiptAge: number;
  emailsQueued: number;
  oldestQueuedEmailAge: number;
  /** Given up in the last 24 hours. */
  emailsDead: number;
  webhookDeliveriesQueued: number;
  /** How long the delivery that is due for longest has been due. */
  oldestDueWebhookDeliveryAge: number;
  webhooksFailing: number;
  lateJobs: number;
  databaseConnections: number;
  databaseConnectionsLimit: number;
}

const LATE_JOB_SECONDS = 30;

function ageOf(column: "pending.oldest" | "waiting.oldest" | "mails.oldest" | "webhooks.oldest_due"): Prisma.Sql {
  return Prisma.sql`greatest(0, coalesce(extract(epoch FROM clock.now - ${Prisma.raw(column)}), 0))::float8`;
}

/** Reads a few index entries for each figure, so that a scrape every few seconds costs next to nothing. */
export async function getBacklog({ db }: SystemContext): Promise<Backlog> {
  const [row] = await db.$queryRaw<Omit<Backlog, "lateJobs">[]>`
    WITH clock AS (SELECT statement_timestamp() AS now),
    pending AS (
      SELECT count(*)::int AS count, min(created_at) AS oldest, count(*) FILTER (WHERE daai_is_overdue(run, clock.now))::int AS overdue
      FROM action_runs run, clock WHERE governance_status = 'pending_approval'),
    waiting AS (SELECT count(*)::int AS count, min(r.created_at) AS oldest FROM waiting_receipts LEFT JOIN receipts r ON r.id = receipt_id),
    mails AS (SELECT count(*)::int AS count, min(created_at) AS oldest FROM email_deliveries WHERE status = 'queued'),
    webhooks AS (
      SELECT count(*)::int AS count, min(next_attempt_at) AS oldest_due FROM webhook_deliveries WHERE status = 'queued')
    SELECT pending.count AS "pendingRuns", ${ageOf("pending.oldest")} AS "oldestPendingRunAge", pending.overdue AS "overdueRuns",
      (SELECT count(*)::int FROM ${runsInDoubt} run) AS "runsInDoubt",
      waiting.count AS "receiptsWaiting", ${ageOf("waiting.oldest")} AS "oldestWaitingReceiptAge",
      mails.count AS "emailsQueued", ${ageOf("mails.oldest")} AS "oldestQueuedEmailAge",
      (SELECT count(*)::int FROM email_deliveries WHERE status = 'dead' AND created_at > clock.now - interval '24 hours') AS "emailsDead",
      webhooks.count AS "webhookDeliveriesQueued", ${ageOf("webhooks.oldest_due")} AS "oldestDueWebhookDeliveryAge",
      (SELECT count(*)::int FROM webhook_endpoints WHERE failing_since IS NOT NULL AND disabled_at IS NULL AND deleted_at IS NULL)
        AS "webhooksFailing",
      (SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database()) AS "databaseConnections",
      current_setting('max_connections')::int AS "databaseConnectionsLimit"
    FROM clock, pending, waiting, mails, webhooks`;
  if (!row) throw new Error("The database did not count.");
  return { ...row, lateJobs: await countLateJobs(db, LATE_JOB_SECONDS) };
}

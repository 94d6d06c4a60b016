import { deleteInBatches } from "@/lib/db/delete-in-batches";
import { Prisma } from "@/lib/db/generated/client";
import type { SystemContext } from "@/lib/security/context";

/**
 * Asks again for what is due and has no job: the process that had it died, its receiver failed with others before it, or the
 * queue was lost, as after restoring a backup. One job an endpoint is enough.
 */
export async function queueDueDeliveries({ db }: SystemContext): Promise<void> {
  await db.$executeRaw`
    SELECT daai_send_webhook(due.id, due.endpoint_id, NULL) FROM (
      SELECT DISTINCT ON (w.endpoint_id) w.id, w.endpoint_id FROM webhook_deliveries w
      WHERE w.status = 'queued' AND w.next_attempt_at <= now()
      ORDER BY w.endpoint_id, w.next_attempt_at) due`;
}

/** What was delivered or given up is listed for 30 days. */
export async function deleteOldDeliveries({ db }: SystemContext): Promise<void> {
  await deleteInBatches(db, "webhook_deliveries", Prisma.sql`status <> 'queued' AND created_at < now() - interval '30 days'`);
}

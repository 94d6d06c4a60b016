import { deleteInBatches } from "@/lib/db/delete-in-batches";
import { Prisma } from "@/lib/db/generated/client";
import type { SystemContext } from "@/lib/security/context";

/**
 * Queues due deliveries that have no job: their process died, their receiver failed, or the queue was lost, for example after restoring a
 * backup. One job per endpoint is enough.
 */
export async function queueDueDeliveries({ db }: SystemContext): Promise<void> {
  await db.$executeRaw`
    SELECT daai_send_webhook(due.id, due.endpoint_id, NULL) FROM (
      SELECT DISTINCT ON (w.endpoint_id) w.id, w.endpoint_id FROM webhook_deliveries w
      WHERE w.status = 'queued' AND w.next_attempt_at <= now()
      ORDER BY w.endpoint_id, w.next_attempt_at) due`;
}

/** How long finished deliveries are listed: 30 days. */
export async function deleteOldDeliveries({ db }: SystemContext): Promise<void> {
  await deleteInBatches(db, "webhook_deliveries", Prisma.sql`status <> 'queued' AND created_at < now() - interval '30 days'`);
}

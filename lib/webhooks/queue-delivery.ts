import type { Db } from "@/lib/db/transaction";

/** Queues a job for a delivery, now or later. Repeated calls make one job. */
export async function queueDelivery(db: Db, delivery: { id: string; endpointId: string }, at: Date | null = null): Promise<void> {
  await db.$executeRaw`SELECT daai_send_webhook(${delivery.id}::uuid, ${delivery.endpointId}::uuid, ${at}::timestamptz)`;
}

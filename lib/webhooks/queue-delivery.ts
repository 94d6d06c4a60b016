import type { Db } from "@/lib/db/transaction";

/** Has the worker look after a delivery, now or later. Asked for twice, it is one job. */
export async function queueDelivery(db: Db, delivery: { id: string; endpointId: string }, at: Date | null = null): Promise<void> {
  await db.$executeRaw`SELECT daai_send_webhook(${delivery.id}::uuid, ${delivery.endpointId}::uuid, ${at}::timestamptz)`;
}

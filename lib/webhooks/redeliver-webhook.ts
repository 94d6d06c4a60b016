import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { databaseNow, inTransaction } from "@/lib/db/transaction";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { publishChange } from "@/lib/live/publish-change";
import { type WorkspaceContext, withDb } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import { queueDelivery } from "./queue-delivery";

/** Sends a delivery again, whatever its result was, with the same webhook-id and a fresh timestamp, and retries it for a day. */
export function redeliverWebhook(
  ctx: WorkspaceContext,
  { id: endpointId, deliveryId }: { id: string; deliveryId: string },
): Promise<{ ok: true } | Refusal> {
  return inTransaction<{ ok: true } | Refusal>(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    await requirePermission(inner, "webhook.manage");
    const { workspaceId } = ctx;
    const delivery = await tx.webhookDelivery.findFirst({
      where: { id: deliveryId, workspaceId, endpointId, endpoint: { deletedAt: null, disabledAt: null } },
      include: { endpoint: true },
    });
    if (!delivery) return refuse("not_found", "Delivery not found, or its webhook is disabled. Enable the webhook first.");
    await tx.webhookDelivery.update({
      where: { id: deliveryId },
      data: { status: "queued", attemptCount: 0, nextAttemptAt: await databaseNow(tx), deliveredAt: null, lastError: null },
    });
    await queueDelivery(tx, delivery);
    const { kind, url } = delivery.endpoint;
    await recordAuditEvent(inner, {
      verb: "webhook.redelivered",
      subjectType: "webhook",
      subjectId: endpointId,
      data: { kind, url, event: delivery.eventType, delivery: deliveryId },
    });
    await publishChange(tx, workspaceId, "webhooks");
    return { ok: true };
  });
}

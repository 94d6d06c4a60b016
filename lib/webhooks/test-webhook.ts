import { v7 as uuidv7 } from "uuid";
import { databaseNow, inTransaction } from "@/lib/db/transaction";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { TEST_EVENT } from "@/lib/domain/runs/webhook-events";
import { publishChange } from "@/lib/live/publish-change";
import { type WorkspaceContext, withDb } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import { queueDelivery } from "./queue-delivery";

/** Sends a test event, once, like every other event. */
export function testWebhook(ctx: WorkspaceContext, endpointId: string): Promise<{ ok: true; deliveryId: string } | Refusal> {
  return inTransaction<{ ok: true; deliveryId: string } | Refusal>(ctx.db, async (tx) => {
    await requirePermission(withDb(ctx, tx), "webhook.manage");
    const { workspaceId } = ctx;
    const endpoint = await tx.webhookEndpoint.findFirst({ where: { id: endpointId, workspaceId, deletedAt: null, disabledAt: null } });
    if (!endpoint) return refuse("not_found", "Webhook not found, or it is disabled. Enable it first.");
    const id = uuidv7();
    const now = await databaseNow(tx);
    const body = JSON.stringify({ type: TEST_EVENT, timestamp: now.toISOString(), data: { workspace_id: workspaceId } });
    await tx.webhookDelivery.create({
      data: { id, workspaceId, endpointId, eventType: TEST_EVENT, body, status: "queued", createdAt: now, nextAttemptAt: now },
    });
    await queueDelivery(tx, { id, endpointId });
    await publishChange(tx, workspaceId, "webhooks");
    return { ok: true, deliveryId: id };
  });
}

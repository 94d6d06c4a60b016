import { databaseNow } from "@/lib/db/transaction";
import type { WebhookKind } from "@/lib/domain/runs/webhook-events";
import { getEnv } from "@/lib/env";
import { getMetrics } from "@/lib/metrics/metrics";
import type { SystemContext } from "@/lib/security/context";
import { deliveryMessage } from "./delivery-message";
import { postGuarded } from "./post-guarded";
import { abandonDelivery, recordAttempt } from "./record-attempt";
import { signatureHeaders } from "./sign-webhook";
import { openWebhookSecret } from "./webhook-secret";

/** Tries to deliver once; true on success. Every attempt has the same webhook-id, so that receivers can detect repeats. */
export async function deliverWebhook(ctx: SystemContext, deliveryId: string): Promise<boolean> {
  const delivery = await ctx.db.webhookDelivery.findUniqueOrThrow({ where: { id: deliveryId }, include: { endpoint: true } });
  const { endpoint } = delivery;
  if (endpoint.deletedAt !== null || endpoint.disabledAt !== null) {
    await abandonDelivery(ctx, delivery, `The webhook was ${endpoint.deletedAt === null ? "disabled" : "deleted"}.`);
    return true;
  }
  const kind = endpoint.kind as WebhookKind;
  const at = await databaseNow(ctx.db);
  const body = await deliveryMessage(ctx, kind, delivery.body);
  const headers = {
    "Content-Type": "application/json",
    "User-Agent": "DAAI-Console",
    ...(kind === "slack" ? {} : signatureHeaders(endpoint, { id: delivery.id, body, at })),
  };
  const url = new URL(endpoint.sealedUrl === null ? endpoint.url : openWebhookSecret(endpoint.sealedUrl));
  const outcome = await postGuarded(url, { headers, body }, { allowedRanges: getEnv().DAAI_WEBHOOK_ALLOWED_RANGES });
  const isDelivered = await recordAttempt(ctx, delivery, outcome, at);
  getMetrics()?.webhookAttempts.inc({ kind, result: isDelivered ? "delivered" : "failed" });
  return isDelivered;
}

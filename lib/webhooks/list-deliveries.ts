import { onePage } from "@/lib/domain/lists/one-page";
import type { WebhookEventType, WebhookKind } from "@/lib/domain/runs/webhook-events";
import type { WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import { deliveryMessage } from "./delivery-message";
import type { Header } from "./kept-headers";

export interface ListedAttempt {
  id: string;
  attemptedAt: Date;
  durationMs: number;
  requestHeaders: Header[];
  responseStatus: number | null;
  responseHeaders: Header[];
  /** Null beside a status: erased with the run's personal data. */
  responseBody: string | null;
  /** Why there was no response. */
  error: string | null;
}

export interface ListedDelivery {
  id: string;
  eventType: WebhookEventType;
  runId: string | null;
  status: "queued" | "delivered" | "dead";
  /** Since it was queued last. */
  attemptCount: number;
  /** The newest first, also those from before it was sent again by hand. */
  attempts: ListedAttempt[];
  hasOlderAttempts: boolean;
  createdAt: Date;
  deliveredAt: Date | null;
  nextAttemptAt: Date | null;
  /** The body as it is sent. */
  request: string;
  lastError: string | null;
}

const PAGE = 25;
const MAX_ATTEMPTS = 20;

/** An endpoint's deliveries and their responses, newest first; `next` is the cursor of the next page. */
export async function listDeliveries(
  ctx: WorkspaceContext,
  { endpointId, kind, before }: { endpointId: string; kind: WebhookKind; before: string | null },
): Promise<{ deliveries: ListedDelivery[]; next: string | null }> {
  const { workspaceId, db } = ctx;
  await requirePermission(ctx, "webhook.manage");
  const rows = await db.webhookDelivery.findMany({
    where: { workspaceId, endpointId, ...(before && { id: { lt: before } }) },
    omit: { workspaceId: true, endpointId: true },
    include: { attempts: { omit: { workspaceId: true, deliveryId: true }, orderBy: { id: "desc" }, take: MAX_ATTEMPTS + 1 } },
    orderBy: { id: "desc" },
    take: PAGE + 1,
  });
  const { shown, next } = onePage(rows, PAGE, ({ id }) => id);
  const deliveries: ListedDelivery[] = [];
  for (const { body, attempts, ...row } of shown) {
    deliveries.push({
      ...(row as Omit<ListedDelivery, "request" | "attempts" | "hasOlderAttempts">),
      attempts: attempts.slice(0, MAX_ATTEMPTS) as unknown as ListedAttempt[],
      hasOlderAttempts: attempts.length > MAX_ATTEMPTS,
      request: await deliveryMessage(ctx, kind, body),
    });
  }
  return { deliveries, next };
}

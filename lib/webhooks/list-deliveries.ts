import { requirePermission } from "@/lib/auth/require-permission";
import type { WorkspaceContext } from "@/lib/context";
import type { WebhookEventType, WebhookKind } from "@/lib/domain/webhook-events";
import { deliveryMessage } from "./delivery-message";

export interface ListedDelivery {
  id: string;
  eventType: WebhookEventType;
  runId: string | null;
  status: "queued" | "delivered" | "dead";
  attempts: number;
  createdAt: Date;
  deliveredAt: Date | null;
  lastAttemptAt: Date | null;
  nextAttemptAt: Date | null;
  /** The body as it is sent. */
  request: string;
  responseStatus: number | null;
  responseBody: string | null;
  durationMs: number | null;
  lastError: string | null;
}

const PAGE = 25;

/** What was sent to an endpoint and what it answered, the newest first; `next` asks for the page after. */
export async function listDeliveries(ctx: WorkspaceContext, { endpointId, kind, before }: { endpointId: string; kind: WebhookKind; before: string | null }): Promise<{ deliveries: ListedDelivery[]; next: string | null }> {
  const { workspaceId, db } = ctx;
  await requirePermission(ctx, "webhook.manage");
  const rows = await db.webhookDelivery.findMany({
    where: { workspaceId, endpointId, ...(before && { id: { lt: before } }) },
    omit: { workspaceId: true, endpointId: true },
    orderBy: { id: "desc" },
    take: PAGE + 1,
  });
  const page = rows.slice(0, PAGE);
  const deliveries: ListedDelivery[] = [];
  for (const { body, ...row } of page) deliveries.push({ ...(row as Omit<ListedDelivery, "request">), request: await deliveryMessage(kind, body) });
  return { deliveries, next: rows.length > PAGE ? (page.at(-1)?.id ?? null) : null };
}

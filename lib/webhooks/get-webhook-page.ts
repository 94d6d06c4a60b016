import { z } from "zod";
import type { WebhookKind } from "@/lib/domain/runs/webhook-events";
import type { WorkspaceContext } from "@/lib/security/context";
import { type ListedDelivery, listDeliveries } from "./list-deliveries";
import { getWebhook, type ListedWebhook } from "./list-webhooks";

export interface WebhookPage {
  webhook: ListedWebhook;
  deliveries: ListedDelivery[];
  /** Not the newest deliveries, but those before this one. */
  before: string | null;
  next: string | null;
}

/** An endpoint of one of these kinds with its deliveries; `id` and `before` come from the URL. Null: not found. */
export async function getWebhookPage(
  ctx: WorkspaceContext,
  kinds: readonly WebhookKind[],
  { id, before }: { id: string; before: unknown },
): Promise<WebhookPage | null> {
  const webhook = isId(id) ? await getWebhook(ctx, id) : null;
  if (!webhook || !kinds.includes(webhook.kind)) return null;
  const from = isId(before) ? before : null;
  return { webhook, before: from, ...(await listDeliveries(ctx, { endpointId: webhook.id, kind: webhook.kind, before: from })) };
}

function isId(value: unknown): value is string {
  return z.uuid().safeParse(value).success;
}

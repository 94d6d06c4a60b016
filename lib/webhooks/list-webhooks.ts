import type { WebhookEvent, WebhookKind } from "@/lib/domain/runs/webhook-events";
import { presentTime } from "@/lib/present-time";
import type { WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";

export interface ListedWebhook {
  id: string;
  kind: WebhookKind;
  url: string;
  eventTypes: WebhookEvent[];
  createdBy: string;
  createdAt: Date;
  /** Until when the secret before this one signs, too; null when it no longer does. */
  oldSecretEndsAt: Date | null;
  disabledAt: Date | null;
  disabledReason: "person" | "failing" | "gone" | null;
  failingSince: Date | null;
}

const shown = {
  id: true,
  kind: true,
  url: true,
  eventTypes: true,
  createdBy: true,
  createdAt: true,
  oldSecretEndsAt: true,
  disabledAt: true,
  disabledReason: true,
  failingSince: true,
} as const;

/** The workspace's endpoints of these kinds, the oldest first; never their secrets. */
export async function listWebhooks(ctx: WorkspaceContext, kinds: readonly WebhookKind[]): Promise<ListedWebhook[]> {
  await requirePermission(ctx, "webhook.manage");
  const rows = await ctx.db.webhookEndpoint.findMany({
    where: { workspaceId: ctx.workspaceId, deletedAt: null, kind: { in: [...kinds] } },
    select: shown,
    orderBy: { id: "asc" },
  });
  const now = await presentTime();
  return rows.map((row) => asListed(row, now));
}

export async function getWebhook(ctx: WorkspaceContext, id: string): Promise<ListedWebhook | null> {
  await requirePermission(ctx, "webhook.manage");
  const row = await ctx.db.webhookEndpoint.findFirst({ where: { id, workspaceId: ctx.workspaceId, deletedAt: null }, select: shown });
  return row && asListed(row, await presentTime());
}

function asListed(row: Omit<ListedWebhook, "kind" | "eventTypes" | "disabledReason">, now: Date): ListedWebhook {
  const { oldSecretEndsAt } = row;
  return { ...(row as ListedWebhook), oldSecretEndsAt: oldSecretEndsAt && oldSecretEndsAt > now ? oldSecretEndsAt : null };
}

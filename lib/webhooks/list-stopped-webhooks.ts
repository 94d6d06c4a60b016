import type { WebhookKind } from "@/lib/domain/runs/webhook-events";
import type { WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";

export interface StoppedWebhook {
  id: string;
  kind: WebhookKind;
  url: string;
  disabledReason: "failing" | "gone";
}

/** Lists the endpoints that the console disabled automatically, until someone enables or deletes them. */
export async function listStoppedWebhooks(ctx: WorkspaceContext): Promise<StoppedWebhook[]> {
  await requirePermission(ctx, "webhook.manage");
  const rows = await ctx.db.webhookEndpoint.findMany({
    where: { workspaceId: ctx.workspaceId, deletedAt: null, disabledReason: { in: ["failing", "gone"] } },
    select: { id: true, kind: true, url: true, disabledReason: true },
    orderBy: { disabledAt: "desc" },
  });
  return rows as StoppedWebhook[];
}

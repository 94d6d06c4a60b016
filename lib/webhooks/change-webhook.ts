import { type AuditVerb, recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { Prisma, WebhookEndpoint } from "@/lib/db/generated/client";
import { type Db, databaseNow, inTransaction } from "@/lib/db/transaction";
import type { JsonObject } from "@/lib/domain/json-value";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { publishChange } from "@/lib/live/publish-change";
import { type WorkspaceContext, withDb } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";

interface Change<T> {
  /** null: nothing is to be changed. */
  data: Prisma.WebhookEndpointUpdateInput | null;
  verb: AuditVerb;
  audit?: JsonObject;
  result: T;
}

/** Shared by all changes of an endpoint. Locks it, so that changes run in sequence. */
export function changeWebhook<T extends object>(
  ctx: WorkspaceContext,
  id: string,
  change: (endpoint: WebhookEndpoint, at: { now: Date; db: Db }) => Change<T> | Refusal | Promise<Change<T> | Refusal>,
): Promise<({ ok: true } & T) | Refusal> {
  return inTransaction<({ ok: true } & T) | Refusal>(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    await requirePermission(inner, "webhook.manage");
    const { workspaceId } = ctx;
    await tx.$executeRaw`SELECT FROM webhook_endpoints WHERE id = ${id}::uuid AND workspace_id = ${workspaceId}::uuid FOR NO KEY UPDATE`;
    const endpoint = await tx.webhookEndpoint.findFirst({ where: { id, workspaceId, deletedAt: null } });
    if (!endpoint) return refuse("not_found", "Webhook not found. It may have been deleted.");
    const changed = await change(endpoint, { now: await databaseNow(tx), db: tx });
    if ("ok" in changed) return changed;
    const { data, verb, audit, result } = changed;
    if (data) {
      await tx.webhookEndpoint.update({ where: { id }, data });
      await recordAuditEvent(inner, {
        verb,
        subjectType: "webhook",
        subjectId: id,
        data: { kind: endpoint.kind, url: endpoint.url, ...audit },
      });
      await publishChange(tx, workspaceId, "webhooks");
    }
    return { ok: true, ...result };
  });
}

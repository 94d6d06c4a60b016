import { v7 as uuidv7 } from "uuid";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { inTransaction } from "@/lib/db/transaction";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import type { WebhookEvent, WebhookKind } from "@/lib/domain/runs/webhook-events";
import { publishChange } from "@/lib/live/publish-change";
import { type WorkspaceContext, withDb } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import { lockWorkspace } from "@/lib/workspaces/lock-workspace";
import { checkWebhookUrl } from "./check-webhook-url";
import { makeWebhookSecret, sealWebhookSecret } from "./webhook-secret";

const MOST = 20;

/** `secret` is shown this one time; null for Slack, whose address is its secret. */
export type CreatedWebhook = { ok: true; id: string; secret: string | null } | Refusal;

/** Creates an endpoint, which gets events from now on. */
export function createWebhook(
  ctx: WorkspaceContext,
  { kind, url, eventTypes }: { kind: WebhookKind; url: string; eventTypes: readonly WebhookEvent[] },
): Promise<CreatedWebhook> {
  return inTransaction<CreatedWebhook>(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    await requirePermission(inner, "webhook.manage");
    const refusal = checkWebhookUrl(url);
    if (refusal) return refusal;
    const { workspaceId } = ctx;
    await lockWorkspace(inner);
    if ((await tx.webhookEndpoint.count({ where: { workspaceId, deletedAt: null } })) >= MOST) {
      return refuse("webhook_limit", `A workspace can have at most ${MOST} webhooks and channels. Delete one first.`);
    }
    const id = uuidv7();
    const isSlack = kind === "slack";
    const secret = isSlack ? null : makeWebhookSecret();
    const shownUrl = isSlack ? maskSlackUrl(url) : url;
    const createdBy = "email" in ctx.actor ? (ctx.actor.email ?? ctx.actor.type) : ctx.actor.type;
    await tx.webhookEndpoint.create({
      data: {
        ...{ id, workspaceId, kind, url: shownUrl, eventTypes: [...eventTypes], createdBy },
        sealedUrl: isSlack ? sealWebhookSecret(url) : null,
        sealedSecret: secret === null ? null : sealWebhookSecret(secret),
      },
    });
    await recordAuditEvent(inner, {
      verb: "webhook.created",
      subjectType: "webhook",
      subjectId: id,
      data: { kind, url: shownUrl, events: eventTypes.join(", ") },
    });
    await publishChange(tx, workspaceId, "webhooks");
    return { ok: true, id, secret };
  });
}

/** Identifies it for those who know it, by host and last four characters. */
function maskSlackUrl(url: string): string {
  return `${new URL(url).origin}/…${url.slice(-4)}`;
}

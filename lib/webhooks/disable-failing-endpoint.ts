import { v7 as uuidv7 } from "uuid";
import { listOwnerEmails } from "@/lib/approvers/list-owner-emails";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { DAY_MS } from "@/lib/domain/time/units";
import { queueEmail } from "@/lib/notifications/queue-email";
import type { WorkspaceContext } from "@/lib/security/context";

const DISABLE_AFTER_MS = 3 * DAY_MS;

/**
 * Disables an endpoint after three days of failures, or when it responds that it is gone. Nothing more is queued for it, and owners are
 * emailed.
 */
export async function disableFailingEndpoint(
  ctx: WorkspaceContext,
  id: string,
  { isGone, at }: { isGone: boolean; at: Date },
): Promise<void> {
  const reason = isGone ? "gone" : "failing";
  const { workspaceId, db } = ctx;
  const { count } = await db.webhookEndpoint.updateMany({
    where: { id, workspaceId, disabledAt: null, ...(isGone ? {} : { failingSince: { lte: new Date(at.getTime() - DISABLE_AFTER_MS) } }) },
    data: { disabledAt: at, disabledReason: reason },
  });
  if (count === 0) return;
  const { url, kind } = await db.webhookEndpoint.findUniqueOrThrow({ where: { id }, select: { url: true, kind: true } });
  await recordAuditEvent(ctx, { verb: "webhook.disabled", subjectType: "webhook", subjectId: id, data: { url, kind, reason } });
  await tellOwners(ctx, id, at);
}

/** Emails the owners that an endpoint was disabled, in the transaction that disables it. */
async function tellOwners(ctx: WorkspaceContext, aboutWebhookId: string, disabledAt: Date): Promise<void> {
  const { db, workspaceId } = ctx;
  for (const toEmail of await listOwnerEmails(ctx)) {
    await queueEmail(db, { id: uuidv7(), workspaceId, kind: "webhook_notice", aboutWebhookId, toEmail, createdAt: disabledAt });
  }
}

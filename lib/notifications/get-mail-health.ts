import { type DeliveryStatus, MAILBOX, type NotSentReason } from "@/lib/domain/runs/delivery-state";
import { firstIdAt } from "@/lib/domain/runs/first-id-at";
import type { WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";

export interface MailHealth {
  sent: number;
  /** Kept in the console's own mailbox, because no provider is configured. */
  kept: number;
  /** Still queued, whenever they were written. */
  queued: number;
  /** Failed after the last retry, or permanently rejected. */
  failed: number;
  /** Sent, then bounced. Also counted as sent. */
  bounced: number;
  /** Never queued, because the owner's email limit was reached. */
  overLimit: number;
  /** Canceled: the run was decided before the email was sent. */
  notNeeded: number;
  /** The newest failed email: its recipient, and the provider's error. */
  lastFailure: { toEmail: string; at: Date; error: string | null } | null;
}

/** Counts the emails about runs proposed since then by status, from an index alone. */
export async function getMailHealth(ctx: WorkspaceContext, since: Date): Promise<MailHealth> {
  await requirePermission(ctx, "run.read");
  const { workspaceId, db } = ctx;
  const runId = { gte: firstIdAt(since) };
  const groups = await db.emailDelivery.groupBy({
    by: ["status", "notSentReason", "provider"],
    where: { workspaceId, runId },
    _count: { _all: true },
  });
  const count = (status: DeliveryStatus, reason: NotSentReason | null = null, isKept = false) =>
    groups
      .filter(
        (group) =>
          group.status === status && group.notSentReason === reason && (status === "sent" && group.provider === MAILBOX) === isKept,
      )
      .reduce((sum, { _count }) => sum + _count._all, 0);
  const failed = count("dead");
  return {
    sent: count("sent"),
    kept: count("sent", null, true),
    queued: count("queued"),
    failed,
    bounced: await db.emailDelivery.count({ where: { workspaceId, runId, bouncedAt: { not: null } } }),
    overLimit: count("not_sent", "monthly_email_limit"),
    notNeeded: count("not_sent", "already_decided"),
    lastFailure: failed === 0 ? null : await lastFailure(ctx, runId),
  };
}

async function lastFailure({ workspaceId, db }: WorkspaceContext, runId: { gte: string }): Promise<MailHealth["lastFailure"]> {
  const mail = await db.emailDelivery.findFirst({
    where: { workspaceId, runId, status: "dead" },
    select: { toEmail: true, createdAt: true, lastError: true },
    orderBy: { runId: "desc" },
  });
  return mail && { toEmail: mail.toEmail, at: mail.createdAt, error: mail.lastError };
}

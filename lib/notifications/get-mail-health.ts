import { type DeliveryStatus, MAILBOX, type NotSentReason } from "@/lib/domain/runs/delivery-state";
import { firstIdAt } from "@/lib/domain/runs/first-id-at";
import type { WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";

export interface MailHealth {
  sent: number;
  /** In the console's own mailbox, for want of a provider. */
  kept: number;
  /** On their way, whenever they were written. */
  queued: number;
  /** Given up, or refused for good. */
  failed: number;
  /** Sent, and returned by the receiving server. Among the sent ones, too. */
  bounced: number;
  /** Never queued, because the owner's mail limit was reached. */
  overLimit: number;
  /** Not needed any more: the run was decided before the mail left. */
  notNeeded: number;
  /** The newest mail that was given up: to whom, and what the provider said. */
  lastFailure: { toEmail: string; at: Date; error: string | null } | null;
}

/** What became of the mails about runs proposed since then. Counted in an index alone. */
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

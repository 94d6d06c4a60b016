import { type DeliveryState, deliveryNews } from "@/lib/domain/runs/delivery-state";
import type { WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";

export interface CheckpointMail {
  email: string;
  /** The newest daily email; null: none yet. */
  last: { state: DeliveryState; at: Date; attempts: number; reason: string | null; receipts: number } | null;
}

/** Lists the status of the newest checkpoint email to each recipient. */
export async function listCheckpointMails(ctx: WorkspaceContext): Promise<CheckpointMail[]> {
  await requirePermission(ctx, "log.mail");
  const { workspaceId, db } = ctx;
  const { checkpointEmails } = await db.workspace.findUniqueOrThrow({ where: { id: workspaceId }, select: { checkpointEmails: true } });
  return Promise.all(
    checkpointEmails.map(async (email) => {
      const mail = await db.emailDelivery.findFirst({
        where: { workspaceId, toEmail: email, checkpointDay: { not: null } },
        orderBy: { checkpointDay: "desc" },
      });
      return {
        email,
        last: mail && {
          ...deliveryNews(mail),
          attempts: mail.attempts,
          reason: mail.bounceReason ?? mail.lastError,
          receipts: Number(mail.checkpointSize),
        },
      };
    }),
  );
}

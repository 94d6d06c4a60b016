import { v7 as uuidv7 } from "uuid";
import { listOwnerEmails } from "@/lib/approvers/list-owner-emails";
import { queueEmail } from "@/lib/notifications/queue-email";
import type { WorkspaceContext } from "@/lib/security/context";

/** Mails the owners that nothing more is sent to an endpoint, in the transaction that disabled it at that moment. */
export async function tellOwners(ctx: WorkspaceContext, aboutWebhookId: string, disabledAt: Date): Promise<void> {
  const { db, workspaceId } = ctx;
  for (const toEmail of await listOwnerEmails(ctx)) {
    await queueEmail(db, { id: uuidv7(), workspaceId, kind: "webhook_notice", aboutWebhookId, toEmail, createdAt: disabledAt });
  }
}

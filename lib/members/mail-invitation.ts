import { v7 as uuidv7 } from "uuid";
import { DAY_MS } from "@/lib/domain/time/units";
import { queueAccountEmail } from "@/lib/notifications/queue-account-email";
import type { WorkspaceContext } from "@/lib/security/context";

const INVITATION_DAYS = 7;

export function invitationExpiry(now: Date): Date {
  return new Date(now.getTime() + INVITATION_DAYS * DAY_MS);
}

/** Puts the mail with the invitation's link into the outbox, inside the caller's transaction. */
export function mailInvitation(
  { db, workspaceId }: WorkspaceContext,
  { id, email, token }: { id: string; email: string; token: string },
): Promise<void> {
  return queueAccountEmail(db, { id: uuidv7(), kind: "invitation", toEmail: email, token, about: { invitationId: id, workspaceId } });
}

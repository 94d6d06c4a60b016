import type { Db } from "@/lib/db/transaction";
import { queueEmail } from "./queue-email";

export type AccountEmailKind = "sign_in_link" | "sign_up_confirmation" | "account_exists" | "password_reset" | "invitation";

interface NewAccountEmail {
  /** The delivery's id: queuing the same one twice creates it once. */
  id: string;
  kind: AccountEmailKind;
  toEmail: string;
  token: string;
  about: { accountTokenId: string } | { invitationId: string; workspaceId: string };
}

/** Adds an email to someone who has or is getting an account to the outbox, inside the caller's transaction. */
export function queueAccountEmail(db: Db, { about, ...mail }: NewAccountEmail): Promise<void> {
  return queueEmail(db, { ...mail, ...about });
}

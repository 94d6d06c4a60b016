import { addJob } from "@/lib/db/add-job";
import { bytes } from "@/lib/db/bytes";
import { databaseNow, type Db } from "@/lib/db/transaction";
import { sealToken } from "./seal-token";

export type AccountEmailKind = "sign_in_link" | "sign_up_confirmation" | "account_exists" | "password_reset" | "invitation";

interface NewAccountEmail {
  /** The delivery's: asked for twice, it is written once. */
  id: string;
  kind: AccountEmailKind;
  toEmail: string;
  token: string;
  about: { accountTokenId: string } | { invitationId: string; workspaceId: string };
}

/** Puts a mail to somebody who has or gets an account into the outbox, inside the caller's transaction. */
export async function queueAccountEmail(db: Db, { id, kind, toEmail, token, about }: NewAccountEmail): Promise<void> {
  await db.emailDelivery.create({
    data: { id, kind, toEmail, status: "queued", sealedToken: bytes(sealToken(token)), createdAt: await databaseNow(db), ...about },
  });
  await addJob(db, "send-email", { deliveryId: id });
}

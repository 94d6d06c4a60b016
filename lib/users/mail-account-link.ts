import { z } from "zod";
import { inTransaction } from "@/lib/db/transaction";
import { queueAccountEmail } from "@/lib/notifications/queue-account-email";
import type { SystemContext } from "@/lib/security/context";
import { issueAccountToken } from "./issue-account-token";

export const accountLinkJobSchema = z.object({
  deliveryId: z.uuid(),
  kind: z.enum(["sign_in", "reset_password"]),
  email: z.string(),
  next: z.string(),
});
export type AccountLinkJob = z.output<typeof accountLinkJobSchema>;

const MAIL = { sign_in: "sign_in_link", reset_password: "password_reset" } as const;

/** The worker's part of a link request: sends the email if the account exists. Idempotent. */
export async function mailAccountLink({ db }: SystemContext, { deliveryId, kind, email, next }: AccountLinkJob): Promise<void> {
  await inTransaction(db, async (tx) => {
    const user = await tx.user.findUnique({ where: { email } });
    if (!user || user.disabledAt || (await tx.emailDelivery.findUnique({ where: { id: deliveryId } }))) return;
    const { id, token } = await issueAccountToken(tx, { kind, email, userId: user.id, payload: { next } });
    await queueAccountEmail(tx, { id: deliveryId, kind: MAIL[kind], toEmail: email, token, about: { accountTokenId: id } });
  });
}

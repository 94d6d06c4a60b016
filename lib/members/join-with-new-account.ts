import { v7 as uuidv7 } from "uuid";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { accountContext } from "@/lib/auth/contexts";
import { databaseNow, inTransaction, rollBack } from "@/lib/db/transaction";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import type { VisitorContext } from "@/lib/security/context";
import { hashPassword } from "@/lib/security/hash-password";
import { refuseMailLink } from "@/lib/users/refuse-mail-link";
import { refuseOwnAddress } from "@/lib/users/refuse-own-address";
import { acceptInTransaction, type Joined } from "./accept-invitation";
import { getInvitation } from "./get-invitation";
import { mayMakeAccount } from "./may-make-account";
import type { Join } from "./schema";

/** Makes the account of someone who was invited, and joins with it: having the link proves that the address is theirs. */
export async function joinWithNewAccount(
  visitor: VisitorContext,
  { token, name, password }: Join,
): Promise<(Joined & { email: string }) | Refusal> {
  const opened = await getInvitation(visitor, token);
  if (opened.state !== "open") return refuseMailLink();
  if (!mayMakeAccount())
    return refuse(
      "sign_up_closed",
      "Only the operator can create accounts on this console. Ask them for one, then open the invitation again.",
    );
  const { email } = opened.invitation;
  const refusal = refuseOwnAddress(password, email);
  if (refusal) return refusal;
  const passwordHash = await hashPassword(password);
  return inTransaction<(Joined & { email: string }) | Refusal>(visitor.db, async (tx) => {
    const id = uuidv7();
    const { count } = await tx.user.createMany({
      data: [{ id, email, name, passwordHash, emailVerifiedAt: await databaseNow(tx) }],
      skipDuplicates: true,
    });
    if (count === 0) return refuse("validation_failed", "This address already has an account. Sign in to join.");
    const ctx = accountContext({ id, email }, tx);
    await recordAuditEvent(ctx, { verb: "user.signed_up", subjectType: "user", subjectId: id, data: { email, is_operator: false } });
    const joined = await acceptInTransaction(ctx, token);
    return joined.ok ? { ...joined, email } : rollBack(joined);
  });
}

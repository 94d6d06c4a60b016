import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { accountContext } from "@/lib/auth/contexts";
import { databaseNow, inTransaction } from "@/lib/db/transaction";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import { endAccountTokens, readAccountToken, spendAccountToken } from "@/lib/security/account-token";
import type { VisitorContext } from "@/lib/security/context";
import { hashPassword } from "@/lib/security/hash-password";
import { endSessions } from "./end-sessions";
import { refuseMailLink } from "./refuse-mail-link";
import { refuseOwnAddress } from "./refuse-own-address";

/**
 * Sets a new password with an emailed token. Ends every session and every other link, so that anyone with the old password is signed out.
 */
export async function resetPassword(
  { db }: VisitorContext,
  { token, password }: { token: string; password: string },
): Promise<{ ok: true; email: string } | Refusal> {
  // Invalid tokens don't cost a hash.
  const { state, found } = await readAccountToken(db, ["reset_password"], token);
  if (state !== "open") return refuseMailLink();
  const refusal = refuseOwnAddress(password, found?.email ?? "");
  if (refusal) return refusal;
  const passwordHash = await hashPassword(password);
  return inTransaction<{ ok: true; email: string } | Refusal>(db, async (tx) => {
    const spent = await spendAccountToken(tx, "reset_password", token);
    if (!spent?.user) return refuseMailLink();
    const { id, email, emailVerifiedAt } = spent.user;
    const now = await databaseNow(tx);
    await tx.user.update({
      where: { id },
      data: { passwordHash, sessionVersion: { increment: 1 }, emailVerifiedAt: emailVerifiedAt ?? now },
    });
    const ended = await endSessions(tx, { userId: id });
    await endAccountTokens(tx, id);
    await recordAuditEvent(accountContext({ id, email }, tx), {
      verb: "user.password_reset",
      subjectType: "user",
      subjectId: id,
      data: { sessions_ended: ended },
    });
    return { ok: true, email };
  });
}

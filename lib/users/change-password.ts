import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { inTransaction } from "@/lib/db/transaction";
import { type Refusal, refuseField } from "@/lib/domain/refusals/refusal";
import { countAttempt } from "@/lib/limits/count-attempt";
import { endAccountTokens } from "@/lib/security/account-token";
import { type UserContext, withDb } from "@/lib/security/context";
import { hashPassword, verifyPassword } from "@/lib/security/hash-password";
import { endSessions } from "./end-sessions";
import { refuseOwnAddress } from "./refuse-own-address";

export interface PasswordChange {
  currentPassword: string;
  password: string;
  /** The session that asks: it stays. */
  sessionId: string;
}

/**
 * Changes the password, or sets the first one of an account that has been entered by mailed links only. Whoever found an open
 * browser needs the current one. Every other session and every mailed link ends; the raised
 * session version makes sure of a sign-in that is on its way at this moment.
 */
export async function changePassword(
  ctx: UserContext,
  { currentPassword, password, sessionId }: PasswordChange,
): Promise<{ ok: true; sessionsEnded: number } | Refusal> {
  const { userId: id, email } = ctx.actor;
  const { passwordHash: before } = await ctx.db.user.findUniqueOrThrow({ where: { id } });
  if (before !== null) {
    const counted = await countAttempt(ctx.db, "password_change", { email, client: id });
    if (!counted.ok) return counted;
    if (!(await verifyPassword(before, currentPassword))) return refuseField("currentPassword", "This isn’t your current password.");
    await counted.giveBack(ctx.db);
    if (password === currentPassword) return refuseField("password", "This is your current password. Choose another.");
  }
  const refusal = refuseOwnAddress(password, email);
  if (refusal) return refusal;
  const passwordHash = await hashPassword(password);
  return inTransaction<{ ok: true; sessionsEnded: number } | Refusal>(ctx.db, async (tx) => {
    // Only over the one that was checked: a change made meanwhile, somewhere else, stands.
    const { count } = await tx.user.updateMany({
      where: { id, passwordHash: before },
      data: { passwordHash, sessionVersion: { increment: 1 } },
    });
    if (count === 0) return refuseField("currentPassword", "Your password was changed a moment ago. Use the new one.");
    const { sessionVersion } = await tx.user.findUniqueOrThrow({ where: { id } });
    await tx.session.updateMany({ where: { id: sessionId, userId: id }, data: { sessionVersion } });
    const sessionsEnded = await endSessions(tx, { userId: id, exceptId: sessionId });
    await endAccountTokens(tx, id);
    const data = { was_first: before === null, sessions_ended: sessionsEnded };
    await recordAuditEvent(withDb(ctx, tx), { verb: "user.password_changed", subjectType: "user", subjectId: id, data });
    return { ok: true, sessionsEnded };
  });
}

import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { databaseNow, inTransaction } from "@/lib/db/transaction";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { endAccountTokens } from "@/lib/security/account-token";
import { type UserContext, withDb } from "@/lib/security/context";
import { endSessions } from "./end-sessions";

/** Ends one session of one's own: it is over with that browser's next request. Another person's is like one that does not exist. */
export function revokeSession(ctx: UserContext, sessionId: string): Promise<{ ok: true } | Refusal> {
  return inTransaction<{ ok: true } | Refusal>(ctx.db, async (tx) => {
    const { userId } = ctx.actor;
    const { count } = await tx.session.updateMany({
      where: { id: sessionId, userId, revokedAt: null },
      data: { revokedAt: await databaseNow(tx) },
    });
    if (count === 0) return refuse("not_found", "This session has already ended.");
    await recordAuditEvent(withDb(ctx, tx), { verb: "user.session_revoked", subjectType: "session", subjectId: sessionId });
    return { ok: true };
  });
}

/** Signs out everywhere, and ends mailed links to sign in or to set a password. The session version makes sure of sessions that are being made at this moment. */
export function revokeAllSessions(ctx: UserContext): Promise<{ ok: true; sessionsEnded: number }> {
  return inTransaction(ctx.db, async (tx) => {
    const { userId: id } = ctx.actor;
    await tx.user.update({ where: { id }, data: { sessionVersion: { increment: 1 } } });
    const sessionsEnded = await endSessions(tx, { userId: id });
    await endAccountTokens(tx, id);
    await recordAuditEvent(withDb(ctx, tx), {
      verb: "user.signed_out_everywhere",
      subjectType: "user",
      subjectId: id,
      data: { sessions_ended: sessionsEnded },
    });
    return { ok: true, sessionsEnded };
  });
}

import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { databaseNow, inTransaction } from "@/lib/db/transaction";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { endAccountTokens } from "@/lib/security/account-token";
import { type UserContext, withDb } from "@/lib/security/context";
import { endSessions } from "./end-sessions";

/** Ends one of a person's own sessions: that browser's next request is signed out. Another person's session is like a missing one. */
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

/** Signs out everywhere and ends emailed links. The session version also covers sessions that are being created at this moment. */
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

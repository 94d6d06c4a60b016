import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { inTransaction } from "@/lib/db/transaction";
import { type UserContext, withDb } from "@/lib/security/context";

/** Ends an absence: from now on the stand-in isn't asked. Requests they already have stay with them. */
export function endAbsence(ctx: UserContext): Promise<{ ok: true }> {
  return inTransaction(ctx.db, async (tx) => {
    const { userId } = ctx.actor;
    const [ended] = await tx.$queryRaw<{ email: string }[]>`
      DELETE FROM absences USING users colleague
      WHERE absences.user_id = ${userId}::uuid AND colleague.id = absences.colleague_id RETURNING colleague.email`;
    if (ended) {
      await recordAuditEvent(withDb(ctx, tx), {
        verb: "user.absence_ended",
        subjectType: "user",
        subjectId: userId,
        data: { colleague: ended.email },
      });
    }
    return { ok: true };
  });
}

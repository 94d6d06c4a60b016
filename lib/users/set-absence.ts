import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { databaseNow, inTransaction } from "@/lib/db/transaction";
import type { JsonObject } from "@/lib/domain/json-value";
import { type Refusal, refuseField } from "@/lib/domain/refusals/refusal";
import { type UserContext, withDb } from "@/lib/security/context";
import { listColleagues } from "./list-colleagues";
import type { NewAbsence } from "./schema";

/**
 * Sets an absence. Meanwhile, a colleague is also asked about new runs, and about pending ones when a reminder is due. They decide in
 * their own name. Replaces an earlier absence.
 */
export function setAbsence(ctx: UserContext, { colleagueId, startsAt, endsAt }: NewAbsence): Promise<{ ok: true } | Refusal> {
  return inTransaction(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    const { userId } = ctx.actor;
    await tx.$executeRaw`SELECT FROM users WHERE id = ${userId}::uuid FOR NO KEY UPDATE`;
    if (endsAt <= (await databaseNow(tx))) return refuseField("endsAt", "This period is already over.");
    const colleague = (await listColleagues(inner)).find((one) => one.userId === colleagueId);
    if (!colleague) return refuseField("colleagueId", "Choose a member of one of your workspaces whose role can decide.");
    const before = await tx.absence.findUnique({ where: { userId }, include: { colleague: { select: { email: true } } } });
    const change = { colleagueId, startsAt, endsAt };
    await tx.absence.upsert({ where: { userId }, create: { userId, ...change }, update: change });
    const words = (email: string, from: Date, until: Date): JsonObject => ({
      colleague: email,
      from: from.toISOString(),
      until: until.toISOString(),
    });
    await recordAuditEvent(inner, {
      verb: "user.absence_set",
      subjectType: "user",
      subjectId: userId,
      data: {
        ...words(colleague.email, startsAt, endsAt),
        before: before && words(before.colleague.email, before.startsAt, before.endsAt),
      },
    });
    return { ok: true };
  });
}

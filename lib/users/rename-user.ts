import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { inTransaction } from "@/lib/db/transaction";
import { type UserContext, withDb } from "@/lib/security/context";

/** Changes the name that others see. */
export function renameUser(ctx: UserContext, { name }: { name: string }): Promise<{ ok: true; name: string }> {
  return inTransaction(ctx.db, async (tx) => {
    const { userId: id } = ctx.actor;
    const { name: before } = await tx.user.findUniqueOrThrow({ where: { id } });
    await tx.user.update({ where: { id }, data: { name } });
    await recordAuditEvent(withDb(ctx, tx), { verb: "user.renamed", subjectType: "user", subjectId: id, data: { before, after: name } });
    return { ok: true, name };
  });
}

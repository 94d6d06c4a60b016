import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { withDb, type WorkspaceContext } from "@/lib/context";
import { databaseNow, inTransaction } from "@/lib/db/transaction";

/** Ends a key at once: what is asked with it after this has committed is refused. False: there is no such live key here. */
export function revokeApiKey(ctx: WorkspaceContext, id: string): Promise<boolean> {
  return inTransaction(ctx.db, async (tx) => {
    const { count } = await tx.apiKey.updateMany({
      where: { id, workspaceId: ctx.workspaceId, revokedAt: null },
      data: { revokedAt: await databaseNow(tx) },
    });
    if (count === 0) return false;
    await recordAuditEvent(withDb(ctx, tx), { verb: "api_key.revoked", subjectType: "api_key", subjectId: id });
    return true;
  });
}

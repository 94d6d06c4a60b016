import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { databaseNow, inTransaction } from "@/lib/db/transaction";
import { publishChange } from "@/lib/live/publish-change";
import { type WorkspaceContext, withDb } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import { KEY_KINDS } from "./schema";

/** Revokes a key: requests with it are rejected once this has committed. False: the workspace has no such valid key. */
export function revokeApiKey(ctx: WorkspaceContext, id: string): Promise<boolean> {
  return inTransaction(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    await requirePermission(inner, "key.manage");
    const [revoked] = await tx.apiKey.updateManyAndReturn({
      where: { id, workspaceId: ctx.workspaceId, kind: { in: [...KEY_KINDS] }, revokedAt: null },
      data: { revokedAt: await databaseNow(tx) },
      select: { kind: true, name: true, hint: true },
    });
    if (!revoked) return false;
    await recordAuditEvent(inner, { verb: "api_key.revoked", subjectType: "api_key", subjectId: id, data: revoked });
    await publishChange(tx, ctx.workspaceId, "keys");
    return true;
  });
}

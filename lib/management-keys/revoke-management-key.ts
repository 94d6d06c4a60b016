import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { databaseNow, inTransaction } from "@/lib/db/transaction";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { publishChange } from "@/lib/live/publish-change";
import { type WorkspaceContext, withDb } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";

/** Revokes a key: requests with it are rejected once this has committed. */
export function revokeManagementKey(ctx: WorkspaceContext, id: string): Promise<{ ok: true } | Refusal> {
  return inTransaction<{ ok: true } | Refusal>(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    await requirePermission(inner, "management_key.manage");
    const [revoked] = await tx.managementKey.updateManyAndReturn({
      where: { id, workspaceId: ctx.workspaceId, revokedAt: null },
      data: { revokedAt: await databaseNow(tx) },
      select: { name: true, hint: true, scopes: true },
    });
    if (!revoked) return refuse("not_found", "The key was already revoked. Nothing was changed.");
    await recordAuditEvent(inner, { verb: "management_key.revoked", subjectType: "management_key", subjectId: id, data: revoked });
    await publishChange(tx, ctx.workspaceId, "keys");
    return { ok: true };
  });
}

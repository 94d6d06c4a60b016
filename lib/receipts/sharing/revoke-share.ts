import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { databaseNow, inTransaction } from "@/lib/db/transaction";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { publishChange } from "@/lib/live/publish-change";
import { type WorkspaceContext, withDb } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";

/** Revokes a link immediately and permanently: requests after the commit get nothing. */
export function revokeShare(ctx: WorkspaceContext, id: string): Promise<{ ok: true } | Refusal> {
  return inTransaction<{ ok: true } | Refusal>(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    await requirePermission(inner, "receipt.share");
    const { workspaceId } = ctx;
    const { count } = await tx.receiptShare.updateMany({
      where: { id, workspaceId, revokedAt: null },
      data: { revokedAt: await databaseNow(tx) },
    });
    if (count === 0) return refuse("not_found", "Link not found. It may already have been revoked.");
    const { run } = await tx.receiptShare.findUniqueOrThrow({
      where: { id },
      select: { run: { select: { actionName: true, receipts: { where: { kind: "decision" }, select: { id: true } } } } },
    });
    await recordAuditEvent(inner, {
      verb: "receipt.share_revoked",
      subjectType: "receipt",
      subjectId: run.receipts[0]?.id ?? id,
      data: { share: id, action: run.actionName },
    });
    await publishChange(tx, workspaceId, "receipts");
    return { ok: true };
  });
}

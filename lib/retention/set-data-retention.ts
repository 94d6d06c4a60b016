import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { inTransaction } from "@/lib/db/transaction";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import { publishChange } from "@/lib/live/publish-change";
import { type MemberContext, withDb } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import { lockWorkspace, refuseUnknownWorkspace } from "@/lib/workspaces/lock-workspace";
import type { NewDataRetention } from "./schema";

/** Sets after how many days a run's personal data is erased; null: it isn't erased by itself. What was erased before stays erased. */
export function setDataRetention(ctx: MemberContext, { keptDays }: NewDataRetention): Promise<{ ok: true } | Refusal> {
  const { workspaceId, actor } = ctx;
  return inTransaction(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    await requirePermission(inner, "run.erase");
    if (!(await lockWorkspace(inner))) return refuseUnknownWorkspace();
    const before = (await tx.dataRetention.findUnique({ where: { workspaceId } }))?.keptDays ?? null;
    if (before === keptDays) return { ok: true };
    if (keptDays === null) await tx.dataRetention.delete({ where: { workspaceId } });
    else {
      const set = { keptDays, setBy: actor.email };
      await tx.dataRetention.upsert({ where: { workspaceId }, create: { workspaceId, ...set }, update: set });
    }
    await recordAuditEvent(inner, {
      verb: "workspace.data_retention_changed",
      subjectType: "workspace",
      subjectId: workspaceId,
      data: { before: { data_kept_days: before }, after: { data_kept_days: keptDays } },
    });
    await publishChange(tx, workspaceId, "workspace");
    return { ok: true };
  });
}

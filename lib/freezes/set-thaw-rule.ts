import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { inTransaction } from "@/lib/db/transaction";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import { publishChange } from "@/lib/live/publish-change";
import { type WorkspaceContext, withDb } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import { lockWorkspace, refuseUnknownWorkspace } from "@/lib/workspaces/lock-workspace";

/** Sets whether someone else than the person who froze must thaw. What is frozen under the rule stays under it. */
export function setThawRule(
  ctx: WorkspaceContext,
  { thawNeedsAnotherPerson: after }: { thawNeedsAnotherPerson: boolean },
): Promise<{ ok: true } | Refusal> {
  return inTransaction(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    await requirePermission(inner, "workspace.manage");
    if (!(await lockWorkspace(inner))) return refuseUnknownWorkspace();
    const where = { id: ctx.workspaceId };
    const { thawNeedsAnotherPerson: before } = await tx.workspace.findUniqueOrThrow({ where, select: { thawNeedsAnotherPerson: true } });
    if (before === after) return { ok: true };
    await tx.workspace.update({ where, data: { thawNeedsAnotherPerson: after } });
    await recordAuditEvent(inner, {
      verb: "workspace.thaw_rule_changed",
      subjectType: "workspace",
      subjectId: ctx.workspaceId,
      data: { before: { thaw_needs_another_person: before }, after: { thaw_needs_another_person: after } },
    });
    await publishChange(tx, ctx.workspaceId, "workspace");
    return { ok: true };
  });
}

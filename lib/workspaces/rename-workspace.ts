import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { inTransaction } from "@/lib/db/transaction";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import { publishChange } from "@/lib/live/publish-change";
import { type WorkspaceContext, withDb } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import { lockWorkspace, refuseUnknownWorkspace } from "./lock-workspace";
import { type WorkspaceNames, workspaceNamesSchema } from "./schema";

/** Another name, or another client. Nothing refers to a workspace by its name, so nothing else changes. */
export function renameWorkspace(ctx: WorkspaceContext, input: WorkspaceNames): Promise<{ ok: true } | Refusal> {
  const { name, clientName } = workspaceNamesSchema.parse(input);
  return inTransaction(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    await requirePermission(inner, "workspace.manage");
    const workspace = await lockWorkspace(inner);
    if (!workspace) return refuseUnknownWorkspace();
    if (workspace.name === name && workspace.client_name === clientName) return { ok: true };
    await tx.workspace.update({ where: { id: ctx.workspaceId }, data: { name, clientName } });
    await recordAuditEvent(inner, {
      verb: "workspace.renamed",
      subjectType: "workspace",
      subjectId: ctx.workspaceId,
      data: { before: { name: workspace.name, client_name: workspace.client_name }, after: { name, client_name: clientName } },
    });
    await publishChange(tx, ctx.workspaceId, "workspace");
    return { ok: true };
  });
}

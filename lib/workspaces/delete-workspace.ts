import { endLostGrants } from "@/lib/approvers/end-lost-grants";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { addJob } from "@/lib/db/add-job";
import { databaseNow, inTransaction } from "@/lib/db/transaction";
import { type Refusal, refuseField } from "@/lib/domain/refusals/refusal";
import { countDown, FOREVER } from "@/lib/limits/count-up";
import { publishChange } from "@/lib/live/publish-change";
import { type WorkspaceContext, withDb } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import { lockWorkspace, refuseUnknownWorkspace } from "./lock-workspace";

/**
 * Closes a workspace for good. Its keys open nothing from the moment this commits, its place in the owner's limit is free,
 * and nobody sees it any more; its receipts are kept. What waits for an answer is blocked by the worker, so that a link in
 * a mail says what became of the run.
 */
export function deleteWorkspace(ctx: WorkspaceContext, { name }: { name: string }): Promise<{ ok: true } | Refusal> {
  return inTransaction(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    const { workspaceId, actor } = ctx;
    await requirePermission(inner, "workspace.delete");
    const workspace = await lockWorkspace(inner);
    if (!workspace) return refuseUnknownWorkspace();
    if (workspace.name !== name) return refuseOtherName(workspace.name);
    const waiting = await tx.actionRun.count({ where: { workspaceId, governanceStatus: "pending_approval" } });
    await tx.workspace.update({ where: { id: workspaceId }, data: { deletedAt: await databaseNow(tx), configVersion: { increment: 1 } } });
    await endLostGrants(inner);
    await countDown(tx, "active_workspaces", workspace.owner_id, FOREVER);
    await recordAuditEvent(inner, {
      verb: "workspace.deleted",
      subjectType: "workspace",
      subjectId: workspaceId,
      data: { name: workspace.name, client_name: workspace.client_name, runs_waiting: waiting },
    });
    if (actor.type === "user") {
      const { userId, email } = actor;
      await addJob(tx, "block-waiting-runs", { workspaceId, userId, email });
    }
    await publishChange(tx, workspaceId, "workspace");
    return { ok: true };
  });
}

function refuseOtherName(name: string): Refusal {
  const message = `Type the workspace's name, ${name}, to delete it.`;
  return refuseField("name", message);
}

import { isDeepStrictEqual } from "node:util";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { inTransaction } from "@/lib/db/transaction";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import { publishChange } from "@/lib/live/publish-change";
import { type WorkspaceContext, withDb } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import { lockWorkspace, refuseUnknownWorkspace } from "./lock-workspace";

/** Sets who gets the log's newest checkpoint by email once a day. Queued emails to removed recipients are not sent. */
export function setCheckpointEmails(ctx: WorkspaceContext, emails: readonly string[]): Promise<{ ok: true } | Refusal> {
  const after = [...new Set(emails)];
  return inTransaction(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    await requirePermission(inner, "log.mail");
    if (!(await lockWorkspace(inner))) return refuseUnknownWorkspace();
    const { checkpointEmails: before } = await tx.workspace.findUniqueOrThrow({
      where: { id: ctx.workspaceId },
      select: { checkpointEmails: true },
    });
    if (isDeepStrictEqual(before, after)) return { ok: true };
    await tx.workspace.update({ where: { id: ctx.workspaceId }, data: { checkpointEmails: after } });
    await recordAuditEvent(inner, {
      verb: "workspace.checkpoint_mail_changed",
      subjectType: "workspace",
      subjectId: ctx.workspaceId,
      data: { before: { checkpoint_emails: before }, after: { checkpoint_emails: after } },
    });
    await publishChange(tx, ctx.workspaceId, "workspace");
    return { ok: true };
  });
}

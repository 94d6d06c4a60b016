import { v7 as uuidv7 } from "uuid";
import { isUncollected } from "@/lib/action-runs/status/claim-state-sql";
import { listOwnerEmails } from "@/lib/approvers/list-owner-emails";
import { systemContext } from "@/lib/auth/contexts";
import { eachAlone } from "@/lib/db/each-alone";
import { inTransaction } from "@/lib/db/transaction";
import { getMetrics } from "@/lib/metrics/metrics";
import { queueEmail } from "@/lib/notifications/queue-email";
import { type SystemContext, type WorkspaceContext, withDb } from "@/lib/security/context";
import { writeRevocation } from "./write-revocation";

const MAX_AT_ONCE = 1000;

/**
 * Ends the approval of a run that was not claimed while the approval was valid, and emails the workspace's owners: it usually means that a
 * worker is not running. False: the run was claimed, or its approval is still valid.
 */
export async function lapseApproval(ctx: WorkspaceContext<{ readonly type: "system" }>, runId: string): Promise<boolean> {
  const isLapsed = await inTransaction(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    const lapsedAt = await writeRevocation(inner, { runId, reason: "approval_lapsed", revokedBy: null, comment: null });
    if (!lapsedAt) return false;
    const { workspaceId } = ctx;
    for (const toEmail of await listOwnerEmails(inner)) {
      await queueEmail(tx, { id: uuidv7(), workspaceId, runId, kind: "uncollected_notice", toEmail, createdAt: lapsedAt });
    }
    return true;
  });
  if (isLapsed) getMetrics()?.lapsedApprovals.inc();
  return isLapsed;
}

/**
 * The same for every run that is due, including those whose own job was lost and those whose claim was released after the approval ended.
 * Failing ones are retried with the next sweep.
 */
export async function lapseApprovals({ db }: SystemContext): Promise<void> {
  const due = await db.$queryRaw<{ id: string; workspace_id: string }[]>`
    SELECT run.id, run.workspace_id FROM action_runs run WHERE ${isUncollected} ORDER BY run.approval_valid_until LIMIT ${MAX_AT_ONCE}`;
  await eachAlone(due, ({ id, workspace_id: workspaceId }) => lapseApproval(systemContext(workspaceId, db), id));
}

import type { MemberContext } from "@/lib/security/context";
import { blockDeletedRun } from "./decide-run";

const AT_A_TIME = 100;
const COMMENT = "The workspace was deleted.";

/**
 * Blocks the pending runs of a deleted workspace in the name of the member who deleted it. Each run is decided with its own receipt, so
 * this can be interrupted and repeated. Expired runs are left to the expiry job.
 */
export async function blockWaitingRuns(ctx: MemberContext): Promise<void> {
  const { workspaceId, db } = ctx;
  for (let after = ""; ; ) {
    const waiting = await db.actionRun.findMany({
      where: { workspaceId, governanceStatus: "pending_approval", ...(after && { id: { gt: after } }) },
      select: { id: true },
      orderBy: { id: "asc" },
      take: AT_A_TIME,
    });
    for (const { id } of waiting) await blockDeletedRun(ctx, { runId: id, comment: COMMENT });
    const last = waiting.at(-1);
    if (!last) return;
    after = last.id;
  }
}

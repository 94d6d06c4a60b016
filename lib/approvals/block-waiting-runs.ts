import { eachAlone } from "@/lib/db/each-alone";
import type { MemberContext } from "@/lib/security/context";
import { blockDeletedRun } from "./decide-run";

const AT_A_TIME = 100;
const COMMENT = "The workspace was deleted.";

/**
 * Blocks the pending runs of a deleted workspace in the name of the member who deleted it. Each run is decided with its own receipt, so
 * this can be interrupted and repeated. Expired runs are left to the expiry job, and failing ones are retried with the job.
 */
export function blockWaitingRuns(ctx: MemberContext): Promise<void> {
  return eachAlone(waitingRuns(ctx), ({ id }) => blockDeletedRun(ctx, { runId: id, comment: COMMENT }));
}

async function* waitingRuns({ workspaceId, db }: MemberContext): AsyncGenerator<{ id: string }> {
  let last: { id: string } | undefined;
  do {
    const waiting: { id: string }[] = await db.actionRun.findMany({
      where: { workspaceId, governanceStatus: "pending_approval", ...(last && { id: { gt: last.id } }) },
      select: { id: true },
      orderBy: { id: "asc" },
      take: AT_A_TIME,
    });
    yield* waiting;
    last = waiting.at(-1);
  } while (last);
}

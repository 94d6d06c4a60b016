import { systemContext } from "@/lib/auth/contexts";
import { eachAlone } from "@/lib/db/each-alone";
import type { SystemContext } from "@/lib/security/context";
import { expireRun } from "./decide-run";

const AT_A_TIME = 1000;

interface OverdueRun {
  id: string;
  workspace_id: string;
  expires_at: Date;
}

/**
 * Expires every overdue run, including those whose own job was lost, for example after restoring a backup. Failing ones are skipped and
 * retried with the next sweep.
 */
export function expireOverdueRuns(ctx: SystemContext, atATime = AT_A_TIME): Promise<void> {
  return eachAlone(overdueRuns(ctx, atATime), ({ id, workspace_id: workspaceId }) => expireRun(systemContext(workspaceId, ctx.db), id));
}

async function* overdueRuns(ctx: SystemContext, atATime: number): AsyncGenerator<OverdueRun> {
  let last: OverdueRun | undefined;
  do {
    const runs: OverdueRun[] = await ctx.db.$queryRaw<OverdueRun[]>`
      SELECT id, workspace_id, expires_at FROM action_runs run
      WHERE governance_status = 'pending_approval' AND daai_is_overdue(run, statement_timestamp())
        AND (${last === undefined} OR (expires_at, id) > (${last?.expires_at ?? null}::timestamptz, ${last?.id ?? null}::uuid))
      ORDER BY expires_at, id LIMIT ${atATime}`;
    yield* runs;
    last = runs.length < atATime ? undefined : runs.at(-1);
  } while (last);
}

import { claimState, hasOpenClaim } from "@/lib/action-runs/status/claim-state-sql";
import type { ClaimState } from "@/lib/domain/runs/claim-state";
import type { Context } from "@/lib/security/context";
import { type FreezeTarget, isCovered } from "./frozen-runs-sql";

/** A run that a worker has claimed and not reported: it may still be running. */
export interface OpenClaim {
  readonly runId: string;
  readonly workspaceId: string;
  readonly sentence: string;
  readonly worker: string;
  readonly claimedAt: Date;
  readonly state: ClaimState;
}

const MOST_CLAIMS = 100;

/** Lists the open claims that a freeze covers, the newest first. */
export function listClaims({ db }: Context, freeze: FreezeTarget): Promise<OpenClaim[]> {
  return db.$queryRaw<OpenClaim[]>`
    SELECT run.id AS "runId", run.workspace_id AS "workspaceId", coalesce(run.sentence, 'run ' || run.action_name) AS sentence,
      run.claim_worker AS worker, run.claimed_at AS "claimedAt", ${claimState} AS state
    FROM action_runs run WHERE ${hasOpenClaim} AND ${isCovered(freeze)} ORDER BY run.claimed_at DESC LIMIT ${MOST_CLAIMS}`;
}

export async function countClaims({ db }: Context, freeze: FreezeTarget): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM action_runs run WHERE ${hasOpenClaim} AND ${isCovered(freeze)}`;
  return row?.count ?? 0;
}

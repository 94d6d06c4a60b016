import { Prisma } from "@/lib/db/generated/client";
import { frozenSince } from "./run-clock-sql";

// Where the claim on `run` stands (lib/domain/runs/claim-state.ts), for queries with a `run` in their FROM clause.

/** A value, and no EXISTS: that may become a join, which does not keep the order of a list. */
const autoReleasesClaims = Prisma.sql`(SELECT a.auto_releases_claims FROM registered_actions a WHERE a.id = run.action_id)`;

function claimStateAt(at: Prisma.Sql, autoReleases = autoReleasesClaims): Prisma.Sql {
  return Prisma.sql`daai_claim_state(run.execution_status, run.claim_token_hash, run.claim_expires_at, ${autoReleases}, run.approval_valid_until, ${frozenSince}, ${at})`;
}

/** For reading: one time for all rows. */
const now = Prisma.sql`statement_timestamp()`;
export const claimState = claimStateAt(now);

/** For writing: the current time, also after waiting for a row's lock. */
export const presentClaimState = claimStateAt(Prisma.sql`clock_timestamp()`);

/** The predicate of the index `action_runs_claimed`, repeated literally so that the planner can use it. */
export const hasOpenClaim = Prisma.sql`run.claim_token_hash IS NOT NULL AND run.execution_status = 'awaiting_execution_report'`;

export const isInDoubt = Prisma.sql`(${hasOpenClaim} AND ${claimState} = 'in_doubt')`;

/** For counting, where order doesn't matter: reads all actions at once instead of one per claim. */
export const runsInDoubt = Prisma.sql`(SELECT run.* FROM action_runs run LEFT JOIN registered_actions action ON action.id = run.action_id
  WHERE ${hasOpenClaim} AND ${claimStateAt(now, Prisma.sql`action.auto_releases_claims`)} = 'in_doubt')`;

/** Runs of an inactive action can't be claimed until it is active again. */
export const isInactive = Prisma.sql`EXISTS (SELECT FROM registered_actions a WHERE a.id = run.action_id AND NOT a.is_active)`;

/** Whether the run is unclaimed, or may be claimed again. */
export const isFree = Prisma.sql`${presentClaimState} IN ('none', 'lapsed')`;

/**
 * Whether the run is allowed or approved and was never claimed, frozen or not. An expired claim counts as claimed, because it may have executed the run.
 */
export const isUnclaimed = Prisma.sql`(run.execution_status = 'awaiting_execution_report' AND ${presentClaimState} IN ('none', 'frozen'))`;

/** Whether no one claimed the run while its approval was valid. Repeats the predicate of the index `action_runs_uncollected`, as above. */
export const isUncollected = Prisma.sql`(run.execution_status = 'awaiting_execution_report' AND run.claim_token_hash IS NULL
  AND run.approval_valid_until IS NOT NULL AND ${presentClaimState} = 'approval_lapsed')`;

/** Whether a claim expired without a report. */
export function hasRunOut(at: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`${claimStateAt(at)} IN ('lapsed', 'in_doubt')`;
}

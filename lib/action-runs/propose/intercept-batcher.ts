import type { WireBudget } from "@/lib/contract/budget";
import type { WireGrant } from "@/lib/contract/grant";
import { batchQueue } from "@/lib/db/batch-queue";
import { failFastIfDatabaseDown } from "@/lib/db/fail-fast-if-database-down";
import type { AnyContext } from "@/lib/security/context";
import type { InterceptRow } from "./propose-run";

/** The database's verdict on one proposal: `created`, `existing`, `stale`, or a refusal's code. */
export interface InterceptVerdict {
  ordinal: number;
  outcome: string;
  existing_run_id: string | null;
  decided_at: Date;
  minute_used: number | null;
  day_used: number | null;
  /** The value of the counter that refused; null otherwise. */
  used: number | null;
  /** The budget that the run goes over. With the outcome `over_budget`, only which one. */
  budget: WireBudget | { readonly budget_id: string } | null;
  /** The standing grant that allows the run. */
  standing_grant: WireGrant | null;
}

interface Proposal {
  readonly ctx: AnyContext;
  readonly ownerId: string;
  readonly row: InterceptRow;
}

/**
 * Group commit: the proposals of a batch share a transaction, and so one flush to disk. Until it ends, it locks the owners' counters, for
 * which another batch with the same owner waits.
 */
const write = batchQueue({ maxItems: 32, maxBatches: 2, ownerOf: ({ ownerId }: Proposal) => ownerId, run: writeTogether });

export function writeProposal(ctx: AnyContext, ownerId: string, row: InterceptRow): Promise<InterceptVerdict> {
  return write({ ctx, ownerId, row });
}

async function writeTogether(proposals: [Proposal, ...Proposal[]]): Promise<InterceptVerdict[]> {
  // The process's own database handle, which all callers share.
  const { db } = proposals[0].ctx;
  // The lock order that daai_intercept requires: by owner, then by possible conflicts.
  const rows = proposals
    .map((proposal, ordinal) => ({ ...proposal, ordinal }))
    .sort((a, b) => compare(a.ownerId, b.ownerId) || compare(collisionKey(a.row), collisionKey(b.row)))
    .map(({ row, ordinal }) => ({ ...row, ordinal }));
  const verdicts = await failFastIfDatabaseDown(
    db.$queryRaw<InterceptVerdict[]>`
      SELECT ordinal, outcome, existing_run_id, decided_at, minute_used, day_used, used, budget, standing_grant
      FROM daai_intercept(${JSON.stringify(rows)}::jsonb)`,
  );
  return verdicts.sort((a, b) => a.ordinal - b.ordinal);
}

function collisionKey(row: InterceptRow): string {
  return `${row.workspace_key_hash} ${row.action_name} ${row.idempotency_key ?? row.run_id}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

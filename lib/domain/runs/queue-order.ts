import { type RiskLevel, riskRank } from "@/lib/domain/policy/risk-levels";

export interface Queued {
  readonly runId: string;
  readonly riskLevel: RiskLevel;
  readonly expiresAt: Date;
}

/**
 * What a person should look at first: the riskiest, of those the one with the least time left, of those the oldest.
 * The index action_runs_waiting has the same order.
 */
export function compareQueued(a: Queued, b: Queued): number {
  return riskRank(b.riskLevel) - riskRank(a.riskLevel) || a.expiresAt.getTime() - b.expiresAt.getTime() || compareIds(a.runId, b.runId);
}

/** Ids begin with their time. */
function compareIds(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

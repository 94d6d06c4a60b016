import { compareDecimals } from "@/lib/domain/policy/amounts";
import { type RiskLevel, riskRank } from "@/lib/domain/policy/risk-levels";

/** `risk` is the default. The first key of each; what is equal in it follows by deadline, then by age. */
export const QUEUE_SORTS = ["risk", "deadline", "amount", "oldest"] as const;
export type QueueSort = (typeof QUEUE_SORTS)[number];

export interface QueueOrder {
  readonly sort: QueueSort;
  /** Runs of one action follow one another, and the order holds within each action. */
  readonly isGrouped: boolean;
}

export const DEFAULT_QUEUE_ORDER: QueueOrder = { sort: "risk", isGrouped: false };

/** The filter and order of the queue's page: its URL parameters, besides the open run. */
export interface QueueSearch extends QueueOrder {
  readonly workspaceId: string | null;
  /** Words that a run must contain, in any field. */
  readonly text: string | null;
}

export const WHOLE_QUEUE: QueueSearch = { ...DEFAULT_QUEUE_ORDER, workspaceId: null, text: null };

export interface Queued {
  readonly runId: string;
  readonly workspaceId: string;
  readonly actionName: string;
  readonly riskLevel: RiskLevel;
  readonly amount: { readonly decimal: string } | null;
  readonly expiresAt: Date;
}

type Compare = (a: Queued, b: Queued) => number;

const byAction: Compare = (a, b) => compareTexts(a.actionName, b.actionName) || compareTexts(a.workspaceId, b.workspaceId);
const byRisk: Compare = (a, b) => riskRank(b.riskLevel) - riskRank(a.riskLevel);
const byDeadline: Compare = (a, b) => a.expiresAt.getTime() - b.expiresAt.getTime();
/** Ids start with their time. */
const byId: Compare = (a, b) => compareTexts(a.runId, b.runId);

function byAmount({ amount: a }: Queued, { amount: b }: Queued): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return compareDecimals(b.decimal, a.decimal);
}

const KEYS: Readonly<Record<QueueSort, readonly Compare[]>> = {
  risk: [byRisk, byDeadline],
  deadline: [byDeadline],
  amount: [byAmount, byDeadline],
  oldest: [],
};

/** The order of a queue. `queueOrderSql` has the same, and the index action_runs_waiting that of `risk`. */
export function queueOrder({ sort, isGrouped }: QueueOrder): Compare {
  const keys: readonly Compare[] = [...(isGrouped ? [byAction] : []), ...KEYS[sort], byId];
  return (a, b) => {
    for (const key of keys) {
      const difference = key(a, b);
      if (difference !== 0) return difference;
    }
    return 0;
  };
}

/** What a person should look at first: the riskiest, of those the one with the least time left, of those the oldest. */
export const compareQueued = queueOrder(DEFAULT_QUEUE_ORDER);

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

import type { RunFreeze } from "@/lib/action-runs/status/refuse-frozen";
import type { RiskLevel } from "@/lib/domain/policy/risk-levels";
import type { Money } from "@/lib/domain/policy/sum-amounts";
import type { Approvals } from "@/lib/domain/runs/approvals";
import type { Absent, DecisionView } from "@/lib/domain/runs/decision-view";
import type { DeliveryState } from "@/lib/domain/runs/delivery-state";
import type { EarlierRuns } from "@/lib/domain/runs/earlier-runs";
import type { GrantOffer } from "@/lib/grants/offer-grant";

/** A line of the queue. Quote the agent's texts, so that they never look like the console's own. */
export interface WaitingRun {
  readonly runId: string;
  /** Someone is trying the action from the console: nothing runs, whatever is decided. */
  readonly isTest: boolean;
  readonly workspaceId: string;
  readonly workspaceName: string;
  readonly actionName: string;
  readonly actionTitle: string;
  readonly riskLevel: RiskLevel;
  readonly amount: Money | null;
  readonly recipient: string | null;
  /** What the agent wants to do; completes "… wants to". */
  readonly sentence: string;
  /** What distinguishes it from others on one line of a list: see runLine. */
  readonly line: string;
  /** Warnings about suspicious text in the proposal, one sentence each. */
  readonly warnings: readonly string[];
  readonly requiresRejectComment: boolean;
  /** False: the action requires four eyes, and the reader made the key that proposed it. */
  readonly mayApprove: boolean;
  /** How many people have approved; null: one approval is enough. */
  readonly approvals: Approvals | null;
  /** When people were asked. */
  readonly createdAt: Date;
  readonly expiresAt: Date;
  /** Its time stands still, and it can't be approved. */
  readonly isFrozen: boolean;
  /** When it was first opened, through a link or in the console. */
  readonly openedAt: Date | null;
  /** The other pending requests for the same thing, which this line stands for as well. */
  readonly identicalIds: readonly string[];
}

export interface WaitingQueue {
  /** In the queue's order, up to the requested limit. Of identical requests, the first. */
  readonly runs: WaitingRun[];
  /** How many wait in all workspaces together. */
  readonly total: number;
  /** How many match the search, shown or not. */
  readonly matches: number;
  /** How many match per action; empty where runs are not grouped by it. */
  readonly groups: readonly { readonly workspaceId: string; readonly actionName: string; readonly count: number }[];
  /** The workspaces with waiting runs, by name. */
  readonly workspaces: { readonly id: string; readonly name: string; readonly count: number }[];
}

/** A person who can decide a run, and the status of the email that asked them. */
export interface Decider {
  readonly email: string;
  readonly name: string | null;
  readonly isReader: boolean;
  /** For whom they stand in; null: in their own name. */
  readonly standsInFor: Absent | null;
  /** Who reassigned the request to them. */
  readonly takenOverFrom: string | null;
  /** null: not asked by email, but their role may decide. */
  readonly mail: {
    readonly state: DeliveryState | "opened";
    readonly at: Date;
    readonly attempts: number;
    readonly reason: string | null;
  } | null;
}

/** One run of the queue with everything its reader may see. */
export interface OpenWaitingRun {
  readonly state: "waiting";
  readonly workspaceId: string;
  readonly decision: DecisionView;
  /** Why it can't be approved now; null: it isn't frozen. */
  readonly frozen: RunFreeze | null;
  /** The amount the policy compared with, when it has a threshold. */
  readonly threshold: string | null;
  readonly payloadBytes: number;
  readonly deciders: Decider[];
  readonly earlier: EarlierRuns;
  /** The other pending requests for the same thing, oldest first. */
  readonly identicalIds: readonly string[];
  /** False: the action requires four eyes, and only the maker of the run's key could decide it. */
  readonly isApprovable: boolean;
  /** Why no email was sent, when none was. */
  readonly mailNotSentReason: string | null;
  /** Members can open the run's own page. */
  readonly isMember: boolean;
  /** Why the reader can't decide it now, though it is pending: they have approved it, or others are asked. null: they can. */
  readonly closed: { readonly detail: string; readonly canRevoke: boolean } | null;
  /** The same in advance, if the reader could approve each of these runs alone. */
  readonly grantOffer: GrantOffer | null;
  /** Whether the reader can give an approver’s place to someone else. */
  readonly canReassign: boolean;
}

/** No longer waiting: decided or expired. */
export interface DecidedWaitingRun {
  readonly state: "decided";
  readonly workspaceId: string;
  readonly isMember: boolean;
  readonly decision: DecisionView;
  readonly status: "approved" | "rejected" | "blocked";
  /** Its governance reason. An overdue run already has the one it is about to get. */
  readonly reason: string;
  /** The reader approved it, and it has not been claimed yet. */
  readonly canRevoke: boolean;
  readonly decidedBy: string | null;
  readonly decidedAt: Date;
  readonly comment: string | null;
  readonly executionStatus: "not_executed" | "awaiting_execution_report" | "executed" | "failed";
}

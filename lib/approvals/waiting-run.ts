import type { RiskLevel } from "@/lib/domain/policy/risk-levels";
import type { Money } from "@/lib/domain/policy/sum-amounts";
import type { Absent, DecisionView } from "@/lib/domain/runs/decision-view";
import type { DeliveryState } from "@/lib/domain/runs/delivery-state";
import type { EarlierRuns } from "@/lib/domain/runs/earlier-runs";

/** A line of the queue. Texts of the agent are its words, never the console's. */
export interface WaitingRun {
  readonly runId: string;
  readonly workspaceId: string;
  readonly workspaceName: string;
  readonly actionName: string;
  readonly actionTitle: string;
  readonly riskLevel: RiskLevel;
  readonly amount: Money | null;
  readonly recipient: string | null;
  /** What the agent wants to do; completes "… wants to". */
  readonly sentence: string;
  /** What tells it from others on one line of a list: see runLine. */
  readonly line: string;
  /** What is odd about what was proposed, one sentence each. */
  readonly warnings: readonly string[];
  readonly requiresRejectComment: boolean;
  /** False: the action asks for four eyes, and these are the eyes that proposed it. */
  readonly mayApprove: boolean;
  /** When people were asked. */
  readonly createdAt: Date;
  readonly expiresAt: Date;
  /** When anybody first opened it, by a link or in the console. */
  readonly openedAt: Date | null;
}

export interface WaitingQueue {
  /** In the queue's order, as many as were asked for. */
  readonly runs: WaitingRun[];
  /** How many wait in all workspaces together. */
  readonly total: number;
  /** How many the search means, shown or not. */
  readonly matches: number;
  /** How many it means of each action; empty where runs are not grouped by it. */
  readonly groups: readonly { readonly workspaceId: string; readonly actionName: string; readonly count: number }[];
  /** Where something waits, by name. */
  readonly workspaces: { readonly id: string; readonly name: string; readonly count: number }[];
}

/** Somebody who can decide a run, and what became of the mail that asked them. */
export interface Decider {
  readonly email: string;
  readonly name: string | null;
  readonly isReader: boolean;
  /** In whose place they were asked; null: in their own name. */
  readonly standsInFor: Absent | null;
  /** null: not asked by mail, their role is what lets them decide. */
  readonly mail: {
    readonly state: DeliveryState | "opened";
    readonly at: Date;
    readonly attempts: number;
    readonly reason: string | null;
  } | null;
}

/** One run of the queue with everything that its reader may see of it. */
export interface OpenWaitingRun {
  readonly state: "waiting";
  readonly workspaceId: string;
  readonly decision: DecisionView;
  /** What the policy compared with, when it has a threshold. */
  readonly threshold: string | null;
  readonly payloadBytes: number;
  readonly deciders: Decider[];
  readonly earlier: EarlierRuns;
  /** False: the action asks for four eyes, and nobody but the maker of the run's key may decide it. */
  readonly isApprovable: boolean;
  /** Why no mail went out, when none did. */
  readonly mailNotSentReason: string | null;
  /** Members can open the run's own page. */
  readonly isMember: boolean;
}

/** It waits no longer: somebody, or the clock, has decided. */
export interface DecidedWaitingRun {
  readonly state: "decided";
  readonly workspaceId: string;
  readonly isMember: boolean;
  readonly decision: DecisionView;
  readonly status: "approved" | "rejected" | "blocked";
  /** Its governance reason; of one whose time is over, what it becomes any moment. */
  readonly reason: string;
  /** The reader approved it, and nobody has claimed it yet. */
  readonly canRevoke: boolean;
  readonly decidedBy: string | null;
  readonly decidedAt: Date;
  readonly comment: string | null;
  readonly executionStatus: "not_executed" | "awaiting_execution_report" | "executed" | "failed";
}

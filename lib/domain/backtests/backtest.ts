import type { GovernanceReason } from "@/lib/domain/policy/governance-reasons";
import type { PolicyOutcome } from "@/lib/domain/policy/policy";
import type { RunFate } from "./run-fate";

/** How far back a backtest reads. */
export const BACKTEST_DAYS = [7, 30, 90] as const;
export type BacktestDays = (typeof BACKTEST_DAYS)[number];

export const BACKTEST_STATUSES = ["queued", "running", "done", "canceled", "failed"] as const;
export type BacktestStatus = (typeof BACKTEST_STATUSES)[number];

/** A run that the draft decides otherwise. Ids and names only: what erasing a run removes isn't stored here. */
export interface ChangedRun {
  readonly id: string;
  readonly reason: GovernanceReason;
  /** The draft's rule that decides, if one does. */
  readonly rule: string | null;
}

/** Runs that the draft moves from one answer to another, and that had the same fate. */
export interface ChangedRuns {
  readonly from: PolicyOutcome;
  readonly to: PolicyOutcome;
  readonly fate: RunFate;
  readonly count: number;
  /** The newest of them. */
  readonly runs: readonly ChangedRun[];
}

export interface BacktestResult {
  /** Runs that both policies answered. */
  readonly compared: number;
  /** Their payload is erased. */
  readonly erased: number;
  /** No policy decided them: the action was frozen, inactive or not registered. */
  readonly undecided: number;
  readonly changed: readonly ChangedRuns[];
}

import { sentenceRest } from "@/lib/domain/policy/run-sentence";
import { executionWord } from "@/lib/domain/runs/claim-state";
import type { ExecutionFilter } from "@/lib/domain/runs/run-search";
import type { GovernanceStatus } from "@/lib/domain/runs/statuses";
import type { ListedRun } from "./list-runs";

/** A run as a table shows it: only plain values, which can be serialized to the browser. */
export interface RunRow {
  readonly id: string;
  /** Sent from the console to try the action. */
  readonly isTest: boolean;
  readonly createdAt: Date;
  readonly actionName: string;
  /** As it was when the run was proposed; null: no action of the name was registered. */
  readonly actionTitle: string | null;
  /** What it wanted to do, besides its action's name, in the agent's words; null when its payload was erased. */
  readonly line: string | null;
  readonly recipient: string | null;
  readonly governanceStatus: GovernanceStatus;
  readonly governanceReason: string;
  readonly execution: ExecutionFilter;
  readonly amount: string | null;
  readonly currency: string | null;
  readonly actor: string | null;
  readonly decidedBy: string | null;
  readonly policyVersion: number | null;
}

export function runRow(run: ListedRun): RunRow {
  const { id, isTest, createdAt, actionName, actionTitle, recipient, governanceReason, currency, actor, decidedBy } = run;
  return {
    id,
    isTest,
    createdAt,
    actionName,
    actionTitle,
    line: run.sentence === null ? null : sentenceRest(run.sentence, { name: actionName, title: actionTitle }),
    recipient,
    governanceStatus: run.governanceStatus as GovernanceStatus,
    governanceReason,
    execution: executionWord(run.claimState, run.executionStatus),
    amount: run.amount?.toFixed() ?? null,
    currency,
    actor,
    decidedBy,
    policyVersion: run.policyVersion?.version ?? null,
  };
}

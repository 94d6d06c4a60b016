import type { JsonObject } from "@/lib/domain/json-value";
import { DEFAULT_AMOUNT_FIELD, DEFAULT_CURRENCY_FIELD } from "@/lib/domain/policy/payload-fields";
import { runSentence } from "@/lib/domain/policy/run-sentence";
import { executionWord } from "@/lib/domain/runs/claim-state";
import { lineBesideName } from "@/lib/domain/runs/run-line";
import type { GovernanceStatus } from "@/lib/domain/runs/statuses";
import type { ListedRun } from "./list-runs";
import type { ExecutionWord } from "./schema";

/** A run as a table shows it: plain values only, which can cross to the browser. */
export interface RunRow {
  readonly id: string;
  readonly createdAt: Date;
  readonly actionName: string;
  /** What it wants to do, beside its action's name; null when its payload was erased. */
  readonly line: string | null;
  readonly recipient: string | null;
  readonly governanceStatus: GovernanceStatus;
  readonly governanceReason: string;
  readonly execution: ExecutionWord;
  readonly amount: string | null;
  readonly currency: string | null;
  readonly actor: string | null;
  readonly decidedBy: string | null;
  readonly policyVersion: number | null;
}

export function runRow(run: ListedRun): RunRow {
  const sentence = runSentenceOf(run);
  const { id, createdAt, actionName, recipient, governanceReason, currency, actor, decidedBy } = run;
  return {
    id,
    createdAt,
    actionName,
    line: sentence === null ? null : lineBesideName(actionName, sentence),
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

type Told = Pick<ListedRun, "actionName" | "payloadText"> & {
  action: { sentence: string | null; recipientField: string | null } | null;
  policyVersion: { amountField: string; currencyField: string } | null;
};

/** What a run wants to do, read with its action's sentence. The words in it are the agent's. */
export function runSentenceOf({ actionName, payloadText, action, policyVersion }: Told): string | null {
  if (payloadText === null) return null;
  const fields = {
    amountField: policyVersion?.amountField ?? DEFAULT_AMOUNT_FIELD,
    currencyField: policyVersion?.currencyField ?? DEFAULT_CURRENCY_FIELD,
    recipientField: action?.recipientField ?? null,
  };
  return runSentence({ name: actionName, sentence: action?.sentence ?? null, ...fields }, JSON.parse(payloadText) as JsonObject);
}

import type { ListedRun } from "./list-runs";

const time = (instant: Date | null) => instant?.toISOString() ?? null;

/** The columns of a table of runs, in order. */
export const RUN_DOCUMENT_COLUMNS = [
  "action_run_id",
  "workspace_id",
  "action",
  "action_title",
  "idempotency_key",
  "governance_status",
  "governance_reason",
  "execution_status",
  "in_doubt",
  "is_test",
  "risk_level",
  "actor",
  "amount",
  "currency",
  "recipient",
  "created_at",
  "expires_at",
  "decided_at",
  "decided_by",
  "execution_reported_at",
  "receipt_id",
  "execution_receipt_id",
  "sentence",
  "reasoning",
  "decision_comment",
  "attempt",
  "previous_run_id",
  "payload_changed",
] as const satisfies readonly (keyof ReturnType<typeof listedRunDocument>)[];

/** Converts a listed run to the form of exports and the command line. */
export function listedRunDocument(run: ListedRun) {
  const receiptId = (kind: string) => run.receipts.find((receipt) => receipt.kind === kind)?.id ?? null;
  return {
    action_run_id: run.id,
    workspace_id: run.workspaceId,
    action: run.actionName,
    action_title: run.actionTitle,
    idempotency_key: run.idempotencyKey,
    attempt: run.attempt,
    previous_run_id: run.previousRunId,
    governance_status: run.governanceStatus,
    governance_reason: run.governanceReason,
    execution_status: run.executionStatus,
    in_doubt: run.claimState === "in_doubt",
    is_test: run.isTest,
    risk_level: run.riskLevel,
    actor: run.actor,
    amount: run.amount?.toFixed() ?? null,
    currency: run.currency,
    recipient: run.recipient,
    sentence: run.sentence,
    created_at: time(run.createdAt),
    expires_at: time(run.expiresAt),
    decided_at: time(run.decidedAt),
    decided_by: run.decidedBy,
    execution_reported_at: time(run.executionReportedAt),
    receipt_id: receiptId("decision"),
    execution_receipt_id: receiptId("execution"),
    reasoning: run.reasoning,
    decision_comment: run.decisionComment,
    payload_changed: run.payloadChanges.length > 0,
  };
}

import { createHash } from "node:crypto";
import { jsonHash } from "@/lib/action-runs/status/payload-hash";
import { readAmount } from "@/lib/domain/policy/amounts";
import { DEFAULT_AMOUNT_FIELD, DEFAULT_CURRENCY_FIELD, readPath, readRecipient } from "@/lib/domain/policy/payload-fields";
import { runSentence } from "@/lib/domain/policy/run-sentence";
import { type DecisionEffect, decisionEffect, EXPIRY_EFFECT } from "@/lib/domain/runs/statuses";
import { approvalRows } from "./approval-rows";
import type { MadeAnswer } from "./make-approval";
import type { MadeRun } from "./make-run";
import type { NumberedRun } from "./numbered-run";
import { receiptRows } from "./receipt-rows";
import type { SeedIds } from "./seed-ids";
import type { SeedWorld } from "./seed-world";
import type { Row, TableRow } from "./seeded-tables";

/** Everything that the database holds of a run, parents before children. */
export function* runRows(world: SeedWorld, ids: SeedIds, made: MadeRun): Generator<TableRow> {
  const { result, approval, createdAt } = made;
  const run: NumberedRun = {
    ...made,
    id: ids.at(createdAt),
    salt: ids.bytes(32),
    payloadText: JSON.stringify(made.payload),
    effect: approval?.answer ? effectOf(approval.answer) : { governanceStatus: result.outcome, reason: result.reason },
    decidedAt: approval ? (approval.answer?.at ?? null) : createdAt,
  };
  yield ["action_runs", runRow(world, ids, run)];
  if (approval) yield* approvalRows(world, ids, run, approval);
  yield* receiptRows(world, ids, run);
}

function effectOf({ decision }: MadeAnswer): DecisionEffect {
  return decision === "expire" ? EXPIRY_EFFECT : decisionEffect(decision);
}

function runRow({ workspaceId, apiKeyId }: SeedWorld, ids: SeedIds, run: NumberedRun): Row {
  const { action, payload, payloadText, provenance, effect, approval, execution } = run;
  const amountField = action.policy?.rule.amountField ?? DEFAULT_AMOUNT_FIELD;
  const currencyField = action.policy?.rule.currencyField ?? DEFAULT_CURRENCY_FIELD;
  const amount = readAmount(readPath(payload, amountField));
  const currency = readPath(payload, currencyField);
  const claim = execution?.claim ?? null;
  const report = execution?.report ?? null;
  return {
    id: run.id,
    workspace_id: workspaceId,
    api_key_id: apiKeyId,
    action_name: action.name,
    action_id: action.id,
    action_title: action.title,
    policy_version_id: action.isActive ? (action.policy?.id ?? null) : null,
    idempotency_key: run.hasIdempotencyKey ? `${action.name}:${ids.bytes(10).toString("hex")}` : null,
    risk_level: action.riskLevel,
    governance_status: effect.governanceStatus,
    governance_reason: effect.reason,
    execution_status: execution ? (report?.outcome ?? "awaiting_execution_report") : "not_executed",
    actor: provenance.actor,
    reasoning: provenance.reasoning,
    source_type: provenance.source?.type ?? null,
    source_ref: provenance.source?.ref ?? null,
    payload_text: payloadText,
    payload: payloadText,
    payload_hash: Buffer.from(jsonHash(payload), "hex"),
    payload_salt: run.salt,
    amount: amount.kind === "amount" ? amount.decimal : null,
    currency: typeof currency === "string" ? currency : null,
    recipient: readRecipient(payload, action.recipientField),
    sentence: runSentence({ ...action, amountField, currencyField }, payload),
    created_at: run.createdAt,
    expires_at: approval?.expiresAt ?? null,
    decided_at: run.decidedAt,
    decided_by: approval?.answer?.decidedBy ?? null,
    decision_comment: approval?.answer?.comment ?? null,
    claim_worker: claim?.worker ?? null,
    claim_token_hash: claim && createHash("sha256").update(ids.bytes(32)).digest(),
    claimed_at: claim?.claimedAt ?? null,
    claim_expires_at: claim?.expiresAt ?? null,
    execution_reported_at: report?.at ?? null,
    execution_result_text: report?.result ? JSON.stringify(report.result) : null,
    execution_error: report?.error ?? null,
    execution_report_hash: report && Buffer.from(jsonHash({ outcome: report.outcome, error: report.error, result: report.result }), "hex"),
  };
}

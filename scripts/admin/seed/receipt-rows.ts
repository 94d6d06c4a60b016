import { decisionReceiptBody } from "@/lib/domain/log/decision-receipt-body";
import { contextText, executionReceiptBody, type ReceiptOutcome } from "@/lib/domain/log/receipt-body";
import { leafHash } from "@/lib/receipts/log/leaf-hash";
import { commitTo } from "@/lib/security/commitment";
import type { NumberedRun } from "./numbered-run";
import type { SeedIds } from "./seed-ids";
import type { SeedWorld } from "./seed-world";
import type { TableRow } from "./seeded-tables";

/** The receipts of a run, as the console would have written them: they verify like any other. */
export function* receiptRows(world: SeedWorld, ids: SeedIds, run: NumberedRun): Generator<TableRow> {
  const { decidedAt, execution } = run;
  if (decidedAt === null) return;
  const decisionId = ids.at(decidedAt);
  yield receiptRow(world, run, "decision", decisionId, decisionBody(world, run, decisionId, decidedAt), decidedAt);
  if (!execution?.report) return;
  const executionId = ids.at(execution.report.at);
  yield receiptRow(world, run, "execution", executionId, executionBody(world, run, executionId), execution.report.at);
}

function receiptRow({ workspaceId }: SeedWorld, run: NumberedRun, kind: string, id: string, body: string, createdAt: Date): TableRow {
  return ["receipts", { id, workspace_id: workspaceId, kind, run_id: run.id, body, leaf_hash: leafHash(body), created_at: createdAt }];
}

function decisionBody({ workspaceId, apiKeyId }: SeedWorld, run: NumberedRun, receiptId: string, decidedAt: Date): string {
  const { action, provenance, salt, approval } = run;
  const policy = action.isActive ? action.policy : null;
  const context = contextText(provenance);
  return decisionReceiptBody({
    receiptId,
    runId: run.id,
    workspaceId,
    action: action.name,
    riskLevel: action.riskLevel,
    actor: provenance.actor,
    apiKeyId,
    outcome: run.effect.governanceStatus as ReceiptOutcome,
    reason: run.effect.reason,
    isApprovalRequired: approval !== null,
    policy: policy?.rule ?? null,
    policyVersion: policy?.version ?? null,
    channel: approval?.answer?.channel ?? "policy",
    decidedBy: approval?.answer?.decidedBy ?? null,
    comment: approval?.answer?.comment ?? null,
    proposedAt: run.createdAt.toISOString(),
    decidedAt: decidedAt.toISOString(),
    payloadCommitment: commitTo(salt, run.payloadText),
    contextCommitment: context === null ? null : commitTo(salt, context),
  });
}

function executionBody({ workspaceId }: SeedWorld, { id, action, salt, execution }: NumberedRun, receiptId: string): string {
  const report = execution?.report;
  if (!report) throw new Error("Only a reported run has an execution receipt.");
  return executionReceiptBody({
    receiptId,
    runId: id,
    workspaceId,
    action: action.name,
    outcome: report.outcome,
    worker: execution.claim?.worker ?? null,
    reportedAt: report.at.toISOString(),
    resultCommitment: report.result === null ? null : commitTo(salt, JSON.stringify(report.result)),
    errorCommitment: report.error === null ? null : commitTo(salt, report.error),
  });
}

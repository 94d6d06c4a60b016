import { v7 as uuidv7 } from "uuid";
import type { ActionRun, PolicyVersion } from "@/lib/db/generated/client";
import { budgetEntryColumns, budgetUsesOf } from "@/lib/domain/budgets/budget-use";
import { type DecidedApprovals, decisionReceiptBody, type ReceiptBudget } from "@/lib/domain/log/decision-receipt-body";
import { contextText, type DecisionChannel, type ReceiptOutcome } from "@/lib/domain/log/receipt-body";
import { stagesOf } from "@/lib/domain/runs/approvals";
import { checked } from "@/lib/domain/runs/checked-texts";
import { writeReceipt } from "@/lib/receipts/log/write-receipt";
import { policyRuleOf } from "@/lib/registered-actions/policy-rule";
import { commitTo } from "@/lib/security/commitment";
import type { WorkspaceContext } from "@/lib/security/context";
import { readReceiptChange } from "./read-receipt-change";

/** Of a decided run, the votes that have not been revoked are those that counted. */
async function readCounted({ db, workspaceId }: WorkspaceContext, runId: string): Promise<DecidedApprovals | null> {
  const request = await db.approvalRequest.findFirst({ where: { workspaceId, runId } });
  const stages = request && stagesOf(request);
  if (!stages) return null;
  const votes = await db.vote.findMany({
    where: { workspaceId, runId, revokedAt: null },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return {
    required: stages.map(({ approvals }) => approvals),
    votes: votes.map(({ id, voter, stage }) => ({ by: voter, receiptId: id, stage })),
  };
}

/** Writes the receipt of a decision or an expiry, for the run's state after it. Returns the receipt's id. */
export async function writeDecisionReceipt(
  ctx: WorkspaceContext,
  decided: ActionRun & { policyVersion: PolicyVersion | null },
  { channel, decidedAt }: { channel: DecisionChannel; decidedAt: Date },
): Promise<string> {
  const run = checked(decided);
  const { payloadSalt, payloadText, policyVersion } = run;
  if (payloadSalt === null || payloadText === null) throw new Error("A pending run has its payload.");
  const hasSource = run.sourceType !== null || run.sourceRef !== null;
  const context = contextText({
    reasoning: run.reasoning,
    source: hasSource ? { type: run.sourceType, ref: run.sourceRef } : null,
  });
  const policy = policyVersion && policyRuleOf(policyVersion);
  const id = uuidv7();
  const budget = await findRunBudget(ctx, run.id);
  const body = decisionReceiptBody({
    receiptId: id,
    runId: run.id,
    workspaceId: run.workspaceId,
    action: run.actionName,
    riskLevel: run.riskLevel,
    actor: run.actor,
    apiKeyId: run.apiKeyId,
    outcome: run.governanceStatus as ReceiptOutcome,
    reason: run.governanceReason,
    isApprovalRequired: true,
    policy,
    policyVersion: policyVersion?.version ?? null,
    rule: policy?.rules?.rules.find(({ name }) => name === run.policyRule) ?? null,
    channel,
    decidedBy: run.decidedBy,
    comment: run.decisionComment,
    proposedAt: run.createdAt.toISOString(),
    decidedAt: decidedAt.toISOString(),
    payloadCommitment: commitTo(payloadSalt, payloadText),
    contextCommitment: context === null ? null : commitTo(payloadSalt, context),
    previousRunId: run.previousRunId,
    approvals: await readCounted(ctx, run.id),
    budget,
    change: await readReceiptChange(ctx, run),
  });
  await writeReceipt(ctx, { id, workspaceId: run.workspaceId, runId: run.id, kind: "decision", body, createdAt: decidedAt });
  return id;
}

/** The budget that the run went over when it was proposed. */
async function findRunBudget({ db }: WorkspaceContext, runId: string): Promise<ReceiptBudget | null> {
  const entry = await db.budgetEntry.findFirst({ where: { runId, isNamed: true }, ...budgetEntryColumns });
  if (!entry) return null;
  const [use] = budgetUsesOf({ payloadText: null, budgetEntries: [entry] }, null);
  return use ? { ...use, periodStart: use.periodStart.toISOString(), periodEnd: use.periodEnd.toISOString() } : null;
}

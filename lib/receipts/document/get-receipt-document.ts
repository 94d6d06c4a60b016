import { asProposed, circumstancesOf } from "@/lib/action-runs/status/circumstances-of";
import { readRunClock } from "@/lib/action-runs/status/run-clock-sql";
import type { Prisma, Receipt } from "@/lib/db/generated/client";
import { overBudgetText } from "@/lib/domain/budgets/budget-text";
import { budgetEntryColumns, budgetUsesOf } from "@/lib/domain/budgets/budget-use";
import { grantWords } from "@/lib/domain/grants/grant-text";
import { grantUseColumns, grantUseOf } from "@/lib/domain/grants/grant-use";
import type { JsonObject } from "@/lib/domain/json-value";
import {
  type DecisionBody,
  readDecisionBody,
  readErasureBody,
  readExecutionBody,
  readRevocationBody,
  readVoteBody,
  type VoteBody,
} from "@/lib/domain/log/read-receipt-body";
import { contextText } from "@/lib/domain/log/receipt-body";
import { changeRows } from "@/lib/domain/policy/change-rows";
import { payloadRows } from "@/lib/domain/policy/payload-rows";
import { explainPolicy } from "@/lib/domain/policy/policy-explanation";
import { readsPayload } from "@/lib/domain/policy/policy-types";
import { erasedSentence } from "@/lib/domain/policy/run-sentence";
import { stagesOf } from "@/lib/domain/runs/approvals";
import { checked } from "@/lib/domain/runs/checked-texts";
import { claimState } from "@/lib/domain/runs/claim-state";
import { appliedChange, changeView, decidedChange } from "@/lib/domain/runs/payload-change";
import type { RunClock } from "@/lib/domain/runs/run-clock";
import { requireReceiptRead } from "@/lib/receipts/log/require-receipt-read";
import { type Placed, withPlaces } from "@/lib/receipts/log/with-places";
import { policyRuleOf } from "@/lib/registered-actions/policy-rule";
import { commitTo } from "@/lib/security/commitment";
import type { WorkspaceContext } from "@/lib/security/context";
import type { CommitmentCheck, ReceiptDocument, StoredReceipt } from "./receipt-document";
import { storedReceipt } from "./stored-receipt";

const runParts = {
  workspace: { select: { id: true, name: true, clientName: true } },
  apiKey: { select: { name: true } },
  action: true,
  policyVersion: true,
  approvalRequest: { select: { approverEmails: true, policyReason: true, stages: true } },
  budgetEntries: budgetEntryColumns,
  grantUse: grantUseColumns,
  receipts: { orderBy: { id: "asc" } },
  payloadChanges: { orderBy: { id: "asc" } },
  votes: { select: { id: true, revokedAt: true } },
  reassignments: { orderBy: { id: "asc" } },
} satisfies Prisma.ActionRunInclude;

type Run = Omit<Prisma.ActionRunGetPayload<{ include: typeof runParts }>, "receipts"> & { receipts: Placed<Receipt>[] };

/** Returns the document that a receipt belongs to: the decision and, once it is reported, the execution. Null: not in this workspace. */
export async function getReceiptDocument(ctx: WorkspaceContext, receiptId: string): Promise<ReceiptDocument | null> {
  const { workspaceId, db } = ctx;
  const receipt = await db.receipt.findFirst({ where: { id: receiptId, workspaceId }, select: { runId: true } });
  if (receipt?.runId != null) return readRunDocument(ctx, receipt.runId);
  await requireReceiptRead(ctx, null);
  return null;
}

/** Returns the same document by its run. */
export async function readRunDocument(ctx: WorkspaceContext, runId: string): Promise<ReceiptDocument | null> {
  await requireReceiptRead(ctx, runId);
  const { db, workspaceId } = ctx;
  const run = await db.actionRun.findFirst({ where: { workspaceId, id: runId }, include: runParts });
  return run && documentOf({ ...run, receipts: await withPlaces(db, run.receipts) }, await readRunClock(db, run.id));
}

function documentOf(run: Run, clock: RunClock): ReceiptDocument | null {
  const decision = stored(run.receipts, "decision", readDecisionBody);
  if (!decision) return null;
  const payload = run.payloadText === null ? {} : (JSON.parse(run.payloadText) as JsonObject);
  const applied = appliedChange(run.payloadChanges);
  // A receipt says first what was proposed.
  const proposed = applied
    ? { amount: applied.proposedAmount, currency: applied.proposedCurrency, recipient: applied.proposedRecipient }
    : run;
  return {
    workspace: run.workspace,
    runId: run.id,
    decision,
    votes: votesOf(run.receipts, decision.says),
    execution: stored(run.receipts, "execution", readExecutionBody),
    revocation: stored(run.receipts, "revocation", readRevocationBody),
    erasure: stored(run.receipts, "erasure", readErasureBody),
    proposal: (applied ? applied.proposedSentence : run.sentence) ?? erasedSentence({ name: run.actionName, title: run.actionTitle }),
    title: run.actionTitle,
    amount: proposed.amount === null ? null : { decimal: proposed.amount.toFixed(), currency: proposed.currency },
    recipient: proposed.recipient,
    apiKeyName: run.apiKey.name,
    reasoning: run.reasoning,
    source: sourceOf(run),
    policy: policyOf(run, decision.says, payload),
    askedEmails: askedOf(run),
    reassignments: run.reassignments.map(({ fromEmail: from, toEmail: to, createdAt: at }) => ({ from, to, at })),
    change: changeOf(run, decision.says, payload),
    executionStatus: run.executionStatus,
    isInDoubt: claimState(run, clock) === "in_doubt",
    resultRows: run.executionResultText === null ? [] : payloadRows(JSON.parse(run.executionResultText) as JsonObject),
    executionError: run.executionError,
    payloadRows: payloadRows(payload),
    isWithheld: false,
    commitments: commitmentsOf(run, decision.says),
  };
}

/** With several approvals, those of all stages. */
function askedOf({ approvalRequest }: Run): string[] {
  const stages = approvalRequest && stagesOf(approvalRequest);
  return stages ? stages.flatMap(({ people }) => people) : (approvalRequest?.approverEmails ?? []);
}

/** In the order of the decision receipt, which names those that counted. */
function votesOf(receipts: Placed<Receipt>[], { approvals }: DecisionBody): StoredReceipt<VoteBody>[] {
  return (approvals?.votes ?? []).flatMap(({ receipt_id: id }) => {
    const receipt = receipts.find((candidate) => candidate.id === id);
    return (receipt && storedReceipt(receipt, readVoteBody)) ?? [];
  });
}

function stored<B>(
  receipts: Placed<Receipt>[],
  kind: "decision" | "execution" | "revocation" | "erasure",
  read: (body: string) => B | null,
): StoredReceipt<B> | null {
  const receipt = receipts.find((candidate) => candidate.kind === kind);
  return receipt ? storedReceipt(receipt, read) : null;
}

/** Explains the policy's outcome with the policy version that decided, not the current one. */
function policyOf(run: Run, says: DecisionBody, payload: JsonObject): ReceiptDocument["policy"] {
  if (!says.policy || !run.policyVersion) return null;
  const reason = checked(run.approvalRequest)?.policyReason ?? says.reason;
  const { sentence } = explainPolicy(policyRuleOf(run.policyVersion), payload, reason, {
    rule: run.policyRule,
    circumstances: circumstancesOf(asProposed(run)),
    overBudget: overBudgetText(budgetUsesOf(run, null)),
    grant: grantWords(grantUseOf(run)),
  });
  return {
    explanation: run.payloadText === null && readsPayload(says.policy.type) ? null : sentence,
    since: run.policyVersion.createdAt,
    reason,
  };
}

function changeOf(run: Run, { change: says }: DecisionBody, proposed: JsonObject): ReceiptDocument["change"] {
  if (!says) return null;
  const row = decidedChange(run);
  if (row?.payloadText == null || row.changesText === null || run.payloadSalt === null)
    return { rows: null, payloadRows: [], commitment: "erased" };
  const isKept =
    commitTo(run.payloadSalt, row.payloadText) === says.payload_commitment &&
    commitTo(run.payloadSalt, row.changesText) === says.changes_commitment;
  const { changes, payload } = changeView(row);
  return { rows: changeRows(changes ?? [], proposed), payloadRows: payloadRows(payload ?? {}), commitment: isKept ? "matches" : "differs" };
}

function sourceOf({ sourceType, sourceRef }: Run): ReceiptDocument["source"] {
  return sourceType === null && sourceRef === null ? null : { type: sourceType, ref: sourceRef };
}

function commitmentsOf(run: Run, says: DecisionBody): ReceiptDocument["commitments"] {
  const check = (text: string | null, commitment: string): CommitmentCheck => {
    if (text === null || run.payloadSalt === null) return "erased";
    return commitTo(run.payloadSalt, text) === commitment ? "matches" : "differs";
  };
  const context = contextText({ reasoning: run.reasoning, source: sourceOf(run) });
  return {
    payload: check(run.payloadText, says.payload_commitment),
    context: says.context_commitment === null ? null : check(context, says.context_commitment),
  };
}

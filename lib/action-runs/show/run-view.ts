import { asProposed, circumstancesOf } from "@/lib/action-runs/status/circumstances-of";
import { standInsOf, takenOverFrom } from "@/lib/approvals/link-with-run";
import { approvalsOfRequest, approversOf } from "@/lib/approvals/read-approvals";
import { overBudgetText } from "@/lib/domain/budgets/budget-text";
import { budgetUsesOf } from "@/lib/domain/budgets/budget-use";
import { grantWords } from "@/lib/domain/grants/grant-text";
import { grantUseOf } from "@/lib/domain/grants/grant-use";
import { isJsonObject, type JsonObject, type JsonValue } from "@/lib/domain/json-value";
import { readErasureBody } from "@/lib/domain/log/read-receipt-body";
import { changeRows } from "@/lib/domain/policy/change-rows";
import { type PayloadRow, payloadRows, policyRows } from "@/lib/domain/policy/payload-rows";
import type { PolicyOutcome } from "@/lib/domain/policy/policy";
import { explainPolicy } from "@/lib/domain/policy/policy-explanation";
import { readsPayload } from "@/lib/domain/policy/policy-types";
import { checked } from "@/lib/domain/runs/checked-texts";
import { executionWord } from "@/lib/domain/runs/claim-state";
import { deliveryState } from "@/lib/domain/runs/delivery-state";
import { appliedChange, changeView, currentChange, decidedChange } from "@/lib/domain/runs/payload-change";
import { previousAttempt } from "@/lib/domain/runs/previous-attempt";
import { policyRuleOf } from "@/lib/registered-actions/policy-rule";
import { apiCalls } from "./api-calls";
import type { RunStory } from "./get-run-story";
import { mailReason } from "./mail-steps";
import { runTimeline } from "./run-timeline";

export type RunView = ReturnType<typeof runView>;

/** Everything that a run's page shows, derived from its story. */
export function runView(story: RunStory, apiUrl: string) {
  const reason = checked(story.approvalRequest)?.policyReason ?? story.governanceReason;
  const budgets = budgetUsesOf(story, story.readAt);
  const grant = grantUseOf(story);
  const explained = explainPolicy(story.policyVersion && policyRuleOf(story.policyVersion), (story.payload ?? {}) as JsonObject, reason, {
    rule: story.policyRule,
    circumstances: circumstancesOf(asProposed(story)),
    overBudget: overBudgetText(budgets),
    grant: grantWords(grant),
  });
  const fields = explained.fields.map(({ name }) => name);
  return {
    id: story.id,
    workspaceId: story.workspaceId,
    isTest: story.isTest,
    actionName: story.actionName,
    actionId: story.actionId,
    actionTitle: story.actionTitle,
    actor: story.actor,
    // What the agent wanted. The amount and the recipient are those that were approved.
    sentence: proposedSentence(story),
    governanceStatus: story.governanceStatus,
    execution: executionWord(story.claimState, story.executionStatus),
    riskLevel: story.riskLevel,
    amount: story.amount === null ? null : { decimal: story.amount.toFixed(), currency: story.currency },
    recipient: story.recipient,
    createdAt: story.createdAt,
    expiresAt: story.expiresAt,
    endedAt: story.executionReportedAt ?? story.decidedAt,
    reasoning: story.reasoning,
    source: story.sourceType === null && story.sourceRef === null ? null : { type: story.sourceType, ref: story.sourceRef },
    steps: runTimeline(story),
    payload: story.payloadText === null ? null : readPayload(story.payloadText, fields),
    change: changeOf(story),
    result: story.executionResultText === null ? null : readJson(story.executionResultText),
    error: story.executionError,
    erasure: erasureOf(story),
    eraseHindrance: eraseHindrance(story),
    approvalValidUntil: story.isUnclaimed ? story.approvalValidUntil : null,
    isUncollected: story.claimState === "approval_lapsed" || story.governanceReason === "approval_lapsed",
    canWithdraw: story.governanceStatus === "pending_approval" || story.isUnclaimed,
    /** How far the approvals are; null: one is enough. */
    approvals: approvalsOfRequest(story.approvalRequest, story.votes),
    /** Who may still revoke their approval. */
    revocableBy: revocableBy(story),
    policy: {
      why: story.payloadText === null && readsPayload(story.policyVersion?.policyType ?? "always_block") ? null : explained.sentence,
      reason,
      rule: story.policyRule,
      finalReason: story.governanceReason,
      version: story.policyVersion?.version ?? null,
      type: story.policyVersion?.policyType ?? null,
      by: story.policyVersion?.createdBy ?? null,
      at: story.policyVersion?.createdAt ?? null,
      asked: askedOf(story),
      outcome: story.approvalRequest
        ? ("asked" as const)
        : story.governanceStatus === "allowed" || grant !== null
          ? ("allowed" as const)
          : ("blocked" as const),
    },
    budgets,
    grant,
    /** The grant that was given with its approval. */
    givenGrantId: story.givenGrant?.id ?? null,
    shadow: shadowOf(story),
    mails: story.emailDeliveries.map((mail) => ({
      id: mail.id,
      to: mail.toEmail,
      kind: mail.kind,
      state: deliveryState(mail),
      openedAt: story.approvalRequest?.links.find(({ id }) => id === mail.decisionLinkId)?.openedAt ?? null,
      nextTryAt: mail.status === "queued" ? mail.nextTryAt : null,
      at: mail.sentAt ?? mail.createdAt,
      attempts: mail.attempts,
      provider: mail.provider,
      trouble: mail.status === "not_sent" ? mailReason(mail.notSentReason) : (mail.bounceReason ?? (mail.sentAt ? null : mail.lastError)),
    })),
    receipts: story.receipts.map(({ id, kind, logIndex, leafHash, createdAt }) => ({
      id,
      kind,
      createdAt,
      logIndex,
      leafHash: hex(leafHash),
    })),
    claim: story.claimWorker === null ? null : { worker: story.claimWorker, at: story.claimedAt, until: story.claimExpiresAt },
    executable: executableWords(story),
    idempotencyKey: story.idempotencyKey,
    attempt: story.attempt,
    previous: previousAttempt(story),
    nextRunId: story.nextRuns[0]?.id ?? null,
    payloadHash: hex(story.payloadHash),
    apiKey: { name: story.apiKey.name, hint: story.apiKey.hint },
    calls: apiCalls(story, apiUrl),
  };
}

/** What the shadow policy of the time would have decided. */
function shadowOf({ shadowAnswer }: RunStory) {
  if (shadowAnswer === null || shadowAnswer.policyOutcome === null) return null;
  const { policyOutcome, outcome, reason, rule } = shadowAnswer;
  // The database has a CHECK.
  return { outcome: outcome as PolicyOutcome | null, isSame: outcome === policyOutcome, reason, rule };
}

function revocableBy({ governanceStatus, isUnclaimed, decision, votes }: RunStory): string[] {
  const counted = votes.filter(({ revokedAt }) => revokedAt === null);
  if (governanceStatus === "pending_approval") return counted.map(({ voter }) => voter);
  return isUnclaimed ? approversOf({ decision, votes: counted }) : [];
}

function proposedSentence({ sentence, payloadChanges }: RunStory): string | null {
  const applied = appliedChange(payloadChanges);
  return applied ? applied.proposedSentence : sentence;
}

/** What the request was changed to, or what was proposed with its rejection, as rows and as a payload. */
function changeOf(story: RunStory) {
  const row = story.governanceStatus === "pending_approval" ? currentChange(story) : decidedChange(story);
  const change = row && changeView(row);
  if (!change?.changes || !change.payload || row?.payloadText == null) return null;
  const rows = changeRows(change.changes, (story.payload ?? null) as JsonObject | null);
  return { ...change, rows, raw: row.payloadText, payloadRows: payloadRows(change.payload), isApplied: row.appliedAt !== null };
}

/** By whom, when and why the run's personal data was erased. */
function erasureOf({ receipts }: RunStory) {
  const receipt = receipts.find(({ kind }) => kind === "erasure");
  const said = receipt && readErasureBody(receipt.body);
  return said ? { at: receipt.createdAt, by: said.erased_by, reason: said.reason } : null;
}

/** Why the data can't be erased now, shown to owners. The command checks it again. */
function eraseHindrance({ governanceStatus, claimState }: RunStory): string | null {
  if (governanceStatus === "pending_approval") return "The approvers need to see the run’s data. It can be erased after the decision.";
  if (claimState === "in_doubt") return "The run is in doubt. Its data can be erased once it’s settled.";
  return claimState === "held" ? "A worker has claimed the run. Its data can be erased once it has reported." : null;
}

/** Everyone who was asked, with whom they stand in for, and whether they were asked because no one had decided. */
function askedOf({ approvalRequest, reassignments }: RunStory) {
  if (!approvalRequest) return [];
  const { approverEmails, escalatedTo, links } = approvalRequest;
  const standIns = standInsOf(links);
  return approverEmails.map((email) => ({
    email,
    standsInFor: standIns.get(email) ?? null,
    takenOverFrom: takenOverFrom(reassignments, email),
    isEscalation: escalatedTo.includes(email),
  }));
}

/** `used` names the paths that the policy read. A missing field gets its own row, first. */
function readPayload(raw: string, fields: readonly string[]) {
  const value = JSON.parse(raw) as JsonObject;
  const rows = payloadRows(value);
  const missing = policyRows(
    fields.filter((name) => !rows.some(({ path }) => path === name || path.startsWith(`${name}.`))).map((name) => ({ name })),
  );
  return { raw, rows: [...missing, ...rows], used: fields };
}

function readJson(raw: string): { raw: string; rows: PayloadRow[] } {
  const value = JSON.parse(raw) as JsonValue;
  return { raw, rows: isJsonObject(value) ? payloadRows(value) : payloadRows({ result: value }) };
}

function executableWords({ isTest, payloadText, governanceStatus, executionStatus, claimState }: RunStory): string {
  if (isTest) return "no, it’s a test from the console";
  if (governanceStatus === "pending_approval") return "not yet, it’s pending approval";
  if (executionStatus === "not_executed") return "no, it may not run";
  if (executionStatus !== "awaiting_execution_report") return "no, already reported";
  if (payloadText === null) return "no, its payload was erased";
  if (claimState === "in_doubt") return "no, it’s in doubt";
  if (claimState === "approval_lapsed") return "no, its approval has lapsed";
  if (claimState === "frozen") return "no, it’s frozen";
  return claimState === "held" ? "no, a worker has claimed it" : "yes, once";
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

import { asProposed, circumstancesOf } from "@/lib/action-runs/status/circumstances-of";
import { overBudgetText } from "@/lib/domain/budgets/budget-text";
import { budgetUsesOf } from "@/lib/domain/budgets/budget-use";
import { grantGivers, grantWords } from "@/lib/domain/grants/grant-text";
import { grantUseOf } from "@/lib/domain/grants/grant-use";
import type { JsonObject } from "@/lib/domain/json-value";
import { readErasureBody } from "@/lib/domain/log/read-receipt-body";
import type { ReceiptKind } from "@/lib/domain/log/receipt-body";
import { explainPolicy } from "@/lib/domain/policy/policy-explanation";
import { checked } from "@/lib/domain/runs/checked-texts";
import { changeView, decidedChange } from "@/lib/domain/runs/payload-change";
import { policyRuleOf } from "@/lib/registered-actions/policy-rule";
import { changeText } from "@/lib/words/change-messages";
import { RECEIPT_KIND_LABELS } from "@/lib/words/receipt-kind-labels";
import { claimSteps, endOfClaimStep } from "./claim-steps";
import type { RunStory } from "./get-run-story";
import { mailSteps } from "./mail-steps";
import type { RunStep } from "./run-step";
import { CHANNEL_LABELS, voteSteps } from "./vote-steps";

/** Returns a run's events, in order. */
export function runTimeline(story: RunStory): RunStep[] {
  const steps = [
    proposal(story),
    policyStep(story),
    ...mailSteps(story),
    ...reassignmentSteps(story),
    ...changeSteps(story),
    ...voteSteps(story),
    decisionStep(story),
    revocationStep(story),
    earlierStep(story),
    ...claimSteps(story),
    endOfClaimStep(story),
    outcomeStep(story),
    ...receiptSteps(story),
  ];
  return steps.filter((step) => step !== null).toSorted((a, b) => a.at.getTime() - b.at.getTime());
}

function proposal({ createdAt, actor, apiKey }: RunStory): RunStep {
  return {
    at: createdAt,
    kind: "proposed",
    tone: null,
    title: "Proposed",
    rest: `by ${actor ?? "an agent that gave no name"}, with key ${apiKey.name}`,
  };
}

function policyStep(story: RunStory): RunStep | null {
  const { approvalRequest: asked, policyVersion: policy, governanceStatus, createdAt } = story;
  const version = policy ? `version ${policy.version}, ${policy.policyType}` : "";
  const note = policyNote(story);
  const step = { at: createdAt, kind: "policy", rest: version, ...(note !== null && { note }) } as const;
  if (asked)
    return {
      ...step,
      tone: "wait",
      title: "Policy required approval",
      rest: [version, `asked ${list(firstAsked(asked))}`].filter(Boolean).join(", "),
    };
  const grant = grantUseOf(story);
  if (grant)
    return {
      ...step,
      tone: "ok",
      title: "Allowed by a standing grant",
      rest: [version, `approved in advance by ${grantGivers(grant)}`].filter(Boolean).join(", "),
    };
  if (governanceStatus === "allowed") return { ...step, tone: "ok", title: "Policy allowed it" };
  return { ...step, tone: "stop", title: policy ? "Policy blocked it" : "Blocked" };
}

/** Those asked with the proposal, whoever decides now. Later ones are listed with the email that explains why. */
function firstAsked({ links, createdAt }: NonNullable<RunStory["approvalRequest"]>): string[] {
  return [...new Set(links.filter((link) => link.createdAt <= createdAt).map(({ approverEmail }) => approverEmail))];
}

function reassignmentSteps({ reassignments }: RunStory): RunStep[] {
  return reassignments.map(({ createdAt: at, fromEmail: from, toEmail: to, reassignedBy: by }) => {
    const who = by === null ? ", by an operator" : by === from ? "" : `, by ${by}`;
    return { at, kind: "mail", tone: null, title: `Reassigned to ${to}`, rest: `from ${from}${who}` };
  });
}

/** Explains the policy's outcome in a sentence; without the payload, only the part that doesn't need it. */
function policyNote(story: RunStory): string | null {
  const { approvalRequest, policyVersion, policyRule, payload, payloadText, governanceReason } = story;
  const reason = checked(approvalRequest)?.policyReason ?? governanceReason;
  if (payloadText === null) return null;
  return explainPolicy(policyVersion && policyRuleOf(policyVersion), payload as JsonObject, reason, {
    rule: policyRule,
    circumstances: circumstancesOf(asProposed(story)),
    overBudget: overBudgetText(budgetUsesOf(story, story.readAt)),
    grant: grantWords(grantUseOf(story)),
  }).sentence;
}

const DECISION_LABELS: Record<string, { title: string; tone: "ok" | "no" | "stop" }> = {
  approve: { title: "Approved", tone: "ok" },
  reject: { title: "Rejected", tone: "no" },
  block: { title: "Blocked", tone: "stop" },
};

function decisionStep(story: RunStory): RunStep | null {
  const { decision } = story;
  if (!decision) return null;
  const at = decision.createdAt;
  if (decision.decision === "withdraw") return withdrawalStep(decision, decision.decidedBy);
  const words = DECISION_LABELS[decision.decision];
  const change = decidedChange(story);
  if (!words) return { at, kind: "decision", tone: "no", title: "Expired", rest: "nobody decided in time, so the run was rejected" };
  return {
    at,
    kind: "decision",
    tone: words.tone,
    title: `${words.title}${change?.kind === "change" ? " with a change" : ""} by ${decision.decidedBy ?? "a person"}`,
    rest: CHANNEL_LABELS[decision.channel] ?? "",
    ...(change && { note: changeNote(story, change) }),
    ...(decision.comment && { quote: decision.comment }),
  };
}

function changeNote({ payload }: RunStory, row: RunStory["payloadChanges"][number]): string {
  const text = changeText(changeView(row), payload as JsonObject | null);
  if (text === null) return "What was changed was erased.";
  return row.kind === "proposal" ? `It would be accepted with ${text}` : text;
}

/** Changes that were voted for, where several approvals are needed. */
function changeSteps(story: RunStory): RunStep[] {
  return story.payloadChanges.flatMap((row): RunStep[] => {
    if (row.voteId === null) return [];
    const step = { at: row.createdAt, kind: "decision", tone: "wait", title: `Changed by ${row.changedBy}` } as const;
    return [{ ...step, rest: "so everyone approves the changed request", note: changeNote(story, row) }];
  });
}

/** The end of an approval before anyone claimed the run. */
function revocationStep({ revocation }: RunStory): RunStep | null {
  if (!revocation) return null;
  if (revocation.reason === "withdrawn") return withdrawalStep(revocation, revocation.revokedBy);
  if (revocation.reason === "approval_lapsed") {
    const note = "Owners got an email. Check that your app or runner is running, and propose it again.";
    return {
      at: revocation.createdAt,
      kind: "decision",
      tone: "stop",
      title: "Approval lapsed",
      rest: "because nobody claimed the run",
      note,
    };
  }
  return {
    at: revocation.createdAt,
    kind: "decision",
    tone: "no",
    title: `Approval revoked by ${revocation.revokedBy ?? "the approver"}`,
    rest: CHANNEL_LABELS[revocation.channel] ?? "",
    ...(revocation.comment && { quote: revocation.comment }),
  };
}

function withdrawalStep(
  { createdAt: at, channel, comment }: { createdAt: Date; channel: string; comment: string | null },
  by: string | null,
): RunStep {
  const title = `Withdrawn by ${by ?? "the app"}`;
  return { at, kind: "decision", tone: "no", title, rest: CHANNEL_LABELS[channel] ?? "", ...(comment && { quote: comment }) };
}

function earlierStep({ hasEarlierEvents, auditEvents: [first] }: RunStory): RunStep | null {
  if (!hasEarlierEvents || !first) return null;
  return { at: first.createdAt, kind: "claim", tone: null, title: "Earlier events", rest: "not shown here" };
}

function outcomeStep({ executionStatus, executionReportedAt: at, executionError, auditEvents }: RunStory): RunStep | null {
  if (!at) return null;
  const isExecuted = executionStatus === "executed";
  const settled = auditEvents.find(({ verb, data }) => verb === "run.settled" && (data as Record<string, unknown>).as === executionStatus);
  const step = { at, kind: "outcome", tone: isExecuted ? "ok" : "stop", title: isExecuted ? "Executed" : "Failed" } as const;
  if (settled)
    return {
      ...step,
      title: `Marked as ${executionStatus}`,
      rest: `by ${String((settled.data as Record<string, unknown>).by)}, who settled the run`,
    };
  return { ...step, rest: "as reported by the app", ...(executionError && { quote: executionError }) };
}

function receiptSteps({ receipts }: RunStory): RunStep[] {
  return receipts.map(({ createdAt: at, kind, logIndex, body }): RunStep => {
    const place = logIndex === null ? "not in the log yet" : `entry ${logIndex + 1} in the log`;
    const erased = kind === "erasure" ? readErasureBody(body) : null;
    if (erased)
      return {
        at,
        kind: "erasure",
        tone: null,
        title: "Personal data erased",
        rest: `by ${erased.erased_by}, ${place}`,
        quote: erased.reason,
      };
    return { at, kind: "receipt", tone: "ok", title: `${RECEIPT_KIND_LABELS[kind as ReceiptKind]} receipt written`, rest: place };
  });
}

function list(values: readonly string[]): string {
  return new Intl.ListFormat("en-GB").format(values);
}

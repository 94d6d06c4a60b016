import type { AskReason } from "@/lib/domain/policy/ask-reasons";
import type { Approvals } from "@/lib/domain/runs/approvals";
import type { DecisionView } from "@/lib/domain/runs/decision-view";
import type { PreviousAttempt } from "@/lib/domain/runs/previous-attempt";
import { formatInstant } from "@/lib/domain/time/format-instant";
import { changedText } from "@/lib/words/change-messages";
import { previousAttemptQuote, previousAttemptTitle } from "@/lib/words/previous-attempt-messages";
import { RISK_LABELS } from "@/lib/words/risk-labels";

/** The console's own sentences of an approval email, the same in both of its parts. */
export interface ApprovalMessages {
  readonly from: string;
  /** The console's own mark of a test; empty for every other request. */
  readonly test: string;
  readonly risk: string;
  readonly deadline: string;
  readonly othersAsked: string;
  /** What became of the request that this one repeats; null: it's the first. */
  readonly previous: string | null;
  /** Who changed it since it was proposed, what and why; null: it is as it was proposed. */
  readonly changed: string | null;
  readonly footer: string;
}

/** Why someone is asked after the first emails were sent. A delegate’s email names the absent approver in its own sentence, and so does one about a reassigned request. */
const WHY_NOW: Record<AskReason, string> = {
  bounce: "You’re receiving this because an email to another approver bounced. ",
  escalation: "You’re receiving this because nobody has decided yet. ",
  reminder: "This is a reminder: nobody has decided yet. ",
  resend: "Someone in the workspace resent this request. ",
  delegation: "",
  next_stage: "You’re asked now because the approvals before yours have been given. ",
  changed: "The request was changed after you approved it, so your approval no longer counts. ",
  replacement: "You’re receiving this because another approver was replaced. ",
  reassignment: "",
};

function whyNow(reason: AskReason, { approvals }: DecisionView): string {
  return approvals === null ? WHY_NOW[reason] : WHY_NOW[reason].replace("nobody has decided yet", "approvals are still missing");
}

/** `identicalCount`: how many other pending requests of this approver ask for the same. */
export function approvalMessages(
  decision: DecisionView,
  { askReason, identicalCount }: { askReason: AskReason | null; identicalCount: number },
): ApprovalMessages {
  const { workspace, action, expiresAt, runId, approverEmail } = decision;
  return {
    from: `${workspace.name} for ${workspace.clientName}`,
    test: decision.isTest ? "This is a test, sent from the console to try the action. Nothing runs, whatever you decide." : "",
    risk: RISK_LABELS[action.riskLevel],
    deadline: `Decide by ${formatInstant(expiresAt)}, or the request is rejected.`,
    othersAsked:
      (askReason === null ? "" : whyNow(askReason, decision)) +
      standsInFor(decision) +
      takenOver(decision) +
      othersAsked(decision) +
      alsoPending(identicalCount),
    previous: decision.previous && previousText(decision.previous, approverEmail),
    changed: decision.changed && changedText(decision.changed, decision.proposed),
    footer: `Opening the page changes nothing; only your decision does. You’re deciding as ${approverEmail}. The link is for you only. Do not forward it. Run ID ${runId}`,
  };
}

function previousText(previous: PreviousAttempt, reader: string): string {
  const quote = previousAttemptQuote(previous);
  const title = `${previousAttemptTitle(previous, reader)} on ${formatInstant(previous.endedAt)}.`;
  return quote === null ? title : `${title} ${quote.label}: “${quote.text}”`;
}

/** In whose place the reader is asked. */
function standsInFor({ standsInFor: absent }: DecisionView): string {
  return absent === null ? "" : `You’re asked on behalf of ${absent.email}, who is out of office until ${formatInstant(absent.until)}. `;
}

function takenOver({ takenOverFrom: from }: DecisionView): string {
  return from === null ? "" : `This request was reassigned to you from ${from}. `;
}

function alsoPending(count: number): string {
  return count === 0 ? "" : ` ${count} identical ${count === 1 ? "request is" : "requests are"} also pending. Each needs a decision.`;
}

/** Where several approvals are needed, how many, and who has given theirs. */
function approvalsNeeded({ required, stage, stages, by }: Approvals): string {
  const where = stages > 1 ? ` in stage ${stage} of ${stages}` : "";
  const needed = required === 1 ? `One approval is needed${where}.` : `${required} approvals are needed${where}.`;
  const given = by.length === 0 ? "" : ` ${new Intl.ListFormat("en-GB").format(by)} ${by.length === 1 ? "has" : "have"} approved it.`;
  return `${needed}${given} One rejection ends the request.`;
}

function othersAsked({ approverEmail, askedEmails, approvals }: DecisionView): string {
  const others = askedEmails.filter((email) => email !== approverEmail);
  const rule = approvals === null ? "The first decision counts." : approvalsNeeded(approvals);
  if (others.length === 0) return approvals === null ? "Nobody else was asked." : rule;
  const names = others.length === 1 ? others[0] : `${others.slice(0, -1).join(", ")} and ${others.at(-1)}`;
  return `${names} ${others.length === 1 ? "was" : "were"} also asked. ${rule}`;
}

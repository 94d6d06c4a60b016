import type { AskReason } from "@/lib/domain/policy/ask-reasons";
import type { DecisionView } from "@/lib/domain/runs/decision-view";
import { formatInstant } from "@/lib/domain/time/format-instant";
import { timeLeft } from "@/lib/domain/time/time-left";
import { RISK_LABELS } from "@/lib/words/risk-labels";

/** The console's own sentences of an approval mail, the same in both of its parts. */
export interface ApprovalMessages {
  readonly from: string;
  readonly risk: string;
  readonly deadline: string;
  readonly othersAsked: string;
  readonly footer: string;
}

/** Why somebody is asked after the first mails went out. Whose place a stand-in takes is told by itself. */
const WHY_NOW: Record<AskReason, string> = {
  bounce: "You are asked because mail to another approver came back. ",
  escalation: "You are asked because nobody has answered so far. ",
  reminder: "This is a reminder: nobody has answered so far. ",
  resend: "This mail was sent to you again by hand. ",
  delegation: "",
  replacement: "You are asked because somebody else who was asked no longer is. ",
};

export function approvalMessages(decision: DecisionView, now: Date, askReason: AskReason | null): ApprovalMessages {
  const { workspace, action, expiresAt, runId, approverEmail } = decision;
  return {
    from: `${workspace.name} for ${workspace.clientName}`,
    risk: RISK_LABELS[action.riskLevel],
    deadline: `You have ${timeLeft(expiresAt, now)}, until ${formatInstant(expiresAt)}. After that it is rejected.`,
    othersAsked: (askReason === null ? "" : WHY_NOW[askReason]) + standsInFor(decision) + othersAsked(decision),
    footer: `Opening the page changes nothing. Only your answer does. You answer as ${approverEmail}. The link is yours alone: do not forward it. Run ${runId}`,
  };
}

/** In whose place the reader is asked. */
function standsInFor({ standsInFor: absent }: DecisionView): string {
  return absent === null ? "" : `You are asked for ${absent.email}, who is away until ${formatInstant(absent.until)}. `;
}

function othersAsked({ approverEmail, askedEmails }: DecisionView): string {
  const others = askedEmails.filter((email) => email !== approverEmail);
  if (others.length === 0) return "Nobody else was asked.";
  const names = others.length === 1 ? others[0] : `${others.slice(0, -1).join(", ")} and ${others.at(-1)}`;
  return `${names} ${others.length === 1 ? "was" : "were"} asked too, and the first answer counts.`;
}

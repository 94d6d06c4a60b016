import type { GovernanceReason } from "@/lib/domain/policy/governance-reasons";
import type { ReceiptOutcome } from "./receipt-body";

interface ReceiptFacts {
  /** What the agent wanted to do; completes "the proposal to …". */
  proposal: string;
  outcome: ReceiptOutcome;
  reason: GovernanceReason;
  /** What the app reported, if it has. */
  execution: "executed" | "failed" | null;
}

/** A receipt in one sentence. The proposal's values are the agent's: show it as text, never as markup. */
export function receiptSentence({ proposal, outcome, reason, execution }: ReceiptFacts): string {
  const reported = execution === null ? "" : `, and the app reported it as ${execution === "executed" ? "executed" : "failed"}`;
  return `The proposal to ${proposal} was ${outcomeWords(outcome, reason)}${reported}`;
}

/** "approved by a person", "blocked, because no action of this name is registered". */
function outcomeWords(outcome: ReceiptOutcome, reason: GovernanceReason): string {
  switch (outcome) {
    case "allowed":
      return "allowed by the policy";
    case "approved":
      return "approved by a person";
    case "rejected":
      return reason === "approval_expired" ? "rejected, because nobody decided in time" : "rejected by a person";
    case "blocked":
      return blockedWords(reason);
  }
}

function blockedWords(reason: GovernanceReason): string {
  if (reason === "unknown_action") return "blocked, because no action of this name is registered";
  if (reason === "inactive_action") return "blocked, because the action is deactivated";
  return reason === "manually_blocked_by_approver" ? "blocked by a person" : "blocked by the policy";
}

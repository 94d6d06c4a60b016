import type { GovernanceReason } from "@/lib/domain/policy/governance-reasons";
import type { RevocationReason } from "@/lib/domain/runs/statuses";
import type { ReceiptOutcome } from "./receipt-body";

interface ReceiptFacts {
  /** What the agent wanted to do; completes "the proposal to …". */
  proposal: string;
  outcome: ReceiptOutcome;
  reason: GovernanceReason;
  /** What the app reported, if it has. */
  execution: "executed" | "failed" | null;
  /** Why the decision ended before anyone claimed the run, if it did. */
  revocation: RevocationReason | null;
  /** It was approved with a change. */
  isChanged?: boolean;
}

const REVOCATIONS: Record<RevocationReason, string> = {
  withdrawn: ", and withdrawn before it was executed",
  approval_lapsed: ", and the approval lapsed before it was executed",
  approval_revoked: ", and the approval was revoked before it was executed",
};

/** A receipt in one sentence. The proposal's values are the agent's: show it as text, never as markup. */
export function receiptSentence({ proposal, outcome, reason, execution, revocation, isChanged = false }: ReceiptFacts): string {
  const reported = execution === null ? "" : `, and the app reported it as ${execution === "executed" ? "executed" : "failed"}`;
  return `The proposal to ${proposal} was ${outcomeWords(outcome, reason)}${isChanged ? ", with a change" : ""}${reported}${revocation === null ? "" : REVOCATIONS[revocation]}`;
}

/** "approved by a person", "blocked, because no action of this name is registered". */
function outcomeWords(outcome: ReceiptOutcome, reason: GovernanceReason): string {
  switch (outcome) {
    case "allowed":
      return reason === "standing_grant" ? "allowed by a standing grant" : "allowed by the policy";
    case "approved":
      return "approved by a person";
    case "rejected":
      return rejectedWords(reason);
    case "blocked":
      return blockedWords(reason);
  }
}

function rejectedWords(reason: GovernanceReason): string {
  if (reason === "withdrawn") return "withdrawn before anyone decided";
  return reason === "approval_expired" ? "rejected, because nobody decided in time" : "rejected by a person";
}

function blockedWords(reason: GovernanceReason): string {
  if (reason === "unknown_action") return "blocked, because no action of this name is registered";
  if (reason === "inactive_action") return "blocked, because the action is deactivated";
  if (reason === "frozen") return "blocked, because it was frozen";
  return reason === "manually_blocked_by_approver" ? "blocked by a person" : "blocked by the policy";
}

import type { DecisionView } from "@/lib/approvals/decision-view";

const RECIPIENT_POLICIES: ReadonlySet<string> = new Set([
  "require_approval_when_external_recipient",
  "require_approval_when_new_recipient",
]);

/** Whether the amount is worth a line: there is one, or the policy looked for one and found none. */
export function hasAmountLine(decision: DecisionView): boolean {
  return decision.amount !== null || decision.policy.type === "require_approval_above_amount";
}

export function hasRecipientLine(decision: DecisionView): boolean {
  return decision.recipient !== null || RECIPIENT_POLICIES.has(decision.policy.type);
}

import { policyWordsOf, readsAmount } from "@/lib/domain/policy/policy-types";
import type { DecisionView } from "@/lib/domain/runs/decision-view";

/** Whether to show an amount line: there is an amount, or the policy expected one and found none. */
export function hasAmountLine(decision: DecisionView): boolean {
  return decision.amount !== null || readsAmount(decision.policy.type);
}

export function hasRecipientLine(decision: DecisionView): boolean {
  const { reads } = policyWordsOf(decision.policy.type);
  return decision.recipient !== null || (reads.what === "signal" && reads.about === "recipient");
}

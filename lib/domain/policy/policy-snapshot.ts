import type { PolicyRule, PolicyType } from "./policy-types";

/** A policy's rule as receipts and responses contain it. */
export interface PolicySnapshot {
  type: PolicyType;
  threshold: string | null;
  currency: string | null;
  amount_field: string;
  currency_field: string;
  /** Only of rules. */
  rules_hash?: string | null;
}

export function policySnapshot(rule: PolicyRule): PolicySnapshot {
  return {
    type: rule.type,
    threshold: rule.threshold,
    currency: rule.currency,
    amount_field: rule.amountField,
    currency_field: rule.currencyField,
    ...(rule.type === "rules" ? { rules_hash: rule.rulesHash ?? null } : {}),
  };
}

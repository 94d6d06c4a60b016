import type { PolicyVersion } from "@/lib/db/generated/client";
import type { PolicyRule, PolicyType } from "@/lib/domain/policies";

/** A stored policy version as the rule that the domain evaluates. */
export function policyRuleOf(version: PolicyVersion): PolicyRule {
  const { policyType, threshold, currency, amountField, currencyField } = version;
  return { type: policyType as PolicyType, threshold, currency, amountField, currencyField };
}

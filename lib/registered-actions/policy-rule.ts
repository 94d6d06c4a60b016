import type { PolicyVersion } from "@/lib/db/generated/client";
import type { PolicyRule } from "@/lib/domain/policy/policies";
import { checked } from "@/lib/domain/runs/checked-texts";

/** A stored policy version as the rule that the domain evaluates. */
export function policyRuleOf(version: PolicyVersion): PolicyRule {
  const { policyType, threshold, currency, amountField, currencyField } = checked(version);
  return { type: policyType, threshold, currency, amountField, currencyField };
}

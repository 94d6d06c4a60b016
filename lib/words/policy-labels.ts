import type { PolicyCase } from "@/lib/domain/policy/policy";
import { type PolicyRule, policyWordsOf } from "@/lib/domain/policy/policy-types";

/** What a rule does, short enough for a table: "Requires approval above 5,000.00 EUR". */
export function policySummary(rule: PolicyRule): string {
  return policyWordsOf(rule.type).summary(rule);
}

/** Everything a rule can decide, in the order in which people think of it. */
export function policyCases(rule: PolicyRule): PolicyCase[] {
  return policyWordsOf(rule.type).cases(rule);
}

import type { JsonObject } from "@/lib/domain/json-value";
import type { Circumstances, Policy, PolicyResult } from "./policy";
import { isPolicyType, PLAIN_POLICIES, type PolicyRule, type PolicyType, UNKNOWN_POLICY } from "./policy-types";
import { RULES_POLICY } from "./rules-policy";

export const POLICIES: Readonly<Record<PolicyType, Policy>> = { ...PLAIN_POLICIES, rules: RULES_POLICY };

export function policyOf(type: string): Policy {
  return isPolicyType(type) ? POLICIES[type] : UNKNOWN_POLICY;
}

export const NOTHING_KNOWN: Circumstances = { recipient: null, actor: null, source: null, key: null, risk: null, now: null };

/** The deterministic rule. Rules that look at circumstances can't be read without them, and so ask a person. */
export function evaluatePolicy(rule: PolicyRule, payload: JsonObject, circumstances: Circumstances = NOTHING_KNOWN): PolicyResult {
  return policyOf(rule.type).evaluate(rule, payload, circumstances);
}

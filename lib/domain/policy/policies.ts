import type { JsonObject } from "@/lib/domain/json-value";
import { AMOUNT_POLICY } from "./amount-policy";
import { fixedPolicy } from "./fixed-policy";
import type { Circumstances, Policy, PolicyResult } from "./policy";
import { isPolicyType, POLICY_WORDS, type PolicyRule, type PolicyType, policyWordsOf } from "./policy-types";
import { RULES_POLICY } from "./rules-policy";
import { signalPolicy } from "./signal-policy";
import type { SignalPolicyType } from "./signals";

const ASKS: PolicyResult = { outcome: "pending_approval", reason: "policy_requires_approval" };

const signal = (type: SignalPolicyType) => signalPolicy(type, POLICY_WORDS[type]);

export const POLICIES: Readonly<Record<PolicyType, Policy>> = {
  always_allow: fixedPolicy({ outcome: "allowed", reason: "policy_always_allow" }, POLICY_WORDS.always_allow),
  log_only: fixedPolicy({ outcome: "allowed", reason: "policy_log_only" }, POLICY_WORDS.log_only),
  always_block: fixedPolicy({ outcome: "blocked", reason: "policy_always_block" }, POLICY_WORDS.always_block),
  always_require_approval: fixedPolicy(ASKS, POLICY_WORDS.always_require_approval),
  require_approval_above_amount: AMOUNT_POLICY,
  require_approval_when_external_recipient: signal("require_approval_when_external_recipient"),
  require_approval_when_new_recipient: signal("require_approval_when_new_recipient"),
  require_approval_when_not_reversible: signal("require_approval_when_not_reversible"),
  require_approval_when_destructive: signal("require_approval_when_destructive"),
  rules: RULES_POLICY,
};

/** A rule read from storage may be of a type that a newer release wrote: it asks a person, and does not claim to know why. */
const UNKNOWN_POLICY = fixedPolicy(ASKS, policyWordsOf("unknown"));

export function policyOf(type: string): Policy {
  return isPolicyType(type) ? POLICIES[type] : UNKNOWN_POLICY;
}

export const NOTHING_KNOWN: Circumstances = { recipient: null, actor: null, source: null, key: null, risk: null, now: null };

/** The deterministic rule. Rules that look at circumstances can't be read without them, and so ask a person. */
export function evaluatePolicy(rule: PolicyRule, payload: JsonObject, circumstances: Circumstances = NOTHING_KNOWN): PolicyResult {
  return policyOf(rule.type).evaluate(rule, payload, circumstances);
}

import { compareDecimals, isPlainDecimal, readAmount } from "@/lib/domain/amounts";
import type { GovernanceReason } from "@/lib/domain/governance-reasons";
import type { JsonObject } from "@/lib/domain/json-value";
import { readPath } from "@/lib/domain/payload-fields";
import { readSignal, SIGNAL_POLICIES, type SignalPolicyType } from "@/lib/domain/signals";

export const POLICY_TYPES = [
  "always_allow",
  "log_only",
  "always_block",
  "always_require_approval",
  "require_approval_above_amount",
  "require_approval_when_external_recipient",
  "require_approval_when_new_recipient",
  "require_approval_when_not_reversible",
  "require_approval_when_destructive",
] as const;

export type PolicyType = (typeof POLICY_TYPES)[number];

/** One version of a policy. The last four fields matter to the amount policy only. */
export interface PolicyRule {
  type: PolicyType;
  /** A plain decimal; amounts above it go to a person. */
  threshold: string | null;
  /** When set, a payload with another currency, or none, goes to a person. Compared letter by letter. */
  currency: string | null;
  /** Dotted paths into the payload. */
  amountField: string;
  currencyField: string;
}

export type PolicyOutcome = "allowed" | "blocked" | "pending_approval";

export interface PolicyResult {
  outcome: PolicyOutcome;
  reason: GovernanceReason;
}

/** The deterministic rule. It fails safe: what it cannot read goes to a person, never straight through. */
export function evaluatePolicy(rule: PolicyRule, payload: JsonObject): PolicyResult {
  switch (rule.type) {
    case "always_allow":
      return { outcome: "allowed", reason: "policy_always_allow" };
    case "log_only":
      return { outcome: "allowed", reason: "policy_log_only" };
    case "always_block":
      return { outcome: "blocked", reason: "policy_always_block" };
    case "always_require_approval":
      return pending("policy_requires_approval");
    case "require_approval_above_amount":
      return evaluateAmount(rule, payload);
    case "require_approval_when_external_recipient":
    case "require_approval_when_new_recipient":
    case "require_approval_when_not_reversible":
    case "require_approval_when_destructive":
      return evaluateSignal(rule.type, payload);
    default:
      // A rule read from storage may be of a type this version does not know.
      return pending("policy_requires_approval");
  }
}

function evaluateAmount(rule: PolicyRule, payload: JsonObject): PolicyResult {
  const amount = readAmount(readPath(payload, rule.amountField));
  if (amount.kind === "missing") return pending("policy_amount_missing_requires_approval");
  if (amount.kind === "invalid") return pending("policy_amount_invalid_requires_approval");
  if (rule.currency !== null && readPath(payload, rule.currencyField) !== rule.currency) {
    return pending("policy_currency_mismatch_requires_approval");
  }
  if (rule.threshold === null || !isPlainDecimal(rule.threshold)) return pending("policy_requires_approval");
  return compareDecimals(amount.decimal, rule.threshold) > 0
    ? pending("policy_amount_above_threshold")
    : { outcome: "allowed", reason: "policy_amount_within_threshold" };
}

function evaluateSignal(type: SignalPolicyType, payload: JsonObject): PolicyResult {
  const { reasons } = SIGNAL_POLICIES[type];
  switch (readSignal(type, payload)) {
    case "no":
      return { outcome: "allowed", reason: reasons.no };
    case "yes":
      return pending(reasons.yes);
    case "unknown":
      return pending(reasons.unknown);
  }
}

function pending(reason: GovernanceReason): PolicyResult {
  return { outcome: "pending_approval", reason };
}

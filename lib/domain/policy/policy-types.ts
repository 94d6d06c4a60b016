import { AMOUNT_POLICY_WORDS } from "./amount-policy-words";
import { fixedPolicyWords } from "./fixed-policy-words";
import type { PolicySettings, PolicyWords } from "./policy";
import { RULES_POLICY_WORDS } from "./rules-policy-words";
import { signalPolicyWords } from "./signal-policy-words";

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
  "rules",
] as const;

export type PolicyType = (typeof POLICY_TYPES)[number];

/** One version of a policy. */
export interface PolicyRule extends PolicySettings {
  type: PolicyType;
}

/** What is said of every type. Pages import this, and not POLICIES: what evaluates them is a third of a page's program. */
export const POLICY_WORDS: Readonly<Record<PolicyType, PolicyWords>> = {
  always_allow: fixedPolicyWords("allowed", {
    label: "Always allow",
    text: "Each run gets a receipt.",
    summary: "Allows every run",
    everyRun: "Every run, with a receipt.",
  }),
  log_only: fixedPolicyWords("allowed", {
    label: "Log only",
    text: "Allowed, for the record only.",
    summary: "Allows every run, for the record",
    everyRun: "Every run. The policy only keeps a record.",
  }),
  always_block: fixedPolicyWords("blocked", {
    label: "Always block",
    text: "Nothing ever runs.",
    summary: "Blocks every run",
    everyRun: "Every run.",
  }),
  always_require_approval: fixedPolicyWords("pending_approval", {
    label: "Always",
    text: "Every run requires approval.",
    summary: "Requires approval for every run",
    everyRun: "Every run requires approval.",
  }),
  require_approval_above_amount: AMOUNT_POLICY_WORDS,
  require_approval_when_external_recipient: signalPolicyWords("require_approval_when_external_recipient"),
  require_approval_when_new_recipient: signalPolicyWords("require_approval_when_new_recipient"),
  require_approval_when_not_reversible: signalPolicyWords("require_approval_when_not_reversible"),
  require_approval_when_destructive: signalPolicyWords("require_approval_when_destructive"),
  rules: RULES_POLICY_WORDS,
};

/** Of a rule from storage whose type a newer release wrote. */
const UNKNOWN_POLICY_WORDS: PolicyWords = { ...POLICY_WORDS.always_require_approval, asksPeople: "sometimes" };

/** Policies that never ask, so they need no approvers. */
export const POLICY_TYPES_THAT_NEVER_ASK = POLICY_TYPES.filter((type) => POLICY_WORDS[type].asksPeople === "never");

export function isPolicyType(text: string): text is PolicyType {
  return Object.hasOwn(POLICY_WORDS, text);
}

export function policyWordsOf(type: string): PolicyWords {
  return isPolicyType(type) ? POLICY_WORDS[type] : UNKNOWN_POLICY_WORDS;
}

/** Whether the type compares an amount with a threshold. */
export function readsAmount(type: string): boolean {
  return policyWordsOf(type).reads.what === "amount";
}

/** What people call a stored type. */
export function policyLabel(type: string): string {
  return isPolicyType(type) ? POLICY_WORDS[type].label : type;
}

/** Whether its explanation of a run depends on the run's payload. */
export function readsPayload(type: string): boolean {
  return policyWordsOf(type).reads.what !== "nothing";
}

import { AMOUNT_POLICY } from "./amount-policy";
import { fixedPolicy } from "./fixed-policy";
import type { Policy, PolicySettings, PolicyWords } from "./policy";
import { RULES_POLICY_WORDS } from "./rules-policy-words";
import { signalPolicy } from "./signal-policy";

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

/** All but the one of rules, whose evaluator is large. */
export const PLAIN_POLICIES: Readonly<Record<Exclude<PolicyType, "rules">, Policy>> = {
  always_allow: fixedPolicy(
    { outcome: "allowed", reason: "policy_always_allow" },
    {
      label: "Always allow",
      text: "Each run gets a receipt.",
      does: "Allows every run.",
      goodFor: "Harmless actions that should still leave a receipt.",
      summary: "Allows every run",
      everyRun: "Every run, with a receipt.",
    },
  ),
  log_only: fixedPolicy(
    { outcome: "allowed", reason: "policy_log_only" },
    {
      label: "Log only",
      text: "Allowed, for the record only.",
      does: "Allows every run, for the record only.",
      goodFor: "Seeing what an agent does before you choose a policy.",
      summary: "Allows every run, for the record",
      everyRun: "Every run. The policy only keeps a record.",
    },
  ),
  always_block: fixedPolicy(
    { outcome: "blocked", reason: "policy_always_block" },
    {
      label: "Always block",
      text: "Nothing ever runs.",
      does: "Blocks every run.",
      goodFor: "Actions this agent must never take.",
      summary: "Blocks every run",
      everyRun: "Every run.",
    },
  ),
  always_require_approval: fixedPolicy(
    { outcome: "pending_approval", reason: "policy_requires_approval" },
    {
      label: "Always",
      text: "Every run requires approval.",
      does: "Asks a person about every run.",
      goodFor: "Rare and serious actions.",
      summary: "Requires approval for every run",
      everyRun: "Every run requires approval.",
    },
  ),
  require_approval_above_amount: AMOUNT_POLICY,
  require_approval_when_external_recipient: signalPolicy("require_approval_when_external_recipient", {
    goodFor: "Emails and messages that may leave the company.",
  }),
  require_approval_when_new_recipient: signalPolicy("require_approval_when_new_recipient", {
    goodFor: "Paying or writing to someone for the first time.",
  }),
  require_approval_when_not_reversible: signalPolicy("require_approval_when_not_reversible", {
    goodFor: "Actions that can't be undone.",
  }),
  require_approval_when_destructive: signalPolicy("require_approval_when_destructive", { goodFor: "Deleting or overwriting records." }),
};

/** What is said of every type. Pages import this, and not POLICIES: what evaluates rules is a third of a page's program. */
export const POLICY_WORDS: Readonly<Record<PolicyType, PolicyWords>> = { ...PLAIN_POLICIES, rules: RULES_POLICY_WORDS };

/** A rule read from storage may be of a type that a newer release wrote: it asks a person, and does not claim to know why. */
export const UNKNOWN_POLICY: Policy = { ...PLAIN_POLICIES.always_require_approval, asksPeople: "sometimes" };

/** Policies that never ask, so they need no approvers. */
export const POLICY_TYPES_THAT_NEVER_ASK = POLICY_TYPES.filter((type) => POLICY_WORDS[type].asksPeople === "never");

export function isPolicyType(text: string): text is PolicyType {
  return Object.hasOwn(POLICY_WORDS, text);
}

export function policyWordsOf(type: string): PolicyWords {
  return isPolicyType(type) ? POLICY_WORDS[type] : UNKNOWN_POLICY;
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

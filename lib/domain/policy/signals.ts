import type { GovernanceReason } from "./governance-reasons";

/** What a payload states about the danger that a policy checks. */
export type SignalReading = "yes" | "no" | "unknown";

export interface Signal {
  /** The payload's member that contains the signal. */
  readonly field: string;
  /** The value of it that requires approval. */
  readonly asksWhen: boolean;
  /** The danger in words: "the recipient is external". */
  readonly danger: string;
  readonly about: "recipient" | "action";
  readonly reasons: Readonly<Record<SignalReading, GovernanceReason>>;
}

export const SIGNAL_POLICIES = {
  require_approval_when_external_recipient: {
    field: "external_recipient",
    asksWhen: true,
    danger: "the recipient is external",
    about: "recipient",
    reasons: {
      yes: "policy_external_recipient_requires_approval",
      unknown: "policy_external_recipient_unknown_requires_approval",
      no: "policy_external_recipient_not_detected",
    },
  },
  require_approval_when_new_recipient: {
    field: "is_new_recipient",
    asksWhen: true,
    danger: "the recipient is new",
    about: "recipient",
    reasons: {
      yes: "policy_new_recipient_requires_approval",
      unknown: "policy_new_recipient_unknown_requires_approval",
      no: "policy_new_recipient_not_detected",
    },
  },
  require_approval_when_not_reversible: {
    field: "reversible",
    asksWhen: false,
    danger: "it is not reversible",
    about: "action",
    reasons: {
      yes: "policy_not_reversible_requires_approval",
      unknown: "policy_not_reversible_unknown_requires_approval",
      no: "policy_not_reversible_not_detected",
    },
  },
  require_approval_when_destructive: {
    field: "destructive",
    asksWhen: true,
    danger: "it is destructive",
    about: "action",
    reasons: {
      yes: "policy_destructive_requires_approval",
      unknown: "policy_destructive_unknown_requires_approval",
      no: "policy_destructive_not_detected",
    },
  },
} as const satisfies Record<string, Signal>;

export type SignalPolicyType = keyof typeof SIGNAL_POLICIES;

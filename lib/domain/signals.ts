import type { GovernanceReason } from "@/lib/domain/governance-reasons";
import type { JsonObject } from "@/lib/domain/json-value";
import { readPath } from "@/lib/domain/payload-fields";

/** What a payload says about the danger that a policy watches for. */
export type SignalReading = "yes" | "no" | "unknown";

interface SignalPolicy {
  /** The payload's member that carries the signal. */
  readonly field: string;
  /** The value of it that asks for a person. */
  readonly asksWhen: boolean;
  readonly reasons: Readonly<Record<SignalReading, GovernanceReason>>;
}

export const SIGNAL_POLICIES = {
  require_approval_when_external_recipient: {
    field: "external_recipient",
    asksWhen: true,
    reasons: {
      yes: "policy_external_recipient_requires_approval",
      unknown: "policy_external_recipient_unknown_requires_approval",
      no: "policy_external_recipient_not_detected",
    },
  },
  require_approval_when_new_recipient: {
    field: "is_new_recipient",
    asksWhen: true,
    reasons: {
      yes: "policy_new_recipient_requires_approval",
      unknown: "policy_new_recipient_unknown_requires_approval",
      no: "policy_new_recipient_not_detected",
    },
  },
  require_approval_when_not_reversible: {
    field: "reversible",
    asksWhen: false,
    reasons: {
      yes: "policy_not_reversible_requires_approval",
      unknown: "policy_not_reversible_unknown_requires_approval",
      no: "policy_not_reversible_not_detected",
    },
  },
  require_approval_when_destructive: {
    field: "destructive",
    asksWhen: true,
    reasons: {
      yes: "policy_destructive_requires_approval",
      unknown: "policy_destructive_unknown_requires_approval",
      no: "policy_destructive_not_detected",
    },
  },
} as const satisfies Record<string, SignalPolicy>;

export type SignalPolicyType = keyof typeof SIGNAL_POLICIES;

export function isSignalPolicy(type: string): type is SignalPolicyType {
  return Object.hasOwn(SIGNAL_POLICIES, type);
}

/** Only the JSON values true and false say anything; everything else is unknown. */
export function readSignal(type: SignalPolicyType, payload: JsonObject): SignalReading {
  const { field, asksWhen } = SIGNAL_POLICIES[type];
  const value = readPath(payload, field);
  if (typeof value !== "boolean") return "unknown";
  return value === asksWhen ? "yes" : "no";
}

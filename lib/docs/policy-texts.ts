import type { PolicyType } from "@/lib/domain/policy/policy-types";
import { SIGNAL_POLICIES, type SignalPolicyType } from "@/lib/domain/policy/signals";

/** What the documentation says of every type of policy. */
export const POLICY_TEXTS: Readonly<Record<PolicyType, { readonly does: string; readonly goodFor: string }>> = {
  always_allow: { does: "Allows every run.", goodFor: "Harmless actions that should still leave a receipt." },
  log_only: { does: "Allows every run, for the record only.", goodFor: "Seeing what an agent does before you choose a policy." },
  always_block: { does: "Blocks every run.", goodFor: "Actions this agent must never take." },
  always_require_approval: { does: "Asks a person about every run.", goodFor: "Rare and serious actions." },
  require_approval_above_amount: {
    does: "Asks a person when the amount is above the threshold, missing or unreadable, or in a different currency than the policy's.",
    goodFor: "Payments, refunds, credits.",
  },
  require_approval_when_external_recipient: {
    does: unlessSaid("require_approval_when_external_recipient"),
    goodFor: "Emails and messages that may leave the company.",
  },
  require_approval_when_new_recipient: {
    does: unlessSaid("require_approval_when_new_recipient"),
    goodFor: "Paying or writing to someone for the first time.",
  },
  require_approval_when_not_reversible: {
    does: unlessSaid("require_approval_when_not_reversible"),
    goodFor: "Actions that can't be undone.",
  },
  require_approval_when_destructive: { does: unlessSaid("require_approval_when_destructive"), goodFor: "Deleting or overwriting records." },
  rules: {
    does: "Decides by the first of your rules that applies. A rule that can’t be read never allows a run.",
    goodFor: "Several conditions together: amounts, countries, known customers, working hours.",
  },
};

function unlessSaid(type: SignalPolicyType): string {
  const { field, asksWhen } = SIGNAL_POLICIES[type];
  return `Requires approval unless the payload says ${field}: ${String(!asksWhen)}.`;
}

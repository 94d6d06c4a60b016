import type { PolicyType } from "@/lib/domain/policies";

interface PolicyMeaning {
  readonly does: string;
  readonly goodFor: string;
}

export const POLICY_MEANINGS: Readonly<Record<PolicyType, PolicyMeaning>> = {
  always_allow: { does: "Allows every run.", goodFor: "What is harmless and should still leave a receipt." },
  log_only: {
    does: "Allows every run, and says that it only watches.",
    goodFor: "Finding out what an agent does before a policy is chosen.",
  },
  always_block: { does: "Blocks every run.", goodFor: "What this agent must never do." },
  always_require_approval: { does: "Asks a person about every run.", goodFor: "Rare and serious actions." },
  require_approval_above_amount: {
    does: "Asks a person when the amount is above the threshold, missing or not readable, or in another currency than the policy's.",
    goodFor: "Payments, refunds, credits.",
  },
  require_approval_when_external_recipient: {
    does: "Asks a person unless the payload says external_recipient: false.",
    goodFor: "Mails and messages that may leave the company.",
  },
  require_approval_when_new_recipient: {
    does: "Asks a person unless the payload says is_new_recipient: false.",
    goodFor: "Paying or writing to somebody for the first time.",
  },
  require_approval_when_not_reversible: {
    does: "Asks a person unless the payload says reversible: true.",
    goodFor: "What cannot be taken back.",
  },
  require_approval_when_destructive: {
    does: "Asks a person unless the payload says destructive: false.",
    goodFor: "Deleting or overwriting records.",
  },
};

import type { GovernanceReason } from "@/lib/domain/policy/governance-reasons";
import type { ExecutionStatus, GovernanceStatus } from "@/lib/domain/runs/statuses";

interface Meaning {
  readonly means: string;
  readonly then: string;
}

export const GOVERNANCE_MEANINGS: Readonly<Record<GovernanceStatus, Meaning>> = {
  allowed: { means: "The policy or a standing grant allowed it.", then: "Run it, once, and report." },
  pending_approval: { means: "It needs a person's decision. This isn't a failure.", then: "Wait, or store it for the runner." },
  approved: { means: "A person approved it.", then: "Run it, once, and report." },
  rejected: {
    means: "A person rejected it, nobody decided in time, the request was withdrawn, or the approval ended.",
    then: "Do not run it. The agent may propose something else.",
  },
  blocked: {
    means: "The policy or an approver blocked it, or the action is unknown or inactive.",
    then: "Do not run it. Check governance_reason.",
  },
};

export const EXECUTION_MEANINGS: Readonly<Record<ExecutionStatus, Meaning>> = {
  not_executed: { means: "Nothing may run, or nothing may run yet. Also every test from the console.", then: "Nothing to report." },
  awaiting_execution_report: { means: "It may run, and the console expects a report.", then: "Run it and report." },
  executed: { means: "Your app reported success.", then: "Done. Do not run it again." },
  failed: { means: "Your app reported failure.", then: "Done. To try again, propose it with a new idempotency key." },
};

/** The meaning of each reason, for the table of the approval flow. */
export const REASON_MEANINGS: Readonly<Record<GovernanceReason, string>> = {
  policy_always_allow: "The policy lets every run of the action through.",
  policy_log_only: "The policy only keeps a record.",
  policy_always_block: "The policy blocks every run of the action.",
  policy_requires_approval: "The policy asks a person about every run, or its rule can't be read.",
  policy_amount_above_threshold: "The amount is above the threshold.",
  policy_amount_within_threshold: "The amount is at or below the threshold.",
  policy_amount_missing_requires_approval: "The payload has no amount.",
  policy_amount_invalid_requires_approval: "The amount isn't a plain non-negative decimal number.",
  policy_currency_mismatch_requires_approval: "The currency is missing or isn't the policy's.",
  policy_external_recipient_requires_approval: "The recipient is external.",
  policy_external_recipient_unknown_requires_approval: "The payload doesn't clearly say whether the recipient is external.",
  policy_external_recipient_not_detected: "The payload says that the recipient isn't external.",
  policy_new_recipient_requires_approval: "The recipient is new.",
  policy_new_recipient_unknown_requires_approval: "The payload doesn't clearly say whether the recipient is new.",
  policy_new_recipient_not_detected: "The payload says that the recipient isn't new.",
  policy_not_reversible_requires_approval: "The action can't be reversed.",
  policy_not_reversible_unknown_requires_approval: "The payload doesn't clearly say whether the action can be reversed.",
  policy_not_reversible_not_detected: "The payload says that the action can be reversed.",
  policy_destructive_requires_approval: "The action is destructive.",
  policy_destructive_unknown_requires_approval: "The payload doesn't clearly say whether the action is destructive.",
  policy_destructive_not_detected: "The payload says that the action isn't destructive.",
  rule_allowed: "The rule named in policy_rule allows the run, or no rule applies and the policy allows the rest.",
  rule_requires_approval: "The rule named in policy_rule asks a person, or no rule applies and the policy asks about the rest.",
  rule_blocked: "The rule named in policy_rule blocks the run, or no rule applies and the policy blocks the rest.",
  rule_unreadable_requires_approval: "The rule named in policy_rule couldn't be read: a field is missing or has another type.",
  budget_exceeded_requires_approval: "The run goes over the budget named in budget, or can't be counted toward it, so a person decides.",
  budget_exceeded_blocked: "The run goes over the budget named in budget, which blocks the rest.",
  standing_grant: "A person approved it in advance: the standing grant named in grant. The policy or a budget would have asked.",
  unknown_action: "No action with this name is registered in the workspace.",
  inactive_action: "The action is deactivated.",
  frozen: "The workspace, the action, the API key or the whole console is frozen.",
  approved_by_human: "A person approved it.",
  rejected_by_human: "A person rejected it.",
  manually_blocked_by_approver: "An approver blocked it.",
  approval_expired: "Nobody decided in time.",
  withdrawn: "Your app or a member withdrew the request.",
  approval_lapsed: "Your app didn’t claim the run while the approval was valid.",
  approval_revoked: "The approver revoked the approval before your app claimed the run.",
};

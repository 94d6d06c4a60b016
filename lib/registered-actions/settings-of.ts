import type { ActionWithPolicy } from "./list-actions";
import { policySettingsOf } from "./policy-rule";
import type { ActionSettings } from "./schema";

/** A stored action as it was entered. */
export function settingsOf(action: ActionWithPolicy): ActionSettings {
  return {
    name: action.name,
    title: action.title,
    description: action.description,
    riskLevel: action.riskLevel,
    approverEmails: action.approverEmails,
    approverGroup: action.approverGroup,
    approvals: action.approvals,
    // The schema checked them before they were stored; only people who leave are taken out.
    laterStages: action.laterStages as ActionSettings["laterStages"],
    ruleApprovers: action.ruleApprovers as ActionSettings["ruleApprovers"],
    escalationEmails: action.escalationEmails,
    approvalWindowMinutes: action.approvalWindowMinutes,
    approvalValidMinutes: action.approvalValidMinutes,
    askAgainAfterMinutes: action.askAgainAfterMinutes,
    sentence: action.sentence,
    recipientField: action.recipientField,
    autoReleasesClaims: action.autoReleasesClaims,
    requiresRejectComment: action.requiresRejectComment,
    requiresFourEyes: action.requiresFourEyes,
    policy: policySettingsOf(action.policy),
  };
}

import type { ActionState } from "@/lib/domain/policy/action-changes";
import { changeableFieldText } from "@/lib/domain/policy/changeable-fields";
import { rulesText } from "@/lib/domain/policy/rules/rules-text";
import type { ApprovalStage, RuleApprovers } from "@/lib/domain/runs/approvals";
import type { ActionSettings } from "./schema";

/** "2 of ann@…, ben@…", or "2 of the group Finance: ann@…, ben@…". */
export function stageText({ approvals, people, group }: ApprovalStage): string {
  return `${approvals} of ${askedPeopleText(people, group)}`;
}

/** "“Large”: 2 of ann@…, ben@…". */
export function ruleApproversText({ rule, ...stage }: RuleApprovers): string {
  return `“${rule}”: ${stageText(stage)}`;
}

export function askedPeopleText(people: readonly string[], group: string | null = null): string {
  return `${group === null ? "" : `the group ${group}: `}${people.join(", ")}`;
}

type Said = Omit<ActionSettings, "name">;

/** An action's settings and policy side by side, under the names of the audit log. */
export function actionState({ policy, ...settings }: Said): ActionState {
  return {
    title: settings.title,
    description: settings.description,
    risk_level: settings.riskLevel,
    policy_type: policy.type,
    threshold: policy.threshold,
    currency: policy.currency,
    rules: policy.rules === null ? null : rulesText(policy.rules),
    amount_field: policy.amountField,
    currency_field: policy.currencyField,
    approvers: settings.approverEmails,
    approver_group: settings.approverGroup,
    approvals: settings.approvals,
    later_stages: settings.laterStages.map(stageText),
    rule_approvers: settings.ruleApprovers.map(ruleApproversText),
    escalation: settings.escalationEmails,
    approval_window_minutes: settings.approvalWindowMinutes,
    approval_valid_minutes: settings.approvalValidMinutes,
    ask_again_after_minutes: settings.askAgainAfterMinutes,
    changeable_fields: policy.changeableFields.map(changeableFieldText),
    sentence: settings.sentence,
    recipient_field: settings.recipientField,
    requires_reject_comment: settings.requiresRejectComment,
    requires_four_eyes: settings.requiresFourEyes,
    auto_releases_claims: settings.autoReleasesClaims,
  };
}

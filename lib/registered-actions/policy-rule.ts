import type { PolicyVersion } from "@/lib/db/generated/client";
import type { ChangeableField } from "@/lib/domain/policy/changeable-fields";
import type { PolicyRule } from "@/lib/domain/policy/policy-types";
import type { RuleSet } from "@/lib/domain/policy/rules/rule-set";
import { checked } from "@/lib/domain/runs/checked-texts";
import type { ActionSettings } from "./schema";

/** A stored policy version as the rule that the domain evaluates. */
export function policyRuleOf(version: PolicyVersion): PolicyRule {
  return { ...policySettingsOf(version), rulesHash: version.rulesHash };
}

/** A stored policy version as it was entered. */
export function policySettingsOf(version: PolicyVersion): ActionSettings["policy"] {
  const { policyType, threshold, currency, amountField, currencyField, rules } = checked(version);
  const changeableFields = changeableFieldsOf(version);
  // The schema checked them before they were stored, and versions never change.
  return { type: policyType, threshold, currency, amountField, currencyField, rules: rules as unknown as RuleSet | null, changeableFields };
}

/** Whom the version's rules asked in place of the action's approvers when it was written. */
export function ruleApproversOf({ ruleApprovers }: Pick<PolicyVersion, "ruleApprovers">): ActionSettings["ruleApprovers"] {
  return (ruleApprovers ?? []) as unknown as ActionSettings["ruleApprovers"];
}

/** What of a payload an approver may change, by a stored policy version. */
export function changeableFieldsOf({ changeableFields }: Pick<PolicyVersion, "changeableFields">): ChangeableField[] {
  // The schema checked them before they were stored.
  return (changeableFields ?? []) as unknown as ChangeableField[];
}

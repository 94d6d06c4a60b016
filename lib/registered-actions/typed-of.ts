import type { ChangeableField } from "@/lib/domain/policy/changeable-fields";
import type { RuleSet } from "@/lib/domain/policy/rules/rule-set";
import type { RuleApprovers } from "@/lib/domain/runs/approvals";
import { type DurationUnit, splitDuration } from "@/lib/domain/time/duration-text";
import type { TypedAction } from "./form-schema";
import type { ActionSettings } from "./schema";
import { EMPTY_RULE, type TypedChangeable, type TypedRules } from "./typed-action";

/** An action as it is shown in a form to be edited. */
export function typedOf(action: ActionSettings, configVersion: number | null): TypedAction {
  const { approvalWindowMinutes, approvalValidMinutes, askAgainAfterMinutes, policy, ruleApprovers, ...rest } = action;
  const [window, valid, coolDown] = [approvalWindowMinutes, approvalValidMinutes, askAgainAfterMinutes].map(typedDuration);
  return {
    ...rest,
    configVersion,
    approverGroup: action.approverGroup ?? "",
    approvals: String(action.approvals),
    laterStages: action.laterStages.map(({ approvals, people, group = "" }) => ({
      approvals: String(approvals),
      people: [...people],
      group,
    })),
    windowCount: window?.count ?? "",
    windowUnit: window?.unit ?? "hour",
    validCount: valid?.count ?? "",
    validUnit: valid?.unit ?? "hour",
    coolDownCount: coolDown?.count ?? "",
    coolDownUnit: coolDown?.unit ?? "hour",
    sentence: action.sentence ?? "",
    recipientField: action.recipientField ?? "",
    policy: {
      ...policy,
      threshold: policy.threshold ?? "",
      currency: policy.currency ?? "",
      rules: typedRules(policy.rules, ruleApprovers),
      changeableFields: policy.changeableFields.map(typedChangeable),
    },
  };
}

/** Once more as plain values: rules from the database are shared with what decides by them. */
function typedRules(set: RuleSet | null, ruleApprovers: readonly RuleApprovers[]): TypedRules {
  if (set === null) return { rules: [EMPTY_RULE], otherwise: "ask" };
  const rules = set.rules.map(({ name, when, then }) => {
    const own = ruleApprovers.find(({ rule }) => rule === name);
    if (!own) return { ...EMPTY_RULE, name, when, then };
    const { approvals, people, group = "" } = own;
    return { name, when, then, ask: { whom: "own" as const, approvals: String(approvals), people: [...people], group } };
  });
  return { rules, otherwise: set.otherwise };
}

function typedDuration(minutes: number | null): { count: string; unit: DurationUnit } {
  if (minutes === null) return { count: "", unit: "hour" };
  const { count, unit } = splitDuration(minutes);
  return { count: String(count), unit };
}

function typedChangeable(one: ChangeableField): TypedChangeable {
  return {
    field: one.field,
    kind: one.kind,
    values: one.kind === "one_of" ? one.values.join("\n") : "",
    maxLength: one.kind === "text" ? String(one.maxLength) : "",
  };
}

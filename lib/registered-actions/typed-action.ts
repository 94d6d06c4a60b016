import type { ChangeableField } from "@/lib/domain/policy/changeable-fields";
import { readsAmount } from "@/lib/domain/policy/policy-types";
import type { RuleSet } from "@/lib/domain/policy/rules/rule-set";
import type { ApprovalStage } from "@/lib/domain/runs/approvals";
import { type DurationUnit, joinDuration, splitDuration } from "@/lib/domain/time/duration-text";
import type { TypedAction } from "./form-schema";
import type { ActionSettings, NewAction } from "./schema";
import { stagesOfAction } from "./stages-of-action";

const DEFAULT_CHANGED_LENGTH = 200;

/** What a form says, as the command takes it. */
export function actionOf(typed: TypedAction): NewAction {
  const {
    configVersion: _,
    comment: _comment,
    windowCount,
    windowUnit,
    validCount,
    validUnit,
    coolDownCount,
    coolDownUnit,
    policy,
    ...rest
  } = typed;
  const isAmountPolicy = readsAmount(policy.type);
  return {
    ...rest,
    title: typed.title.trim(),
    approverEmails: typed.approverGroup === "" ? typed.approverEmails : [],
    approverGroup: orNull(typed.approverGroup),
    approvals: countOf(typed.approvals),
    laterStages: typed.laterStages.map(({ approvals, people, group }) => ({ approvals: countOf(approvals), people, group: orNull(group) })),
    sentence: orNull(typed.sentence),
    recipientField: orNull(typed.recipientField),
    approvalWindowMinutes: minutesOf(windowCount, windowUnit),
    approvalValidMinutes: minutesOf(validCount, validUnit),
    askAgainAfterMinutes: minutesOf(coolDownCount, coolDownUnit),
    policy: {
      type: policy.type,
      // Hidden fields are ignored, but kept in the form in case the policy is changed back.
      threshold: isAmountPolicy ? policy.threshold.trim() : null,
      currency: isAmountPolicy ? orNull(policy.currency) : null,
      amountField: policy.amountField.trim(),
      currencyField: policy.currencyField.trim(),
      rules: policy.type === "rules" ? policy.rules : null,
      changeableFields: policy.changeableFields.map(changeableOf),
    },
  };
}

/** What doesn't change decisions, as it is typed: see `changesDecisions`. */
const FREE_FIELDS: ReadonlySet<string> = new Set<keyof TypedAction>([
  ...(["configVersion", "comment", "title", "description", "sentence", "requiresRejectComment", "autoReleasesClaims"] as const),
  ...(["windowCount", "windowUnit", "validCount", "validUnit", "coolDownCount", "coolDownUnit"] as const),
]);

/** Whether what is typed changes decisions, so that a second person may have to confirm it. */
export function changesTypedDecisions(start: TypedAction, typed: TypedAction): boolean {
  const decisive = (action: TypedAction) => JSON.stringify(action, (field, value: unknown) => (FREE_FIELDS.has(field) ? undefined : value));
  return decisive(start) !== decisive(typed);
}

type TypedChangeable = TypedAction["policy"]["changeableFields"][number];

function changeableOf({ field: typed, kind, values, maxLength }: TypedChangeable): ChangeableField {
  const named = { field: typed.trim() };
  if (kind === "not_above") return { ...named, kind };
  if (kind === "text") return { ...named, kind, maxLength: maxLength.trim() === "" ? DEFAULT_CHANGED_LENGTH : Number(maxLength) };
  const lines = values.split("\n").map((line) => line.trim());
  return { ...named, kind, values: lines.filter((line) => line !== "") };
}

function typedChangeable(one: ChangeableField): TypedChangeable {
  return {
    field: one.field,
    kind: one.kind,
    values: one.kind === "one_of" ? one.values.join("\n") : "",
    maxLength: one.kind === "text" ? String(one.maxLength) : "",
  };
}

/** The stages of what is typed; null where one approval is enough. */
export function typedStages({ approverEmails, approverGroup, approvals, laterStages }: TypedAction): readonly ApprovalStage[] | null {
  return stagesOfAction({
    approverEmails,
    approverGroup: orNull(approverGroup),
    approvals: countOf(approvals),
    laterStages: laterStages.map(({ approvals: count, people, group }) => ({
      approvals: countOf(count),
      people,
      ...(group !== "" && { group }),
    })),
  });
}

function countOf(text: string): number {
  return text.trim() === "" ? 1 : Number(text);
}

function minutesOf(count: string, unit: DurationUnit): number | null {
  return count.trim() === "" ? null : joinDuration(Number(count), unit);
}

/** An action as it is shown in a form to be edited. */
export function typedOf(action: ActionSettings, configVersion: number | null): TypedAction {
  const { approvalWindowMinutes, approvalValidMinutes, askAgainAfterMinutes, policy, ...rest } = action;
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
      rules: typedRules(policy.rules),
      changeableFields: policy.changeableFields.map(typedChangeable),
    },
  };
}

/** Once more as plain values: rules from the database are shared with what decides by them. */
function typedRules(rules: RuleSet | null): TypedAction["policy"]["rules"] {
  if (rules === null) return { rules: [{ name: "", when: "", then: "ask" }], otherwise: "ask" };
  return { rules: rules.rules.map(({ name, when, then }) => ({ name, when, then })), otherwise: rules.otherwise };
}

function typedDuration(minutes: number | null): { count: string; unit: DurationUnit } {
  if (minutes === null) return { count: "", unit: "hour" };
  const { count, unit } = splitDuration(minutes);
  return { count: String(count), unit };
}

function orNull(text: string): string | null {
  return text.trim() === "" ? null : text.trim();
}

import type { ChangeableField } from "@/lib/domain/policy/changeable-fields";
import { readsAmount } from "@/lib/domain/policy/policy-types";
import type { RuleSet } from "@/lib/domain/policy/rules/rule-set";
import type { ApprovalStage } from "@/lib/domain/runs/approvals";
import { approversOfRules } from "@/lib/domain/runs/rule-approvers";
import { type DurationUnit, joinDuration } from "@/lib/domain/time/duration-text";
import type { TypedAction } from "./form-schema";
import type { NewAction } from "./schema";
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
    laterStages: typed.laterStages.map(typedStage),
    ruleApprovers: policy.type === "rules" ? typedRuleApprovers(policy.rules) : [],
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
      rules: policy.type === "rules" ? plainRules(policy.rules) : null,
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

export type TypedChangeable = TypedAction["policy"]["changeableFields"][number];

function changeableOf({ field: typed, kind, values, maxLength }: TypedChangeable): ChangeableField {
  const named = { field: typed.trim() };
  if (kind === "not_above") return { ...named, kind };
  if (kind === "text") return { ...named, kind, maxLength: maxLength.trim() === "" ? DEFAULT_CHANGED_LENGTH : Number(maxLength) };
  const lines = values.split("\n").map((line) => line.trim());
  return { ...named, kind, values: lines.filter((line) => line !== "") };
}

export type TypedRules = TypedAction["policy"]["rules"];
export type TypedRule = TypedRules["rules"][number];

/** A rule that nothing has been typed for yet. */
export const EMPTY_RULE: TypedRule = { name: "", when: "", then: "ask", ask: { whom: "action", approvals: "1", people: [], group: "" } };

function plainRules({ rules, otherwise }: TypedRules): RuleSet {
  return { rules: rules.map(({ name, when, then }) => ({ name, when, then })), otherwise };
}

function typedRuleApprovers({ rules }: TypedRules) {
  return rules.filter(asksOwn).map(({ name, ask }) => ({ rule: name.trim(), ...typedStage(ask) }));
}

/** Whether a rule asks approvers of its own. */
export function asksOwn({ then, ask }: TypedRule): boolean {
  return then === "ask" && ask.whom === "own";
}

function typedStage({ approvals, people, group }: { approvals: string; people: string[]; group: string }) {
  return { approvals: countOf(approvals), people, group: orNull(group) };
}

/** Whom what is typed asks, by the rules that ask; without any, by the action alone. `otherwise`: who is asked where the action names nobody. */
export function typedAsked(typed: TypedAction, asking: readonly (string | null)[], otherwise: readonly string[]): readonly ApprovalStage[] {
  const { approvals, laterStages, ruleApprovers = [] } = actionOf(typed);
  const own = approversOfRules(asking, {
    approvals: approvals ?? 1,
    laterStages: (laterStages ?? []).map(asStage),
    ruleApprovers: ruleApprovers.map(({ rule, ...stage }) => ({ rule, ...asStage(stage) })),
  });
  if (own) return [own];
  const { approverEmails: people, approverGroup: group } = typed;
  return typedStages(typed) ?? [asStage({ approvals: 1, people: people.length > 0 ? people : [...otherwise], group })];
}

function asStage({
  approvals,
  people = [],
  group,
}: {
  approvals: number;
  people?: string[] | undefined;
  group?: string | null | undefined;
}): ApprovalStage {
  return { approvals, people, ...(group && { group }) };
}

/** The stages of what is typed; null where one approval is enough. */
export function typedStages({ approverEmails, approverGroup, approvals, laterStages }: TypedAction): readonly ApprovalStage[] | null {
  return stagesOfAction({
    approverEmails,
    approverGroup: orNull(approverGroup),
    approvals: countOf(approvals),
    laterStages: laterStages.map((stage) => asStage(typedStage(stage))),
  });
}

function countOf(text: string): number {
  return text.trim() === "" ? 1 : Number(text);
}

function minutesOf(count: string, unit: DurationUnit): number | null {
  return count.trim() === "" ? null : joinDuration(Number(count), unit);
}

function orNull(text: string): string | null {
  return text.trim() === "" ? null : text.trim();
}

import { z } from "zod";
import { ACTION_NAME_PATTERN } from "@/lib/domain/policy/action-names";
import { isPlainDecimal } from "@/lib/domain/policy/amounts";
import { CHANGEABLE_KINDS, type ChangeableField, changeableFieldsSchema } from "@/lib/domain/policy/changeable-fields";
import { DEFAULT_AMOUNT_FIELD, DEFAULT_CURRENCY_FIELD, isFieldPath } from "@/lib/domain/policy/payload-fields";
import { POLICY_TYPES, readsAmount } from "@/lib/domain/policy/policies";
import { RISK_LEVELS } from "@/lib/domain/policy/risk-levels";
import { RULE_EFFECTS, type RuleSet, ruleSetSchema } from "@/lib/domain/policy/rules/rule-set";
import { parseSentence } from "@/lib/domain/policy/run-sentence";
import type { ApprovalStage } from "@/lib/domain/runs/approvals";
import { displayNameSchema, showsWhole } from "@/lib/domain/text/display-name";
import { type DurationUnit, joinDuration, splitDuration } from "@/lib/domain/time/duration-text";
import { addressesSchema, laterStagesSchema, requiredApprovalsSchema, stageProblems, stagesOfAction } from "./approval-stages";

const TITLE_MAX_LENGTH = 120;
const DEFAULT_CHANGED_LENGTH = 200;
/** A day, as the database has it for new actions. */
export const DEFAULT_APPROVAL_VALID_MINUTES = 1440;

const fieldPath = z.string().refine(isFieldPath, { error: "must be a field name, or field names joined by dots" });

export const policySchema = z
  .strictObject({
    type: z.enum(POLICY_TYPES),
    threshold: z
      .string()
      .refine(isPlainDecimal, { error: "must be a plain decimal number such as 500 or 1250.00" })
      .nullable()
      .default(null),
    currency: z
      .string()
      .regex(/^[A-Za-z]{3,8}$/, { error: "must be a currency code such as EUR" })
      .nullable()
      .default(null),
    amountField: fieldPath.default(DEFAULT_AMOUNT_FIELD),
    currencyField: fieldPath.default(DEFAULT_CURRENCY_FIELD),
    rules: ruleSetSchema.nullable().default(null),
    /** What of a payload an approver may change. */
    changeableFields: changeableFieldsSchema.default([]),
  })
  .refine((policy) => (policy.type === "rules") === (policy.rules !== null), {
    path: ["rules"],
    error: "is needed by the policy rules, and by no other policy",
  })
  .refine((policy) => readsAmount(policy.type) === (policy.threshold !== null), {
    path: ["threshold"],
    error: "is needed by require_approval_above_amount, and by no other policy",
  });

/** What a developer says of an action, without what its fields say together. */
export const plainActionSchema = z.strictObject({
  name: z
    .string()
    .regex(ACTION_NAME_PATTERN, { error: "must be a lowercase letter, then 1 to 63 lowercase letters, digits or underscores" }),
  title: displayNameSchema(TITLE_MAX_LENGTH),
  description: z
    .string()
    .max(2000, { error: "must have at most 2000 characters" })
    .refine(showsWhole, { error: "must not contain hidden characters" })
    .default(""),
  riskLevel: z.enum(RISK_LEVELS).default("medium"),
  approverEmails: addressesSchema.default([]),
  /** How many of the approvers must say yes. */
  approvals: requiredApprovalsSchema.default(1),
  /** Who is asked after them, in order. */
  laterStages: laterStagesSchema.default([]),
  escalationEmails: addressesSchema.default([]),
  approvalWindowMinutes: z.int().min(1).max(525_600).nullable().default(null),
  /** How long an approval is valid while nobody claims the run; null: without an end. */
  approvalValidMinutes: z.int().min(1).max(525_600).nullable().default(DEFAULT_APPROVAL_VALID_MINUTES),
  /** How long a person's no holds off the same proposal; null: not at all. */
  askAgainAfterMinutes: z.int().min(1).max(525_600).nullable().default(null),
  sentence: z
    .string()
    .superRefine((sentence, context) => {
      const parsed = parseSentence(sentence);
      if (!parsed.ok) context.addIssue({ code: "custom", message: parsed.message });
    })
    .nullable()
    .default(null),
  recipientField: fieldPath.nullable().default(null),
  autoReleasesClaims: z.boolean().default(false),
  requiresRejectComment: z.boolean().default(false),
  requiresFourEyes: z.boolean().default(false),
  policy: policySchema,
});
/** What a developer says of an action. The policy is a version of its own; the rest may change without one. */
export const actionSchema = plainActionSchema.superRefine((action, context) => {
  for (const { path, message } of stageProblems(action)) context.addIssue({ code: "custom", path, message });
});
export type NewAction = z.input<typeof actionSchema>;
export type ActionSettings = z.output<typeof actionSchema>;

/** An action as it stands in a form: texts where people type, empty where they say nothing. */
const typedAction = z.strictObject({
  /** The state of the action that was opened, so that nobody's change is written over. null: a new action. */
  configVersion: z.int().min(1).nullable(),
  name: z.string(),
  title: z.string(),
  description: z.string(),
  riskLevel: z.enum(RISK_LEVELS),
  approverEmails: z.array(z.string()),
  approvals: z.string(),
  laterStages: z.array(z.strictObject({ approvals: z.string(), people: z.array(z.string()) })),
  escalationEmails: z.array(z.string()),
  /** Empty: the workspace's window. */
  windowCount: z.string(),
  windowUnit: z.enum(["minute", "hour", "day"]),
  /** Empty: without an end. */
  validCount: z.string(),
  validUnit: z.enum(["minute", "hour", "day"]),
  /** Empty: none. */
  coolDownCount: z.string(),
  coolDownUnit: z.enum(["minute", "hour", "day"]),
  sentence: z.string(),
  recipientField: z.string(),
  requiresRejectComment: z.boolean(),
  requiresFourEyes: z.boolean(),
  autoReleasesClaims: z.boolean(),
  policy: z.strictObject({
    type: z.enum(POLICY_TYPES),
    threshold: z.string(),
    currency: z.string(),
    amountField: z.string(),
    currencyField: z.string(),
    rules: z.strictObject({
      rules: z.array(z.strictObject({ name: z.string(), when: z.string(), then: z.enum(RULE_EFFECTS) })),
      otherwise: z.enum(RULE_EFFECTS),
    }),
    /** `values`: one a line. */
    changeableFields: z.array(
      z.strictObject({ field: z.string(), kind: z.enum(CHANGEABLE_KINDS), values: z.string(), maxLength: z.string() }),
    ),
  }),
});
export type TypedAction = z.input<typeof typedAction>;

/** What is typed as a count and a unit, by what the command calls it. */
const TYPED_FIELDS: Readonly<Record<string, string[]>> = {
  approvalWindowMinutes: ["windowCount"],
  approvalValidMinutes: ["validCount"],
  askAgainAfterMinutes: ["coolDownCount"],
};

/** The rules are those of actionSchema; its messages come out as sentences, beside the fields that people see. */
export const actionFormSchema = typedAction.transform((typed, context): ActionSettings & { configVersion: number | null } => {
  const parsed = actionSchema.safeParse(actionOf(typed));
  if (parsed.success) return { ...parsed.data, configVersion: typed.configVersion };
  for (const { path, message } of parsed.error.issues) {
    // The values of a list are typed as one text.
    const typedPath = TYPED_FIELDS[String(path[0])] ?? (path[1] === "changeableFields" ? path.slice(0, 4) : [...path]);
    context.addIssue({ code: "custom", path: typedPath, message: formMessage(path.join("."), message) });
  }
  return z.NEVER;
});

/** What a form says, as the command takes it. */
export function actionOf(typed: TypedAction): NewAction {
  const { configVersion: _, windowCount, windowUnit, validCount, validUnit, coolDownCount, coolDownUnit, policy, ...rest } = typed;
  const isAmountPolicy = readsAmount(policy.type);
  return {
    ...rest,
    title: typed.title.trim(),
    approvals: countOf(typed.approvals),
    laterStages: typed.laterStages.map(({ approvals, people }) => ({ approvals: countOf(approvals), people })),
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

export type TypedChangeable = TypedAction["policy"]["changeableFields"][number];

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
export function typedStages({ approverEmails, approvals, laterStages }: TypedAction): readonly ApprovalStage[] | null {
  return stagesOfAction({
    approverEmails,
    approvals: countOf(approvals),
    laterStages: laterStages.map(({ approvals: count, people }) => ({ approvals: countOf(count), people })),
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
    approvals: String(action.approvals),
    laterStages: action.laterStages.map(({ approvals, people }) => ({ approvals: String(approvals), people: [...people] })),
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

const DURATION_MESSAGE = "Enter a whole number, for at least a minute and at most a year.";
const MESSAGES: Record<string, string> = {
  approvalWindowMinutes: DURATION_MESSAGE,
  approvalValidMinutes: DURATION_MESSAGE,
  askAgainAfterMinutes: DURATION_MESSAGE,
  title: `Enter a title of 1 to ${TITLE_MAX_LENGTH} visible characters, on one line.`,
};

function formMessage(path: string, message: string): string {
  const sentence = MESSAGES[path] ?? message;
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}${sentence.endsWith(".") ? "" : "."}`;
}

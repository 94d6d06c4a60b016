import { z } from "zod";
import { MAX_APPROVERS } from "@/lib/domain/access/limits";
import type { ChangeableField } from "@/lib/domain/policy/changeable-fields";
import { POLICY_TYPES, type PolicyType } from "@/lib/domain/policy/policy-types";
import { RISK_LEVELS } from "@/lib/domain/policy/risk-levels";
import type { ActionWithPolicy } from "@/lib/registered-actions/list-actions";
import { changeableFieldsOf, policySettingsOf } from "@/lib/registered-actions/policy-rule";
import type { NewAction } from "@/lib/registered-actions/schema";
import { countValue, optional, repeatable } from "@/scripts/admin/option-values";
import { readRulesFile } from "./read-rules-file";

const YEAR_MINUTES = 525_600;

export const policyOption = () => optional("--policy <type>", "the rule that decides").choices(POLICY_TYPES);

/** What a policy decides by, beside its type. */
export const decidingOptions = () => [
  optional("--threshold <amount>", "require_approval_above_amount requires approval above it, such as 500 or 1250.00"),
  optional("--currency <code>", "amounts in any other currency also require approval"),
  optional("--amount-field <path>", "the payload field with the amount (default: amount)"),
  optional(
    "--rules <file>",
    "the rules of the policy type rules, as YAML or JSON: rules, each with name, when, then and, to ask others than the action does, ask; and otherwise",
  ),
  optional("--currency-field <path>", "the payload field with the currency (default: currency)"),
  optional(
    "--recipient-field <path>",
    "the payload field with the recipient (default: the first usual field that looks like a person or an address)",
  ),
  optional("--risk <level>", "how bad a mistake would be (default: medium)").choices(RISK_LEVELS),
];

/** What may be said of an action, when it is registered and later. */
export const settingOptions = () => [
  ...decidingOptions(),
  repeatable("--approver <email>", "an approver; repeat for several (default: the workspace's approvers, or its owner)"),
  optional("--approver-group <name>", "a group of members as the approvers, in place of --approver"),
  optional("--approvals <n>", "how many of the approvers must approve (default: 1)"),
  repeatable(
    "--stage <n:emails>",
    "a later stage, asked once the approvals before it are given, such as 1:eve@example.com,fay@example.com or, for a group, 1:@Board; repeat for several",
  ),
  repeatable("--escalation <email>", "an escalation contact; repeat for several (default: the workspace's)"),
  repeatable(
    "--changeable <field:bound>",
    "a payload field that approvers may change: amount:not-above, currency:one-of:EUR,USD or note:text:200; repeat for several",
  ),
  optional("--title <text>", "the title people see (default: its name in words)"),
  optional("--description <text>", "what it does"),
  optional("--sentence <text>", 'how a run is shown, such as "pay {amount} {currency} to {supplier.name}"'),
  optional("--window-minutes <n>", "the approval window (default: the workspace's or the console's)"),
  optional("--valid-minutes <n>", "how long an approval is valid while nobody claims the run (default: 1440)"),
  optional("--cool-down-minutes <n>", "how long to wait before asking again for what a person rejected or blocked (default: none)"),
  optional("--auto-release", "let expired claims be claimed again; only if executing twice is safe"),
  optional("--reject-comment", "require a comment to reject"),
  optional("--four-eyes", "prevent self-approval: people can't approve runs proposed with a key they created"),
];

/** What is left out stays, and these take a setting back. */
export const clearDecidingOptions = () => [
  optional("--no-currency", "any currency"),
  optional("--no-recipient-field", "look for the recipient in the usual fields"),
];

/** The same for `edit`. */
export const clearingOptions = () => [
  ...clearDecidingOptions(),
  optional("--no-approver", "use the workspace's approvers, or its owner"),
  optional("--no-approver-group", "no group of members as the approvers"),
  optional("--no-stage", "no later stages"),
  optional("--no-escalation", "use the workspace's escalation contacts"),
  optional("--no-changeable", "approvers change nothing"),
  optional("--no-sentence", "show runs without a sentence"),
  optional("--no-window-minutes", "use the console's setting"),
  optional("--no-valid-minutes", "approvals without an end"),
  optional("--no-cool-down-minutes", "what a person rejected can be asked again immediately"),
  optional("--no-auto-release", "an expired claim leaves the run in doubt"),
  optional("--no-reject-comment", "a comment is optional"),
  optional("--no-four-eyes", "allow self-approval"),
];

const orCleared = <T extends z.ZodType>(value: T) => z.union([z.literal(false), value]).optional();

/** "1:eve@example.com,fay@example.com" or "1:@Board". */
const stageValue = z
  .string()
  .regex(/^\d+:(@.+|[^:]+)$/s, {
    error: "must be how many must approve, a colon and their addresses or a group, such as 1:eve@example.com,fay@example.com or 1:@Board",
  })
  .transform((text) => {
    const [count = "", ...rest] = text.split(":");
    const people = rest.join(":");
    if (people.startsWith("@")) return { approvals: Number(count), people: [], group: people.slice(1) };
    return { approvals: Number(count), people: people.split(",").map((email) => email.trim()) };
  });

/** "amount:not-above", "currency:one-of:EUR,USD" or "note:text:200". */
const changeableValue = z
  .string()
  .regex(/^[^:]+:(not-above|one-of:.+|text:\d+)$/s, {
    error: "must be a field and how far it may change, such as amount:not-above, currency:one-of:EUR,USD or note:text:200",
  })
  .transform((text): ChangeableField => {
    const [field = "", kind, ...rest] = text.split(":");
    const bound = rest.join(":");
    if (kind === "one-of") return { field, kind: "one_of", values: bound.split(",").map((value) => value.trim()) };
    return kind === "text" ? { field, kind: "text", maxLength: Number(bound) } : { field, kind: "not_above" };
  });

export const settingsInput = {
  threshold: z.string().optional(),
  currency: orCleared(z.string()),
  amountField: z.string().optional(),
  currencyField: z.string().optional(),
  rules: z.string().optional(),
  approver: orCleared(z.array(z.string())),
  approverGroup: orCleared(z.string()),
  approvals: countValue(1, MAX_APPROVERS).optional(),
  stage: orCleared(z.array(stageValue)),
  escalation: orCleared(z.array(z.string())),
  risk: z.enum(RISK_LEVELS).optional(),
  changeable: orCleared(z.array(changeableValue)),
  title: z.string().optional(),
  description: z.string().optional(),
  sentence: orCleared(z.string()),
  recipientField: orCleared(z.string()),
  windowMinutes: orCleared(countValue(1, YEAR_MINUTES)),
  validMinutes: orCleared(countValue(1, YEAR_MINUTES)),
  coolDownMinutes: orCleared(countValue(1, YEAR_MINUTES)),
  autoRelease: z.boolean().optional(),
  rejectComment: z.boolean().optional(),
  fourEyes: z.boolean().optional(),
};
type Settings = Partial<{ [Name in keyof typeof settingsInput]: z.output<(typeof settingsInput)[Name]> }> & {
  policy?: PolicyType | undefined;
};

/** The action as its command takes it: what is given, else what is so now, else the default. */
export function actionFrom(name: string, given: Settings, now?: ActionWithPolicy): NewAction {
  const type = given.policy ?? now?.policy.policyType;
  if (type === undefined) throw new Error("A new action needs a policy.");
  const isSameType = type === now?.policy.policyType;
  const file = given.rules === undefined ? null : readRulesFile(given.rules);
  // A threshold belongs to one type of policy: with another it is gone.
  const threshold = given.threshold ?? (isSameType ? now.policy.threshold : null);
  return {
    name,
    title: given.title ?? now?.title ?? titleOf(name),
    description: given.description ?? now?.description,
    riskLevel: given.risk ?? now?.riskLevel,
    approverEmails: cleared(given.approver, []) ?? now?.approverEmails,
    // Naming people takes the group's place.
    approverGroup: pick(given.approverGroup ?? (given.approver === undefined ? undefined : false), now?.approverGroup),
    approvals: given.approvals ?? now?.approvals,
    laterStages: cleared(given.stage, []) ?? (now?.laterStages as NewAction["laterStages"]),
    ruleApprovers: file?.ruleApprovers ?? (isSameType ? (now.ruleApprovers as NewAction["ruleApprovers"]) : []),
    escalationEmails: cleared(given.escalation, []) ?? now?.escalationEmails,
    approvalWindowMinutes: pick(given.windowMinutes, now?.approvalWindowMinutes),
    approvalValidMinutes: pick(given.validMinutes, now?.approvalValidMinutes),
    askAgainAfterMinutes: pick(given.coolDownMinutes, now?.askAgainAfterMinutes),
    sentence: pick(given.sentence, now?.sentence),
    recipientField: pick(given.recipientField, now?.recipientField),
    autoReleasesClaims: given.autoRelease ?? now?.autoReleasesClaims,
    requiresRejectComment: given.rejectComment ?? now?.requiresRejectComment,
    requiresFourEyes: given.fourEyes ?? now?.requiresFourEyes,
    policy: {
      type,
      threshold,
      currency: pick(given.currency, now?.policy.currency),
      amountField: given.amountField ?? now?.policy.amountField,
      currencyField: given.currencyField ?? now?.policy.currencyField,
      rules: file?.rules ?? (isSameType ? policySettingsOf(now.policy).rules : null),
      changeableFields: cleared(given.changeable, []) ?? (now ? changeableFieldsOf(now.policy) : []),
    },
  };
}

/** "send_invoice_reminder" is "Send invoice reminder". */
function titleOf(name: string): string {
  const words = name.replaceAll("_", " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function cleared<T, E>(given: T | false | undefined, empty: E): T | E | undefined {
  return given === false ? empty : given;
}

function pick<T>(given: T | false | undefined, now: T | null | undefined): T | null | undefined {
  const value = cleared(given, null);
  return value === undefined ? now : value;
}

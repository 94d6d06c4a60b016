import { valueText } from "@/lib/domain/json/value-text";
import type { JsonObject, JsonValue } from "@/lib/domain/json-value";
import { quotePhrase } from "@/lib/domain/text/quote-phrase";
import { readAmount } from "./amounts";
import { formatAmount } from "./format-amount";
import type { GovernanceReason } from "./governance-reasons";
import { readPath } from "./payload-fields";
import { policyOf } from "./policies";
import type { Circumstances } from "./policy";
import type { PolicyRule } from "./policy-types";
import { explainRule } from "./rules-policy";

export interface PolicyExplanation {
  /** One sentence of the console's own, as text. */
  sentence: string;
  /** What the policy looked at, in order; undefined when the payload does not have it. */
  fields: { name: string; value: JsonValue | undefined }[];
}

/** How a run came to its reason, beyond the policy's general description. */
export interface DecidedBy {
  /** The name of the rule that decided; null when none applied. */
  readonly rule: string | null;
  readonly circumstances: Circumstances;
  /** What the run does to the budget that has no room for it: `overBudgetText`. */
  readonly overBudget?: string | null;
  /** The standing grant that allowed the run, in words: `grantWords`. */
  readonly grant?: { readonly askedReason: GovernanceReason; readonly text: string } | null;
}

/** Explains a run's reason in words. `rule` is null when no policy was evaluated: the action is unknown or inactive. */
export function explainPolicy(
  rule: PolicyRule | null,
  payload: JsonObject,
  reason: GovernanceReason,
  decidedBy: DecidedBy | null = null,
): PolicyExplanation {
  const names = rule === null ? [] : policyOf(rule.type).fields(rule, decidedBy?.rule);
  const fields = names.map((name) => ({ name, value: readPath(payload, name) }));
  return { sentence: sentenceOf(reason, wordsOf(rule, payload, decidedBy)), fields };
}

/** A budget can also have no room for a run that its policy asked about, or a person decided. */
function sentenceOf(reason: GovernanceReason, words: Words): string {
  const sentence = SENTENCES[reason](words);
  if (words.grant !== null && reason === "standing_grant")
    return `${sentenceOf(words.grant.askedReason, { ...words, grant: null })} ${sentence}`;
  if (words.overBudget === null || reason === "budget_exceeded_requires_approval" || reason === "budget_exceeded_blocked") return sentence;
  return `${sentence} It also ${words.overBudget}.`;
}

interface Words {
  isAskedAlways: boolean;
  amountField: string;
  amount: string;
  threshold: string;
  currencyField: string;
  currency: string;
  policyCurrency: string;
  /** Rule and values: "“large”: amount 6,200.00 > 5,000". null when no rule applied. */
  ruleReading: string | null;
  /** null when every budget has room for it. */
  overBudget: string | null;
  /** null when none allowed it. */
  grant: NonNullable<DecidedBy["grant"]> | null;
}

function wordsOf(rule: PolicyRule | null, payload: JsonObject, decidedBy: DecidedBy | null): Words {
  const amountField = rule?.amountField ?? "amount";
  const currencyField = rule?.currencyField ?? "currency";
  const sent = readPath(payload, amountField);
  const amount = readAmount(sent);
  return {
    isAskedAlways: rule === null || policyOf(rule.type).asksPeople === "always",
    amountField,
    amount: amount.kind === "amount" ? formatAmount(amount.decimal) : valueText(sent),
    threshold: formatAmount(rule?.threshold ?? "none"),
    currencyField,
    currency: currencyText(readPath(payload, currencyField)),
    policyCurrency: rule?.currency ?? "none",
    ruleReading: rule && decidedBy?.rule != null ? explainRule(rule, payload, { ...decidedBy, rule: decidedBy.rule }) : null,
    overBudget: decidedBy?.overBudget ?? null,
    grant: decidedBy?.grant ?? null,
  };
}

function currencyText(value: JsonValue | undefined): string {
  return typeof value === "string" ? quotePhrase(valueText(value)) : valueText(value);
}

const SENTENCES: Record<GovernanceReason, (words: Words) => string> = {
  policy_always_allow: () => "The policy lets every run of this action through.",
  policy_log_only: () => "The policy only keeps a record, so the run goes through.",
  policy_always_block: () => "The policy blocks every run of this action.",
  policy_requires_approval: (w) =>
    w.isAskedAlways
      ? "The policy asks a person about every run of this action."
      : "The policy's own rule cannot be read, so a person decides.",
  policy_amount_above_threshold: (w) => `${w.amount} is above the threshold of ${w.threshold}, so a person decides.`,
  policy_amount_within_threshold: (w) => `${w.amount} is within the threshold of ${w.threshold}.`,
  policy_amount_missing_requires_approval: (w) => `The payload has no field ${w.amountField}, so a person decides.`,
  policy_amount_invalid_requires_approval: (w) =>
    `The field ${w.amountField} is not a plain non-negative decimal number, so a person decides.`,
  policy_currency_mismatch_requires_approval: (w) =>
    `The policy is for amounts in ${w.policyCurrency}; the field ${w.currencyField} is ${w.currency}, so a person decides.`,
  policy_external_recipient_requires_approval: () => "The recipient is external, so a person decides.",
  policy_external_recipient_unknown_requires_approval: () =>
    "The payload does not plainly say whether the recipient is external, so a person decides.",
  policy_external_recipient_not_detected: () => "The app says that the recipient is not external.",
  policy_new_recipient_requires_approval: () => "The recipient is new, so a person decides.",
  policy_new_recipient_unknown_requires_approval: () =>
    "The payload does not plainly say whether the recipient is new, so a person decides.",
  policy_new_recipient_not_detected: () => "The app says that the recipient is not new.",
  policy_not_reversible_requires_approval: () => "The action cannot be reversed, so a person decides.",
  policy_not_reversible_unknown_requires_approval: () =>
    "The payload does not plainly say whether the action can be reversed, so a person decides.",
  policy_not_reversible_not_detected: () => "The app says that the action can be reversed.",
  policy_destructive_requires_approval: () => "The action is destructive, so a person decides.",
  policy_destructive_unknown_requires_approval: () =>
    "The payload does not plainly say whether the action is destructive, so a person decides.",
  policy_destructive_not_detected: () => "The app says that the action is not destructive.",
  rule_allowed: (w) => (w.ruleReading === null ? "No rule applies, so the run is allowed." : `Allowed by the rule ${w.ruleReading}.`),
  rule_requires_approval: (w) =>
    w.ruleReading === null ? "No rule applies, so a person decides." : `A person decides because of the rule ${w.ruleReading}.`,
  rule_blocked: (w) => (w.ruleReading === null ? "No rule applies, so the run is blocked." : `Blocked by the rule ${w.ruleReading}.`),
  rule_unreadable_requires_approval: (w) =>
    w.ruleReading === null
      ? "A rule couldn’t be read, so a person decides."
      : `A person decides, because the console couldn’t read the rule ${w.ruleReading}.`,
  budget_exceeded_requires_approval: (w) =>
    w.overBudget === null ? "A budget has no room for it, so a person decides." : `It ${w.overBudget}. A person decides.`,
  budget_exceeded_blocked: (w) =>
    w.overBudget === null ? "It goes over a budget, so the run is blocked." : `It ${w.overBudget}. The run is blocked.`,
  standing_grant: (w) => (w.grant === null ? "A person approved it in advance with a standing grant." : `${w.grant.text}.`),
  unknown_action: () => "No action of this name is registered in the workspace, so the run is blocked.",
  inactive_action: () => "The action is deactivated, so the run is blocked.",
  frozen: () => "Nothing was allowed while it was frozen, so the run is blocked.",
  approved_by_human: () => "A person approved the run.",
  rejected_by_human: () => "A person rejected the run.",
  manually_blocked_by_approver: () => "An approver blocked the run.",
  approval_expired: () => "Nobody decided in time, so the run was rejected.",
  withdrawn: () => "The request was withdrawn.",
  approval_lapsed: () => "Nobody claimed the run while its approval was valid.",
  approval_revoked: () => "The approver revoked the approval before anyone claimed the run.",
};

import type { JsonObject } from "@/lib/domain/json-value";
import { amountAbove } from "./amount-policy";
import { withoutPath } from "./change-payload";
import { readPath } from "./payload-fields";
import { type Circumstances, type Policy, type PolicyCase, type PolicyResult, type PolicySettings, pending } from "./policy";
import { decideByRules, fieldsOfRules, readRules } from "./rules/decide-by-rules";
import type { RuleFacts } from "./rules/read-facts";
import type { RuleEffect } from "./rules/rule-set";

const OUTCOMES = {
  allow: { outcome: "allowed", reason: "rule_allowed" },
  ask: { outcome: "pending_approval", reason: "rule_requires_approval" },
  block: { outcome: "blocked", reason: "rule_blocked" },
} as const satisfies Record<RuleEffect, PolicyResult>;

const EFFECT_LABELS: Record<RuleEffect, string> = { allow: "Allows", ask: "Requires approval", block: "Blocks" };

/** Decides by the first of the action's own rules that applies. */
export const RULES_POLICY: Policy = {
  label: "By rules",
  text: "The first of your rules that applies decides.",
  does: "Decides by the first of your rules that applies. A rule that can’t be read never allows a run.",
  goodFor: "Several conditions together: amounts, countries, known customers, working hours.",
  asksPeople: "sometimes",
  reads: { what: "rules" },
  evaluate,
  summary: ({ rules }) =>
    rules
      ? `${EFFECT_LABELS[rules.otherwise]} unless ${rules.rules.length === 1 ? "its rule decides" : `one of ${rules.rules.length} rules decides`}`
      : "Requires approval: the rules can’t be read",
  cases: ({ rules }) => {
    const unreadable: PolicyCase = { outcome: "pending_approval", text: "A rule can’t be read, and no later one blocks." };
    if (!rules) return [unreadable];
    const named = rules.rules.map(({ name, then }) => ({ outcome: OUTCOMES[then].outcome, text: `“${name}” applies.` }));
    return [...named, unreadable, { outcome: OUTCOMES[rules.otherwise].outcome, text: "No rule applies." }];
  },
  fields: (settings, rule = null) => (settings.rules ? fieldsOfRules(settings.rules, rule, settings) : []),
  steps: (settings, payload, circumstances) => {
    const { rules } = settings;
    if (!rules) return [];
    const decision = decideByRules(rules, factsOf(settings, payload, circumstances));
    const readings = ruleReadings(settings, payload, circumstances);
    const last = decision.isUnreadable ? readings.length : readings.findIndex(({ rule }) => rule.name === decision.rule?.name) + 1;
    return readings
      .slice(0, last === 0 ? readings.length : last)
      .map(({ rule, result, text }) => ["Rule ", { code: rule.name }, ` is ${String(result)}: `, { code: text }]);
  },
  samples: ({ rules, ...settings }, base) =>
    rules
      ? fieldsOfRules(rules, null, settings).map((field) => ({ value: null, label: `no ${field}`, payload: withoutPath(base, field) }))
      : [],
  asking: ({ rules, amountField, currencyField, ...settings }) => {
    if (!rules) return {};
    const fields = fieldsOfRules(rules, null, { amountField, currencyField, ...settings });
    return {
      ...(fields.includes(amountField) ? { [amountField]: amountAbove("5000") } : {}),
      ...(fields.includes(currencyField) ? { [currencyField]: "EUR" } : {}),
    };
  },
};

/** How each rule reads a payload, those after the deciding one included. */
export function ruleReadings(settings: PolicySettings, payload: JsonObject, circumstances: Circumstances) {
  return settings.rules ? readRules(settings.rules, factsOf(settings, payload, circumstances)) : [];
}

/** "“large”: amount 6,200.00 > 5,000". */
export function explainRule(
  settings: PolicySettings,
  payload: JsonObject,
  { rule: name, circumstances }: { rule: string; circumstances: Circumstances },
): string {
  const reading = ruleReadings(settings, payload, circumstances).find(({ rule }) => rule.name === name);
  return reading ? `“${name}”: ${reading.text}` : `“${name}”`;
}

function evaluate(settings: PolicySettings, payload: JsonObject, circumstances: Circumstances): PolicyResult {
  if (!settings.rules) return { ...pending("rule_unreadable_requires_approval"), rule: null };
  const { effect, rule, isUnreadable, asking } = decideByRules(settings.rules, factsOf(settings, payload, circumstances));
  return isUnreadable ? { ...pending("rule_unreadable_requires_approval"), rule, asking } : { ...OUTCOMES[effect], rule, asking };
}

function factsOf({ amountField, currencyField }: PolicySettings, payload: JsonObject, circumstances: Circumstances): RuleFacts {
  const { recipient, actor, source, key, risk, now } = circumstances;
  const [amount, currency] = [readPath(payload, amountField), readPath(payload, currencyField)];
  return { payload, amount, currency, recipient, actor, source, key, risk, now };
}

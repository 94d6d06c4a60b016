import type { JsonObject } from "@/lib/domain/json-value";
import { amountAbove } from "./amount-policy";
import { withoutPath } from "./change-payload";
import { readPath } from "./payload-fields";
import { type Circumstances, type Policy, type PolicyResult, type PolicySettings, pending } from "./policy";
import { decideByRules, fieldsOfRules, readRules } from "./rules/decide-by-rules";
import type { RuleFacts } from "./rules/read-facts";
import { RULE_OUTCOMES, RULES_POLICY_WORDS } from "./rules-policy-words";

/** Decides by the first of the action's own rules that applies. */
export const RULES_POLICY: Policy = {
  ...RULES_POLICY_WORDS,
  evaluate,
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
  return isUnreadable ? { ...pending("rule_unreadable_requires_approval"), rule, asking } : { ...RULE_OUTCOMES[effect], rule, asking };
}

function factsOf({ amountField, currencyField }: PolicySettings, payload: JsonObject, circumstances: Circumstances): RuleFacts {
  const { recipient, actor, source, key, risk, now } = circumstances;
  const [amount, currency] = [readPath(payload, amountField), readPath(payload, currencyField)];
  return { payload, amount, currency, recipient, actor, source, key, risk, now };
}

import { compareDecimals, isPlainDecimal, readAmount } from "@/lib/domain/amounts";
import { durationText } from "@/lib/domain/duration-text";
import type { JsonObject, JsonValue } from "@/lib/domain/json-value";
import { readPath } from "@/lib/domain/payload-fields";
import { evaluatePolicy, type PolicyOutcome, type PolicyRule } from "@/lib/domain/policies";
import { isSignalPolicy, SIGNAL_POLICIES } from "@/lib/domain/signals";

/** Part of a sentence: plain, or a name or value as it stands in the payload. */
export type StepPart = string | { code: string };

/** How the rule came to its outcome, one sentence a step; the last one says what happens then. */
export function policySteps(rule: PolicyRule, payload: JsonObject, windowMinutes: number): StepPart[][] {
  const { outcome } = evaluatePolicy(rule, payload);
  return [...readingSteps(rule, payload), [ENDS[outcome](durationText(windowMinutes))]];
}

const ENDS: Record<PolicyOutcome, (window: string) => string> = {
  allowed: () => "Allow it at once. The app may run it.",
  blocked: () => "Block it. Nothing may run.",
  pending_approval: (window) => `Ask a person, for up to ${window}. Without an answer it is rejected.`,
};

function readingSteps(rule: PolicyRule, payload: JsonObject): StepPart[][] {
  if (rule.type === "require_approval_above_amount") return amountSteps(rule, payload);
  if (isSignalPolicy(rule.type)) {
    const { field, asksWhen } = SIGNAL_POLICIES[rule.type];
    const value = readPath(payload, field);
    const read = readStep(field, value, typeof value === "boolean" ? "" : ", which is neither true nor false");
    return typeof value === "boolean" ? [read, ["Compare: the policy asks when it is ", { code: String(asksWhen) }, "."]] : [read];
  }
  return [["Look at nothing in the payload: every run is treated alike."]];
}

function amountSteps(rule: PolicyRule, payload: JsonObject): StepPart[][] {
  const value = readPath(payload, rule.amountField);
  const amount = readAmount(value);
  const steps = [readStep(rule.amountField, value, amount.kind === "invalid" ? ", which is not a plain decimal number" : "")];
  if (amount.kind !== "amount") return steps;
  if (rule.currency !== null) {
    const currency = readPath(payload, rule.currencyField);
    const isSame = currency === rule.currency;
    steps.push(readStep(rule.currencyField, currency, isSame ? "" : `, not ${rule.currency}`));
    if (!isSame) return steps;
  }
  if (rule.threshold === null || !isPlainDecimal(rule.threshold)) return steps;
  const sign = { "-1": "<", "0": "=", "1": ">" }[compareDecimals(amount.decimal, rule.threshold)];
  return [...steps, ["Compare as decimals: ", { code: `${amount.decimal} ${sign} ${rule.threshold}` }]];
}

function readStep(field: string, value: JsonValue | undefined, remark: string): StepPart[] {
  if (value === undefined) return ["Look for ", { code: field }, " in the payload: it is not there"];
  return ["Read ", { code: field }, " from the payload: ", { code: shortJson(value) }, remark];
}

function shortJson(value: JsonValue): string {
  const text = JSON.stringify(value);
  return text.length <= 60 ? text : `${[...text].slice(0, 57).join("")}…`;
}

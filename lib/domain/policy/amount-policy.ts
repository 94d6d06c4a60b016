import type { JsonObject } from "@/lib/domain/json-value";
import { AMOUNT_POLICY_WORDS } from "./amount-policy-words";
import { compareDecimals, isPlainDecimal, normalizeDecimal, readAmount } from "./amounts";
import { withoutPath, writePath } from "./change-payload";
import { readPath } from "./payload-fields";
import { type Policy, type PolicyResult, type PolicySettings, pending, readStep, type SamplePayload, type StepPart } from "./policy";

/** Requires approval above an amount, and when the amount can't be read. */
export const AMOUNT_POLICY: Policy = {
  ...AMOUNT_POLICY_WORDS,
  evaluate,
  fields: ({ amountField, currency, currencyField }) => (currency === null ? [amountField] : [amountField, currencyField]),
  steps,
  samples,
  asking: ({ threshold, currency, amountField, currencyField }) => ({
    [amountField]: amountAbove(threshold),
    [currencyField]: currency ?? "EUR",
  }),
};

/** A little above the threshold, as text: "5250.00" for 5000. */
export function amountAbove(threshold: string | null): string {
  if (threshold === null || !isPlainDecimal(threshold)) return "1250.00";
  const [whole = "0"] = normalizeDecimal(threshold).split(".");
  return `${BigInt(whole) + 250n}.00`;
}

function evaluate({ threshold, currency, amountField, currencyField }: PolicySettings, payload: JsonObject): PolicyResult {
  const amount = readAmount(readPath(payload, amountField));
  if (amount.kind === "missing") return pending("policy_amount_missing_requires_approval");
  if (amount.kind === "invalid") return pending("policy_amount_invalid_requires_approval");
  if (currency !== null && readPath(payload, currencyField) !== currency) return pending("policy_currency_mismatch_requires_approval");
  if (threshold === null || !isPlainDecimal(threshold)) return pending("policy_requires_approval");
  return compareDecimals(amount.decimal, threshold) > 0
    ? pending("policy_amount_above_threshold")
    : { outcome: "allowed", reason: "policy_amount_within_threshold" };
}

function steps({ threshold, currency, amountField, currencyField }: PolicySettings, payload: JsonObject): StepPart[][] {
  const value = readPath(payload, amountField);
  const amount = readAmount(value);
  const all = [readStep(amountField, value, amount.kind === "invalid" ? ", which is not a plain decimal number" : "")];
  if (amount.kind !== "amount") return all;
  if (currency !== null) {
    const sent = readPath(payload, currencyField);
    all.push(readStep(currencyField, sent, sent === currency ? "" : `, not ${currency}`));
    if (sent !== currency) return all;
  }
  if (threshold === null || !isPlainDecimal(threshold)) return all;
  const sign = { "-1": "<", "0": "=", "1": ">" }[compareDecimals(amount.decimal, threshold)];
  return [...all, ["Compare as decimals: ", { code: `${amount.decimal} ${sign} ${threshold}` }]];
}

/** Sample payloads: within, above, missing and invalid. */
function samples({ threshold, currency, amountField, currencyField }: PolicySettings, base: JsonObject): SamplePayload[] {
  if (threshold === null || !isPlainDecimal(threshold)) return [];
  // Without the policy's currency every amount would go to a person.
  const sent = currency === null ? base : writePath(base, currencyField, currency);
  const amount = (value: string, label: string): SamplePayload => ({
    value: JSON.stringify(value),
    label,
    payload: writePath(sent, amountField, value),
  });
  const all = [
    amount(threshold, "at the threshold"),
    amount(plusOneCent(threshold), "just above"),
    { value: null, label: `no ${amountField}`, payload: withoutPath(sent, amountField) },
    amount("1,250", "with a comma"),
    amount("1e3", "with an exponent"),
  ];
  if (currency === null) return all;
  const other = currency === "USD" ? "EUR" : "USD";
  const payload = writePath(writePath(sent, amountField, threshold), currencyField, other);
  return [...all, { value: JSON.stringify(other), label: "another currency", payload }];
}

function plusOneCent(decimal: string): string {
  const [whole = "0", fraction = ""] = normalizeDecimal(decimal).split(".");
  const places = Math.max(2, fraction.length);
  const scaled = BigInt(whole + fraction.padEnd(places, "0")) + 10n ** BigInt(places - 2);
  const digits = scaled.toString().padStart(places + 1, "0");
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

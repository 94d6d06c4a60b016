import { isPlainDecimal, normalizeDecimal } from "@/lib/domain/amounts";
import { isJsonObject, type JsonObject, type JsonValue } from "@/lib/domain/json-value";
import { readPath } from "@/lib/domain/payload-fields";
import type { PolicyRule } from "@/lib/domain/policies";
import { isSignalPolicy, SIGNAL_POLICIES, type SignalPolicyType } from "@/lib/domain/signals";

/** A payload that is worth trying, made from another one by changing what the policy looks at. */
export interface SamplePayload {
  /** The value as it stands in JSON, or words when there is none. */
  value: string | null;
  label: string;
  payload: JsonObject;
}

/** What is tried first: something of every kind that policies look at. */
export function firstSample(rule: PolicyRule): JsonObject {
  const order: JsonObject = { order_id: "SO-88214", customer: { name: "Ada Brandt", email: "ada@customer.example" } };
  const payload = writePath(writePath(order, rule.amountField, "1840.00"), rule.currencyField, rule.currency ?? "EUR");
  return isSignalPolicy(rule.type) ? writePath(payload, SIGNAL_POLICIES[rule.type].field, SIGNAL_POLICIES[rule.type].asksWhen) : payload;
}

/** Within, above, missing and odd: what people get wrong about a policy, each as a payload. */
export function samplePayloads(rule: PolicyRule, base: JsonObject): SamplePayload[] {
  if (rule.type === "require_approval_above_amount") return amountSamples(rule, base);
  return isSignalPolicy(rule.type) ? signalSamples(rule.type, base) : [];
}

function amountSamples(rule: PolicyRule, base: JsonObject): SamplePayload[] {
  const { threshold, amountField, currency, currencyField } = rule;
  if (threshold === null || !isPlainDecimal(threshold)) return [];
  // Without the policy's currency every amount would go to a person.
  const sent = currency === null ? base : writePath(base, currencyField, currency);
  const amount = (value: string, label: string): SamplePayload => ({
    value: JSON.stringify(value),
    label,
    payload: writePath(sent, amountField, value),
  });
  const samples = [
    amount(threshold, "at the threshold"),
    amount(plusOneCent(threshold), "just above"),
    { value: null, label: `no ${amountField}`, payload: withoutPath(sent, amountField) },
    amount("1,250", "with a comma"),
    amount("1e3", "with an exponent"),
  ];
  if (currency === null) return samples;
  const other = currency === "USD" ? "EUR" : "USD";
  return [
    ...samples,
    {
      value: JSON.stringify(other),
      label: "another currency",
      payload: writePath(writePath(sent, amountField, threshold), currencyField, other),
    },
  ];
}

function signalSamples(type: SignalPolicyType, base: JsonObject): SamplePayload[] {
  const { field, asksWhen } = SIGNAL_POLICIES[type];
  const says = (value: JsonValue, label: string): SamplePayload => ({
    value: JSON.stringify(value),
    label,
    payload: writePath(base, field, value),
  });
  return [
    says(!asksWhen, "plainly no danger"),
    says(asksWhen, "the danger"),
    { value: null, label: `no ${field}`, payload: withoutPath(base, field) },
    says(String(!asksWhen), "a text, not true or false"),
  ];
}

/** A copy with the value at a dotted path; what stands in the way is replaced. */
function writePath(payload: JsonObject, path: string, value: JsonValue): JsonObject {
  const [name = "", ...rest] = path.split(".");
  if (rest.length === 0) return { ...payload, [name]: value };
  const inner = readPath(payload, name);
  return { ...payload, [name]: writePath(isJsonObject(inner) ? inner : {}, rest.join("."), value) };
}

function withoutPath(payload: JsonObject, path: string): JsonObject {
  const [name = "", ...rest] = path.split(".");
  if (rest.length === 0) return Object.fromEntries(Object.entries(payload).filter(([key]) => key !== name));
  const inner = readPath(payload, name);
  return isJsonObject(inner) ? { ...payload, [name]: withoutPath(inner, rest.join(".")) } : payload;
}

function plusOneCent(decimal: string): string {
  const [whole = "0", fraction = ""] = normalizeDecimal(decimal).split(".");
  const places = Math.max(2, fraction.length);
  const scaled = BigInt(whole + fraction.padEnd(places, "0")) + 10n ** BigInt(places - 2);
  const digits = scaled.toString().padStart(places + 1, "0");
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

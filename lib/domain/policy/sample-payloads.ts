import type { JsonObject } from "@/lib/domain/json-value";
import { writePath } from "./change-payload";
import { readPath } from "./payload-fields";
import { policyOf } from "./policies";
import type { SamplePayload } from "./policy";
import type { PolicyRule } from "./policy-types";

/** What is tried first: something of every kind that policies look at. */
export function firstSample(rule: PolicyRule): JsonObject {
  const order: JsonObject = { order_id: "SO-88214", customer: { name: "Ada Brandt", email: "ada@customer.example" } };
  const payload = writePath(writePath(order, rule.amountField, "1840.00"), rule.currencyField, rule.currency ?? "EUR");
  const missing = Object.entries(policyOf(rule.type).asking(rule)).filter(([field]) => readPath(payload, field) === undefined);
  return missing.reduce((sample, [field, value]) => writePath(sample, field, value), payload);
}

/** What people get wrong about a policy, each as a payload. */
export function samplePayloads(rule: PolicyRule, base: JsonObject): SamplePayload[] {
  return policyOf(rule.type).samples(rule, base);
}

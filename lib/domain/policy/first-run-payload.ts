import { isJsonObject, type JsonObject, type JsonValue } from "@/lib/domain/json-value";
import { amountAbove } from "./amount-policy";
import { policyOf } from "./policies";
import type { PolicyRule } from "./policy-types";
import { parseSentence } from "./run-sentence";

export interface SampledAction {
  name: string;
  sentence: string | null;
  recipientField: string | null;
  rule: PolicyRule;
}

/**
 * Returns a sample payload with the fields that the action's sentence and policy use. It requires approval if the policy ever does, because
 * that is what people want to try.
 */
export function firstRunPayload({ sentence, recipientField, rule }: SampledAction): JsonObject {
  const payload: JsonObject = { actor: "my_agent" };
  const asking = new Map(Object.entries(policyOf(rule.type).asking(rule)));
  const parsed = sentence === null ? null : parseSentence(sentence);
  const told = parsed?.ok ? parsed.parts.flatMap((part) => ("field" in part ? [part.field] : [])) : [];
  const fields = new Set([...told, ...(recipientField === null ? [] : [recipientField]), ...asking.keys()]);
  for (const field of fields) put(payload, field, asking.get(field) ?? sampleValue(field, recipientField, rule));
  if (Object.keys(payload).length === 1) put(payload, "reference", "EX-1001");
  return { ...payload, reasoning: "A first try of this action." };
}

/** The same for a test from the console, which says on its own who sends it and why. */
export function testRequestPayload(action: SampledAction): JsonObject {
  const { actor: _, reasoning: __, ...payload } = firstRunPayload(action);
  return payload;
}

function sampleValue(field: string, recipientField: string | null, rule: PolicyRule): JsonValue {
  if (field === rule.amountField) return amountAbove(rule.threshold);
  if (field === rule.currencyField) return rule.currency ?? "EUR";
  const last = field.split(".").at(-1) ?? field;
  if (/mail$|^to$/i.test(last)) return "ines@caldeira.example";
  if (field === recipientField || /name$|recipient|customer|supplier|payee/i.test(last)) return "Caldeira Foods";
  return "EX-1001";
}

function put(payload: JsonObject, path: string, value: JsonValue): void {
  const names = path.split(".");
  const last = names.pop();
  if (last === undefined) return;
  let place = payload;
  for (const name of names) {
    const inner = place[name];
    place = isJsonObject(inner) ? inner : (place[name] = {});
  }
  // The field's parent is already a value, which is kept.
  if (!Object.hasOwn(place, last)) place[last] = value;
}

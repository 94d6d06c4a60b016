import type { JsonValue } from "@/lib/domain/json-value";
import { withoutPath, writePath } from "./change-payload";
import { readPath } from "./payload-fields";
import { type Policy, type PolicyWords, pending, readStep, type SamplePayload } from "./policy";
import { SIGNAL_POLICIES, type Signal, type SignalPolicyType } from "./signals";

/** Requires approval unless the payload explicitly rules out the danger. */
export function signalPolicy(type: SignalPolicyType, words: PolicyWords): Policy {
  const { field, asksWhen, reasons }: Signal = SIGNAL_POLICIES[type];
  return {
    ...words,
    // Only the JSON values true and false count.
    evaluate: (_, payload) => {
      const value = readPath(payload, field);
      if (typeof value !== "boolean") return pending(reasons.unknown);
      return value === asksWhen ? pending(reasons.yes) : { outcome: "allowed", reason: reasons.no };
    },
    fields: () => [field],
    steps: (_, payload) => {
      const value = readPath(payload, field);
      if (typeof value !== "boolean") return [readStep(field, value, ", which is neither true nor false")];
      return [readStep(field, value, ""), ["Compare: the policy requires approval when it is ", { code: String(asksWhen) }, "."]];
    },
    samples: (_, base) => {
      const says = (value: JsonValue, label: string): SamplePayload => ({
        value: JSON.stringify(value),
        label,
        payload: writePath(base, field, value),
      });
      return [
        says(!asksWhen, "no danger"),
        says(asksWhen, "the danger"),
        { value: null, label: `no ${field}`, payload: withoutPath(base, field) },
        says(String(!asksWhen), "text, not true or false"),
      ];
    },
    asking: () => ({ [field]: asksWhen }),
  };
}

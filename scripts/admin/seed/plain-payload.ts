import type { JsonObject } from "@/lib/domain/json-value";
import type { PolicyRule } from "@/lib/domain/policy/policies";
import { SIGNAL_POLICIES } from "@/lib/domain/policy/signals";
import { randomAmount } from "./catalogue";
import { CUSTOMERS } from "./people";
import type { SeededRandom } from "./seeded-random";

/** Payloads for an action that the catalogue does not know: with what its policy looks at, where the policy looks. */
export function plainPayload(rule: PolicyRule, recipientField: string | null): (random: SeededRandom) => JsonObject {
  return (random) => {
    const payload: JsonObject = { reference: `REF-${random.integer(10_000, 99_999)}` };
    put(payload, rule.amountField, randomAmount(random));
    put(payload, rule.currencyField, random.chance(0.9) ? (rule.currency ?? "EUR") : "USD");
    put(payload, recipientField ?? "recipient", random.pick(CUSTOMERS));
    for (const { field, asksWhen } of Object.values(SIGNAL_POLICIES)) put(payload, field, random.chance(0.15) === asksWhen);
    return payload;
  };
}

/** Writes a value at a dotted path. A path that leads through another's value is left out. */
function put(payload: JsonObject, path: string, value: JsonObject[string]): void {
  const names = path.split(".");
  const last = names.pop() ?? path;
  let inner = payload;
  for (const name of names) {
    const next = (inner[name] ??= {});
    if (typeof next !== "object" || next === null || Array.isArray(next)) return;
    inner = next;
  }
  inner[last] ??= value;
}

import type { JsonObject } from "@/lib/domain/json-value";
import type { RuleFacts } from "@/lib/domain/policy/rules/read-facts";

/** Facts of a made-up proposal, whose amount and currency are read where they usually are. */
export function factsOf(payload: JsonObject, changes: Partial<RuleFacts> = {}): RuleFacts {
  return {
    payload,
    amount: Object.hasOwn(payload, "amount") ? payload.amount : undefined,
    currency: Object.hasOwn(payload, "currency") ? payload.currency : undefined,
    recipient: "Caldeira Foods",
    actor: "finance_agent",
    source: { type: "crm", ref: "T-17" },
    key: "CI",
    risk: "high",
    now: new Date("2026-06-15T10:00:00Z"),
    ...changes,
  };
}

import type { JsonObject } from "@/lib/domain/json-value";
import { readRules } from "@/lib/domain/policy/rules/decide-by-rules";
import type { RuleFacts } from "@/lib/domain/policy/rules/read-facts";
import type { RuleEffect, RuleSet } from "@/lib/domain/policy/rules/rule-set";

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

/** Rules named "rule 1" and so on. */
export function setOf(rules: readonly [when: string, then: RuleEffect][], otherwise: RuleEffect = "ask"): RuleSet {
  return { rules: rules.map(([when, then], place) => ({ name: `rule ${place + 1}`, when, then })), otherwise };
}

/** Whether one expression holds, and why, as people read it. */
export function readingOf(when: string, payload: JsonObject = {}, changes: Partial<RuleFacts> = {}) {
  const [reading] = readRules(setOf([[when, "allow"]]), factsOf(payload, changes));
  return reading && `${reading.result}: ${reading.text}`;
}

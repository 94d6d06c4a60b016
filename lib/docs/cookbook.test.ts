import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { JsonObject } from "@/lib/domain/json-value";
import { decideByRules } from "@/lib/domain/policy/rules/decide-by-rules";
import type { RuleFacts } from "@/lib/domain/policy/rules/read-facts";
import { ruleSetSchema } from "@/lib/domain/policy/rules/rule-set";
import { factsOf } from "@/lib/testing/rule-facts";

const PAGE = readFileSync("components/docs/content/policies.mdx", "utf8");
const RECIPES = new Map([...PAGE.matchAll(/```yaml title="([^"]+)"\n([\s\S]*?)```/g)].map(([, title = "", text = ""]) => [title, text]));

type Case = readonly [payload: JsonObject, decision: string, facts?: Partial<RuleFacts>];

const at = (time: string) => ({ now: new Date(time) });

const CASES: Record<string, readonly Case[]> = {
  "refunds.yaml": [
    [{ amount: "80.00", country: "DE", customer: { is_known: true } }, "allow: small and known"],
    [{ amount: "80.00", customer: { is_known: true } }, "ask: sanctioned country"],
    [{ amount: "6200", country: "DE", customer: { is_known: true } }, "ask: large"],
    [{ amount: "80.00", country: "IR", customer: { is_known: true } }, "block: sanctioned country"],
  ],
  "small and known": [
    [{ amount: 100, currency: "EUR", customer: { is_known: true } }, "allow: small and known"],
    [{ amount: 100, currency: "EUR", customer: { is_known: "true" } }, "ask: small and known"],
    [{ amount: 100, currency: "USD", customer: { is_known: true } }, "ask: otherwise"],
  ],
  countries: [
    [{ country: "KP" }, "block: sanctioned country"],
    [{ country: "FR" }, "allow: usual country"],
    [{ country: "kp" }, "ask: otherwise"],
    [{}, "ask: sanctioned country"],
  ],
  inside: [
    [{ to: "Bo@Example.com" }, "allow: inside"],
    [{ to: "bo@example.com.evil.example" }, "ask: otherwise"],
    [{ to: "bo@evil.example, bo@example.com" }, "ask: inside"],
  ],
  "working hours": [
    [{}, "allow: working hours", at("2026-11-27T07:00:00Z")],
    [{}, "ask: otherwise", at("2026-11-27T06:59:59Z")],
    [{}, "allow: working hours", at("2026-07-01T15:59:59Z")],
    [{}, "ask: otherwise", at("2026-07-01T16:00:00Z")],
    [{}, "ask: otherwise", at("2026-11-28T10:00:00Z")],
  ],
  agents: [
    [{ amount: 5 }, "block: test key"],
    [{ amount: 5 }, "allow: finance agent", { key: "production" }],
    [{ amount: 5 }, "ask: finance agent", { key: "production", actor: null }],
  ],
  invoices: [
    [{ supplier: { id: "S-17" } }, "block: no invoice"],
    [{ invoice_id: "INV-1025", supplier: { id: "S-17" } }, "allow: known supplier"],
    [{ invoice_id: "INV-1", supplier: { id: "S-17" } }, "ask: otherwise"],
  ],
  discounts: [
    [{ discount: "15.00", price: "100.00" }, "allow: small discount"],
    [{ discount: "15.01", price: 100 }, "ask: otherwise"],
    [{ discount: 50.01, price: 100 }, "block: more than half"],
    [{ discount: "15%", price: 100 }, "ask: small discount"],
  ],
  bulk: [
    [{ record_ids: [1, 2], destructive: false }, "allow: a few records"],
    [{ record_ids: [1, 2] }, "ask: a few records"],
    [{ record_ids: Array.from({ length: 101 }, () => 1), destructive: false }, "block: many records"],
  ],
  holidays: [
    [{ environment: "staging" }, "block: holidays", at("2026-12-24T12:00:00Z")],
    [{ environment: "staging" }, "allow: staging", at("2027-01-02T00:00:00Z")],
    [{ environment: "production" }, "ask: otherwise", at("2026-12-22T23:59:59Z")],
  ],
  tickets: [
    [{ tags: ["new"] }, "allow: from a ticket", { source: { type: "ticket", ref: "T-9" } }],
    [{ tags: ["vip"] }, "ask: otherwise", { source: { type: "ticket", ref: "T-9" } }],
    [{ tags: ["new"] }, "ask: from a ticket", { source: null }],
  ],
};

describe("the cookbook of the documentation", () => {
  it("has cases for every recipe", () => {
    expect([...RECIPES.keys()]).toEqual(Object.keys(CASES));
  });

  it.each(
    Object.entries(CASES).flatMap(([title, cases]) =>
      cases.map(([payload, decision, facts]) => [title, payload, decision, facts] as const),
    ),
  )("%s: %j", (title, payload, decision, facts) => {
    const set = ruleSetSchema.parse(parse(RECIPES.get(title) ?? ""));
    const { effect, rule } = decideByRules(set, factsOf(payload, facts));
    expect(`${effect}: ${rule?.name ?? "otherwise"}`).toBe(decision);
  });
});

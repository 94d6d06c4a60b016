import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonValue } from "@/lib/domain/json-value";
import { readAmount } from "@/lib/domain/policy/amounts";
import type { BudgetTerms } from "./budget";
import { type CountedProposal, countToward, samePerValue } from "./count-toward";

const TERMS: BudgetTerms = { measure: "sum", currency: "EUR", per: "nothing", perField: null, period: "week", timeZone: "UTC" };
const PROPOSAL: CountedProposal = {
  payload: { customer: { id: 7 }, vip: true, tags: ["a"], nothing: null },
  amount: "12.5",
  currency: "EUR",
  recipient: "bo@example.com",
  actor: "finance_agent",
  key: "CI",
  source: { type: "ticket", ref: "T-9" },
};

it.each<[Partial<BudgetTerms>, Partial<CountedProposal>, ReturnType<typeof countToward>]>([
  [{}, {}, { amount: "12.5", unreadable: null, perValue: null }],
  [{}, { amount: null }, { amount: null, unreadable: "amount", perValue: null }],
  [{}, { currency: "USD" }, { amount: null, unreadable: "currency", perValue: null }],
  [{}, { currency: null }, { amount: null, unreadable: "currency", perValue: null }],
  [
    { measure: "count", currency: null },
    { amount: null, currency: null },
    { amount: "1", unreadable: null, perValue: null },
  ],
  [{ per: "recipient" }, {}, { amount: "12.5", unreadable: null, perValue: "bo@example.com" }],
  [{ per: "recipient" }, { recipient: null }, { amount: null, unreadable: "per_value", perValue: null }],
  [{ per: "actor" }, { actor: "  " }, { amount: null, unreadable: "per_value", perValue: null }],
  [{ per: "key" }, {}, { amount: "12.5", unreadable: null, perValue: "CI" }],
  [{ per: "source" }, {}, { amount: "12.5", unreadable: null, perValue: "ticket T-9" }],
  [{ per: "source" }, { source: null }, { amount: null, unreadable: "per_value", perValue: null }],
  [{ per: "field", perField: "customer.id" }, {}, { amount: "12.5", unreadable: null, perValue: "7" }],
  [{ per: "field", perField: "vip" }, {}, { amount: "12.5", unreadable: null, perValue: "true" }],
  [{ per: "field", perField: "tags" }, {}, { amount: null, unreadable: "per_value", perValue: null }],
  [{ per: "field", perField: "nothing" }, {}, { amount: null, unreadable: "per_value", perValue: null }],
  [{ per: "field", perField: "customer.constructor" }, {}, { amount: null, unreadable: "per_value", perValue: null }],
])("%j with %j", (terms, proposal, counted) => {
  expect(countToward({ ...TERMS, ...terms }, { ...PROPOSAL, ...proposal })).toEqual(counted);
});

describe("whatever is proposed", () => {
  it("has either an amount or a reason why it can't be counted", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (amount, currency, id) => {
        const read = readAmount(amount);
        const proposal = {
          ...PROPOSAL,
          payload: { id: id as JsonValue },
          amount: read.kind === "amount" ? read.decimal : null,
          currency: typeof currency === "string" ? currency : null,
        };
        const counted = countToward({ ...TERMS, per: "field", perField: "id" }, proposal);
        expect(counted.amount === null).toBe(counted.unreadable !== null);
        if (counted.amount !== null) expect([counted.amount, currency]).toEqual([proposal.amount, "EUR"]);
      }),
    );
  });
});

it("takes values that look the same for the same", () => {
  expect(new Set(["Bo@Example.com", " bo@example.com ", "ｂｏ@example.com"].map(samePerValue))).toEqual(new Set(["bo@example.com"]));
});

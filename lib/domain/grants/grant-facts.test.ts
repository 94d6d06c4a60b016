import { describe, expect, test } from "vitest";
import type { JsonObject } from "@/lib/domain/json-value";
import { factsText, isFactName, offeredFacts, readFacts, readGrantedAmount } from "./grant-facts";

const FIELDS = { amountField: "amount", currencyField: "currency" };
const proposal = (payload: JsonObject = {}, different: object = {}) => ({
  payload: { amount: 5, currency: "EUR", supplier: { id: "S-17", is_known: true, since: 2019 }, tags: ["a"], note: " ", ...payload },
  recipient: "Acme",
  actor: "finance_agent",
  key: { id: "01980000-0000-7000-8000-000000000001", name: "Agent" },
  source: { type: "invoice", ref: "INV-1" },
  ...different,
});

describe("facts", () => {
  test("are offered as they are, without the amount, its currency, and what can't be the same", () => {
    expect(offeredFacts(proposal(), FIELDS)).toEqual([
      { name: "recipient", value: "Acme" },
      { name: "actor", value: "finance_agent" },
      { name: "key", value: "Agent" },
      { name: "source", value: "invoice INV-1" },
      { name: "payload.supplier.id", value: "S-17" },
      { name: "payload.supplier.is_known", value: "true" },
      { name: "payload.supplier.since", value: "2019" },
    ]);
    expect(offeredFacts(proposal({}, { recipient: null, actor: " ", source: null }), FIELDS).map(({ name }) => name)).not.toContain(
      "actor",
    );
  });

  const NAMES = ["actor", "key", "payload.supplier.id", "payload.supplier.since", "source"];
  test("of the same proposal have the same text, whatever else differs", () => {
    const text = factsText(NAMES, proposal());
    expect(factsText(NAMES, proposal({ amount: 7, other: 1 }, { recipient: "Bo" }))).toBe(text);
    expect(readFacts(NAMES, text ?? "").map(({ value }) => value)).toEqual(["finance_agent", "Agent", "S-17", "2019", "invoice INV-1"]);
  });

  test.each([
    [proposal({ supplier: { id: "S-18", since: 2019 } })],
    [proposal({ supplier: { id: "S-17 ", since: 2019 } })],
    [proposal({ supplier: { id: "S-17", since: "2019" } })],
    [proposal({ supplier: { since: 2019 } })],
    [proposal({ supplier: { id: ["S-17"], since: 2019 } })],
    [proposal({ supplier: "S-17" })],
    [proposal({}, { actor: "Finance_agent" })],
    [proposal({}, { actor: null })],
    [proposal({}, { key: { id: "01980000-0000-7000-8000-000000000002", name: "Agent" } })],
    [proposal({}, { source: { type: "invoice INV-1", ref: null } })],
    [proposal({}, { source: null })],
  ])("of another proposal differ: %#", (other) => {
    expect(factsText(NAMES, other)).not.toBe(factsText(NAMES, proposal()));
  });

  test("that aren't there are never the same", () => {
    expect(factsText(["payload.missing"], proposal())).toBeNull();
    expect(factsText(["payload.note"], proposal())).toBeNull();
    expect(factsText(["payload.toString"], proposal())).toBeNull();
  });

  test.each([
    ["recipient", true],
    ["payload.supplier.id", true],
    ["payload.", false],
    ["payload.a..b", false],
    ["amount", false],
    ["constructor", false],
  ])("%s is a fact: %s", (name, is) => {
    expect(isFactName(name)).toBe(is);
  });
});

test.each<[JsonObject, unknown]>([
  [
    { amount: "5.00", currency: "EUR" },
    { amount: "5", currency: "EUR" },
  ],
  [{ amount: 5 }, { amount: "5", currency: null }],
  [{}, { amount: null, currency: null }],
  [{ currency: "EUR" }, { amount: null, currency: null }],
  [{ amount: "5 EUR" }, "unreadable"],
  [{ amount: null }, "unreadable"],
  [{ amount: 5, currency: 7 }, "unreadable"],
])("the amount of %j: %j", (payload, read) => {
  expect(readGrantedAmount(payload, FIELDS)).toEqual(read);
});

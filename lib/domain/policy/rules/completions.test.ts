import { describe, expect, test } from "vitest";
import { FUNCTIONS, METHODS } from "./check-call";
import { checkExpression } from "./check-expression";
import { completionsAt } from "./completions";
import { VARIABLE_TYPES } from "./expression";
import { seenFields } from "./seen-fields";

const SEEN = seenFields([
  {
    amount: "5.00",
    customer: { is_known: true, email: "a@x.example" },
    tags: ["a"],
    total: 5,
    "order id": "A-1",
    "x\u200by": 1,
    in: 1,
    null: 1,
    gone: null,
  },
  { total: "6", customer: null, lines: [{ sku: "B" }] },
]);
const offered = (source: string, isAsked = false) =>
  completionsAt(source, source.length, SEEN, { isAsked })?.options.map(({ text }) => text) ?? null;

test("fields are seen by name and type, never by value, and only where a condition can name them", () => {
  expect(SEEN).toEqual([
    { path: "amount", types: ["string"] },
    { path: "customer.is_known", types: ["boolean"] },
    { path: "customer.email", types: ["string"] },
    { path: "tags", types: ["list"] },
    { path: "total", types: ["decimal", "string"] },
    { path: "gone", types: [] },
    { path: "customer", types: [] },
    { path: "lines", types: ["list"] },
  ]);
  const deep = Array.from({ length: 9 }).reduce<object>((inner) => ({ a: inner }), {});
  expect(seenFields([deep as never, Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`f${at}`, at]))])).toHaveLength(100);
});

describe("what is offered", () => {
  test.each<[string, string[] | null]>([
    ["amo", ["amount"]],
    ["AMO", ["amount"]],
    ["amount > 5 && cur", ["currency"]],
    ["payload.cust", ["payload.customer.is_known", "payload.customer.email", "payload.customer"]],
    ["payload.customer.em", ["payload.customer.email"]],
    ["payload.customer.email.en", ["payload.customer.email.endsWith("]],
    ["now.", ["now.hour(", "now.day_of_week("]],
    ["source.t", ["source.type"]],
    ["dom", ["domain("]],
    ["has(payload.ta", ["payload.tags"]],
    // Nothing is left to write.
    ["amount", null],
    ["", null],
    ["amount > 50", null],
    ["amount > ", null],
    ["unknown", null],
    // Within a text.
    ['currency == "amo', null],
    ["currency == 'amo", null],
    ['currency == "\\"amo', null],
    ['currency == "EUR" && amo', ["amount"]],
    ['payload["amo', null],
  ])("after %j: %j", (source, expected) => {
    expect(offered(source)).toEqual(expected);
  });

  test("everything, when asked for where a name can begin", () => {
    expect(offered("amount > ", true)).toHaveLength(12);
    expect(offered("", true)?.slice(0, 2)).toEqual(["payload.amount", "payload.customer.is_known"]);
    for (const source of ["5", "dec(payload.total)", '"EUR"', 'currency == "E']) expect(offered(source, true)).toBeNull();
  });

  test("the word before the caret, whatever follows", () => {
    expect(completionsAt("amo > 5", 3, SEEN)).toEqual({ start: 0, options: [{ text: "amount", detail: "a number" }] });
    expect(completionsAt("payload.to > 5", 10, SEEN)?.options).toEqual([{ text: "payload.total", detail: "a number or a text" }]);
  });

  test("is all that rules have, and only that", () => {
    for (const name of [...Object.keys(VARIABLE_TYPES), ...FUNCTIONS.map((name) => `${name}(`)])
      expect(completionsAt(name.slice(0, 2), 2, [])?.options.map(({ text }) => text)).toContain(name);
    for (const name of METHODS) {
      const value = name === "hour" || name === "day_of_week" ? "now" : "payload.a";
      expect(completionsAt(`${value}.`, value.length + 1, [])?.options.map(({ text }) => text)).toContain(`${value}.${name}(`);
    }
    for (const { path } of SEEN) expect(checkExpression(`has(payload.${path})`).ok).toBe(true);
  });
});

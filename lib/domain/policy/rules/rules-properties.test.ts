import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "@/lib/domain/json-value";
import { proofSize } from "@/lib/testing/guarantees/proof-size";
import { factsOf } from "@/lib/testing/rule-facts";
import { checkExpression } from "./check-expression";
import { decideByRules, readRules } from "./decide-by-rules";
import { type RuleRow, readRows as readBack, writeRows } from "./rule-rows";
import type { RuleEffect, RuleSet } from "./rule-set";

const FIELDS = ["payload.country", "payload.total", "payload.known", "payload.to", "payload.customer.tier", "amount", "currency"] as const;

/** Rows of the form, whose answer doesn't rest on a field being missing: that is what "is missing" is for. */
const row: fc.Arbitrary<RuleRow> = fc.oneof(
  fc.record({
    field: fc.constantFrom("amount", "payload.total"),
    comparison: fc.constantFrom("<", "<=", ">", ">="),
    value: fc.constantFrom("0", "100", "5000.00", "123456789012345678901234567890.5"),
  }),
  fc.record({
    field: fc.constantFrom("payload.country", "payload.customer.tier", "currency"),
    comparison: fc.constantFrom("==", "!=", "in", "not_in", "startsWith", "endsWith", "contains"),
    value: fc.constantFrom("EUR", "KP", "gold", 'a "quoted" text'),
  }),
  fc.record({ field: fc.constant("payload.to"), comparison: fc.constant("domain_in"), value: fc.constant("example.com, example.org") }),
  fc.record({ field: fc.constant("payload.known"), comparison: fc.constantFrom("is_true", "is_false"), value: fc.constant("") }),
);

const condition = fc
  .record({ joinedBy: fc.constantFrom("all", "any"), rows: fc.array(row, { minLength: 1, maxLength: 4 }) })
  .map((rows) => writeRows(rows) ?? "never");

const effect = fc.constantFrom<RuleEffect>("allow", "ask", "block");

const ruleSet: fc.Arbitrary<RuleSet> = fc.record({
  rules: fc
    .array(fc.tuple(condition, effect), { minLength: 1, maxLength: 4 })
    .map((rules) => rules.map(([when, then], place) => ({ name: `rule ${place}`, when, then }))),
  otherwise: effect,
});

const readablePayload = fc.record({
  country: fc.constantFrom("DE", "KP", "EUR"),
  total: fc.constantFrom("80.00", 80, "5000.00", "123456789012345678901234567891"),
  known: fc.boolean(),
  to: fc.constantFrom("bo@example.com", "bo@elsewhere.example"),
  customer: fc.record({ tier: fc.constantFrom("gold", "KP") }),
  amount: fc.constantFrom("80.00", 80, "9000", 5000),
  currency: fc.constantFrom("EUR", "CHF"),
});

const HOSTILE: readonly (JsonValue | undefined)[] = [
  undefined,
  null,
  [],
  {},
  [true],
  { EUR: true },
  1e21,
  -5000,
  "KP\u200b",
  "К\u0050",
  NaN,
];
/** Ordinary texts, of which rules may well allow what contains them. */
const TEXT_FIELDS: readonly string[] = ["currency", "payload.country", "payload.customer.tier", "payload.to"];

/** Values of a field that are none for it, whatever the field is read as. */
function hostileFor(field: string): fc.Arbitrary<JsonValue | undefined> {
  const mistyped: readonly JsonValue[] =
    field === "payload.known" ? ["true", 1] : field === "amount" || field === "payload.total" ? [true, "5,000", "1e3"] : [true, 80];
  return fc.constantFrom(...HOSTILE, ...mistyped, ...(TEXT_FIELDS.includes(field) ? [] : [" EUR"]));
}

function spoil(payload: JsonObject, field: string, value: JsonValue | undefined): JsonObject {
  const name = field.replace(/^payload\./, "");
  if (name === "customer.tier") return { ...payload, customer: value === undefined ? {} : { tier: value } };
  const { [name]: _, ...rest } = payload;
  return value === undefined ? rest : { ...rest, [name]: value };
}

describe("rules that the form can write", () => {
  it("never allow with a missing, mistyped or hostile value what no readable value lets through", () => {
    fc.assert(
      fc.property(
        ruleSet,
        readablePayload,
        fc.constantFrom(...FIELDS).chain((field) => fc.tuple(fc.constant(field), hostileFor(field))),
        (set, payload, [field, value]) => {
          const spoiled = decideByRules(set, factsOf(spoil(payload, field, value)));
          // A rule that decides without the field decides the same whatever stands in it.
          if (spoiled.effect === "allow") expect(decideByRules(set, factsOf(payload as JsonObject)).effect).toBe("allow");
        },
      ),
      { numRuns: proofSize(500, 20_000) },
    );
  });

  it.each(["==", "in", "startsWith"] as const)("take a text with a space before it for another text: %s", (comparison) => {
    for (const field of ["payload.country", "currency"]) {
      const when = writeRows({ joinedBy: "all", rows: [{ field, comparison, value: "EUR" }] }) ?? "";
      const set: RuleSet = { rules: [{ name: "known", when, then: "allow" }], otherwise: "ask" };
      const effectOf = (text: string) => decideByRules(set, factsOf({ country: text, currency: text })).effect;
      expect([field, effectOf("EUR"), effectOf(" EUR")]).toEqual([field, "allow", "ask"]);
    }
  });

  it("read back as the rows that wrote them", () => {
    fc.assert(
      fc.property(fc.constantFrom("all" as const, "any" as const), fc.array(row, { minLength: 1, maxLength: 4 }), (joinedBy, rows) => {
        const source = writeRows({ joinedBy, rows }) ?? "";
        expect(readBack(source)).toEqual({ joinedBy: rows.length === 1 ? "all" : joinedBy, rows });
      }),
    );
  });

  it.each([
    "amount * 2 > 5",
    "payload.a == payload.b",
    "now.hour('UTC') < 8",
    "amount > 1 && (payload.a || payload.b)",
    "payload.lines[0].x == 'a'",
  ])("say that rows can't show %s", (source) => {
    expect(readBack(source)).toBeNull();
  });

  it.each<RuleRow>([
    { field: "payload.order-id", comparison: "==", value: "a" },
    { field: "source.type", comparison: "!=", value: "crm" },
    { field: "payload.note", comparison: "has_not", value: "" },
    { field: "payload.a.b", comparison: "has", value: "" },
  ])("read back %j", (one) => {
    expect(readBack(writeRows({ joinedBy: "all", rows: [one] }) ?? "")).toEqual({ joinedBy: "all", rows: [one] });
  });

  it.each<RuleRow>([
    { field: "", comparison: "==", value: "a" },
    { field: "amount", comparison: ">", value: "1,000" },
    { field: "payload.a", comparison: "in", value: "a,,b" },
    { field: "payload.a b", comparison: "is_true", value: "" },
  ])("wait for %j to be finished", (one) => {
    expect(writeRows({ joinedBy: "all", rows: [one] })).toBeNull();
  });
});

const PIECES = [
  ...[
    "payload.a",
    "payload.b.c",
    "amount",
    "currency",
    "now",
    "has(payload.a)",
    'dec("1.5")',
    "dec(payload.a)",
    "domain(payload.a)",
    "size(payload.a)",
  ],
  ...[
    "1",
    "0.1",
    '"x"',
    "true",
    "[1, 2]",
    '["a"]',
    "&&",
    "||",
    "!",
    "==",
    "!=",
    "<",
    ">=",
    "in",
    "+",
    "-",
    "*",
    "?",
    ":",
    "(",
    ")",
    "[",
    "]",
    ".",
    ",",
  ],
  ...[
    '.startsWith("a")',
    '.matches("a+(b|c)*$")',
    '.hour("UTC")',
    ".lowerAscii()",
    "\\",
    '"',
    "\u200b",
    "é",
    "9".repeat(70),
    "{",
    "}",
    "null",
    "1e9",
    "//",
  ],
];

const fuzzed = fc.oneof(
  { weight: 3, arbitrary: fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 30 }).map((pieces) => pieces.join(" ")) },
  {
    weight: 2,
    arbitrary: fc.array(condition, { minLength: 1, maxLength: 8 }).map((parts) => parts.map((part) => `(${part})`).join(" || ")),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 200 }) },
);

describe("any expression", () => {
  it("is refused at a place in it, or decides the same each time", () => {
    fc.assert(
      fc.property(fuzzed, fc.dictionary(fc.constantFrom("a", "b", "amount", "country"), fc.jsonValue()), (when, payload) => {
        const checked = checkExpression(when);
        if (!checked.ok) {
          expect(checked.error.start).toBeLessThanOrEqual(when.length);
          expect(checked.error.message).toMatch(/\.$/);
          return;
        }
        const set = () => ({ rules: [{ name: "fuzzed", when, then: "allow" as const }], otherwise: "ask" as const });
        const facts = factsOf(payload as JsonObject);
        expect(readRules(set(), facts)).toEqual(readRules(set(), facts));
        expect(decideByRules(set(), facts).effect).toBe(readRules(set(), facts)[0]?.result === true ? "allow" : "ask");
      }),
      { numRuns: proofSize(300, 10_000) },
    );
  });
});

import { describe, expect, it } from "vitest";
import { checkExpression, EXPRESSION_MAX_LENGTH } from "./check-expression";
import { ruleSetSchema } from "./rule-set";

function errorOf(source: string): string {
  const checked = checkExpression(source);
  return checked.ok ? "none" : `${checked.error.message} @${checked.error.start}`;
}

describe("checkExpression", () => {
  it.each([
    ["", "Write a condition, such as amount > 5000. @0"],
    ["amount >", "The condition ends too early. @8"],
    ["amount > 5)", "“)” isn't expected here. @10"],
    ['payload.name == "a', "This text has no closing quotation mark. @16"],
    ["country == 1", "country isn't known here. A field of the payload is written payload.country. @0"],
    ["payload", "Name a field of the payload, such as payload.country. @0"],
    ["source.kind == 'x'", "source has two fields: source.type and source.ref. @0"],
    ["currency > 'A'", "> compares numbers and times. For a number sent as text, write dec(payload.field). @0"],
    ["amount == 'a'", "This compares a number with a text. @0"],
    ["amount", "Expected true or false here, but this is a number. @0"],
    ["amount / 2 > 1", "Numbers are exact, so they can't be divided. Multiply the other side instead. @0"],
    ["amount > 1e3", "Write a plain number of at most 64 digits, such as 1250.00. @9"],
    ["payload.x == null", "Nothing can be compared with null. Ask whether a field is there with has(payload.field). @13"],
    [
      "payload.items.all(i, i > 1)",
      "Rules have no function all. They have startsWith, endsWith, contains, matches, lowerAscii, size, hour, day_of_week. @0",
    ],
    ["now.hour('Berlin') > 8", 'Write a time zone such as "Europe/Berlin" or "UTC". @9'],
    ["now.hour('+02:00') > 8", 'Write a time zone such as "Europe/Berlin" or "UTC". @9'],
    ["payload.x in []", "An empty list contains nothing. Name at least one value. @13"],
    ["payload.x in ['a', 1]", "Expected a text here, but this is a number. @19"],
    ["has(amount)", "has asks whether a field is there, such as has(payload.country). @0"],
    ['payload.x.matches("(a)\\\\1")', "RE2 can't read this pattern: error parsing regexp: invalid escape sequence: `\\1`. @18"],
    ['payload.x.matches("((a{99}){9}){9}")', "RE2 can't read this pattern: error parsing regexp: invalid repeat count: `{9}`. @18"],
    ['payload.x.matches("[a-z]{900}[0-9]{900}")', "The pattern is too expensive. Use smaller repetition counts. @18"],
  ])("says where %s is wrong", (source, error) => {
    expect(errorOf(source)).toBe(error);
  });

  it.each([
    "amount > dec('5000') && payload.customer.is_known",
    "-amount < 0 || !(currency in ['EUR', 'CHF'])",
    "domain(payload.to) == 'example.com' ? amount < 10 : false",
    'payload["order id"].lines[0].price * 2 >= 1.50',
    "now < timestamp('2026-12-24T18:00:00+01:00') // until Christmas",
  ])("takes %s", (source) => {
    expect(errorOf(source)).toBe("none");
  });

  it("bounds length, depth and number of parts", () => {
    expect(errorOf(`amount > ${"1".repeat(EXPRESSION_MAX_LENGTH)}`)).toContain("the limit is 2000");
    expect(errorOf(`${"(".repeat(30)}true${")".repeat(30)}`)).toContain("Split it into several rules.");
    expect(errorOf(Array.from({ length: 160 }, () => "true").join("&&"))).toContain("Split it into several rules.");
    expect(errorOf(`${"!".repeat(1900)}true`)).toContain("Split it into several rules.");
    expect(errorOf(`payload.x in [${Array.from({ length: 101 }, () => "1").join(",")}]`)).toContain("Split it into several rules.");
  });
});

describe("ruleSetSchema", () => {
  const rule = { name: "large", when: "amount > 5", then: "ask" };

  function problemsOf(set: unknown): string[] {
    const parsed = ruleSetSchema.safeParse(set);
    return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  }

  it("takes a rule set", () => {
    expect(problemsOf({ rules: [rule], otherwise: "block" })).toEqual([]);
  });

  it("says which rule is wrong, and where in it", () => {
    const set = { rules: [rule, { ...rule, when: "amount >\n  5 &&" }], otherwise: "ask" };
    expect(problemsOf(set)).toEqual([
      "rules.1.name: Another rule is named “large”.",
      "rules.1.when: Line 2, column 7: The condition ends too early.",
    ]);
  });

  it("refuses hidden characters, other effects and other members", () => {
    expect(problemsOf({ rules: [{ ...rule, when: 'currency == "EU\u200bR"' }], otherwise: "ask" })).toEqual([
      "rules.0.when: must not contain hidden characters",
    ]);
    expect(problemsOf({ rules: [{ ...rule, then: "execute" }], otherwise: "ask" })).toEqual(["rules.0.then: must be allow, ask or block"]);
    expect(problemsOf({ rules: [{ ...rule, ask: {} }], otherwise: "ask" })).toHaveLength(1);
    expect(problemsOf({ rules: [], otherwise: "ask" })).toEqual(["rules: must contain at least one rule"]);
  });

  it("bounds the set", () => {
    const many = Array.from({ length: 51 }, (_, place) => ({ ...rule, name: `rule ${place}` }));
    expect(problemsOf({ rules: many, otherwise: "ask" })).toEqual(["rules: must contain at most 50 rules"]);
    const long = many.slice(0, 10).map((one) => ({ ...one, when: `${one.when}${" ".repeat(1700)}` }));
    expect(problemsOf({ rules: long, otherwise: "ask" })).toEqual([
      "rules: The conditions have 17100 characters together; the limit is 16000.",
    ]);
    const costly = many.slice(0, 8).map((one) => ({ ...one, when: 'payload.x.matches("[a-z]{900}")' }));
    expect(problemsOf({ rules: costly, otherwise: "ask" })).toEqual(["rules: The patterns of matches are too expensive together."]);
  });
});

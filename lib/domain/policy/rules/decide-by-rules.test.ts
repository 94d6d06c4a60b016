import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "@/lib/domain/json-value";
import { factsOf, readingOf as read, setOf } from "@/lib/testing/rule-facts";
import { decideByRules, readRules } from "./decide-by-rules";
import type { RuleSet } from "./rule-set";

describe("three truth values", () => {
  const values: Record<string, string> = { true: "payload.yes", false: "payload.no", unreadable: "payload.missing" };
  const payload = { yes: true, no: false };

  it.each([
    ["true", "&&", "true", true],
    ["true", "&&", "false", false],
    ["true", "&&", "unreadable", "unreadable"],
    ["false", "&&", "unreadable", false],
    ["unreadable", "&&", "false", false],
    ["unreadable", "&&", "true", "unreadable"],
    ["unreadable", "&&", "unreadable", "unreadable"],
    ["false", "||", "false", false],
    ["false", "||", "unreadable", "unreadable"],
    ["true", "||", "unreadable", true],
    ["unreadable", "||", "true", true],
    ["unreadable", "||", "false", "unreadable"],
  ])("%s %s %s", (left, operator, right, result) => {
    expect(readRules(setOf([[`${values[left]} ${operator} ${values[right]}`, "allow"]]), factsOf(payload))[0]?.result).toBe(result);
  });

  it.each([
    ["payload.missing", "payload.missing is missing"],
    ["!payload.missing", "payload.missing is missing"],
    ['payload.missing != "x"', "payload.missing is missing"],
    ['payload.number != "KP"', "payload.number is a number, not a text"],
    ['payload.number in ["KP"]', "payload.number is a number, not a text"],
    ['!(payload.number in ["KP"])', "payload.number is a number, not a text"],
    ["payload.text > 5", "payload.text is a text, not a number. dec(…) reads a number sent as text"],
    ["payload.nothing == 5", "payload.nothing is null"],
    ["has(payload.nothing)", "payload.nothing is null"],
    ["has(payload.missing.inner)", "payload.missing is missing"],
    ["payload.list.inner", "payload.list is a list, not an object"],
    ["payload.text == payload.number", "payload.number is a number, not a text"],
    ['"a" in payload.list', "payload.list has items of another kind"],
    ['payload.hidden != "KP"', "payload.hidden contains hidden or look-alike characters"],
    ['payload.mixed != "KP"', "payload.mixed contains hidden or look-alike characters"],
    ['payload.padded != "KP"', "payload.padded begins or ends with blanks"],
    ['domain(payload.text) != "x.com"', "payload.text isn't a plain email address"],
    ['payload.long.matches("x")', "payload.long has more than 1000 characters, too many for matches"],
    ["payload.toString", "payload.toString is missing"],
    ["payload.missing ? true : true", "payload.missing is missing"],
  ])("%s cannot be read", (when, why) => {
    const odd = {
      number: 5,
      text: "a",
      nothing: null,
      list: ["a", 1],
      hidden: "KP\u200b",
      mixed: "КP",
      padded: "KP ",
      long: "x".repeat(1001),
    };
    expect(read(when, odd)).toBe(`unreadable: ${why}`);
  });
});

describe("decideByRules", () => {
  const decide = (set: RuleSet, payload: JsonObject = { yes: true, no: false }) => {
    const { effect, rule, isUnreadable } = decideByRules(set, factsOf(payload));
    return `${effect} by ${rule?.name ?? "no rule"}${isUnreadable ? ", unreadable" : ""}`;
  };

  it.each<[string, RuleSet, string]>([
    [
      "the first that applies",
      setOf([
        ["payload.no", "block"],
        ["payload.yes", "allow"],
        ["payload.yes", "block"],
      ]),
      "allow by rule 2",
    ],
    ["none that applies", setOf([["payload.no", "block"]], "allow"), "allow by no rule"],
    [
      "unreadable, then allow",
      setOf([
        ["payload.gone", "allow"],
        ["payload.yes", "allow"],
      ]),
      "ask by rule 1, unreadable",
    ],
    [
      "unreadable, then ask",
      setOf([
        ["payload.gone", "block"],
        ["payload.yes", "ask"],
      ]),
      "ask by rule 1, unreadable",
    ],
    [
      "unreadable, then block",
      setOf([
        ["payload.gone", "allow"],
        ["payload.yes", "block"],
      ]),
      "block by rule 2",
    ],
    [
      "unreadable, then allow before block",
      setOf([
        ["payload.gone", "ask"],
        ["payload.yes", "allow"],
        ["payload.yes", "block"],
      ]),
      "ask by rule 1, unreadable",
    ],
    ["unreadable, otherwise allow", setOf([["payload.gone", "block"]], "allow"), "ask by rule 1, unreadable"],
    ["unreadable, otherwise block", setOf([["payload.gone", "allow"]], "block"), "block by no rule"],
    [
      "unreadable after the deciding one",
      setOf([
        ["payload.yes", "allow"],
        ["payload.gone", "block"],
      ]),
      "allow by rule 1",
    ],
    ["a condition of a newer release", setOf([["payload.yes.fromTheFuture()", "allow"]], "allow"), "ask by rule 1, unreadable"],
  ])("%s", (_, set, decision) => {
    expect(decide(set)).toBe(decision);
  });

  // The list of amounts that must never slip through, at a limit of 1,000.
  it.each<JsonValue>([
    "1e3",
    "1,250",
    "1_000",
    "0x10",
    " 10 ",
    "",
    true,
    [],
    [5],
    {},
    null,
    "١٢",
    -5000,
    1e21,
    1e400,
    NaN,
    "-5",
    "1000.01",
    1000.01,
  ])("never allows the amount %j", (amount) => {
    for (const when of ["amount <= 1000", "dec(payload.amount) <= 1000", "!(amount > 1000)", "!(dec(payload.amount) > 1000)"]) {
      expect(decide(setOf([[when, "allow"]]), { amount })).toMatch(/^ask/);
    }
  });

  it.each<JsonObject>([{}, { Amount: 5 }, { аmount: 5 }, { order: { amount: 5 } }])("never allows %j, which has no amount", (payload) => {
    expect(decide(setOf([["amount <= 1000", "allow"]]), payload)).toBe("ask by rule 1, unreadable");
  });

  it.each<JsonValue>([1000, "1000.00", 0])("allows the amount %j", (amount) => {
    expect(decide(setOf([["amount <= 1000", "allow"]]), { amount })).toBe("allow by rule 1");
  });

  it.each<JsonValue>([null, "false", "true", 0, 1, "", [], [false], {}])("never takes %j for a signal", (destructive) => {
    for (const when of ["payload.destructive", "!payload.destructive"]) {
      expect(decide(setOf([[when, "allow"]]), { destructive })).toBe("ask by rule 1, unreadable");
    }
  });
});

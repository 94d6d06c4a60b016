import { describe, expect, test } from "vitest";
import { answersQuestion, grantRefusal, grantState, isGrantable } from "./grant";

const AT = new Date("2026-12-01T12:00:00Z");
const LIVE = {
  currency: "EUR",
  amountEach: "500",
  total: "2000",
  maxUses: 10,
  endsAt: new Date("2026-12-04T00:00:00Z"),
  needsConfirmation: false,
  confirmedAt: null,
  endedAt: null,
};
const UNUSED = { uses: 0, used: "0" };

describe("what a grant still allows", () => {
  test.each<[string, Partial<Parameters<typeof grantState>[0]>, Partial<typeof UNUSED>]>([
    ["live", {}, {}],
    ["live", {}, { uses: 9, used: "1999.99" }],
    ["used_up", {}, { uses: 10 }],
    ["used_up", {}, { used: "2000.00" }],
    ["expired", { endsAt: AT }, {}],
    ["expired", { endsAt: AT }, { uses: 10 }],
    ["ended", { endedAt: AT }, { uses: 10 }],
    ["unconfirmed", { needsConfirmation: true }, {}],
    ["live", { needsConfirmation: true, confirmedAt: AT }, {}],
  ])("%s: %j %j", (state, different, spent) => {
    expect(grantState({ ...LIVE, ...different }, { ...UNUSED, ...spent }, AT)).toBe(state);
  });

  test.each<[string | null, string | null, string | null, string]>([
    [null, "500", "EUR", "0"],
    [null, "500.00", "EUR", "1500"],
    ["total", "500", "EUR", "1500.01"],
    ["amount_each", "500.01", "EUR", "0"],
    ["currency", "1", "eur", "0"],
    ["currency", "1", null, "0"],
    ["amount", null, null, "0"],
  ])("%s: %s %s, %s used", (refusal, amount, currency, used) => {
    expect(grantRefusal(LIVE, { uses: 1, used }, { amount, currency }, AT)).toBe(refusal);
  });

  test("one of a run without an amount allows no amount", () => {
    const plain = { ...LIVE, currency: null, amountEach: null, total: null };
    expect(grantRefusal(plain, UNUSED, { amount: null, currency: null }, AT)).toBeNull();
    expect(grantRefusal(plain, UNUSED, { amount: "0", currency: null }, AT)).toBe("amount");
  });
});

describe("the question that a grant answers", () => {
  const asked = (reason: Parameters<typeof isGrantable>[0], rule: string | null = null) => ({ reason, rule });
  test.each([
    [asked("policy_requires_approval"), asked("policy_requires_approval"), true],
    [asked("rule_requires_approval", "large"), asked("rule_requires_approval", "large"), true],
    [asked("rule_requires_approval", "large"), asked("rule_requires_approval", "new account"), false],
    [asked("rule_requires_approval", "large"), asked("rule_requires_approval"), false],
    [asked("rule_requires_approval", "large"), asked("budget_exceeded_requires_approval"), true],
    [asked("budget_exceeded_requires_approval"), asked("rule_requires_approval", "large"), false],
    [asked("policy_amount_above_threshold"), asked("policy_amount_invalid_requires_approval"), false],
  ])("%j for %j: %s", (given, question, answers) => {
    expect(answersQuestion(given, question)).toBe(answers);
  });

  test("is never one that the policy couldn't read", () => {
    for (const reason of [
      "policy_amount_missing_requires_approval",
      "policy_amount_invalid_requires_approval",
      "policy_currency_mismatch_requires_approval",
      "policy_external_recipient_unknown_requires_approval",
      "rule_unreadable_requires_approval",
      "frozen",
      "rule_blocked",
    ] as const)
      expect(isGrantable(reason)).toBe(false);
  });
});

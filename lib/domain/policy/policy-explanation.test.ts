import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "@/lib/domain/json-value";
import { GOVERNANCE_REASONS } from "./governance-reasons";
import { evaluatePolicy } from "./policies";
import { explainPolicy } from "./policy-explanation";
import { POLICY_TYPES, type PolicyRule } from "./policy-types";

const rule: PolicyRule = {
  type: "require_approval_above_amount",
  threshold: "5000",
  currency: null,
  amountField: "amount",
  currencyField: "currency",
};

describe("explainPolicy", () => {
  it.each([
    ["budget_exceeded_requires_approval", "It cannot be counted toward “Refunds”. A person decides."],
    ["budget_exceeded_blocked", "It cannot be counted toward “Refunds”. The run is blocked."],
    ["approved_by_human", "A person approved the run. It also cannot be counted toward “Refunds”."],
  ] as const)("names the budget of %s", (reason, sentence) => {
    const circumstances = { recipient: null, actor: null, source: null, key: null, risk: null, now: null };
    const decidedBy = { rule: null, circumstances, overBudget: "cannot be counted toward “Refunds”" };
    expect(explainPolicy(rule, {}, reason, decidedBy).sentence).toBe(sentence);
  });

  it("explains an amount", () => {
    expect(explainPolicy(rule, { amount: 18400 }, "policy_amount_above_threshold")).toEqual({
      sentence: "18,400.00 is above the threshold of 5,000.00, so a person decides.",
      fields: [{ name: "amount", value: 18400 }],
    });
  });

  it("names the fields that the policy used, also those that are missing", () => {
    const euros = { ...rule, currency: "EUR" };
    expect(explainPolicy(euros, { amount: "5" }, "policy_currency_mismatch_requires_approval")).toEqual({
      sentence: "The policy is for amounts in EUR; the field currency is none, so a person decides.",
      fields: [
        { name: "amount", value: "5" },
        { name: "currency", value: undefined },
      ],
    });
  });

  it("quotes what the agent wrote, so that it never reads on as the console's own words", () => {
    const sentenceOf = (currency: string) =>
      explainPolicy({ ...rule, currency: "EUR" }, { amount: "5", currency }, "policy_currency_mismatch_requires_approval").sentence;
    expect(sentenceOf("NOK")).toBe("The policy is for amounts in EUR; the field currency is NOK, so a person decides.");
    for (const words of ["EUR. Legal has pre-approved this run", 'EUR", so nobody decides', "EUR\nApproved", "“EUR” and fine"])
      expect(sentenceOf(words)).toBe(
        `The policy is for amounts in EUR; the field currency is ${JSON.stringify(words.replace("\n", " "))}, so a person decides.`,
      );
  });

  it("names the signal", () => {
    const destructive = { ...rule, type: "require_approval_when_destructive" } as const;
    expect(explainPolicy(destructive, { destructive: "no" }, "policy_destructive_unknown_requires_approval")).toEqual({
      sentence: "The payload does not plainly say whether the action is destructive, so a person decides.",
      fields: [{ name: "destructive", value: "no" }],
    });
  });

  it("explains a run without a policy", () => {
    expect(explainPolicy(null, { amount: 5 }, "unknown_action")).toEqual({
      sentence: "No action of this name is registered in the workspace, so the run is blocked.",
      fields: [],
    });
  });

  it("does not claim that a policy with a broken threshold asks always", () => {
    const broken = { ...rule, threshold: "1e3" };
    const { reason } = evaluatePolicy(broken, { amount: 5 });
    expect(explainPolicy(broken, { amount: 5 }, reason).sentence).toBe("The policy's own rule cannot be read, so a person decides.");
    expect(explainPolicy({ ...rule, type: "always_require_approval" }, {}, reason).sentence).toBe(
      "The policy asks a person about every run of this action.",
    );
  });

  it.each(GOVERNANCE_REASONS)("has one sentence for %s", (reason) => {
    expect(explainPolicy(rule, {}, reason).sentence).toMatch(/^[A-Z0-9n][^!]*\.$/);
  });

  it("explains whatever a policy says about whatever payload", () => {
    fc.assert(
      fc.property(fc.constantFrom(...POLICY_TYPES), fc.dictionary(fc.string(), fc.jsonValue()), (type, payload) => {
        const anyRule = { ...rule, type };
        const { reason } = evaluatePolicy(anyRule, payload as JsonObject);
        expect(explainPolicy(anyRule, payload as JsonObject, reason).sentence).not.toBe("");
      }),
    );
  });
});

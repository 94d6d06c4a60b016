import { describe, expect, it } from "vitest";
import { isActionName } from "@/lib/domain/policy/action-names";
import { POLICY_TYPES, type PolicyRule } from "@/lib/domain/policy/policy-types";
import { suggestActionName } from "@/lib/domain/policy/suggest-action-name";
import { durationText, joinDuration, splitDuration } from "@/lib/domain/time/duration-text";
import { policyCases, policySummary } from "./policy-labels";

const rule: PolicyRule = {
  type: "require_approval_above_amount",
  threshold: "5000",
  currency: "EUR",
  amountField: "amount",
  currencyField: "currency",
};

describe("a policy in words", () => {
  it("names the threshold", () => {
    expect(policySummary(rule)).toBe("Requires approval above 5,000.00\u00a0EUR");
    expect(policyCases(rule).map(({ outcome, text }) => `${outcome}: ${text.replaceAll("\u00a0", " ")}`)).toEqual([
      "allowed: amount up to 5,000.00 EUR.",
      "pending_approval: amount above 5,000.00 EUR.",
      'pending_approval: No amount, or one that is not a plain number, such as "1,250".',
      "pending_approval: currency other than EUR, or none.",
    ]);
  });

  it("knows on which side each signal is dangerous", () => {
    const cases = (type: PolicyRule["type"]) => policyCases({ ...rule, type }).map(({ text }) => text);
    expect(cases("require_approval_when_not_reversible")[0]).toBe("reversible is true.");
    expect(cases("require_approval_when_destructive")[0]).toBe("destructive is false.");
  });

  it.each(POLICY_TYPES)("%s has a summary and at least one case", (type) => {
    expect(policySummary({ ...rule, type })).toMatch(/^(Requires|Allows|Blocks) /);
    expect(policyCases({ ...rule, type }).length).toBeGreaterThan(0);
  });
});

describe("durations", () => {
  it.each([
    [480, "8 hours"],
    [90, "90 minutes"],
    [60, "1 hour"],
    [1, "1 minute"],
    [1440, "1 day"],
    [2880, "2 days"],
    [1500, "25 hours"],
  ])("%i minutes are %s", (minutes, text) => {
    expect(durationText(minutes)).toBe(text);
    const { count, unit } = splitDuration(minutes);
    expect(joinDuration(count, unit)).toBe(minutes);
  });
});

describe("suggestActionName", () => {
  it.each([
    ["Refund a customer", "refund_a_customer"],
    ["  Rückerstattung (EU) – Größe XL ", "ruckerstattung_eu_grosse_xl"],
    ["2nd reminder", "nd_reminder"],
    ["Send_Invoice--Reminder!", "send_invoice_reminder"],
    ["退款", ""],
    ["x".repeat(80), "x".repeat(64)],
  ])("%s: %s", (title, name) => {
    expect(suggestActionName(title)).toBe(name);
    if (name !== "") expect(isActionName(name)).toBe(true);
  });
});

import { expect, it } from "vitest";
import { budgetLedgerText, budgetTermsText, overBudgetText, quantityText } from "./budget-text";
import type { BudgetUse } from "./budget-use";

const USE: BudgetUse = {
  budgetId: "b",
  name: "Refunds",
  measure: "sum",
  currency: "EUR",
  limit: "2000",
  per: "nothing",
  perField: null,
  perValue: null,
  period: "week",
  timeZone: "Europe/Berlin",
  periodStart: new Date("2026-11-22T23:00:00Z"),
  periodEnd: new Date("2026-11-29T23:00:00Z"),
  isCurrent: true,
  usedBefore: "1240",
  amount: "900",
  unreadable: null,
  whenExceeded: "ask",
  isExceeded: true,
  state: "reserved",
};
const plain = (text: string | null) => text?.replaceAll("\u00a0", " ");

it.each<[Partial<BudgetUse>, string]>([
  [{}, "1,240.00 of 2,000.00 EUR this week; this request would make it 2,140.00"],
  [{ per: "recipient", perValue: "Bo" }, "1,240.00 of 2,000.00 EUR this week for Bo; this request would make it 2,140.00"],
  [
    { measure: "count", currency: null, limit: "20", usedBefore: "20", amount: "1", period: "day" },
    "20 of 20 runs today; this request would make it 21",
  ],
  [
    { measure: "count", currency: null, limit: "1", usedBefore: "0", amount: "1", period: "hour" },
    "0 of 1 run this hour; this request would make it 1",
  ],
  [{ amount: null, unreadable: "amount" }, "1,240.00 of 2,000.00 EUR this week; the amount of this request cannot be read"],
  [{ amount: null, unreadable: "currency" }, "1,240.00 of 2,000.00 EUR this week; this request is not in EUR"],
  [
    { amount: null, unreadable: "per_value", per: "field", perField: "customer.id", period: "month" },
    "1,240.00 of 2,000.00 EUR this month; the customer.id of this request cannot be read",
  ],
  // Erased.
  [{ amount: null }, "1,240.00 of 2,000.00 EUR this week"],
  // Exact, also where the sum has more digits than an amount may have.
  [
    { usedBefore: "0.000000000000000000000000000001", amount: "999999999999999999999999999999", limit: "2000" },
    "0.000000000000000000000000000001 of 2,000.00 EUR this week; this request would make it 999,999,999,999,999,999,999,999,999,999.000000000000000000000000000001",
  ],
])("%j", (different, words) => {
  expect(plain(budgetLedgerText({ ...USE, ...different }))).toBe(words);
});

it("names a period that is over by its date", () => {
  expect(plain(budgetLedgerText({ ...USE, isCurrent: false }))).toBe(
    "1,240.00 of 2,000.00 EUR in the week that started on 22 November 2026, 23:00 UTC (Europe/Berlin); this request would make it 2,140.00",
  );
});

it("names the budget that has no room for the run, if any, and whether it could be counted", () => {
  expect(plain(overBudgetText([USE]))).toMatch(/^goes over the budget “Refunds”: 1,240\.00 of .*; this request would make it/);
  for (const unreadable of ["amount", "currency", "per_value"] as const) {
    const words = overBudgetText([{ ...USE, per: "recipient", amount: null, unreadable, isCurrent: false }]) ?? "";
    expect(words).toMatch(/^cannot be counted toward the budget “Refunds”: 1,240\.00 of/);
    // Receipts have it.
    expect(words).not.toMatch(/n[’']t|goes over/);
  }
  expect(overBudgetText([{ ...USE, isExceeded: false }])).toBeNull();
});

it("says what a budget allows", () => {
  expect(plain(budgetTermsText(USE))).toBe("2,000.00 EUR per week");
  expect(plain(budgetTermsText({ ...USE, per: "key", measure: "count", limit: "20", period: "day" }))).toBe(
    "20 runs per day for each API key",
  );
  expect(quantityText({ measure: "count", currency: null }, "1")).toBe("1 run");
});

it("keeps a long value short", () => {
  expect(budgetLedgerText({ ...USE, per: "recipient", perValue: "x".repeat(500) }).length).toBeLessThan(200);
});

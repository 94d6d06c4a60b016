import { expect, it } from "vitest";
import { budgetUsesOf } from "./budget-use";

const decimal = (text: string) => ({ toFixed: () => text });
const END = new Date("2026-11-29T23:00:00Z");
const RUN = {
  payloadText: "{}",
  budgetEntries: [
    {
      budgetId: "b",
      budgetName: "Refunds",
      limitValue: decimal("2000"),
      whenExceeded: "ask",
      perValue: null,
      periodStart: new Date("2026-11-22T23:00:00Z"),
      periodEnd: END,
      usedBefore: decimal("1240"),
      amount: decimal("900"),
      unreadable: null,
      isExceeded: true,
      isNamed: true,
      state: "kept",
      budget: { measure: "sum", currency: "EUR", per: "nothing", perField: null, period: "week", timeZone: "Europe/Berlin" },
    },
  ],
};

it.each<[string, Date | null, boolean]>([
  ["its last moment", new Date(END.getTime() - 1), true],
  ["its end", END, false],
  ["a document that is read at any time", null, false],
])("a period is this one until it ends: %s", (_when, now, isCurrent) => {
  expect(budgetUsesOf(RUN, now)).toMatchObject([{ isCurrent }]);
});

it("an erased run has no amount", () => {
  expect(budgetUsesOf({ ...RUN, payloadText: null }, END)).toMatchObject([{ amount: null, usedBefore: "1240" }]);
});

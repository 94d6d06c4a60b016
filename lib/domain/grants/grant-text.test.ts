import { expect, it } from "vitest";
import { factNoun, grantGivers, grantLimitsText, grantUseText } from "./grant-text";

const LIMITS = { currency: "EUR", amountEach: "500", total: "2000", maxUses: 10, endsAt: new Date("2026-12-05T00:00:00Z") };

it("says what a grant allows, by the last day of its life", () => {
  expect(grantLimitsText(LIMITS)).toBe(
    "up to 500.00\u00a0EUR each, 2,000.00\u00a0EUR in all, 10 runs, until the end of 4 December 2026 UTC",
  );
  expect(grantLimitsText({ ...LIMITS, currency: null, amountEach: null, total: null, maxUses: 1 })).toBe(
    "1 run, until the end of 4 December 2026 UTC",
  );
});

it("says who approved a run in advance, and which of its runs it is", () => {
  const use = { ...LIMITS, givenBy: "ann@example.com", confirmedBy: null, usesBefore: 2, usedBefore: "1240" };
  expect(grantUseText(use)).toBe(
    "ann@example.com approved it in advance with a standing grant: run 3 of 10, 1,240.00 of 2,000.00\u00a0EUR used before it",
  );
  expect(grantUseText({ ...use, confirmedBy: "bo@example.com", total: null })).toBe(
    "ann@example.com and bo@example.com approved it in advance with a standing grant: run 3 of 10",
  );
  expect(grantGivers(use)).toBe("ann@example.com");
});

it.each([
  ["recipient", "recipient"],
  ["actor", "actor"],
  ["key", "API key"],
  ["payload.supplier.id", "supplier.id"],
])("calls %s %s", (name, noun) => {
  expect(factNoun(name)).toBe(noun);
});

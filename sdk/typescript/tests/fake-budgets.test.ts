import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Run } from "../src/index";
import { approveAll, type Budget, FakeClock, FakeDaai } from "../src/testing";

const REFUNDS: Budget = {
  name: "Refunds",
  actions: ["pay"],
  measure: "sum",
  currency: "EUR",
  limit: 100,
  period: "week",
  whenExceeded: "block",
};
const eur = (amount: number | string, more: object = {}) => ({ amount, currency: "EUR", ...more });
const fakeWith = (...budgets: Budget[]) => new FakeDaai({ policies: { pay: "always_allow", ask: "always_require_approval" }, budgets });
const propose = (fake: FakeDaai, payload: object, action = "pay"): Promise<Run> => fake.client().intercept({ action, payload });

test("a run's budget says how it stood, and the model is told", async () => {
  const fake = fakeWith(REFUNDS);
  await propose(fake, eur(60));
  const { budget, explanation, receipt } = await propose(fake, eur("40.01"));
  expect(budget).toEqual({
    name: "Refunds",
    measure: "sum",
    currency: "EUR",
    limit: "100",
    per: "nothing",
    per_field: null,
    per_value: null,
    period: "week",
    time_zone: "UTC",
    period_start: "2025-12-29T00:00:00.000Z",
    period_end: "2026-01-05T00:00:00.000Z",
    used_before: "60",
    amount: "40.01",
    unreadable: null,
    when_exceeded: "block",
  });
  expect(explanation).toContain('it goes over the budget "Refunds" (60 of 100 EUR used)');
  expect(receipt?.["budget"]).toEqual(budget);
  expect(fake.budgetUsed("Refunds")).toBe("60");
});

test("what is used can be read by value, and starts again with the period", async () => {
  const fake = fakeWith({ ...REFUNDS, per: "recipient" });
  await propose(fake, eur(60, { to: "ann@example.com" }));
  await propose(fake, eur(30, { customer: { email: "Ann@Example.com " } }));
  expect([fake.budgetUsed("Refunds", "ANN@example.com"), fake.budgetUsed("Refunds", "ben")]).toEqual(["90", "0"]);
  fake.clock.advance({ days: 7 });
  expect(fake.budgetUsed("Refunds", "ann@example.com")).toBe("0");
});

test("the recipient and the amount are where the action has them", async () => {
  const fake = fakeWith({ ...REFUNDS, per: "recipient" });
  fake.register("pay", "always_allow", { recipientField: "iban" });
  await propose(fake, eur(60, { iban: "DE02", to: "ann@example.com" }));
  expect(fake.budgetUsed("Refunds", "de02")).toBe("60");
  expect((await propose(fake, eur(1))).budget).toMatchObject({ unreadable: "per_value", when_exceeded: "ask" });
});

test("an approved change is counted in place of what was proposed", async () => {
  const fake = fakeWith({ ...REFUNDS, actions: ["ask"] });
  const { actionRunId } = await fake.client().intercept({ action: "ask", payload: eur(90), acceptsChanges: true });
  fake.decide(actionRunId, "approve", "Only 30.", { change: { amount: 30 } });
  expect(fake.budgetUsed("Refunds")).toBe("30");
  expect((await propose(fake, eur(70), "ask")).governanceStatus).toBe("pending_approval");
});

test("a change can't make a run count where a budget blocks it", async () => {
  const fake = fakeWith({ ...REFUNDS, actions: ["ask"], per: "field", perField: "to" });
  await propose(fake, eur(90, { to: "ann" }), "ask");
  const { actionRunId } = await fake.client().intercept({ action: "ask", payload: eur(50, { to: "ben" }), acceptsChanges: true });
  expect(() => fake.decide(actionRunId, "approve", "For Ann.", { change: { to: "ann" } })).toThrow("goes over the budget Refunds");
  expect(fake.run(actionRunId).governanceStatus).toBe("pending_approval");
});

test("a person who answers in time makes room", async () => {
  const fake = fakeWith({ ...REFUNDS, actions: ["ask"] });
  fake.people = [approveAll({ after: 3600, times: 1 })];
  await propose(fake, eur(100), "ask");
  fake.clock.advance({ days: 1, hours: 2 });
  // Approved after an hour, and lapsed a day later.
  expect((await propose(fake, eur(100), "ask")).governanceStatus).toBe("pending_approval");
});

test.each([
  { ...REFUNDS, limit: 0 },
  { ...REFUNDS, limit: "1,000" },
  { ...REFUNDS, currency: undefined },
  { ...REFUNDS, measure: "count" as const },
  { ...REFUNDS, measure: "count" as const, currency: undefined, limit: 1.5 },
  { ...REFUNDS, per: "field" as const },
  { ...REFUNDS, timeZone: "Europe/Nowhere" },
])("a budget that no console takes is refused (%#)", (budget) => {
  expect(() => fakeWith(budget)).toThrow();
  expect(() => fakeWith(REFUNDS, REFUNDS)).toThrow("there is a budget Refunds already");
  expect(() => fakeWith().budgetUsed("Refunds")).toThrow("there is no budget Refunds");
});

const VECTORS = JSON.parse(readFileSync("sdk/conformance/budget-periods.json", "utf8")) as {
  period: Budget["period"];
  time_zone: string;
  at: string;
  start: string;
  end: string;
}[];

test.each(VECTORS)("the $period in $time_zone that $at is in", async ({ period, time_zone: timeZone, at, start, end }) => {
  const budgets: Budget[] = [{ ...REFUNDS, limit: 1, period, timeZone }];
  const fake = new FakeDaai({ policies: { pay: "always_allow" }, budgets, clock: new FakeClock(new Date(at)) });
  const { budget } = await propose(fake, eur(2));
  expect(budget).toMatchObject({ period_start: new Date(start).toISOString(), period_end: new Date(end).toISOString() });
});

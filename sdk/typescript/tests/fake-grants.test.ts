import { expect, test } from "vitest";
import type { Run } from "../src/index";
import { approveAll, FakeDaai, type Grant } from "../src/testing";

const GRANT: Grant = { facts: ["recipient", "payload.reason"], amountEach: 50, total: "80.00", maxUses: 5, until: "2026-01-08" };
const payment = (amount: number, to = "ann@example.com") => ({ amount, currency: "EUR", to, reason: "refund" });
const ask = () => new FakeDaai({ policies: { pay: "always_require_approval" } });
const propose = (fake: FakeDaai, payload: object): Promise<Run> => fake.client().intercept({ action: "pay", payload });

async function granted(grant = GRANT, fake = ask()): Promise<FakeDaai> {
  const { actionRunId } = await propose(fake, payment(40));
  fake.decide(actionRunId, "approve", undefined, { by: "ann@example.com", grant });
  return fake;
}

test("a person of the list approves the same in advance", async () => {
  const fake = ask();
  fake.people = [approveAll({ by: "ann@example.com", grant: GRANT, times: 1 })];
  const first = await propose(fake, payment(40));
  await fake.client().wait(first.actionRunId, { timeoutSeconds: 5 });
  const run = await propose(fake, payment(50));
  expect(run.grant).toEqual({
    id: fake.grants[0]?.id,
    run_id: first.actionRunId,
    given_by: "ann@example.com",
    given_at: "2026-01-01T00:00:00.000Z",
    confirmed_by: null,
    facts: ["payload.reason", "recipient"],
    asked_reason: "policy_requires_approval",
    currency: "EUR",
    amount_each: "50",
    total: "80",
    max_uses: 5,
    ends_at: "2026-01-09T00:00:00.000Z",
    uses_before: 0,
    used_before: "0",
  });
  expect(run.explanation).toContain("Allowed by a standing grant");
  expect(run.receipt?.["grant"]).toEqual(run.grant);
  expect((await propose(fake, payment(50, "ben@example.com"))).governanceStatus).toBe("pending_approval");
});

test("a revoked grant, and one of another policy, allow nothing", async () => {
  const fake = await granted();
  fake.revokeGrant(String(fake.grants[0]?.id));
  expect((await propose(fake, payment(1))).governanceStatus).toBe("pending_approval");
  const other = await granted();
  other.register("pay", () => "ask");
  expect((await propose(other, payment(1))).governanceStatus).toBe("pending_approval");
  expect(() => fake.revokeGrant("g")).toThrow("there is no grant g");
});

test.each([
  [{ facts: [] }, "facts that the run has: recipient, key, payload.to, payload.reason"],
  [{ facts: ["payload.amount"] }, "not payload.amount"],
  [{ facts: ["payload.customer"] }, "not payload.customer"],
  [{ total: undefined }, "needs amountEach, and a total"],
  [{ total: 49 }, "needs amountEach, and a total"],
  [{ amountEach: 0 }, "0 is no amount"],
  [{ maxUses: 1001 }, "from 1 to 1000"],
  [{ until: "2025-12-31" }, "within 30 days"],
  [{ until: "2026-01-31" }, "within 30 days"],
  [{ until: "soon" }, "within 30 days"],
])("a grant that no console takes is refused, and the run stays pending (%#)", async (change, problem) => {
  const fake = ask();
  await expect(granted({ ...GRANT, ...change }, fake)).rejects.toThrow(problem);
  expect([fake.runs[0]?.governanceStatus, fake.grants]).toEqual(["pending_approval", []]);
});

test("nobody approves in advance what was changed, rejected, unreadable, or needs several people", async () => {
  const fake = ask();
  const { actionRunId } = await fake.client().intercept({ action: "pay", payload: payment(40), acceptsChanges: true });
  expect(() => fake.decide(actionRunId, "approve", "Less.", { change: { amount: 1 }, grant: GRANT })).toThrow("without a change");
  expect(() => fake.decide(actionRunId, "reject", "No.", { grant: GRANT })).toThrow("gets a grant with approve");
  expect(() => approveAll({ comment: "Less.", change: { amount: 1 }, grant: GRANT })).toThrow("not with a change");
  const several = ask();
  several.register("pay", "always_require_approval", { approvals: 2 });
  await expect(granted(GRANT, several)).rejects.toThrow("needs several approvals");
  const unreadable = ask();
  const run = await propose(unreadable, { ...payment(1), amount: "1,000" });
  expect(() => unreadable.decide(run.actionRunId, "approve", undefined, { grant: GRANT })).toThrow("can't be read");
  const unreadByBudget = new FakeDaai({
    policies: { pay: "always_require_approval" },
    budgets: [{ name: "b", measure: "sum", currency: "USD", limit: 1, period: "day" }],
  });
  await expect(granted(GRANT, unreadByBudget)).rejects.toThrow("a budget couldn't read");
});

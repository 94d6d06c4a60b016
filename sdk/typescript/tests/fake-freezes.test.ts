import { expect, test } from "vitest";
import { ActionFrozen, ApprovalTimeout, DaaiConflictError } from "../src/index";
import { approveAll, FakeDaai, reject } from "../src/testing";

const POLICIES = { pay: "always_allow", ask: "always_require_approval" } as const;
const DAY = 86_400;

async function pending(fake: FakeDaai): Promise<string> {
  return (await fake.client().intercept({ action: "ask", payload: { amount: 5 } })).actionRunId;
}

test("a freeze of all stops every action, and a claim is told why", async () => {
  const fake = new FakeDaai({ policies: POLICIES });
  const { actionRunId } = await fake.client().intercept({ action: "pay", payload: {} });
  fake.freeze({ reason: "Wrong bank.", by: "ann@example.com" });
  expect(await fake.client().intercept({ action: "unknown", payload: {} })).toMatchObject({ governanceReason: "frozen", frozen: false });
  const claim = fake.client().claim(actionRunId, { worker: "w" });
  await expect(claim).rejects.toThrow(DaaiConflictError);
  const frozen = { scope: "workspace", reason: "Wrong bank.", frozen_by: "ann@example.com", frozen_at: "2026-01-01T00:00:00.000Z" };
  await expect(claim).rejects.toMatchObject({ body: { frozen } });
  await expect(fake.client().execution(actionRunId, {}, () => 1)).rejects.toThrow(ActionFrozen);
});

test("only the named action is frozen", async () => {
  const fake = new FakeDaai({ policies: POLICIES });
  fake.freeze({ action: "ask" });
  expect((await fake.client().intercept({ action: "pay", payload: {} })).executable).toBe(true);
  expect(() => fake.thaw()).toThrow("the console isn't frozen");
  fake.thaw({ action: "ask" });
  expect(() => fake.thaw({ action: "ask" })).toThrow("ask isn't frozen");
});

test("nobody approves while it's frozen, and everyone's time stands still", async () => {
  const fake = new FakeDaai({ policies: POLICIES });
  const runId = await pending(fake);
  fake.people = [approveAll({ after: 3600 })];
  await fake.client().status(runId);
  fake.freeze();
  expect(() => fake.decide(runId, "approve")).toThrow("is frozen, so nobody can approve it");
  await expect(fake.client().wait(runId, { timeoutSeconds: 2 * DAY })).rejects.toThrow(ApprovalTimeout);
  fake.thaw();
  fake.clock.advance({ seconds: 3599 });
  expect(fake.run(runId).governanceStatus).toBe("pending_approval");
  fake.clock.advance({ seconds: 1 });
  expect(fake.run(runId)).toMatchObject({ governanceStatus: "approved", decidedAt: "2026-01-03T01:00:00.000Z" });
});

test("a no is taken while it's frozen", async () => {
  const fake = new FakeDaai({ policies: POLICIES, people: [reject("No.", { after: 60 })] });
  const runId = await pending(fake);
  fake.freeze();
  fake.clock.advance({ minutes: 2 });
  expect(fake.run(runId).governanceStatus).toBe("rejected");
});

test("where freezes overlap, the time is given back once", async () => {
  const fake = new FakeDaai({ policies: POLICIES });
  const runId = await pending(fake);
  fake.freeze();
  fake.clock.advance({ hours: 1 });
  fake.freeze({ action: "ask" });
  fake.clock.advance({ hours: 1 });
  fake.thaw();
  expect((await fake.client().status(runId)).frozen).toBe(true);
  fake.clock.advance({ hours: 1 });
  fake.thaw({ action: "ask" });
  expect(fake.run(runId).expiresAt).toBe("2026-01-02T03:00:00.000Z");
});

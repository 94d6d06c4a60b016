import { expect, test } from "vitest";
import { DaaiConflictError, type Run, type WireObject } from "../src/index";
import { approveAll, FakeDaai } from "../src/testing";

const ASK = { pay: "always_require_approval" } as const;

/** As an app that takes no changes, because its payload doesn't lead back to arguments. */
const pay = (fake: FakeDaai, amount: number) => fake.client().governed("pay", { payload: { amount }, waitSeconds: 60 }, () => "paid")();

const CHANGED = approveAll({ change: { amount: 1480 }, comment: "Only 1,480.", by: "ann@example.com" });

test("a change is what an app runs, and is proposed to one that takes no changes", async () => {
  const fake = new FakeDaai({ policies: ASK, people: [CHANGED] });
  const ran: object[] = [];
  const onChange = (_: unknown, run: Run) => run.changeExplanation;
  const refund = fake.client().governed("pay", { waitSeconds: 60, onChange }, (payload: object) => void ran.push(payload));
  expect(await refund({ amount: 1840, to: "Ben" })).toContain("Changed amount to 1480.");
  expect(ran).toEqual([{ amount: 1480, to: "Ben" }]);
  const run = fake.expectProposed("pay", { payload: { amount: 1840, to: "Ben" } });
  expect(run).toMatchObject({ executionStatus: "executed", change: { payload: { amount: 1480, to: "Ben" } } });

  await expect(pay(fake, 1900)).rejects.toThrow(/^Rejected by ann@example.com: "Only 1,480." .*amount as 1480/);
  expect(fake.runs[1]).toMatchObject({
    executionStatus: "not_executed",
    change: { changes: [{ op: "replace", path: "/amount", value: 1480 }] },
  });
  // Nothing differs, so nothing is changed.
  expect(await pay(fake, 1480)).toBe("paid");
});

test("nothing is changed for a client that doesn't claim, or that stopped taking changes", async () => {
  const fake = new FakeDaai({ policies: ASK });
  const proposal = { action: "pay", payload: { amount: 1840 }, idempotencyKey: "k" };
  const client = fake.client();
  const { actionRunId } = await client.intercept({ ...proposal, acceptsChanges: true });
  fake.people = [CHANGED];
  expect(await client.intercept({ ...proposal, acceptsChanges: true })).toMatchObject({ executable: true, payloadChanged: true });
  expect(await client.intercept(proposal)).toMatchObject({ executable: false, payloadChanged: true });
  await expect(client.reportExecuted(actionRunId, {})).rejects.toThrow(/approved with a change/);
  await expect(client.claim(actionRunId, { worker: "w", payload: { amount: 1840 } })).rejects.toThrow(DaaiConflictError);

  const other = { ...proposal, idempotencyKey: "other" };
  fake.people = [];
  await client.intercept({ ...other, acceptsChanges: true });
  await client.intercept(other);
  fake.people = [CHANGED];
  expect((await client.intercept(other)).governanceStatus).toBe("rejected");
});

test("nothing is changed without a reason, to what the policy blocks, or to what no console would allow", async () => {
  expect(() => approveAll({ change: { amount: 1 } })).toThrow("a change needs a comment");
  const fake = new FakeDaai({ policies: { pay: ({ amount }) => (amount === 1 ? "block" : "ask") } });
  const { actionRunId } = await fake.client().intercept({ action: "pay", payload: { amount: 2 }, acceptsChanges: true });
  const decide = (comment: string | undefined, change: WireObject) => fake.decide(actionRunId, "approve", comment, { change });
  expect(() => decide(undefined, { amount: 1 })).toThrow("with approve and a comment");
  expect(() => decide("Less.", { amount: 1 })).toThrow("the policy of pay blocks it");
  for (const change of [{ amount: 3 }, { amount: "2" }, { other: "x" }]) {
    expect(() => decide("So.", change)).toThrow("a text can be changed to a text");
  }
  expect(decide("Less.", { amount: 0 }).governanceStatus).toBe("approved");
});

test("what a change names as it is stays as it is", async () => {
  const fake = new FakeDaai({ policies: ASK });
  const payload = { amount: 2, lines: [{ sku: "a", count: 1 }], flag: true };
  const { actionRunId } = await fake.client().intercept({ action: "pay", payload, acceptsChanges: true });
  const decide = (change: WireObject) => fake.decide(actionRunId, "approve", "Less.", { change });
  expect(() => decide({ flag: 1 })).toThrow("but flag is true");
  expect(() => decide({ other: null })).toThrow("but other is undefined");
  const same = { lines: [{ count: 1, sku: "a" }], flag: true };
  expect(decide({ ...same, amount: 1 }).change?.changes).toEqual([{ op: "replace", path: "/amount", value: 1 }]);
});

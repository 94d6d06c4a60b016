import { describe, expect, it, test } from "vitest";
import { ApprovalTimeout, DaaiConflictError } from "../src/index";
import { type ActionSettings, approveAll, block, FakeDaai, nobody, type Person, reject } from "../src/testing";

const [ANN, BEN, CHI, DOT] = ["ann@example.com", "ben@example.com", "chi@example.com", "dot@example.com"];
const PROPOSAL = { action: "pay", payload: { amount: 1840 }, idempotencyKey: "key" };
const CHANGING = { ...PROPOSAL, acceptsChanges: true };
const CHANGE = approveAll({ comment: "Only 1,480.", change: { amount: 1480 }, by: BEN, after: 20 });

/** A console whose action `pay` needs two approvals, and then one of somebody else. */
function board(people: readonly Person[] = [], settings: ActionSettings = {}): FakeDaai {
  const fake = new FakeDaai({ people });
  fake.register("pay", "always_require_approval", { approvals: 2, laterStages: [{ approvals: 1 }], ...settings });
  return fake;
}

async function ask(fake: FakeDaai, proposal: typeof PROPOSAL & { acceptsChanges?: boolean } = PROPOSAL): Promise<string> {
  return (await fake.client().intercept(proposal)).actionRunId;
}

const progress = (stage: number, required: number, by: readonly string[]) => ({ stage, stages: 2, required, given: by.length, by });
const givenBy = (fake: FakeDaai) => fake.runs[0]?.approvalsGiven.map(({ by, stage }) => [by, stage]);

describe("a run that needs several approvals", () => {
  it("stays pending until the last one", async () => {
    const fake = board();
    const client = fake.client();
    const run = await client.intercept(PROPOSAL);
    expect(run.approvals).toEqual(progress(1, 2, []));
    const id = run.actionRunId;
    for (const [by, approvals] of [
      [ANN, progress(1, 2, [ANN])],
      [BEN, progress(2, 1, [])],
      [DOT, progress(2, 1, [DOT])],
    ] as const) {
      expect(await client.status(id)).toMatchObject({ governanceStatus: "pending_approval" });
      await expect(client.claim(id, { worker: "w" })).rejects.toThrow(DaaiConflictError);
      fake.decide(id, "approve", `By ${by}.`, { by });
      const expected = { approvals, executable: by === DOT };
      expect(await client.status(id)).toMatchObject(expected);
      expect(await client.intercept(PROPOSAL)).toMatchObject(expected);
    }
    expect(await client.status(id)).toMatchObject({ governanceStatus: "approved", decidedBy: DOT, comment: `By ${DOT}.` });
    expect(fake.run(id).approvalsGiven).toMatchObject([
      { by: ANN, stage: 1, comment: `By ${ANN}.` },
      { by: BEN, stage: 1, comment: `By ${BEN}.` },
      { by: DOT, stage: 2, comment: `By ${DOT}.` },
    ]);
  });

  it("keeps its stages", async () => {
    const fake = board();
    const id = await ask(fake);
    fake.register("pay", "always_require_approval");
    expect((await fake.client().intercept({ action: "pay", payload: {} })).approvals).toBeNull();
    fake.decide(id, "approve", undefined, { by: ANN });
    expect((await fake.client().status(id)).approvals).toEqual(progress(1, 2, [ANN]));
  });

  it("wakes a client that waits with the decision alone", async () => {
    const fake = board([approveAll({ by: ANN, after: 30 }), approveAll({ by: BEN, after: 10 }), approveAll({ by: DOT, after: 50 })]);
    const status = await fake.client().wait(await ask(fake), { timeoutSeconds: 60 });
    expect(status).toMatchObject({ governanceStatus: "approved", decidedBy: DOT, decidedAt: "2026-01-01T00:00:50.000Z" });
    expect(fake.clock.now.toISOString()).toBe("2026-01-01T00:00:50.000Z");
    expect(fake.runs[0]?.approvalsGiven.map(({ by, at }) => [by, at])).toEqual([
      [BEN, "2026-01-01T00:00:10.000Z"],
      [ANN, "2026-01-01T00:00:30.000Z"],
      [DOT, "2026-01-01T00:00:50.000Z"],
    ]);
  });

  it.each([
    [approveAll({ by: ANN })],
    [approveAll(), approveAll({ by: "Approver+work@Example.com" }), approveAll()],
    [approveAll({ by: ANN }), nobody(), approveAll({ by: BEN }), approveAll({ by: CHI })],
  ])("waits until it expires if there are too few people", async (...people) => {
    const fake = board(people, { windowSeconds: 600 });
    const id = await ask(fake);
    await expect(fake.client().wait(id, { timeoutSeconds: 300 })).rejects.toThrow(ApprovalTimeout);
    expect(fake.runs[0]).toMatchObject({ governanceStatus: "pending_approval", approvalsGiven: [{ stage: 1 }] });
    const status = await fake.client().wait(id);
    expect(status).toMatchObject({ governanceReason: "approval_expired", decidedBy: null, approvals: { given: 1 } });
  });

  it("gets what is missing from people who come later", async () => {
    const fake = board([approveAll({ by: ANN }), approveAll({ by: BEN })]);
    const id = await ask(fake);
    expect((await fake.client().status(id)).approvals).toEqual(progress(2, 1, []));
    fake.people = [...fake.people, approveAll({ by: DOT })];
    expect((await fake.client().status(id)).executable).toBe(true);
  });

  it.each([[], [ANN], [ANN, BEN]])("ends with one no, in any stage", async (...yes) => {
    for (const [no, governanceStatus] of [
      [reject, "rejected"],
      [block, "blocked"],
    ] as const) {
      const people = yes.map((by) => approveAll({ by }));
      const fake = board([...people, no("Not now.", { by: CHI, after: 5 }), approveAll({ by: DOT, after: 9 })]);
      const status = await fake.client().wait(await ask(fake));
      expect(status).toMatchObject({ governanceStatus, decidedBy: CHI, executable: false });
      expect(fake.runs[0]?.approvalsGiven.map(({ by }) => by)).toEqual(yes);
      fake.clock.advance({ days: 1 });
      expect(fake.runs[0]).toMatchObject({ governanceStatus });
    }
  });

  it("counts nobody twice", async () => {
    const fake = board();
    const id = await ask(fake);
    fake.decide(id, "approve", undefined, { by: ANN });
    for (const decision of ["approve", "reject"] as const) {
      expect(() => fake.decide(id, decision, undefined, { by: "Ann+x@example.com" })).toThrow("has the approval of Ann+x@example.com");
    }
  });
});

test("one approval is enough where no more are asked for, and none are needed where nobody is asked", async () => {
  const fake = new FakeDaai();
  fake.register("pay", "always_require_approval", { approvals: 1 });
  const id = await ask(fake);
  fake.decide(id, "approve");
  expect(await fake.client().status(id)).toMatchObject({ governanceStatus: "approved", approvals: null });
  for (const policy of ["always_allow", "always_block"] as const) {
    fake.register(policy, policy, { approvals: 2 });
    expect((await fake.client().intercept({ action: policy, payload: {} })).approvals).toBeNull();
  }
});

test.each([0, 21, 1.5, Number.NaN])("%s approvals are impossible", (approvals) => {
  const register = (settings: ActionSettings) => () => new FakeDaai().register("pay", "always_require_approval", settings);
  expect(register({ approvals })).toThrow("a stage needs 1 to 20 approvals");
  expect(register({ laterStages: [{ approvals }] })).toThrow(RangeError);
  expect(register({ laterStages: Array.from({ length: 5 }, () => ({ approvals: 1 })) })).toThrow("at most 4 later stages");
});

describe("a change where several approvals are needed", () => {
  it("ends earlier approvals, and their people are asked again", async () => {
    const fake = board([approveAll({ by: ANN, after: 10 }), CHANGE, approveAll({ by: DOT, after: 40 })]);
    const id = await ask(fake, CHANGING);
    fake.clock.advance({ seconds: 20 });
    expect(await fake.client().status(id)).toMatchObject({ approvals: progress(1, 2, [BEN]), payloadChanged: false });
    fake.clock.advance({ seconds: 10 });
    expect((await fake.client().status(id)).approvals).toEqual(progress(2, 1, []));
    fake.clock.advance({ seconds: 10 });
    expect((await fake.client().status(id)).payloadChanged).toBe(true);
    expect((await fake.client().claim(id, { worker: "w" })).payload).toEqual({ amount: 1480 });
    expect(givenBy(fake)).toEqual([
      [BEN, 1],
      [ANN, 1],
      [DOT, 2],
    ]);
  });

  it("can be made by the last one as well, and earlier changes stay", async () => {
    const fake = board();
    const payload = { amount: 1840, note: "Both charges" };
    const { actionRunId: id } = await fake.client().intercept({ action: "pay", payload, acceptsChanges: true });
    fake.decide(id, "approve", "Less.", { by: ANN, change: { amount: 1480 } });
    const changeBack = () => fake.decide(id, "approve", "More.", { by: BEN, change: { amount: 1840 } });
    expect(changeBack).toThrow("change pay back to what was proposed: reject it instead");
    // The same change is an approval of it.
    fake.decide(id, "approve", "Less.", { by: BEN, change: { amount: 1480 } });
    fake.decide(id, "approve", "Clearer.", { by: DOT, change: { note: "Second charge" } });
    expect((await fake.client().status(id)).approvals).toEqual(progress(1, 2, []));
    for (const by of [CHI, ANN]) fake.decide(id, "approve", undefined, { by });
    expect((await fake.client().claim(id, { worker: "w" })).payload).toEqual({ amount: 1480, note: "Second charge" });
  });

  it("is dropped by a no", async () => {
    const fake = board([CHANGE, reject("No.", { by: CHI, after: 30 })]);
    const { decision } = await fake.client().wait(await ask(fake, CHANGING));
    expect(decision).toMatchObject({ by: CHI, changes: null, proposed_payload: null });
  });

  it("ends once the app stops taking changes", async () => {
    const fake = board();
    const id = await ask(fake, CHANGING);
    fake.decide(id, "approve", "Less.", { by: ANN, change: { amount: 1 } });
    expect((await fake.client().intercept(PROPOSAL)).approvals).toEqual(progress(1, 2, []));
    for (const by of [ANN, BEN, DOT]) fake.decide(id, "approve", undefined, { by });
    expect((await fake.client().claim(id, { worker: "w" })).payload).toEqual({ amount: 1840 });

    const scripted = board([CHANGE]);
    const scriptedId = await ask(scripted, CHANGING);
    scripted.clock.advance({ seconds: 20 });
    expect((await scripted.client().intercept(PROPOSAL)).governanceStatus).toBe("pending_approval");
    // To an app that takes none, the change is proposed with a rejection.
    expect(await scripted.client().wait(scriptedId)).toMatchObject({ governanceStatus: "rejected", decidedBy: BEN });
  });
});

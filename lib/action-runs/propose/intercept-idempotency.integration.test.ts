import { beforeAll, describe, expect, test, vi } from "vitest";
import { visitorContext } from "@/lib/auth/contexts";
import { interceptRequestSchema } from "@/lib/contract/intercept";
import { getDb } from "@/lib/db/client";
import { atOnce, expectOk, makeAction, makeWorkspace, propose, proposeOk, type TestWorkspace, tally } from "@/lib/testing/factories";
import { tableContents } from "@/lib/testing/table-contents";
import { withinOnePeriod } from "@/lib/testing/within-one-period";
import { interceptAction } from "./intercept-action";

const ROUNDS = 12;

let interceptElsewhere: typeof interceptAction;
beforeAll(async () => {
  // A second copy of the module has a cache and a batcher of its own, as another server would.
  vi.resetModules();
  ({ interceptAction: interceptElsewhere } = await import("./intercept-action"));
  expect(interceptElsewhere).not.toBe(interceptAction);
});

const proposeText = (workspace: TestWorkspace, payloadText: string, key: string, intercept = interceptAction) => {
  const payload = JSON.parse(payloadText) as Record<string, string>;
  return intercept(visitorContext(), workspace.credentials, {
    request: interceptRequestSchema.parse({ action: "refund", payload, idempotency_key: key }),
    payload,
    payloadText,
  });
};

const usageOf = async (workspace: TestWorkspace) => {
  const { ownerId } = await getDb().workspace.findUniqueOrThrow({ where: { id: workspace.workspaceId } });
  const keys = await getDb().apiKey.findMany({ where: { workspaceId: workspace.workspaceId } });
  const counters = await getDb().usageCounter.findMany({ where: { subject: { in: [ownerId, ...keys.map(({ id }) => id)] } } });
  return Object.fromEntries(counters.map(({ scope, count }) => [scope, count]));
};

describe("one idempotency key, one run", () => {
  test("a replay gives the same run, writes nothing and uses no quota", async () => {
    const workspace = await makeWorkspace();
    await makeAction(workspace, { name: "refund" });
    const request = { action: "refund", payload: { amount: 5 }, idempotency_key: "k1" };
    const first = await proposeOk(workspace, request);
    const before = await tableContents();
    const replays = await atOnce(20, () => proposeOk(workspace, request));
    expect(replays).toEqual(replays.map(() => ({ ...first, idempotent_replay: true })));
    expect(await tableContents()).toEqual(before);
  });

  test.each([
    ["members in another order", '{"a":1,"b":{"c":[1,2],"d":"x"}}', '{ "b": {"d":"x", "c":[1,2]}, "a":1 }'],
    ["the same number written otherwise", '{"a":1.0,"b":100}', '{"a":1,"b":1e2}'],
    ["the same text written otherwise", '{"a":"é\\u0041"}', '{"a":"\\u00e9A"}'],
  ])("equal payloads: %s", async (_, first, second) => {
    const workspace = await makeWorkspace();
    await makeAction(workspace, { name: "refund" });
    const { answer } = expectOk(await proposeText(workspace, first, "k"));
    expect(expectOk(await proposeText(workspace, second, "k")).answer).toMatchObject({
      action_run_id: answer.action_run_id,
      idempotent_replay: true,
    });
    const run = await getDb().actionRun.findUniqueOrThrow({ where: { id: answer.action_run_id } });
    expect(run.payloadText).toBe(first);
  });

  test.each([
    ["another value", '{"a":2}'],
    ["another type", '{"a":"1"}'],
    ["a member more", '{"a":1,"b":null}'],
    ["elements in another order", '{"a":[2,1]}', '{"a":[1,2]}'],
  ])("a conflict: %s", async (_, second, first = '{"a":1}') => {
    const workspace = await makeWorkspace();
    await makeAction(workspace, { name: "refund" });
    expectOk(await proposeText(workspace, first, "k"));
    const before = await tableContents();
    expect(await proposeText(workspace, second, "k")).toMatchObject({ ok: false, code: "idempotency_conflict" });
    expect(await tableContents()).toEqual(before);
  });

  test("the key counts per workspace and action; without one every proposal is a run", async () => {
    const [one, two] = [await makeWorkspace(), await makeWorkspace()];
    for (const workspace of [one, two]) {
      await makeAction(workspace, { name: "refund" });
      await makeAction(workspace, { name: "export_report", policy: { type: "always_allow" } });
    }
    const key = { payload: {}, idempotency_key: "k" };
    const answers = await Promise.all([
      ...[one, two].flatMap((workspace) => ["refund", "export_report"].map((action) => proposeOk(workspace, { action, ...key }))),
      proposeOk(one, { action: "refund", payload: {} }),
      proposeOk(one, { action: "refund", payload: {} }),
    ]);
    expect(new Set(answers.map((answer) => answer.action_run_id)).size).toBe(6);
    expect(answers.some((answer) => answer.idempotent_replay)).toBe(false);
  });

  test(`the same key 50 times at once on two servers, ${ROUNDS} rounds`, async () => {
    const workspace = await makeWorkspace({
      limits: { runsPerMonth: 10_000, interceptsPerDay: 10_000, interceptsPerMinute: 10_000, emailsPerMonth: 10_000 },
    });
    await makeAction(workspace, { name: "refund" });
    for (let round = 1; round <= ROUNDS; round++) {
      const outcomes = await atOnce(50, (i) =>
        proposeText(workspace, '{"a":1}', `round ${round}`, i % 2 === 0 ? interceptAction : interceptElsewhere),
      );
      const answers = outcomes.map((outcome) => expectOk(outcome).answer);
      expect(new Set(answers.map((answer) => answer.action_run_id)).size).toBe(1);
      expect(tally(answers.map((answer) => String(answer.idempotent_replay)))).toEqual({ false: 1, true: 49 });
    }
    const where = { workspaceId: workspace.workspaceId };
    expect(await getDb().actionRun.count({ where })).toBe(ROUNDS);
    expect(await getDb().emailDelivery.count({ where })).toBe(ROUNDS);
    expect(await usageOf(workspace)).toMatchObject({ runs_per_month: ROUNDS, emails_per_month: ROUNDS, intercepts_per_day: ROUNDS });
  });

  test("who waited for the last of the quota and lost it to its own key gets the run all the same", async () => {
    for (const limits of [{ runsPerMonth: 1 }, { interceptsPerDay: 1 }, { interceptsPerMinute: 1 }]) {
      for (let round = 0; round < 3; round++) {
        await withinOnePeriod("minute", async () => {
          const workspace = await makeWorkspace({ limits });
          await makeAction(workspace, { name: "refund" });
          const outcomes = await atOnce(20, (i) =>
            proposeText(workspace, '{"a":1}', "k", i % 2 === 0 ? interceptAction : interceptElsewhere),
          );
          expect(new Set(outcomes.map((outcome) => expectOk(outcome).answer.action_run_id)).size).toBe(1);
        });
      }
    }
  });

  test("two payloads for one key at once: one is a run, the other a conflict", async () => {
    const workspace = await makeWorkspace();
    await makeAction(workspace, { name: "refund" });
    for (let round = 0; round < ROUNDS; round++) {
      const outcomes = await atOnce(20, (i) =>
        proposeText(workspace, `{"a":${i % 2}}`, `round ${round}`, i % 4 < 2 ? interceptAction : interceptElsewhere),
      );
      expect(tally(outcomes.map((outcome) => (outcome.ok ? "ok" : outcome.code)))).toEqual({ ok: 10, idempotency_conflict: 10 });
    }
    expect(await getDb().actionRun.count({ where: { workspaceId: workspace.workspaceId } })).toBe(ROUNDS);
  });

  test("an unknown action's key is kept as well", async () => {
    const workspace = await makeWorkspace();
    const request = { action: "nobody_knows", payload: {}, idempotency_key: "k" };
    const outcomes = await atOnce(10, () => propose(workspace, request));
    expect(new Set(outcomes.map((outcome) => expectOk(outcome).answer.action_run_id)).size).toBe(1);
  });
});

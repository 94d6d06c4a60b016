import { beforeAll, describe, expect, test, vi } from "vitest";
import { visitorContext } from "@/lib/auth/contexts";
import { interceptRequestSchema } from "@/lib/contract/intercept";
import { getDb } from "@/lib/db/client";
import { firstAttempt, HAPPENED } from "@/lib/testing/attempts";
import { atOnce, expectOk, makeAction, makeWorkspace, propose, proposeOk, type TestWorkspace, tally } from "@/lib/testing/factories";
import { loadDecisionSnapshot } from "./decision-snapshot";
import { interceptAction } from "./intercept-action";
import { writeProposal } from "./intercept-batcher";
import { proposeRun } from "./propose-run";

const ROUNDS = 6;

let interceptElsewhere: typeof interceptAction;

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await makeWorkspace();
  await makeAction(workspace, { name: "asked" });
  await makeAction(workspace, { name: "allowed", policy: { type: "always_allow" } });
  // A second copy of the module has a cache and a batcher of its own, as another server would.
  vi.resetModules();
  ({ interceptAction: interceptElsewhere } = await import("./intercept-action"));
});

describe("one key never has two runs that may be executed", () => {
  test.each(["asked", "allowed"])(`50 that ask again at once on two servers make one run: %s, ${ROUNDS} rounds`, async (action) => {
    for (let round = 0; round < ROUNDS; round++) {
      const { runId, again } = await firstAttempt(workspace, action, action === "asked" ? "rejected" : "failed");
      const parsed = interceptRequestSchema.parse(again);
      const outcomes = await atOnce(50, (i) =>
        (i % 2 === 0 ? interceptAction : interceptElsewhere)(visitorContext(), workspace.credentials, {
          request: parsed,
          payload: again.payload,
          payloadText: JSON.stringify(again.payload),
        }),
      );
      const answers = outcomes.map((outcome) => expectOk(outcome).answer);
      expect(tally(answers.map(({ idempotent_replay, previous_run_id }) => `${idempotent_replay} ${previous_run_id}`))).toEqual({
        [`false ${runId}`]: 1,
        [`true ${runId}`]: 49,
      });
      expect(new Set(answers.map((answer) => answer.action_run_id)).size).toBe(1);
      expect(await getDb().actionRun.count({ where: { idempotencyKey: again.idempotency_key } })).toBe(2);
    }
  });

  test("at once with the answer to the earlier run: the new run follows it, or there is none", async () => {
    const seen = new Set<boolean>();
    for (let round = 0; round < ROUNDS * 4; round++) {
      const { runId, again } = await firstAttempt(workspace, "asked", "nothing");
      const answer = round % 2 === 0 ? "rejected" : "approved";
      const [, ...answers] = await Promise.all([
        HAPPENED[answer](workspace, runId),
        ...Array.from({ length: 4 }, () => proposeOk(workspace, again)),
      ]);
      const runs = await getDb().actionRun.findMany({ where: { idempotencyKey: again.idempotency_key }, orderBy: { attempt: "asc" } });
      expect(runs.filter(({ governanceStatus }) => governanceStatus !== "rejected").length).toBeLessThanOrEqual(1);
      if (answer === "approved") expect(runs).toHaveLength(1);
      for (const { action_run_id: id } of answers) expect(runs.map((run) => run.id)).toContain(id);
      seen.add(runs.length === 2);
    }
    expect(seen.has(false)).toBe(true);
  });

  test("with two payloads at once: one makes the run, the other is a conflict", async () => {
    const { again } = await firstAttempt(workspace, "asked", "rejected");
    const outcomes = await atOnce(20, (i) => propose(workspace, { ...again, payload: { amount: i % 2 } }));
    expect(tally(outcomes.map((outcome) => (outcome.ok ? "ok" : outcome.code)))).toEqual({ ok: 10, idempotency_conflict: 10 });
  });

  test.each(["nothing", "approved", "executed after an approval"] as const)(
    "not even by hand: the database rejects a run after one to which %s happened",
    async (happened) => {
      const { runId } = await firstAttempt(workspace, "asked", happened);
      const insert = getDb().$executeRaw`
      INSERT INTO action_runs SELECT (jsonb_populate_record(run, jsonb_build_object('id', gen_random_uuid(), 'attempt', 2, 'previous_run_id', run.id))).*
      FROM action_runs run WHERE run.id = ${runId}::uuid`;
      await expect(insert).rejects.toThrow("is not over");
    },
  );

  /** What a process writes for a request. */
  async function rowOf(again: Awaited<ReturnType<typeof firstAttempt>>["again"], previousRunId: string | null) {
    const snapshot = await loadDecisionSnapshot(visitorContext(), workspace.credentials, again.action);
    if ("ok" in snapshot) throw new Error(snapshot.detail);
    const { row } = proposeRun(workspace.credentials, snapshot, {
      request: interceptRequestSchema.parse(again),
      provenance: { actor: null, reasoning: null, source: null },
      payload: again.payload,
      payloadText: JSON.stringify(again.payload),
      previousRunId,
    });
    return { row, write: (change: Partial<typeof row>) => writeProposal(visitorContext(), snapshot.ownerId, { ...row, ...change }) };
  }

  test("a proposal whose connection was lost finds the run that it made, even if that one is over", async () => {
    const { runId, again } = await firstAttempt(workspace, "asked", "rejected");
    const { row, write } = await rowOf(again, runId);
    expect(await write({})).toMatchObject({ outcome: "created" });
    await HAPPENED.rejected(workspace, row.run_id);
    for (let tries = 0; tries < 2; tries++)
      expect(await write({ is_retry: true })).toMatchObject({ outcome: "existing", existing_run_id: row.run_id });
  });

  test("a process of the release before, which sends no ask_again, replays the newest run", async () => {
    const { again } = await firstAttempt(workspace, "asked", "rejected");
    const { action_run_id: newest } = await proposeOk(workspace, again);
    await HAPPENED.rejected(workspace, newest);
    const { write } = await rowOf(again, null);
    const old = { ask_again: undefined, previous_run_id: undefined } as object;
    expect(await write(old)).toMatchObject({ outcome: "existing", existing_run_id: newest });
  });
});

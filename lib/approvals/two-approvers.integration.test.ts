import { beforeAll, describe, expect, test } from "vitest";
import { getDb } from "@/lib/db/client";
import { makeDecider } from "@/lib/testing/deciders";
import { expectOk, makeRun, makeWorkspace, type TestWorkspace } from "@/lib/testing/factories";
import { decideWaitingRun, decideWaitingRuns } from "./decide-waiting-run";
import { getWaitingRun } from "./get-waiting-run";

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await makeWorkspace();
});

const approver = async () => (await makeDecider(workspace, "approver")).user;
const pending = (of = workspace) => makeRun(of, "always_require_approval", { approverEmails: ["somebody@example.com"] });

describe("two approvers", () => {
  test("at once: one wins, the other is told who", async () => {
    const [ann, ben] = [await approver(), (await makeDecider(workspace, "admin")).user];
    for (let round = 0; round < 10; round++) {
      const runId = await pending();
      const outcomes = await Promise.all([
        decideWaitingRun(ann, { runId, decision: "approve", comment: null, isConfirmed: false }),
        decideWaitingRun(ben, { runId, decision: "block", comment: null, isConfirmed: false }),
      ]);
      const winner = outcomes.findIndex(({ ok }) => ok);
      expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
      expect(outcomes[1 - winner]).toMatchObject({ code: "already_decided", fields: { decided_by: [ann, ben][winner]?.actor.email } });
      expect(await getWaitingRun(ann, runId)).toMatchObject({
        state: "decided",
        status: winner === 0 ? "approved" : "blocked",
        decidedBy: [ann, ben][winner]?.actor.email,
      });
    }
  });

  test("many runs at once: each has its own outcome", async () => {
    const [ann, ben] = [await approver(), await approver()];
    const [first, taken, last] = [await pending(), await pending(), await pending()];
    const talkative = await makeRun(workspace, "always_require_approval", { requiresRejectComment: true });
    const foreign = await pending(await makeWorkspace());
    expectOk(await decideWaitingRun(ben, { runId: taken, decision: "reject", comment: "No.", isConfirmed: false }));
    const { outcomes } = await decideWaitingRuns(ann, {
      runIds: [first, taken, foreign, talkative, last],
      decision: "reject",
      comment: null,
      isConfirmed: false,
    });
    expect(outcomes.map((outcome) => [outcome.runId, outcome.ok ? "ok" : outcome.code])).toEqual([
      [first, "ok"],
      [taken, "already_decided"],
      [foreign, "run_not_found"],
      [talkative, "validation_failed"],
      [last, "ok"],
    ]);
    expect(outcomes[1]).toMatchObject({ fields: { decided_by: ben.actor.email } });
  });

  test("many runs at once, of which some need others too: each says how far it is", async () => {
    const ann = await makeDecider(workspace, "approver");
    const two = await makeRun(workspace, "always_require_approval", { approverEmails: [ann.email, "ben@example.com"], approvals: 2 });
    const one = await pending();
    const { outcomes } = await decideWaitingRuns(ann.user, { runIds: [one, two], decision: "approve", comment: null, isConfirmed: false });
    expect(outcomes).toMatchObject([
      { runId: one, ok: true, pending: null },
      { runId: two, ok: true, pending: { required: 2, given: 1, by: [ann.email] } },
    ]);
  });

  test("critical runs are approved with the second step only, one and many; everything else without", async () => {
    const ann = await approver();
    const critical = () => makeRun(workspace, "always_require_approval", { riskLevel: "critical" });
    const [one, many, ordinary] = [await critical(), await critical(), await pending()];
    const answer = { decision: "approve", comment: null, isConfirmed: false } as const;
    const refused = { code: "validation_failed", fields: { errors: [{ path: "isConfirmed" }] } };
    expect(await decideWaitingRun(ann, { ...answer, runId: one })).toMatchObject(refused);
    const { outcomes } = await decideWaitingRuns(ann, { ...answer, runIds: [many, ordinary] });
    expect(outcomes).toMatchObject([refused, { ok: true }]);
    for (const runId of [one, many]) expect((await getWaitingRun(ann, runId))?.state).toBe("waiting");
    // The run was proposed as critical, whatever its action is now.
    await getDb().registeredAction.updateMany({ where: { workspaceId: workspace.workspaceId }, data: { riskLevel: "low" } });
    expect(await decideWaitingRun(ann, { ...answer, runId: one })).toMatchObject(refused);
    expectOk(await decideWaitingRun(ann, { ...answer, runId: one, isConfirmed: true }));
    expect((await decideWaitingRuns(ann, { ...answer, runIds: [many], isConfirmed: true })).outcomes).toMatchObject([{ ok: true }]);
    for (const decision of ["reject", "block"] as const)
      expectOk(await decideWaitingRun(ann, { ...answer, runId: await critical(), decision }));
  });
});

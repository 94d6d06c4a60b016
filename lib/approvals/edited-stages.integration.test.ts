import { beforeEach, describe, expect, test } from "vitest";
import { operatorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { editAction } from "@/lib/registered-actions/edit-action";
import { getDroppedApprovers } from "@/lib/registered-actions/get-dropped-approvers";
import { listPolicyVersions } from "@/lib/registered-actions/list-policy-versions";
import { requestOf } from "@/lib/testing/deciders";
import { drainJobs } from "@/lib/testing/drain-jobs";
import { expectOk, makeAction, makePerson, makeWorkspace, proposeOk, type TestWorkspace } from "@/lib/testing/factories";
import { decideRun } from "./decide-run";
import { replaceApprover } from "./replace-approver";

const [ANN, BEN, DAN, LEGAL, BOARD] = ["ann@example.com", "ben@example.com", "dan@example.com", "legal@example.com", "board@example.com"];

let workspace: TestWorkspace;
beforeEach(async () => {
  workspace = await makeWorkspace();
});

/** Everyone listed for a stage must approve in it. */
function stages([first = [], ...later]: string[][]) {
  return {
    approverEmails: first,
    approvals: first.length,
    laterStages: later.map((people) => ({ approvals: people.length, people })),
    escalationEmails: [],
  };
}
async function propose(listed: string[][]): Promise<string> {
  await makeAction(workspace, { name: "wire", ...stages(listed) });
  return (await proposeOk(workspace, { action: "wire", payload: {} })).action_run_id;
}
async function edit(listed: string[][]): Promise<void> {
  expectOk(
    await editAction(workspace.ctx, { name: "wire", title: "Wire", ...stages(listed), policy: { type: "always_require_approval" } }),
  );
  await drainJobs();
}
const approve = async (runId: string, email: string) =>
  expectOk(await decideRun(operatorContext(workspace.workspaceId, email), { runId, decision: "approve", comment: null }));
const asked = async (runId: string) => (await requestOf(runId)).approverEmails;

describe("a pending run's later stages ask whom they listed when it was proposed, after its action's stages", () => {
  test.each([
    ["got one between them", [[ANN], [BOARD]], [[ANN], [LEGAL], [BOARD]], [[BOARD]]],
    ["got one before them", [[ANN], [BOARD]], [[LEGAL], [ANN], [BOARD]], [[BOARD]]],
    ["changed places", [[ANN], [LEGAL], [BOARD]], [[ANN], [BOARD], [LEGAL]], [[LEGAL], [BOARD]]],
    ["got somebody more", [[ANN], [LEGAL], [BOARD]], [[ANN], [DAN, LEGAL], [BOARD]], [[LEGAL], [BOARD]]],
    ["got somebody else", [[ANN], [LEGAL], [BOARD]], [[ANN], [DAN], [BOARD]], [[DAN], [BOARD]]],
    ["got somebody else for one of two", [[ANN], [LEGAL, BEN]], [[ANN], [DAN, BEN]], [[BEN, DAN]]],
    ["became one", [[ANN], [LEGAL], [BOARD]], [[ANN, LEGAL, BOARD]], [[LEGAL], [BOARD]]],
  ])("%s", async (_, before, after, rest) => {
    const runId = await propose(before);
    await edit(after);
    await approve(runId, ANN);
    for (const people of rest) {
      expect(await asked(runId)).toEqual(people);
      for (const email of people) await approve(runId, email);
    }
    expect(await getDb().actionRun.findUniqueOrThrow({ where: { id: runId } })).toMatchObject({ governanceStatus: "approved" });
  });

  test("lost one: an owner is asked for it, not those of the next one", async () => {
    const runId = await propose([[ANN], [LEGAL], [BOARD]]);
    await edit([[ANN], [BOARD]]);
    await approve(runId, ANN);
    for (const email of [workspace.ownerEmail, BOARD]) {
      expect(await asked(runId)).toEqual([email]);
      await approve(runId, email);
    }
  });

  test("were reordered while the first one is open: those of the others aren't asked in it", async () => {
    const runId = await propose([[ANN, BEN], [BOARD]]);
    await edit([[BOARD], [ANN, BEN]]);
    await replaceApprover(workspace.ctx, (await requestOf(runId)).id);
    expect(await asked(runId)).toEqual([ANN, BEN]);
    await edit([[BOARD], [DAN, BEN]]);
    expect((await asked(runId)).toSorted()).toEqual([BEN, DAN]);
  });
});

test("the history of the action's policy says who had to approve by each version", async () => {
  await makeAction(workspace, { name: "wire", approverEmails: [ANN] });
  await edit([[ANN, BEN], [BOARD]]);
  await edit([[ANN]]);
  const { id } = await getDb().registeredAction.findFirstOrThrow({ where: { workspaceId: workspace.workspaceId } });
  expect((await listPolicyVersions(workspace.ctx, id)).map(({ version, stages: said }) => [version, said])).toEqual([
    [3, []],
    [2, [`2 of ${ANN}, ${BEN}`, `1 of ${BOARD}`]],
    [1, []],
  ]);
});

test.each([
  ["another stage lists somebody new", [[ANN], [LEGAL, BEN], [BOARD]], [[ANN], [BOARD], [DAN, BEN]]],
  ["the stage is gone", [[ANN], [LEGAL], [BOARD]], [[ANN], [BOARD]]],
])("before it is saved, the form says who is asked instead, as it then happens: %s", async (_, before, after) => {
  const runId = await propose(before);
  await approve(runId, ANN);
  const { ctx } = await makePerson(workspace, "admin");
  const { dropped } = expectOk(await getDroppedApprovers(ctx, { name: "wire", approverGroup: null, ruleApprovers: [], ...stages(after) }));
  await edit(after);
  expect(dropped).toEqual([{ email: LEGAL, runs: 1, approvals: 0, askedInstead: (await asked(runId)).toSorted() }]);
});

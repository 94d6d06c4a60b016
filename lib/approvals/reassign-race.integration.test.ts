import { beforeEach, describe, expect, test } from "vitest";
import { visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { APPROVE, makeDecider, requestOf } from "@/lib/testing/deciders";
import { atOnce, linkToken, makeAction, makeWorkspace, proposeOk, type TestWorkspace, tally } from "@/lib/testing/factories";
import { proofSize } from "@/lib/testing/guarantees/proof-size";
import { decideByLink } from "./decide-by-link";
import { reassignRun } from "./reassign-run";

const ROUNDS = proofSize(30, 500);

const ANN = "ann@example.com";

let workspace: TestWorkspace;
let ben: Awaited<ReturnType<typeof makeDecider>>;
beforeEach(async () => {
  workspace = await makeWorkspace();
  ben = await makeDecider(workspace, "approver");
  await makeAction(workspace, { name: "pay", approverEmails: [ANN] });
});

const propose = async (amount = 5) => (await proposeOk(workspace, { action: "pay", payload: { amount } })).action_run_id;
const reassign = (runId: string, to = ben.email) => reassignRun(workspace.ctx, { runId, from: ANN, to });

describe("reassigning and deciding at the same moment", () => {
  test("exactly one wins, by the old link or by the new person", async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const runId = await propose(round);
      const token = await linkToken(runId);
      const decide = () => decideByLink(visitorContext(), token, APPROVE);
      const pass = () => reassign(runId);
      const both = await Promise.all(round % 2 === 0 ? [decide(), pass()] : [pass(), decide()]);
      const [decided, passed] = round % 2 === 0 ? both : both.toReversed();
      const run = await getDb().actionRun.findUniqueOrThrow({ where: { id: runId }, include: { reassignments: true } });
      expect([decided?.ok, passed?.ok]).toEqual([run.governanceStatus === "approved", run.reassignments.length === 1]);
      expect(decided?.ok).not.toBe(passed?.ok);
      if (passed?.ok) expect(decided).toMatchObject({ code: "link_withdrawn", fields: { reassigned_to: ben.email } });
      else expect(passed).toMatchObject({ code: "already_decided", fields: { decided_by: ANN } });
    }
  }, 300_000);

  test("of ten who reassign it at once, one wins", async () => {
    const runId = await propose();
    const others = await Promise.all(Array.from({ length: 10 }, () => makeDecider(workspace, "approver")));
    const outcomes = await atOnce(10, (index) => reassign(runId, others[index]?.email));
    expect(tally(outcomes.map(({ ok }) => String(ok)))).toEqual({ true: 1, false: 9 });
    expect(await getDb().reassignment.count({ where: { runId } })).toBe(1);
    expect((await requestOf(runId)).approverEmails).toHaveLength(1);
  });
});

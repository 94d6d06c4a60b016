import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { getDb } from "@/lib/db/client";
import { approveByLink, requestOf, statusOf, takeBackByLink } from "@/lib/testing/deciders";
import { drainJobs } from "@/lib/testing/drain-jobs";
import { expectOk, linkTokens, makeRun, makeWorkspace, type TestWorkspace } from "@/lib/testing/factories";
import { approvalsOfRequest, readApprovals } from "./read-approvals";

const [ANN, BEN, CHI, DOT] = ["ann@finance.example", "ben@finance.example", "chi@finance.example", "dot@board.example"];
/** Two of three from finance, then one from the board. */
const WIRE = { approverEmails: [ANN, BEN, CHI], approvals: 2, laterStages: [{ approvals: 1, people: [DOT] }] };

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await makeWorkspace();
});

const wire = (action = {}) => makeRun(workspace, "always_require_approval", { ...WIRE, ...action });
const approvalsOf = async (runId: string) => (await readApprovals(workspace.ctx, [runId])).get(runId);

test("how far a run is follows from its votes in SQL as in TypeScript, after everything that people do", async () => {
  const people = [workspace.ownerEmail, BEN, CHI, DOT, "eve@board.example"];
  // The owner created the key.
  const preventSelfApproval = async (runId: string) => {
    await getDb().registeredAction.updateMany({ where: { runs: { some: { id: runId } } }, data: { requiresFourEyes: true } });
    await drainJobs();
  };
  const stageOf = (all: string[]) =>
    fc
      .subarray(all, { minLength: 1 })
      .chain((asked) => fc.record({ people: fc.constant(asked), approvals: fc.integer({ min: 1, max: asked.length }) }));
  const step = fc.record({
    email: fc.constantFrom(...people),
    act: fc.constantFrom(approveByLink, approveByLink, approveByLink, takeBackByLink, preventSelfApproval),
  });
  const world = fc.record({
    first: stageOf(people.slice(0, 3)),
    laterStages: fc.tuple(stageOf(people.slice(3))),
    steps: fc.array(step, { minLength: 4, maxLength: 10 }),
  });
  const give = (email: string) => ({ email, act: approveByLink });
  const whole = {
    first: { people: [workspace.ownerEmail, BEN], approvals: 2 },
    laterStages: [{ people: [DOT], approvals: 1 }] as [{ people: string[]; approvals: number }],
    steps: [give(workspace.ownerEmail), give(BEN), { email: BEN, act: takeBackByLink }, give(BEN), give(DOT)],
  };
  const switched = { ...whole, steps: [give(workspace.ownerEmail), { email: BEN, act: preventSelfApproval }, give(BEN)] };
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(world, async ({ first, laterStages, steps }) => {
      const runId = await wire({ approverEmails: first.people, approvals: first.approvals, laterStages });
      for (const { email, act } of steps) {
        if (act === preventSelfApproval || (await linkTokens(runId)).has(email)) await act(runId, email);
        const votes = await getDb().vote.findMany({ where: { runId }, orderBy: [{ createdAt: "asc" }, { id: "asc" }] });
        const approvals = approvalsOfRequest(await requestOf(runId), votes);
        expect(await approvalsOf(runId)).toEqual(approvals);
        seen.add(`stage ${approvals?.stage}, ${approvals?.given} given, ${await statusOf(runId)}`);
      }
    }),
    { numRuns: 12, examples: [[whole], [switched]] },
  );
  for (const place of ["stage 1, 1 given, pending_approval", "stage 2, 0 given, pending_approval", "stage 2, 1 given, approved"])
    expect(seen).toContain(place);
});

describe("the database", () => {
  test("approves nothing while votes are missing, whatever the application does", async () => {
    const runId = await wire();
    expectOk(await approveByLink(runId, ANN));
    const force = getDb().$executeRaw`UPDATE action_runs SET governance_status = 'approved', governance_reason = 'approved_by_human',
      execution_status = 'awaiting_execution_report', decided_at = clock_timestamp(), decided_by = ${ANN} WHERE id = ${runId}::uuid`;
    await expect(force).rejects.toThrow("needs more approvals");
    const vote = await getDb().vote.findFirstOrThrow({ where: { runId } });
    // Nor is a vote written over, removed, or cast twice by one person.
    await expect(getDb().vote.update({ where: { id: vote.id }, data: { voter: BEN } })).rejects.toThrow();
    await expect(getDb().vote.delete({ where: { id: vote.id } })).rejects.toThrow();
    for (const voter of [ANN, "ANN+2@finance.example"])
      await expect(
        getDb().vote.create({ data: { ...vote, id: crypto.randomUUID(), voter, place: "else@finance.example" } }),
      ).rejects.toThrow();
    await expect(getDb().vote.create({ data: { ...vote, id: crypto.randomUUID(), voter: "else@finance.example" } })).rejects.toThrow();
    expect(await statusOf(runId)).toBe("pending_approval");
  });

  test("keeps the stages that were so when people were asked", async () => {
    const runId = await wire();
    await getDb().registeredAction.updateMany({ where: { workspaceId: workspace.workspaceId }, data: { approvals: 1, laterStages: [] } });
    expectOk(await approveByLink(runId, ANN));
    expect(await statusOf(runId)).toBe("pending_approval");
    await expect(
      getDb().approvalRequest.updateMany({ where: { runId }, data: { stages: [{ approvals: 1, people: [ANN] }] } }),
    ).rejects.toThrow();
  });
});

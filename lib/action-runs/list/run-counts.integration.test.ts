import fc from "fast-check";
import { v7 as uuidv7 } from "uuid";
import { beforeAll, describe, expect, test } from "vitest";
import { decideRun, expireRun } from "@/lib/approvals/decide-run";
import { systemContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import type { GovernanceStatus } from "@/lib/domain/runs/statuses";
import { bucketStarts, OVERVIEW_RANGES } from "@/lib/domain/time/overview-range";
import {
  endApprovalWindow,
  expectOk,
  makeAction,
  makePerson,
  makeWorkspace,
  propose,
  proposeOk,
  type TestWorkspace,
} from "@/lib/testing/factories";
import { untilAvailable } from "@/lib/testing/until-available";
import { getRunCounts, type StatusCounts } from "./get-run-counts";

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await makeWorkspace();
  await makeAction(workspace, { name: "asked" });
  await makeAction(workspace, { name: "allowed", policy: { type: "always_allow" } });
  await makeAction(workspace, { name: "blocked", policy: { type: "always_block" } });
});

/** What the table should hold, counted from the runs themselves; and what it holds. */
const COUNTED = `SELECT workspace_id, date_trunc('hour', created_at, 'UTC') AS hour,
  count(*) FILTER (WHERE governance_status = 'allowed')::int AS allowed,
  count(*) FILTER (WHERE governance_status = 'pending_approval')::int AS pending_approval,
  count(*) FILTER (WHERE governance_status = 'approved')::int AS approved,
  count(*) FILTER (WHERE governance_status = 'rejected')::int AS rejected,
  count(*) FILTER (WHERE governance_status = 'blocked')::int AS blocked,
  count(*) FILTER (WHERE governance_reason = 'approval_expired')::int AS expired,
  count(*) FILTER (WHERE governance_reason = 'unknown_action')::int AS unknown_action
  FROM action_runs GROUP BY 1, 2 ORDER BY 1, 2`;
const KEPT = "SELECT * FROM run_counts WHERE allowed + pending_approval + approved + rejected + blocked > 0 ORDER BY workspace_id, hour";

async function expectExact(): Promise<void> {
  expect(await getDb().$queryRawUnsafe(KEPT)).toEqual(await getDb().$queryRawUnsafe(COUNTED));
}

type Step = "approve" | "reject" | "block" | "expire" | "replay";

/** One run, proposed and then answered in every way that is asked for: only the first answer counts. */
async function live(action: string, steps: readonly Step[], key: string): Promise<void> {
  const request = { action, payload: {}, idempotency_key: key };
  const { action_run_id: runId } = await untilAvailable(() => proposeOk(workspace, request));
  const act = async (step: Step): Promise<unknown> => {
    if (step === "replay") return propose(workspace, request);
    if (step !== "expire") return decideRun(workspace.ctx, { runId, decision: step, comment: null });
    await endApprovalWindow(runId);
    return expireRun(systemContext(workspace.workspaceId), runId);
  };
  await Promise.all(steps.map((step) => untilAvailable(() => act(step))));
}

describe("the counts that are kept are what a count gives", () => {
  test("after random histories, many at once", async () => {
    const history = fc.record({
      action: fc.constantFrom("asked", "asked", "allowed", "blocked", "never_registered"),
      steps: fc.array(fc.constantFrom<Step>("approve", "reject", "block", "expire", "replay"), { maxLength: 2 }),
    });
    let keys = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(history, { minLength: 1, maxLength: 5 }), async (histories) => {
        await Promise.all(histories.map(({ action, steps }) => live(action, steps, `run ${++keys}`)));
        await expectExact();
      }),
      { numRuns: 15 },
    );
  });

  test("what is rolled back is not counted", async () => {
    const before = await getDb().$queryRawUnsafe(KEPT);
    await expect(
      getDb().$transaction(async (tx) => {
        await insertRuns(workspace, [{ at: new Date(), status: "allowed", reason: "policy_always_allow" }], tx);
        throw new Error("never mind");
      }),
    ).rejects.toThrow("never mind");
    expect(await getDb().$queryRawUnsafe(KEPT)).toEqual(before);
  });
});

interface MadeRun {
  at: Date;
  status: GovernanceStatus;
  reason: string;
}

const OUTCOMES: readonly Omit<MadeRun, "at">[] = [
  { status: "allowed", reason: "policy_always_allow" },
  { status: "approved", reason: "approved_by_human" },
  { status: "rejected", reason: "rejected_by_human" },
  { status: "rejected", reason: "approval_expired" },
  { status: "blocked", reason: "unknown_action" },
  { status: "blocked", reason: "policy_always_block" },
  { status: "pending_approval", reason: "policy_requires_approval" },
];

/** Many rows in one statement, as an import writes them. */
async function insertRuns(
  to: TestWorkspace,
  runs: readonly MadeRun[],
  db: Pick<ReturnType<typeof getDb>, "$executeRaw"> = getDb(),
): Promise<void> {
  const { id: apiKeyId } = await getDb().apiKey.findFirstOrThrow({ where: { workspaceId: to.workspaceId, kind: "api" } });
  const rows = JSON.stringify(runs.map(({ at, status, reason }) => ({ id: uuidv7({ msecs: at.getTime() }), at, status, reason })));
  await db.$executeRaw`
    INSERT INTO action_runs (id, workspace_id, api_key_id, action_name, governance_status, governance_reason, execution_status,
      payload_hash, created_at, expires_at, decided_at)
    SELECT id, ${to.workspaceId}::uuid, ${apiKeyId}::uuid, 'made', status, reason,
      CASE WHEN status IN ('allowed', 'approved') THEN 'awaiting_execution_report' ELSE 'not_executed' END, '\\x00', at,
      at + interval '1 year', CASE WHEN status <> 'pending_approval' THEN at END
    FROM jsonb_to_recordset(${rows}::jsonb) AS x(id uuid, at timestamptz, status text, reason text)`;
}

describe("getRunCounts", () => {
  const now = new Date("2026-11-19T14:32:09.500Z");
  const anyRun = fc.record({
    at: fc.integer({ min: 0, max: 100 * 86_400_000 }).map((ago) => new Date(now.getTime() - ago)),
    outcome: fc.constantFrom(...OUTCOMES),
  });

  test("sums up the range by hour or day, in UTC, and leaves other workspaces out", async () => {
    const other = await makeWorkspace();
    await fc.assert(
      fc.asyncProperty(fc.array(anyRun, { maxLength: 60 }), async (made) => {
        const own = await makeWorkspace();
        const runs = made.map(({ at, outcome }) => ({ at, ...outcome }));
        await Promise.all([insertRuns(own, runs), insertRuns(other, runs)]);
        for (const range of OVERVIEW_RANGES) {
          const counted = await getRunCounts(own.ctx, range, now);
          const starts = bucketStarts(range, now);
          const inRange = runs.filter(({ at }) => at >= (starts[0] ?? now));
          expect(counted.buckets.map(({ counts }) => counts)).toEqual(
            starts.map((start, index) => tallied(inRange.filter(({ at }) => at >= start && at < (starts[index + 1] ?? new Date(8.64e15))))),
          );
          expect(counted.sums).toEqual(tallied(inRange));
          expect(counted.runs).toBe(inRange.length);
          expect(counted.expired).toBe(inRange.filter(({ reason }) => reason === "approval_expired").length);
          expect(counted.unknownAction).toBe(inRange.filter(({ reason }) => reason === "unknown_action").length);
        }
      }),
      { numRuns: 10 },
    );
    await expectExact();
  });

  test("every role may read them, a stranger may not", async () => {
    for (const role of ["owner", "admin", "developer", "approver", "viewer"] as const) {
      const { ctx } = await makePerson(workspace, role);
      expect((await getRunCounts(ctx, "24h", new Date())).runs).toBeGreaterThan(0);
    }
    const stranger = await makePerson(workspace, null);
    await expect(getRunCounts(stranger.ctx, "24h", new Date())).rejects.toMatchObject({ name: "NotPermitted" });
  });

  test("a decision moves a run from one count to the other", async () => {
    const own = await makeWorkspace();
    await makeAction(own, { name: "asked" });
    const { action_run_id: runId } = await proposeOk(own, { action: "asked", payload: {} });
    expect((await getRunCounts(own.ctx, "24h", new Date())).sums).toMatchObject({ pending_approval: 1, approved: 0 });
    expectOk(await decideRun(own.ctx, { runId, decision: "approve", comment: null }));
    expect((await getRunCounts(own.ctx, "24h", new Date())).sums).toMatchObject({ pending_approval: 0, approved: 1 });
  });
});

function tallied(runs: readonly MadeRun[]): StatusCounts {
  const count = (status: GovernanceStatus) => runs.filter((run) => run.status === status).length;
  return {
    allowed: count("allowed"),
    approved: count("approved"),
    rejected: count("rejected"),
    blocked: count("blocked"),
    pending_approval: count("pending_approval"),
  };
}

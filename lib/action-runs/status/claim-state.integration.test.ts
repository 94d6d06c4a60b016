import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { eraseRun } from "@/lib/action-runs/erase-run";
import { settleRun } from "@/lib/action-runs/execute/settle-run";
import { getWaiting } from "@/lib/action-runs/list/get-waiting";
import { listLatestRuns } from "@/lib/action-runs/list/list-latest-runs";
import { listRecentRuns } from "@/lib/action-runs/list/list-recent-runs";
import { listRuns } from "@/lib/action-runs/list/list-runs";
import { getRunStory } from "@/lib/action-runs/show/get-run-story";
import { runTimeline } from "@/lib/action-runs/show/run-timeline";
import { runView } from "@/lib/action-runs/show/run-view";
import { decideRun } from "@/lib/approvals/decide-run";
import { accountContext, operatorContext, systemContext, visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { CLAIM_STATES, type ClaimState, claimState, executionWord, isClaimed, isFree, isUnclaimed } from "@/lib/domain/runs/claim-state";
import { EXECUTION_STATUSES } from "@/lib/domain/runs/statuses";
import { startFreeze } from "@/lib/freezes/start-freeze";
import { getConsoleTotals } from "@/lib/overview/get-console-totals";
import { readRunDocument } from "@/lib/receipts/document/get-receipt-document";
import {
  claim,
  claimOk,
  endApprovalValidity,
  endLease,
  expectOk,
  makeAction,
  makePerson,
  makeWorkspace,
  proposeOk,
  report,
} from "@/lib/testing/factories";
import { markRunsInDoubt } from "@/lib/webhooks/mark-runs-in-doubt";
import { listMyWorkspaces } from "@/lib/workspaces/list-my-workspaces";
import { hasRunOut, isFree as isFreeSql, isInDoubt, isUnclaimed as isUnclaimedSql, isUncollected } from "./claim-state-sql";
import { getRunStatus } from "./get-run-status";
import { readRunClock } from "./run-clock-sql";

const ACTIONS = { careful: false, repeatable: true } as const;
const HAPPENED = ["proposed", "claimed", "ran_out", "released_late", "reported"] as const;
/** Actions that ask a person, whose approvals end. */
/** An action that is frozen once its runs are made. */
const FROZEN = { frozen_repeatable: true } as const;
const ASKING = { asked_careful: false, asked_repeatable: true } as const;
const APPROVED = ["approved", "uncollected", "ran_out_after_end", "claimed_past_end"] as const;

let workspace: Awaited<ReturnType<typeof makeWorkspace>>;
beforeAll(async () => {
  workspace = await makeWorkspace();
  for (const [name, autoReleasesClaims] of Object.entries({ ...ACTIONS, ...FROZEN })) {
    await makeAction(workspace, { name, policy: { type: "always_allow" }, autoReleasesClaims });
  }
  for (const [name, autoReleasesClaims] of Object.entries(ASKING)) await makeAction(workspace, { name, autoReleasesClaims });
});

/** A run to which this has happened, of an action whose executor may run twice or not. */
async function makeRun(action: keyof typeof ACTIONS | keyof typeof FROZEN, happened: (typeof HAPPENED)[number]): Promise<string> {
  const { action_run_id: runId } = await proposeOk(workspace, { action, payload: { amount: 5 } });
  if (happened === "proposed") return runId;
  const claimToken = await claimOk(workspace, runId);
  if (happened === "ran_out" || happened === "released_late") await endLease(runId);
  if (happened === "released_late")
    expectOk(await settleRun(workspace.ctx, { runId, settlement: "released", settledBy: "ada@example.com" }));
  if (happened === "reported") expectOk(await report(workspace, runId, { claimToken }));
  return runId;
}

/** An approved run, and what became of its claim and of the approval's time. */
async function makeApproved(action: keyof typeof ASKING, happened: (typeof APPROVED)[number]): Promise<string> {
  const { action_run_id: runId } = await proposeOk(workspace, { action, payload: { amount: 5 } });
  expectOk(await decideRun(workspace.ctx, { runId, decision: "approve", comment: null }));
  if (happened === "ran_out_after_end" || happened === "claimed_past_end") await claimOk(workspace, runId);
  if (happened === "ran_out_after_end") await endLease(runId);
  if (happened !== "approved") await endApprovalValidity(runId);
  return runId;
}

async function stateOf(runId: string): Promise<ClaimState> {
  const run = await getDb().actionRun.findUniqueOrThrow({ where: { id: runId }, include: { action: true } });
  return claimState(run, await readRunClock(getDb(), runId));
}

async function pageOf(runId: string) {
  const story = await getRunStory(workspace.ctx, runId);
  if (!story) throw new Error("The run has no story.");
  return { view: runView(story, "http://localhost:3000"), titles: runTimeline(story).map(({ title, rest }) => `${title} ${rest}`) };
}

describe("where a claim stands is one rule", () => {
  test("in SQL and in TypeScript, for whatever a row holds", async () => {
    const now = new Date("2026-07-01T12:00:00.000Z");
    const row = fc.record({
      executionStatus: fc.constantFrom(...EXECUTION_STATUSES),
      claimExpiresAt: fc.option(fc.integer({ min: -3, max: 3 }).map((ms) => new Date(now.getTime() + ms))),
      approvalValidUntil: fc.option(fc.integer({ min: -3, max: 3 }).map((ms) => new Date(now.getTime() + ms))),
      action: fc.option(fc.record({ autoReleasesClaims: fc.boolean() })),
      frozenSince: fc.option(fc.integer({ min: -3, max: 0 }).map((ms) => new Date(now.getTime() + ms))),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 200 }), async (rows) => {
        const states = await getDb().$queryRaw<{ state: string; without_end: string }[]>`
          SELECT daai_claim_state(status, CASE WHEN expires_at IS NOT NULL THEN '\\x00'::bytea END, expires_at, releases, valid_until, frozen_since, ${now}::timestamptz) AS state,
            daai_claim_state(status, CASE WHEN expires_at IS NOT NULL THEN '\\x00'::bytea END, expires_at, releases, ${now}::timestamptz) AS without_end
          FROM unnest(${rows.map(({ executionStatus }) => executionStatus)}::text[],
            ${rows.map(({ claimExpiresAt }) => claimExpiresAt?.toISOString() ?? null)}::timestamptz[],
            ${rows.map(({ action }) => action?.autoReleasesClaims ?? null)}::boolean[],
            ${rows.map(({ approvalValidUntil }) => approvalValidUntil?.toISOString() ?? null)}::timestamptz[],
            ${rows.map(({ frozenSince }) => frozenSince?.toISOString() ?? null)}::timestamptz[]) WITH ORDINALITY AS r (status, expires_at, releases, valid_until, frozen_since, n)
          ORDER BY n`;
        expect(states.map(({ state }) => state)).toEqual(rows.map((one) => claimState(one, { now, frozenSince: one.frozenSince })));
        // As processes of the release before ask.
        expect(states.map((one) => one.without_end)).toEqual(
          rows.map((one) => claimState({ ...one, approvalValidUntil: null }, { now, frozenSince: null })),
        );
      }),
      { numRuns: 30 },
    );
  });

  test("wherever it is read: API, page, lists, counts, receipt, and what may be done", async () => {
    const runIds: string[] = [];
    for (const action of ["careful", "repeatable"] as const) {
      for (const happened of HAPPENED) runIds.push(await makeRun(action, happened));
    }
    for (const action of ["asked_careful", "asked_repeatable"] as const) {
      for (const happened of APPROVED) runIds.push(await makeApproved(action, happened));
    }
    for (const happened of HAPPENED) runIds.push(await makeRun("frozen_repeatable", happened));
    expectOk(
      await startFreeze(workspace.ctx, { actionName: "frozen_repeatable", apiKeyId: null, reason: "A bad day", channel: "console" }),
    );
    const states = new Map<string, ClaimState>();
    for (const id of runIds) states.set(id, await stateOf(id));
    expect(new Set(states.values())).toEqual(new Set(CLAIM_STATES));

    const doubtful = runIds.filter((id) => states.get(id) === "in_doubt");
    const list = async (execution: "in_doubt" | "awaiting_execution_report") =>
      (await listRuns(workspace.ctx, { execution: [execution] }, { sort: "created", direction: "asc", limit: 100 })).runs.map(
        ({ id }) => id,
      );
    const runs = await getDb().actionRun.findMany({ where: { id: { in: runIds } }, include: { action: true } });
    const awaiting = runs.filter(({ executionStatus }) => executionStatus === "awaiting_execution_report").map(({ id }) => id);
    expect(await list("in_doubt")).toEqual(doubtful);
    expect(await list("awaiting_execution_report")).toEqual(runIds.filter((id) => awaiting.includes(id) && !doubtful.includes(id)));
    expect((await getWaiting(workspace.ctx)).inDoubt).toBe(doubtful.length);
    expect((await getConsoleTotals(operatorContext(null))).inDoubt).toBe(doubtful.length);
    const { ctx: member } = await makePerson(workspace, "viewer");
    expect((await listMyWorkspaces(accountContext({ id: member.actor.userId, email: member.actor.email }, getDb())))[0]?.inDoubt).toBe(
      doubtful.length,
    );
    await markRunsInDoubt(systemContext(null));
    const noticed = await getDb().actionRun.findMany({ where: { doubtNoticedAt: { not: null } }, select: { id: true } });
    expect(noticed.map(({ id }) => id).sort()).toEqual([...doubtful].sort());

    const latest = new Map((await listLatestRuns(workspace.ctx, 100)).map(({ id, execution }) => [id, execution]));
    const recent = new Map((await listRecentRuns(operatorContext(null), 100)).map(({ id, execution }) => [id, execution]));
    for (const run of runs) {
      const { id, executionStatus } = run;
      const state = states.get(id) ?? "none";
      const word = executionWord(state, executionStatus);
      const { answer } = expectOk(await getRunStatus(visitorContext(), workspace.credentials, id));
      const { view } = await pageOf(id);
      expect(answer, state).toMatchObject({ claimed: isClaimed(state), in_doubt: state === "in_doubt" });
      expect(view.executable === "yes, once", state).toBe(answer.executable);
      expect([view.execution, latest.get(id), recent.get(id)], state).toEqual([word, word, word]);
      expect((await readRunDocument(workspace.ctx, id))?.isInDoubt, state).toBe(state === "in_doubt");
      const [sql] = await getDb().$queryRaw<
        { free: boolean; unclaimed: boolean; uncollected: boolean; over: boolean; doubt: boolean }[]
      >(Prisma.sql`
        SELECT ${isFreeSql} AS free, ${isUnclaimedSql} AS unclaimed, ${isUncollected} AS uncollected, ${hasRunOut(Prisma.sql`clock_timestamp()`)} AS over, ${isInDoubt} AS doubt FROM action_runs run WHERE id = ${id}::uuid`);
      expect(sql, state).toEqual({
        free: isFree(state),
        unclaimed: isUnclaimed(run, await readRunClock(getDb(), id)),
        uncollected: state === "approval_lapsed",
        over: state === "lapsed" || state === "in_doubt",
        doubt: state === "in_doubt",
      });
      const mayErase = view.eraseHindrance === null;
      expect((await eraseRun(workspace.ctx, { runId: id, reason: "Asked for.", erasedBy: "ada@example.com" })).ok, state).toBe(mayErase);
      expect(mayErase, state).toBe(!isClaimed(state));
    }
  });

  test("a claim that ran out where executing twice does no harm: the page says what the API says, and tells what happened", async () => {
    const runId = await makeRun("repeatable", "ran_out");
    const { view, titles } = await pageOf(runId);
    expect(expectOk(await getRunStatus(visitorContext(), workspace.credentials, runId)).answer.executable).toBe(true);
    expect(view.executable).toBe("yes, once");
    expect(view.eraseHindrance).toBeNull();
    expect(titles).toContain("Claim expired without a report so another worker can claim the run");
    expectOk(await claim(workspace, runId, { worker: "worker-2" }));
    expect((await pageOf(runId)).view.executable).toBe("no, a worker has claimed it");
  });

  test("PostgreSQL finds what nobody collected in the index of it", async () => {
    const plan = await getDb().$transaction(async (tx) => {
      await tx.$executeRaw`SET LOCAL enable_seqscan = off`;
      return tx.$queryRaw<{ "QUERY PLAN": string }[]>(
        Prisma.sql`EXPLAIN VERBOSE SELECT id FROM action_runs run WHERE ${isUncollected} ORDER BY approval_valid_until LIMIT 10`,
      );
    });
    expect(plan.map((line) => line["QUERY PLAN"]).join("\n")).toContain("action_runs_uncollected");
  });

  test("PostgreSQL writes the rule into the query around it, and reads open claims alone", async () => {
    const plan = await getDb().$transaction(async (tx) => {
      await tx.$executeRaw`SET LOCAL enable_seqscan = off`;
      // So few rows are sorted as quickly as they are read in order: where there is an order to read in, it is to be used.
      await tx.$executeRaw`SET LOCAL enable_sort = off`;
      return tx.$queryRaw<{ "QUERY PLAN": string }[]>(
        Prisma.sql`EXPLAIN VERBOSE SELECT id FROM action_runs run WHERE workspace_id = ${workspace.workspaceId}::uuid AND ${isInDoubt} ORDER BY id`,
      );
    });
    const text = plan.map((line) => line["QUERY PLAN"]).join("\n");
    expect(text).toContain("action_runs_claimed");
    expect(text).not.toContain("daai_claim_state");
    expect(text).not.toContain("Sort");
  });
});

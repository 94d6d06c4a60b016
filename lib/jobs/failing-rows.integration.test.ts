import { beforeAll, expect, test } from "vitest";
import { blockWaitingRuns } from "@/lib/approvals/block-waiting-runs";
import { decideRun } from "@/lib/approvals/decide-run";
import { lapseApprovals } from "@/lib/approvals/lapse-approvals";
import { takeDueApprovalSteps } from "@/lib/approvals/take-approval-steps";
import { memberContext, systemContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { getReadiness } from "@/lib/health/get-readiness";
import { queueCheckpointMails } from "@/lib/notifications/queue-checkpoint-mails";
import {
  claimOk,
  endApprovalValidity,
  endLease,
  expectOk,
  makeRun,
  makeWorkspace,
  passApprovalTime,
  type TestWorkspace,
} from "@/lib/testing/factories";
import { sequenceReceipts } from "@/lib/testing/sequence-receipts";
import { markRunsInDoubt } from "@/lib/webhooks/mark-runs-in-doubt";
import { setCheckpointEmails } from "@/lib/workspaces/set-checkpoint-emails";

const worker = systemContext(null);
let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await makeWorkspace();
});

/** Refuses every change of the rows that the condition names, as a row that breaks a rule of the database would be. */
async function refuseChanges(table: string, condition: string): Promise<void> {
  await getDb().$executeRawUnsafe(`CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE 'this row cannot be changed'; END $$`);
  await getDb().$executeRawUnsafe(`DROP TRIGGER IF EXISTS refuse_change ON ${table}`);
  await getDb().$executeRawUnsafe(
    `CREATE TRIGGER refuse_change BEFORE INSERT OR UPDATE ON ${table} FOR EACH ROW WHEN (${condition}) EXECUTE FUNCTION refuse_change()`,
  );
}
const allowChanges = (table: string) => getDb().$executeRawUnsafe(`DROP TRIGGER refuse_change ON ${table}`);

const runOf = (id: string) => getDb().actionRun.findUniqueOrThrow({ where: { id }, include: { approvalRequest: true } });
const workerCheck = async () => (await getReadiness()).checks.worker;

async function approved(): Promise<string> {
  const runId = await makeRun(workspace, "always_require_approval");
  expectOk(await decideRun(workspace.ctx, { runId, decision: "approve", comment: null }));
  await endApprovalValidity(runId);
  return runId;
}

async function doubtful(): Promise<string> {
  const runId = await makeRun(workspace, "always_allow");
  await claimOk(workspace, runId);
  await endLease(runId);
  return runId;
}

async function due(): Promise<string> {
  const runId = await makeRun(workspace, "always_require_approval", { approverEmails: ["ann@example.com"] });
  await passApprovalTime(runId, 60);
  return runId;
}

const waiting = () => makeRun(workspace, "always_require_approval");
async function blockAll(): Promise<void> {
  const { id, email } = await getDb().user.findUniqueOrThrow({ where: { email: workspace.ownerEmail } });
  const where = { id: workspace.workspaceId };
  await getDb().workspace.update({ where, data: { deletedAt: new Date() } });
  try {
    await blockWaitingRuns(memberContext({ userId: id, email }, workspace.workspaceId));
  } finally {
    await getDb().workspace.update({ where, data: { deletedAt: null } });
  }
}

test.each<
  [string, { make: () => Promise<string>; sweep: () => Promise<void>; isDone: (run: Awaited<ReturnType<typeof runOf>>) => boolean }]
>([
  [
    "reminders",
    { make: due, sweep: () => takeDueApprovalSteps(worker), isDone: ({ approvalRequest }) => approvalRequest?.remindedAtHalfAt !== null },
  ],
  [
    "approvals that lapse",
    { make: approved, sweep: () => lapseApprovals(worker), isDone: ({ governanceReason }) => governanceReason === "approval_lapsed" },
  ],
  [
    "claims that run out",
    { make: doubtful, sweep: () => markRunsInDoubt(worker), isDone: ({ doubtNoticedAt }) => doubtNoticedAt !== null },
  ],
  [
    "pending runs of a deleted workspace",
    { make: waiting, sweep: blockAll, isDone: ({ governanceStatus }) => governanceStatus === "blocked" },
  ],
])("one row that cannot be written keeps no other from its turn: %s", async (what, { make, sweep, isDone }) => {
  const runIds = [await make(), await make(), await make()];
  const [stuck = "", ...others] = runIds;
  const [table, column] = what === "reminders" ? ["approval_requests", "run_id"] : ["action_runs", "id"];
  await refuseChanges(table, `NEW.${column} = '${stuck}'`);
  await expect(sweep()).rejects.toThrow("this row cannot be changed");
  const done = async () => Promise.all(runIds.map(async (id) => isDone(await runOf(id))));
  expect(await done()).toEqual([false, ...others.map(() => true)]);
  await allowChanges(table);
  await sweep();
  expect(await done()).toEqual(runIds.map(() => true));
});

test("checkpoint emails of one workspace that cannot be written keep no other's from being queued", async () => {
  const workspaces = [await makeWorkspace(), await makeWorkspace(), await makeWorkspace()];
  for (const { workspaceId, ...of } of workspaces) {
    await makeRun({ workspaceId, ...of }, "always_allow");
    await sequenceReceipts(of.ctx);
    expectOk(await setCheckpointEmails(of.ctx, ["ann@example.com"]));
  }
  const queued = () =>
    Promise.all(workspaces.map(({ workspaceId }) => getDb().emailDelivery.count({ where: { workspaceId, kind: "log_checkpoint" } })));
  await refuseChanges("email_deliveries", `NEW.workspace_id = '${workspaces[0]?.workspaceId}'`);
  await expect(queueCheckpointMails(worker)).rejects.toThrow("this row cannot be changed");
  expect(await queued()).toEqual([0, 1, 1]);
  await allowChanges("email_deliveries");
  for (let time = 0; time < 2; time++) await queueCheckpointMails(worker);
  expect(await queued()).toEqual([1, 1, 1]);
});

test("readiness tells of approvals that do not lapse and of claims that nobody was notified of", async () => {
  await getDb().$executeRaw`DELETE FROM graphile_worker._private_jobs`;
  const before = (await workerCheck()).detail;
  const [lapsed, claimed] = [await approved(), await doubtful()];
  await getDb().$executeRaw`DELETE FROM graphile_worker._private_jobs`;
  expect((await workerCheck()).detail).toBe(before);
  await getDb()
    .$executeRaw`UPDATE action_runs SET approval_valid_until = approval_valid_until - interval '10 minutes' WHERE id = ${lapsed}::uuid`;
  await getDb().$executeRaw`UPDATE action_runs SET claim_expires_at = claim_expires_at - interval '10 minutes' WHERE id = ${claimed}::uuid`;
  expect(await workerCheck()).toEqual({
    ok: false,
    detail: expect.stringMatching(
      /^1 approval that should have lapsed and 1 expired claim that nobody was notified of not processed .*log\.$/,
    ),
  });
  await lapseApprovals(worker);
  await markRunsInDoubt(worker);
  await getDb().$executeRaw`DELETE FROM graphile_worker._private_jobs`;
  expect((await workerCheck()).detail).toBe(before);
});

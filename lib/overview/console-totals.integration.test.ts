import { beforeAll, expect, test } from "vitest";
import { getWaiting } from "@/lib/action-runs/list/get-waiting";
import { listRecentRuns } from "@/lib/action-runs/list/list-recent-runs";
import { decideRun } from "@/lib/approvals/decide-run";
import { getTimeToDecide } from "@/lib/approvals/get-time-to-decide";
import { operatorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { ERROR_CODES } from "@/lib/domain/refusals/error-codes";
import { changeLimits } from "@/lib/limits/change-limits";
import { changePlan } from "@/lib/limits/change-plan";
import { getOwnerLimits } from "@/lib/limits/get-owner-limits";
import { changeLimitsSchema } from "@/lib/limits/schema";
import { getMailHealth } from "@/lib/notifications/get-mail-health";
import {
  claimOk,
  endLease,
  expectOk,
  makeAction,
  makeRun,
  makeWorkspace,
  propose,
  proposeOk,
  type TestWorkspace,
} from "@/lib/testing/factories";
import { listUsers } from "@/lib/users/list-users";
import { listAllWorkspaces } from "@/lib/workspaces/list-all-workspaces";
import { getConsoleTotals } from "./get-console-totals";
import { getOverview } from "./get-overview";

const operator = operatorContext(null, "root@example.com");
const anHourAgo = () => new Date(Date.now() - 3_600_000);
let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await makeWorkspace({ plan: "free", limits: { runsPerMonth: 6, emailsPerMonth: 2, activeActionsPerWorkspace: 10 } });
  const doubtful = await makeRun(workspace, "always_allow");
  await claimOk(workspace, doubtful);
  await endLease(doubtful);
  await makeAction(workspace, { name: "asked", approverEmails: ["ann@example.com"] });
  const { action_run_id: decided } = await proposeOk(workspace, { action: "asked", payload: {} });
  expectOk(await decideRun(workspace.ctx, { runId: decided, decision: "reject", comment: "No." }));
  for (let made = 0; made < 2; made++) await proposeOk(workspace, { action: "asked", payload: { made } });
});

test("the totals are what there is", async () => {
  expect(await getConsoleTotals(operator)).toMatchObject({
    users: 1,
    workspaces: 1,
    runsToday: 4,
    runsThisMonth: 4,
    pending: 2,
    inDoubt: 1,
    mailsQueued: 2,
    mailsFailed: 0,
  });
});

test("what waits, how mail went and how long people took", async () => {
  expect(await getWaiting(workspace.ctx)).toMatchObject({ pending: 2, inDoubt: 1 });
  expect(await getMailHealth(workspace.ctx, anHourAgo())).toMatchObject({ queued: 2, overLimit: 1, sent: 0, failed: 0, lastFailure: null });
  expect(await getTimeToDecide(workspace.ctx, anHourAgo())).toBeGreaterThanOrEqual(0);
  expect(await getTimeToDecide(workspace.ctx, new Date(Date.now() + 3_600_000))).toBeNull();
  await getDb().emailDelivery.updateMany({ where: { status: "queued" }, data: { status: "dead", sealedToken: null, lastError: "550" } });
  expect(await getMailHealth(workspace.ctx, anHourAgo())).toMatchObject({
    queued: 0,
    failed: 2,
    lastFailure: { toEmail: "ann@example.com", error: "550" },
  });
  expect(await getOverview(workspace.ctx, "24h")).toMatchObject({
    counts: { runs: 4 },
    routing: { routing: [{ actionName: "asked", people: 1 }], more: 0 },
  });
  // What stays in the console's own mailbox was not sent.
  const [kept, left] = await getDb().emailDelivery.findMany({ where: { status: "dead" } });
  for (const [mail, provider] of [
    [kept, "mailbox"],
    [left, "smtp"],
  ] as const)
    await getDb().emailDelivery.update({ where: { id: mail?.id ?? "" }, data: { status: "sent", provider, sentAt: new Date() } });
  expect(await getMailHealth(workspace.ctx, anHourAgo())).toMatchObject({ sent: 1, kept: 1, failed: 0 });
});

test("the operator finds accounts and workspaces by part of a name, and reads no payload", async () => {
  expect((await listUsers(operator, { search: "OWNER-" }, 10)).users).toMatchObject([
    { email: workspace.ownerEmail, plan: "free", hasOwnLimits: true, ownedWorkspaces: 1, memberships: 1 },
  ]);
  expect((await listUsers(operator, { search: "nobody" }, 10)).users).toEqual([]);
  expect((await listAllWorkspaces(operator, { search: "client" }, 10)).workspaces).toMatchObject([
    { ownerEmail: workspace.ownerEmail, members: 1, activeActions: 2, runsThisMonth: 4, pending: 2 },
  ]);
  const [run] = await listRecentRuns(operator, 1);
  expect(Object.keys(run ?? {}).sort()).toEqual([
    "actionName",
    "actionTitle",
    "createdAt",
    "execution",
    "governanceReason",
    "governanceStatus",
    "id",
    "workspace",
  ]);
});

test("whoever is at a limit reads who raises it; one press raises the plan and one lowers it, each written down", async () => {
  const limited = await makeWorkspace({ plan: "free", limits: { runsPerMonth: 0 } });
  const { id: userId } = await getDb().user.findUniqueOrThrow({ where: { email: limited.ownerEmail } });
  const said = "The operator of this console can raise the limit in Admin, Users.";
  const refused = await propose(limited, { action: "asked", payload: {} });
  expect(refused).toMatchObject({ ok: false, code: "monthly_run_limit", detail: expect.stringContaining(said) });
  for (const code of ["workspace_limit", "action_limit", "monthly_email_limit", "rate_limit_minute", "rate_limit_day"] as const)
    expect(ERROR_CODES[code].meaning).toContain(said);
  expectOk(await changePlan(operator, { userId, plan: "unlimited" }));
  expect(await getOwnerLimits(operator, userId)).toMatchObject({
    plan: "unlimited",
    overrides: { runsPerMonth: 0 },
    limits: { runsPerMonth: 0, activeActionsPerWorkspace: null },
  });
  expectOk(await changePlan(operator, { userId, plan: "settings" }));
  expect(await getOwnerLimits(operator, userId)).toMatchObject({ plan: null, limits: { activeActionsPerWorkspace: 3 } });
  const events = await getDb().auditEvent.findMany({
    where: { verb: "limits.changed", subjectId: userId },
    orderBy: { id: "desc" },
    take: 2,
  });
  expect(events.map(({ data }) => (data as { after: { plan: string } }).after.plan)).toEqual(["settings", "unlimited"]);
});

test("limits that are left empty go back to the plan's, from the next request on", async () => {
  const { id: userId } = await getDb().user.findUniqueOrThrow({ where: { email: workspace.ownerEmail } });
  const none = {
    activeWorkspaces: "",
    activeActionsPerWorkspace: "",
    runsPerMonth: "",
    emailsPerMonth: "",
    interceptsPerMinute: "",
    interceptsPerDay: "",
  };
  const change = (limits: Partial<typeof none>) =>
    changeLimits(operator, changeLimitsSchema.parse({ userId, plan: "free", limits: { ...none, ...limits } }));
  expectOk(await change({ runsPerMonth: "4" }));
  expect(await propose(workspace, { action: "asked", payload: {} })).toMatchObject({ ok: false, code: "monthly_run_limit" });
  expectOk(await change({ runsPerMonth: " Unlimited " }));
  expectOk(await propose(workspace, { action: "asked", payload: {} }));
  expectOk(await change({}));
  expect(await getOwnerLimits(operator, userId)).toMatchObject({ plan: "free", overrides: {}, limits: { runsPerMonth: 1000 } });
  const [event] = await getDb().auditEvent.findMany({
    where: { verb: "limits.changed", subjectId: userId },
    orderBy: { id: "desc" },
    take: 1,
  });
  expect(event?.data).toEqual({ before: { plan: "free", runsPerMonth: "unlimited" }, after: { plan: "free", runsPerMonth: "plan" } });
  for (const wrong of ["-1", "1.5", "many", "1e3", "9999999999"])
    expect(changeLimitsSchema.safeParse({ userId, plan: "free", limits: { ...none, runsPerMonth: wrong } }).success).toBe(false);
});

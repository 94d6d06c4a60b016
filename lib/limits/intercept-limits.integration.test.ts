import { describe, expect, test } from "vitest";
import { interceptAction } from "@/lib/action-runs/propose/intercept-action";
import { getRunStatus } from "@/lib/action-runs/status/get-run-status";
import { createApiKey } from "@/lib/api-keys/create-api-key";
import { authenticateSdk } from "@/lib/api-keys/sdk-context";
import { visitorContext } from "@/lib/auth/contexts";
import { interceptRequestSchema } from "@/lib/contract/intercept";
import { getDb } from "@/lib/db/client";
import type { Limits } from "@/lib/domain/access/limits";
import { atOnce, credentialsOf, expectOk, makeAction, makeWorkspace, propose, type TestWorkspace, tally } from "@/lib/testing/factories";
import { tableContents } from "@/lib/testing/table-contents";
import { withinOnePeriod } from "@/lib/testing/within-one-period";
import { createWorkspace } from "@/lib/workspaces/create-workspace";
import { setLimits } from "./set-limits";

const MANY = { runsPerMonth: null, emailsPerMonth: null, interceptsPerMinute: null, interceptsPerDay: null } satisfies Partial<Limits>;

async function makeLimited(
  limits: Partial<Limits>,
  type: "always_allow" | "always_require_approval" = "always_allow",
): Promise<TestWorkspace> {
  const workspace = await makeWorkspace({ limits: { ...MANY, ...limits } });
  await makeAction(workspace, { name: "pay", policy: { type } });
  return workspace;
}

const pay = (workspace: TestWorkspace, n = 0) => propose(workspace, { action: "pay", payload: { n } });
const codes = (outcomes: Awaited<ReturnType<typeof pay>>[]) => tally(outcomes.map((outcome) => (outcome.ok ? "ok" : outcome.code)));
const runsOf = ({ workspaceId }: TestWorkspace) => getDb().actionRun.count({ where: { workspaceId } });
const now = async () => (await getDb().$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`)[0]?.now ?? new Date(0);

const startOfNext = {
  monthly_run_limit: (at: Date) => Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1),
  rate_limit_day: (at: Date) => Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate() + 1),
  rate_limit_minute: (at: Date) => (Math.floor(at.getTime() / 60_000) + 1) * 60_000,
};

describe.each<[keyof Limits, keyof typeof startOfNext, "minute" | "day" | "month"]>([
  ["runsPerMonth", "monthly_run_limit", "month"],
  ["interceptsPerDay", "rate_limit_day", "day"],
  ["interceptsPerMinute", "rate_limit_minute", "minute"],
])("%s", (name, code, period) => {
  test("of 100 at once, exactly as many as allowed get through", () =>
    withinOnePeriod(period, async () => {
      for (const limit of [40, 1]) {
        const workspace = await makeLimited({ [name]: limit });
        expect(codes(await atOnce(100, (n) => pay(workspace, n)))).toEqual({ ok: limit, [code]: 100 - limit });
        expect(await runsOf(workspace)).toBe(limit);
        const receipts = await getDb().receipt.count({ where: { workspaceId: workspace.workspaceId } });
        expect(receipts).toBe(limit);
      }
    }));

  test("a refusal says which, how many and until when, and records nothing", () =>
    withinOnePeriod(period, async () => {
      const workspace = await makeLimited({ [name]: 2 });
      await atOnce(2, (n) => pay(workspace, n).then(expectOk));
      const before = await tableContents();
      const refusal = await pay(workspace);
      const resetsAt = new Date(startOfNext[code](await now())).toISOString();
      expect(refusal).toMatchObject({ ok: false, code, fields: { limit: 2, used: 2, resets_at: resetsAt } });
      expect("detail" in refusal && refusal.detail).toContain("2");
      await atOnce(20, (n) => pay(workspace, n));
      expect(await tableContents()).toEqual(before);
    }));

  test("a limit of nothing lets nothing through; a lowered one tells what was used", () =>
    withinOnePeriod(period, async () => {
      const none = await makeLimited({ [name]: 0 });
      expect(await pay(none)).toMatchObject({ code, fields: { limit: 0, used: 0 } });
      const lowered = await makeLimited({ [name]: 5 });
      await atOnce(5, (n) => pay(lowered, n).then(expectOk));
      expectOk(await setLimits(lowered.ctx, { ownerEmail: lowered.ownerEmail, overrides: { [name]: 3 } }));
      expect(await pay(lowered)).toMatchObject({ code, fields: { limit: 3, used: 5 } });
      expectOk(await setLimits(lowered.ctx, { ownerEmail: lowered.ownerEmail, overrides: { [name]: 6 } }));
      expect(codes(await atOnce(9, (n) => pay(lowered, n)))).toEqual({ ok: 1, [code]: 8 });
    }));
});

describe("several limits at once", () => {
  test("what one limit refuses is not counted by the others", () =>
    withinOnePeriod("minute", async () => {
      const workspace = await makeLimited({ runsPerMonth: 50, interceptsPerDay: 30, interceptsPerMinute: 10 });
      expect(codes(await atOnce(100, (n) => pay(workspace, n)))).toEqual({ ok: 10, rate_limit_minute: 90 });
      const { workspaceId } = workspace;
      const { ownerId } = await getDb().workspace.findUniqueOrThrow({ where: { id: workspaceId } });
      const key = await getDb().apiKey.findFirstOrThrow({ where: { workspaceId, kind: "api" } });
      const counters = await getDb().usageCounter.findMany({
        where: { subject: { in: [ownerId, key.id] }, scope: { not: "active_workspaces" } },
      });
      expect(Object.fromEntries(counters.map(({ scope, count }) => [scope, count]))).toEqual({
        runs_per_month: 10,
        intercepts_per_day: 10,
        intercepts_per_minute: 10,
      });
    }));

  test("rates are per key; the month is the owner's, across workspaces", () =>
    withinOnePeriod("minute", async () => {
      const workspace = await makeLimited({ runsPerMonth: 25, interceptsPerMinute: 10 });
      const second = await createApiKey(workspace.ctx, { kind: "api", name: "second" });
      const other = expectOk(
        await createWorkspace(workspace.ctx, { ownerEmail: workspace.ownerEmail, name: "Other", clientName: "Other" }),
      );
      const callers = [
        workspace,
        { ...workspace, credentials: credentialsOf(second.key, workspace.workspaceKey) },
        { ...workspace, credentials: credentialsOf(other.apiKey, other.workspaceKey) },
      ];
      const outcomes = await Promise.all(callers.map((caller) => atOnce(30, (n) => pay(caller, n))));
      const all = codes(outcomes.flat());
      expect(all.ok).toBe(25);
      expect((all.rate_limit_minute ?? 0) + (all.monthly_run_limit ?? 0)).toBe(65);
      for (const one of outcomes) expect(codes(one).ok ?? 0).toBeLessThanOrEqual(10);
    }));

  test("every answer tells the rest of the windows", () =>
    withinOnePeriod("minute", async () => {
      const workspace = await makeLimited({ interceptsPerDay: 30, interceptsPerMinute: 3 });
      const windows = (minute: number, day: number) => [
        { name: "minute", limit: 3, remaining: minute, windowSeconds: 60, resetSeconds: expect.any(Number) as number },
        { name: "day", limit: 30, remaining: day, windowSeconds: 86_400, resetSeconds: expect.any(Number) as number },
      ];
      const first = expectOk(await pay(workspace));
      expect(first.rateLimits).toEqual(windows(2, 29));
      await pay(workspace);
      await pay(workspace);
      expect(await pay(workspace)).toMatchObject({ code: "rate_limit_minute", rateLimits: windows(0, 27) });
      expect(await getRunStatus(visitorContext(), workspace.credentials, first.answer.action_run_id)).toMatchObject({
        rateLimits: windows(0, 27),
      });
      expect(await authenticateSdk(visitorContext(), workspace.credentials)).toMatchObject({ rateLimits: windows(0, 27) });
      const seconds = Math.floor((await now()).getTime() / 1000);
      const { rateLimits } = expectOk(await getRunStatus(visitorContext(), workspace.credentials, first.answer.action_run_id));
      const resets = rateLimits.map(({ windowSeconds, resetSeconds }) => resetSeconds - (windowSeconds - (seconds % windowSeconds)));
      expect(resets.every((difference) => difference === 0 || difference === -1)).toBe(true);
    }));
});

describe("a proposal that the database cannot keep, though it was let through to it", () => {
  const unstorable = (workspace: TestWorkspace) =>
    interceptAction(visitorContext(), workspace.credentials, {
      request: interceptRequestSchema.parse({ action: "pay", payload: { x: 0 } }),
      payload: { x: 0 },
      payloadText: '{"x":0e999999999999}',
    });

  test("is refused, spoils no other that comes with it, and is counted", () =>
    withinOnePeriod("day", async () => {
      const workspace = await makeLimited({ interceptsPerMinute: 20, interceptsPerDay: 12 });
      const outcomes = await atOnce(8, (n) => (n < 3 ? unstorable(workspace) : pay(workspace, n)));
      expect(codes(outcomes)).toEqual({ ok: 5, unsafe_number: 3 });
      expect((await unstorable(workspace)).rateLimits?.map(({ remaining }) => remaining)).toEqual([11, 3]);
      expect(codes(await atOnce(5, () => unstorable(workspace)))).toEqual({ unsafe_number: 3, rate_limit_day: 2 });
      expect(await pay(workspace)).toMatchObject({ code: "rate_limit_day" });
      expect(await runsOf(workspace)).toBe(5);
    }));
});

describe("emailsPerMonth", () => {
  test("of 100 mails at once exactly 40 are queued; the runs without wait all the same", () =>
    withinOnePeriod("month", async () => {
      const workspace = await makeLimited({ emailsPerMonth: 40 }, "always_require_approval");
      const answers = (await atOnce(100, (n) => pay(workspace, n))).map((outcome) => expectOk(outcome).answer);
      expect(tally(answers.map((answer) => answer.governance_status))).toEqual({ pending_approval: 100 });
      const mails = await getDb().emailDelivery.findMany({ where: { workspaceId: workspace.workspaceId }, include: { run: true } });
      expect(
        tally(mails.map((mail) => `${mail.status} ${mail.notSentReason} ${mail.run?.mailNotSentReason} ${mail.sealedToken !== null}`)),
      ).toEqual({
        "queued null null true": 40,
        "not_sent monthly_email_limit monthly_email_limit false": 60,
      });
      const [jobs] = await getDb().$queryRaw<{ count: number }[]>`
        SELECT count(*)::int FROM graphile_worker._private_jobs WHERE payload ->> 'deliveryId' = ANY(${mails.map(({ id }) => id)})`;
      expect(jobs?.count).toBe(40);
      const unmailed = mails.find((mail) => mail.status === "not_sent");
      expect(await getRunStatus(visitorContext(), workspace.credentials, unmailed?.runId ?? "")).toMatchObject({
        answer: { mail: { queued: 0, not_sent_reason: "monthly_email_limit" } },
      });
    }));
});

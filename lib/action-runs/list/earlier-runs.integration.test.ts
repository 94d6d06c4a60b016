import { beforeEach, describe, expect, test } from "vitest";
import { decideByLink } from "@/lib/approvals/decide-by-link";
import { expireRun } from "@/lib/approvals/decide-run";
import { withdrawRun } from "@/lib/approvals/withdraw-run";
import { systemContext, visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import type { Decision } from "@/lib/domain/runs/statuses";
import { DAY_MS } from "@/lib/domain/time/units";
import { openDecisionLink } from "@/lib/http/open-decision-link";
import { endApprovalWindow, expectOk, linkToken, makeAction, makeWorkspace, proposeOk, type TestWorkspace } from "@/lib/testing/factories";
import { readsOf } from "@/lib/testing/reads-of";
import { alikeQuery, byActorQuery, getEarlierRuns } from "./get-earlier-runs";
import { listRuns } from "./list-runs";

const NONE = { approved: 0, allowed: 0, rejected: 0, blocked: 0, withdrawn: 0, lapsed: 0, expired: 0, pending: 0 };

let workspace: TestWorkspace;
beforeEach(async () => {
  workspace = await makeWorkspace();
  await register(workspace);
});

async function register(of: TestWorkspace): Promise<void> {
  await makeAction(of, {
    name: "refund",
    policy: { type: "require_approval_above_amount", threshold: "100" },
    approverEmails: ["ann@example.com"],
  });
}

async function refund(to: string | null, { amount = "500", actor = "finance_agent", of = workspace } = {}): Promise<string> {
  const payload = { amount, currency: "EUR", ...(to === null ? {} : { recipient: to }) };
  return (await proposeOk(of, { action: "refund", actor, payload })).action_run_id;
}

async function decide(runId: string, decision: Decision): Promise<string> {
  expectOk(await decideByLink(visitorContext(), await linkToken(runId), { decision, comment: null, confirm: true }));
  return runId;
}

/** Another run like this one, proposed that many days ago. */
async function copyFrom(runId: string, days: number): Promise<void> {
  const createdAt = new Date(Date.now() - days * DAY_MS);
  await getDb().$executeRaw`
    INSERT INTO action_runs
    SELECT (jsonb_populate_record(run, jsonb_build_object('id', gen_random_uuid(), 'idempotency_key', NULL, 'created_at', ${createdAt}::timestamptz))).*
    FROM action_runs run WHERE id = ${runId}::uuid`;
}

const earlierOf = (runId: string) => getEarlierRuns(workspace.ctx, runId);

describe("what happened before to runs like this one", () => {
  test("is counted by outcome, of its own workspace, action and recipient", async () => {
    expect(await earlierOf(await refund("ada@example.com"))).toEqual({ alike: NONE, byActor: { approved: 0, decided: 0 } });
    await decide(await refund("ada@example.com"), "approve");
    await decide(await refund("ada@example.com"), "reject");
    await decide(await refund("ada@example.com"), "block");
    await refund("ada@example.com", { amount: "5" });
    expectOk(await withdrawRun(workspace.ctx, { runId: await refund("ada@example.com"), reason: "Paid by hand." }));
    const expired = await refund("ada@example.com");
    await endApprovalWindow(expired);
    expectOk(await expireRun(systemContext(workspace.workspaceId), expired));
    // Not the same: another recipient, another action, another workspace, and what comes later.
    await refund("bo@example.com");
    await makeAction(workspace, { name: "pay" });
    await proposeOk(workspace, { action: "pay", payload: { recipient: "ada@example.com" } });
    const other = await makeWorkspace();
    await register(other);
    await refund("ada@example.com", { of: other });
    const runId = await refund("ada@example.com", { actor: "support_agent" });
    await refund("ada@example.com");
    expect(await earlierOf(runId)).toEqual({
      alike: { approved: 1, allowed: 1, rejected: 1, blocked: 1, withdrawn: 1, lapsed: 0, expired: 1, pending: 1 },
      byActor: { approved: 0, decided: 0 },
    });
  });

  test("counts of an actor only what people decided, within 30 days", async () => {
    await decide(await refund("ada@example.com"), "approve");
    const rejected = await decide(await refund("bo@example.com"), "reject");
    await copyFrom(rejected, 29);
    await copyFrom(rejected, 31);
    await refund("cy@example.com", { amount: "5" });
    await refund("dee@example.com");
    const runId = await refund("bo@example.com");
    expect(await earlierOf(runId)).toEqual({ alike: { ...NONE, rejected: 2 }, byActor: { approved: 1, decided: 3 } });
  });

  test("says nothing of a recipient or actor that the console could not read", async () => {
    await refund(null);
    const { action_run_id } = await proposeOk(workspace, { action: "refund", payload: { amount: "500" } });
    expect(await earlierOf(action_run_id)).toEqual({ alike: null, byActor: null });
  });

  test("is on the page of a mailed link, as counts", async () => {
    await decide(await refund("ada@example.com"), "approve");
    const opened = await openDecisionLink(await linkToken(await refund("ada@example.com")), {
      clientAddress: "192.0.2.1",
      isFirstLook: true,
      isShown: true,
    });
    expect(expectOk(opened).earlier).toEqual({ alike: { ...NONE, approved: 1 }, byActor: { approved: 1, decided: 1 } });
  });

  test("leads to a list with exactly these runs", async () => {
    const ids = [await refund("ada@example.com"), await refund("ada@example.com")];
    await refund("Ada@example.com");
    const filter = { actions: ["refund"], recipient: "ada@example.com" };
    const list = await listRuns(workspace.ctx, filter, { sort: "created", direction: "asc", limit: 10 });
    expect(list.runs.map(({ id }) => id)).toEqual(ids);
  });
});

describe("the history of a run in a workspace with many", () => {
  test("reads at most a hundred rows of each index, however many there are", async () => {
    const template = await decide(await refund("ada@example.com"), "approve");
    await getDb().$executeRaw`
      INSERT INTO action_runs
      SELECT (jsonb_populate_record(run, jsonb_build_object('id', gen_random_uuid(), 'idempotency_key', NULL,
        'created_at', now() - n * interval '1 minute', 'recipient', CASE WHEN n % 2 = 0 THEN 'ada@example.com' ELSE n || '@example.com' END))).*
      FROM action_runs run, generate_series(1, 4000) n WHERE id = ${template}::uuid`;
    await getDb().$executeRaw`ANALYZE action_runs`;
    const runId = await refund("ada@example.com");
    expect(await earlierOf(runId)).toEqual({ alike: { ...NONE, approved: 100 }, byActor: { approved: 100, decided: 100 } });

    const run = await getDb().actionRun.findUniqueOrThrow({ where: { id: runId } });
    const alike = [{ index: "action_runs_by_recipient", rows: 100, removed: 0 }];
    expect(await readsOf(alikeQuery(run, "ada@example.com"))).toEqual({ custom: alike, generic: alike });
    const byActor = [{ index: "action_runs_decided_by_actor", rows: 100, removed: 0 }];
    expect(await readsOf(byActorQuery(run, "finance_agent"))).toEqual({ custom: byActor, generic: byActor });
  });
});

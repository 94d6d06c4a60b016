import { beforeAll, describe, expect, test } from "vitest";
import { claimRun } from "@/lib/action-runs/execute/claim-run";
import { getEarlierRuns } from "@/lib/action-runs/list/get-earlier-runs";
import { listRuns } from "@/lib/action-runs/list/list-runs";
import { listedRunDocument } from "@/lib/action-runs/list/run-document";
import { runRow } from "@/lib/action-runs/list/run-row";
import { getRunStory } from "@/lib/action-runs/show/get-run-story";
import { runView } from "@/lib/action-runs/show/run-view";
import { getRunStatus } from "@/lib/action-runs/status/get-run-status";
import { listApiKeys } from "@/lib/api-keys/list-api-keys";
import { revokeApiKey } from "@/lib/api-keys/revoke-api-key";
import { rotateApiKey } from "@/lib/api-keys/rotate-api-key";
import { decideByLink } from "@/lib/approvals/decide-by-link";
import { countIdentical } from "@/lib/approvals/identical-requests";
import { listWaiting } from "@/lib/approvals/list-waiting";
import { userContext, visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { readDecisionBody } from "@/lib/domain/log/read-receipt-body";
import { RUN_EVENTS } from "@/lib/domain/runs/webhook-events";
import { getMemberRights } from "@/lib/members/get-member-rights";
import { readSetupFacts } from "@/lib/overview/setup-facts";
import { setActionActive } from "@/lib/registered-actions/set-action-active";
import { NotPermitted } from "@/lib/security/not-permitted";
import {
  asSdk,
  claim,
  expectOk,
  linkToken,
  makeAction,
  makePerson,
  makeWorkspace,
  propose,
  proposeOk,
  report,
  type TestWorkspace,
} from "@/lib/testing/factories";
import { createWebhook } from "@/lib/webhooks/create-webhook";
import { requestTest } from "./request-test";

let workspace: TestWorkspace;
let developer: Awaited<ReturnType<typeof makePerson>>;
let approver: Awaited<ReturnType<typeof makePerson>>;
beforeAll(async () => {
  workspace = await makeWorkspace();
  developer = await makePerson(workspace, "developer");
  approver = await makePerson(workspace, "approver");
  await makeAction(workspace, {
    name: "refund",
    policy: { type: "require_approval_above_amount", threshold: "500" },
    approverEmails: ["ann@example.com"],
    sentence: "refund {amount} to {customer}",
    recipientField: "customer",
  });
  for (const [kind, url] of [
    ["webhook", "https://app.example.com/hook"],
    ["notification", "https://app.example.com/chat"],
    ["slack", "https://hooks.slack.com/services/T0/B0/abcd"],
  ] as const)
    expectOk(await createWebhook(workspace.ctx, { kind, url, eventTypes: [...RUN_EVENTS] }));
});

const payload = (amount: number) => JSON.stringify({ amount, customer: "ada@example.com" });
const sendTest = async (amount: number) => expectOk(await requestTest(developer.ctx, { name: "refund", payload: payload(amount) })).runId;
const readRun = (id: string) =>
  getDb().actionRun.findUniqueOrThrow({ where: { id }, include: { apiKey: true, receipts: true, emailDeliveries: true } });
const sql = (text: string) => getDb().$executeRawUnsafe(text);

describe("a test request", () => {
  test("asks people as an app's does, is marked for them, and once approved runs nowhere", async () => {
    const runId = await sendTest(900);
    expect(await readRun(runId)).toMatchObject({
      isTest: true,
      governanceStatus: "pending_approval",
      actor: developer.email,
      sentence: "refund 900.00 to ada@example.com",
      emailDeliveries: [{ toEmail: "ann@example.com", kind: "approval_request" }],
    });
    const { userId, email } = approver.ctx.actor;
    const queue = await listWaiting(userContext({ sessionId: "", userId, email, name: null, isOperator: false }), { limit: 10 });
    expect(queue.runs.find((run) => run.runId === runId)).toMatchObject({ isTest: true });

    const [listed] = (await listRuns(workspace.ctx, { ids: [runId] }, { sort: "created", direction: "desc", limit: 1 })).runs;
    expect(listed && [runRow(listed).isTest, listedRunDocument(listed).is_test]).toEqual([true, true]);

    const token = await linkToken(runId);
    const { run } = expectOk(await decideByLink(visitorContext(), token, { decision: "approve", comment: null, confirm: true }));
    expect(run.decidedBy).toBe("ann@example.com");
    const decided = await readRun(runId);
    expect(decided).toMatchObject({ governanceStatus: "approved", executionStatus: "not_executed", approvalValidUntil: null });
    const story = await getRunStory(workspace.ctx, runId);
    expect(story && runView(story, "http://localhost").calls.map(({ title }) => title)).toEqual([
      "Propose it",
      "Read its status and wait for a decision",
    ]);
    expect(readDecisionBody(decided.receipts[0]?.body ?? "")).toMatchObject({ actor: developer.email, governance_status: "approved" });
    await expectNothingRuns(runId);
  });

  test("that its policy allows is allowed, and runs nowhere", async () => {
    const runId = await sendTest(5);
    expect(await readRun(runId)).toMatchObject({ isTest: true, governanceStatus: "allowed", executionStatus: "not_executed" });
    await expectNothingRuns(runId);
  });

  /** With the workspace's own keys, and by hand in the database. */
  async function expectNothingRuns(runId: string): Promise<void> {
    expect(await claim(workspace, runId)).toMatchObject({ ok: false, code: "not_executable" });
    expect(await report(workspace, runId)).toMatchObject({ ok: false });
    const status = expectOk(await getRunStatus(visitorContext(), workspace.credentials, runId));
    expect(status.answer).toMatchObject({ executable: false, claimed: false, execution_status: "not_executed" });
    await sql(`UPDATE action_runs SET execution_status = 'awaiting_execution_report', is_test = false WHERE id = '${runId}'`);
    expect(await readRun(runId)).toMatchObject({ isTest: true, executionStatus: "not_executed" });
    await expect(
      sql(
        `UPDATE action_runs SET claim_token_hash = '\\x00', claim_worker = 'w', claimed_at = now(), claim_expires_at = now() WHERE id = '${runId}'`,
      ),
    ).rejects.toThrow(/action_runs_test_unclaimed/);
    expect(await getDb().webhookDelivery.count({ where: { runId } })).toBe(0);
  }

  test("is nothing that an app can send, nor what an app sends after it", async () => {
    const source = { type: "console_test" };
    const run = await proposeOk(workspace, {
      action: "refund",
      payload: { amount: 5, customer: "b@example.com" },
      actor: developer.email,
      source,
    });
    expect(await readRun(run.action_run_id)).toMatchObject({ isTest: false, executionStatus: "awaiting_execution_report" });
    expectOk(await asSdk(workspace, (ctx) => claimRun(ctx, { runId: run.action_run_id, worker: "w", leaseSeconds: 60 })));
    const same = { amount: 901, customer: "ada@example.com" };
    const pending = await proposeOk(workspace, { action: "refund", payload: same });
    // Nobody decides a real request along with a test of the same payload.
    const testId = expectOk(await requestTest(developer.ctx, { name: "refund", payload: JSON.stringify(same) })).runId;
    for (const runId of [testId, pending.action_run_id])
      expect(await countIdentical(visitorContext(), { runId, approverEmail: "ann@example.com" })).toBe(0);
    expect(await getDb().webhookDelivery.count({ where: { runId: pending.action_run_id } })).toBe(3);
  });

  test("is no history of real requests, and completes no step of Setup", async () => {
    const other = await makeWorkspace();
    const sender = await makePerson(other, "admin");
    await makeAction(other, { name: "refund", policy: { type: "always_allow" }, recipientField: "customer" });
    expectOk(await requestTest(sender.ctx, { name: "refund", payload: payload(5) }));
    expect(await readSetupFacts(other.ctx)).toMatchObject({ firstRunAt: null, keysSeenAt: null, firstReceiptAt: null });
    const real = await proposeOk(other, { action: "refund", payload: { amount: 5, customer: "ada@example.com" } });
    expect((await getEarlierRuns(other.ctx, real.action_run_id)).alike).toMatchObject({ allowed: 0 });
  });

  test("is refused for an action that isn't registered or is inactive, and leaves no run", async () => {
    await makeAction(workspace, { name: "switched_off" });
    expectOk(await setActionActive(workspace.ctx, { name: "switched_off", isActive: false }));
    for (const [name, code] of [
      ["nowhere", "not_found"],
      ["switched_off", "action_inactive"],
    ] as const) {
      expect(await requestTest(developer.ctx, { name, payload: "{}" })).toMatchObject({ ok: false, code });
      expect(await getDb().actionRun.count({ where: { workspaceId: workspace.workspaceId, actionName: name } })).toBe(0);
    }
  });

  test("is refused in the API's words when the payload can't be one", async () => {
    const refused = async (text: string) => requestTest(developer.ctx, { name: "refund", payload: text });
    expect(await refused("[1]")).toMatchObject({ code: "validation_failed", detail: "payload must be a JSON object." });
    expect(await refused('{"amount": 1, "amount": 2}')).toMatchObject({ code: "duplicate_member" });
    expect(await refused("{")).toMatchObject({ code: "validation_failed" });
    expect(await refused(JSON.stringify({ a: "x".repeat(17_000) }))).toMatchObject({ code: "payload_too_large" });
  });
});

describe("the key of test requests", () => {
  test("is one for each person, and is nothing that anyone can list, revoke or rotate", async () => {
    const [one, two] = [await sendTest(5), await sendTest(6)];
    const { apiKey } = await readRun(one);
    expect(apiKey).toMatchObject({ kind: "test", createdBy: developer.email, hint: "" });
    expect((await readRun(two)).apiKeyId).toBe(apiKey.id);
    expect((await listApiKeys(workspace.ctx)).map(({ id }) => id)).not.toContain(apiKey.id);
    expect(await revokeApiKey(workspace.ctx, apiKey.id)).toBe(false);
    expect(await rotateApiKey(workspace.ctx, { id: apiKey.id, overlapMinutes: 0 })).toMatchObject({ ok: false, code: "not_found" });
    const { userId } = developer.ctx.actor;
    expect(expectOk(await getMemberRights(workspace.ctx, { userId })).rights.keys).toEqual([]);
  });

  test.each(["owner", "admin", "developer", "approver", "viewer"] as const)("is for those who manage actions: %s", async (role) => {
    const person = await makePerson(workspace, role);
    const sent = requestTest(person.ctx, { name: "refund", payload: payload(5) });
    if (role === "approver" || role === "viewer") await expect(sent).rejects.toThrow(NotPermitted);
    else expectOk(await sent);
  });

  test("proposes in its own workspace alone, and counts toward its limits", async () => {
    const limited = await makeWorkspace({ limits: { runsPerMonth: 1 } });
    await makeAction(limited, { name: "refund", policy: { type: "always_allow" } });
    const sender = await makePerson(limited, "owner");
    const { runId } = expectOk(await requestTest(sender.ctx, { name: "refund", payload: "{}" }));
    expect((await readRun(runId)).workspaceId).toBe(limited.workspaceId);
    expect(await propose(limited, { action: "refund", payload: {} })).toMatchObject({ code: "monthly_run_limit" });
  });
});

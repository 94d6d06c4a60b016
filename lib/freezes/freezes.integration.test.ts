import { beforeEach, describe, expect, test } from "vitest";
import { createApiKey } from "@/lib/api-keys/create-api-key";
import { revokeApiKey } from "@/lib/api-keys/revoke-api-key";
import { rotateApiKey } from "@/lib/api-keys/rotate-api-key";
import { decideByLink } from "@/lib/approvals/decide-by-link";
import { decideRun } from "@/lib/approvals/decide-run";
import { withdrawRun } from "@/lib/approvals/withdraw-run";
import { accountContext, operatorContext, visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { readDecisionBody, readFreezeBody } from "@/lib/domain/log/read-receipt-body";
import {
  claim,
  claimOk,
  credentialsOf,
  endLease,
  expectOk,
  linkToken,
  makeAction,
  makePerson,
  makeWorkspace,
  proposeOk,
  report,
  type TestWorkspace,
} from "@/lib/testing/factories";
import { ALL, ask, CHANNEL, endFreeze, freeze, makePayingWorkspace, pay, readStatus } from "@/lib/testing/freezes";
import { listFreezes, listMyFreezes } from "./list-freezes";
import { setThawRule } from "./set-thaw-rule";
import { freezeConsole, startFreeze } from "./start-freeze";
import { thaw, thawConsole } from "./thaw";

let workspace: TestWorkspace;
beforeEach(async () => {
  workspace = await makePayingWorkspace();
});

const decide = (runId: string, decision: "approve" | "reject" | "block") => decideRun(workspace.ctx, { runId, decision, comment: null });
const consoleCtx = () => operatorContext(null, "ops@example.com");

describe("while a workspace is frozen", () => {
  test("new proposals are blocked with a receipt, no policy decides, and the same key gets the same run", async () => {
    await freeze(workspace);
    const blocked = await proposeOk(workspace, { action: "pay", payload: { amount: 5 }, idempotency_key: "k", claim: { worker: "w" } });
    expect(blocked).toMatchObject({ governance_status: "blocked", governance_reason: "frozen", executable: false, claim: null });
    expect(blocked.receipt).toMatchObject({ outcome: "blocked", reason: "frozen", policy_type: null });
    const receipt = await getDb().receipt.findFirstOrThrow({ where: { runId: blocked.action_run_id } });
    expect(readDecisionBody(receipt.body)).toMatchObject({ governance_status: "blocked", reason: "frozen", policy: null });
    expect(await proposeOk(workspace, { action: "pay", payload: { amount: 5 }, idempotency_key: "k" })).toMatchObject({
      action_run_id: blocked.action_run_id,
      idempotent_replay: true,
    });
    expect(await proposeOk(workspace, { action: "nobody_registered", payload: {} })).toMatchObject({ governance_reason: "frozen" });
    expect(await proposeOk(workspace, { action: "ask", payload: {} })).toMatchObject({ governance_status: "blocked" });
    expect(await getDb().approvalRequest.count({ where: { workspaceId: workspace.workspaceId } })).toBe(0);
    expect(await pay(await otherWorkspace())).toMatchObject({ governance_status: "allowed" });
  });

  test("what nobody claimed is not handed out, what is claimed can be finished, and all of it is listed", async () => {
    const [{ action_run_id: free }, { action_run_id: held }, { action_run_id: doubtful }] = [
      await pay(workspace),
      await pay(workspace),
      await pay(workspace),
    ];
    const approved = await ask(workspace);
    expectOk(await decide(approved, "approve"));
    const token = await claimOk(workspace, held);
    await claimOk(workspace, doubtful);
    await endLease(doubtful);
    const started = expectOk(await startFreeze(workspace.ctx, ALL));
    expect(started.claims).toBe(2);
    for (const runId of [free, approved]) {
      expect(await claim(workspace, runId)).toMatchObject({
        code: "frozen",
        detail: expect.stringContaining("Wrong refunds"),
        fields: { frozen: { scope: "workspace", frozen_by: workspace.ownerEmail } },
      });
      expect(await readStatus(workspace, runId)).toMatchObject({ executable: false, frozen: true });
    }
    const { active } = await listFreezes(workspace.ctx);
    expect(active.flatMap(({ claims }) => claims.map(({ runId, state }) => [runId, state])).sort()).toEqual(
      [
        [held, "held"],
        [doubtful, "in_doubt"],
      ].sort(),
    );
    expect(await claim(workspace, held, { token })).toMatchObject({ ok: true });
    expectOk(await report(workspace, held, { claimToken: token }));
    expectOk(await withdrawRun(workspace.ctx, { runId: free, reason: "Not needed" }));
    await endFreeze(workspace, started.freezeId);
    expect(await readStatus(workspace, approved)).toMatchObject({ executable: true, frozen: false });
    await claimOk(workspace, approved);
    expect(await pay(workspace)).toMatchObject({ governance_status: "allowed" });
  });

  test("nothing is approved, by link or in the console; rejecting and blocking work", async () => {
    const [first, second, third] = [await ask(workspace), await ask(workspace), await ask(workspace)];
    const token = await linkToken(first);
    const freezeId = await freeze(workspace);
    const approve = () => decideByLink(visitorContext(), token, { decision: "approve", comment: null, confirm: true });
    expect(await approve()).toMatchObject({ code: "frozen", detail: expect.stringContaining("You can still reject or block") });
    expect(await decide(second, "approve")).toMatchObject({ code: "frozen" });
    expectOk(await decide(second, "reject"));
    expectOk(await decide(third, "block"));
    await endFreeze(workspace, freezeId);
    expectOk(await approve());
  });
});

describe("what is frozen", () => {
  test("an action, or a key, and nothing else", async () => {
    const other = await secondKey();
    const { apiKeyId } = await getDb().actionRun.findUniqueOrThrow({ where: { id: (await pay(workspace)).action_run_id } });
    const freezeId = await freeze(workspace, { apiKeyId });
    expect([await pay(workspace), await pay(other)].map((run) => run.governance_reason)).toEqual(["frozen", "policy_always_allow"]);
    expect(await rotateApiKey(workspace.ctx, { id: apiKeyId, overlapMinutes: 0 })).toMatchObject({ ok: false, code: "frozen" });
    await endFreeze(workspace, freezeId);
    await freeze(workspace, { actionName: "pay" });
    expect(await pay(other)).toMatchObject({ governance_reason: "frozen" });
    expect(await proposeOk(workspace, { action: "ask", payload: {} })).toMatchObject({ governance_status: "pending_approval" });
    await revokeApiKey(workspace.ctx, apiKeyId);
  });

  test("the whole console: every workspace, with a receipt in each", async () => {
    const other = await otherWorkspace();
    const { freezeId } = expectOk(await freezeConsole(consoleCtx(), { reason: "Restore drill", channel: "admin_cli" }));
    expect([await pay(workspace), await pay(other)].map((run) => run.governance_reason)).toEqual(["frozen", "frozen"]);
    expect(await thaw(workspace.ctx, { freezeId, comment: null, channel: CHANNEL })).toMatchObject({ code: "not_permitted" });
    expectOk(await thawConsole(consoleCtx(), { freezeId, comment: "Done", channel: "admin_cli" }));
    for (const { workspaceId } of [workspace, other]) {
      const receipts = await getDb().receipt.findMany({ where: { workspaceId, kind: { in: ["freeze", "thaw"] } }, orderBy: { id: "asc" } });
      expect(receipts.map(({ body }) => readFreezeBody(body))).toMatchObject([
        { kind: "freeze", scope: "console", frozen_by: "ops@example.com", reason: "Restore drill", channel: "admin_cli" },
        { kind: "thaw", scope: "console", thawed_by: "ops@example.com", comment: "Done", freeze_id: freezeId },
      ]);
    }
    expect(await pay(workspace)).toMatchObject({ governance_status: "allowed" });
  });

  test("is frozen once, and thawed once", async () => {
    const freezeId = await freeze(workspace);
    expect(await startFreeze(workspace.ctx, ALL)).toMatchObject({ code: "already_frozen" });
    expect(await startFreeze(workspace.ctx, { ...ALL, actionName: "no_such_action" })).toMatchObject({ code: "not_found" });
    await endFreeze(workspace, freezeId);
    expect(await thaw(workspace.ctx, { freezeId, comment: null, channel: CHANNEL })).toMatchObject({ code: "not_frozen" });
    const stranger = await otherWorkspace();
    expect(await thaw(stranger.ctx, { freezeId, comment: null, channel: CHANNEL })).toMatchObject({ code: "not_found" });
    await expect(getDb().freeze.update({ where: { id: freezeId }, data: { thawedAt: null } })).rejects.toThrow();
    await expect(getDb().freeze.delete({ where: { id: freezeId } })).rejects.toThrow();
  });
});

describe("who", () => {
  test("may freeze and thaw, by role; those concerned see it", async () => {
    const people = {
      admin: await makePerson(workspace, "admin"),
      developer: await makePerson(workspace, "developer"),
      approver: await makePerson(workspace, "approver"),
      viewer: await makePerson(workspace, "viewer"),
    };
    await expect(startFreeze(people.viewer.ctx, ALL)).rejects.toThrow();
    const { freezeId } = expectOk(await startFreeze(people.approver.ctx, ALL));
    for (const { ctx } of [people.developer, people.approver, people.viewer]) {
      await expect(thaw(ctx, { freezeId, comment: null, channel: CHANNEL })).rejects.toThrow();
    }
    const mine = (ctx: (typeof people)["viewer"]["ctx"]) =>
      listMyFreezes(accountContext({ id: ctx.actor.userId, email: ctx.actor.email }, getDb()));
    expect(await mine(people.viewer.ctx)).toMatchObject([{ id: freezeId, scope: "workspace" }]);
    expect(await mine((await makePerson(workspace, null)).ctx)).toEqual([]);
    expectOk(await thaw(people.admin.ctx, { freezeId, comment: null, channel: CHANNEL }));
  });

  test("thaws is another person where the workspace says so, also when the rule is turned off meanwhile", async () => {
    const [ann, bob] = [await makePerson(workspace, "admin"), await makePerson(workspace, "owner")];
    expectOk(await setThawRule(ann.ctx, { thawNeedsAnotherPerson: true }));
    const { freezeId } = expectOk(await startFreeze(ann.ctx, ALL));
    expect(await thaw(ann.ctx, { freezeId, comment: null, channel: CHANNEL })).toMatchObject({ code: "thaw_needs_another_person" });
    expectOk(await setThawRule(ann.ctx, { thawNeedsAnotherPerson: false }));
    expect(await thaw(ann.ctx, { freezeId, comment: null, channel: CHANNEL })).toMatchObject({ code: "thaw_needs_another_person" });
    expectOk(await thaw(bob.ctx, { freezeId, comment: null, channel: CHANNEL }));
    const events = await getDb().auditEvent.findMany({
      where: { workspaceId: workspace.workspaceId, subjectType: "freeze" },
      orderBy: { id: "asc" },
    });
    expect(events.map(({ verb, actorId }) => [verb, actorId])).toEqual([
      ["workspace.frozen", ann.ctx.actor.userId],
      ["workspace.thawed", bob.ctx.actor.userId],
    ]);
  });
});

async function otherWorkspace(): Promise<TestWorkspace> {
  const other = await makeWorkspace();
  await makeAction(other, { name: "pay", policy: { type: "always_allow" } });
  return other;
}

/** The same workspace through another API key. */
async function secondKey(): Promise<TestWorkspace> {
  const { key } = await createApiKey(workspace.ctx, { kind: "api", name: "Second" });
  return { ...workspace, apiKey: key, credentials: credentialsOf(key, workspace.workspaceKey) };
}

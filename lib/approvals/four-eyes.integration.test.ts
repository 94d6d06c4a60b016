import { beforeEach, describe, expect, test } from "vitest";
import { createApiKey } from "@/lib/api-keys/create-api-key";
import { rotateApiKey } from "@/lib/api-keys/rotate-api-key";
import { operatorContext, userContext, visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { editAction } from "@/lib/registered-actions/edit-action";
import { listUnapprovable } from "@/lib/registered-actions/list-unapprovable";
import { registerAction } from "@/lib/registered-actions/register-action";
import type { NewAction } from "@/lib/registered-actions/schema";
import { makeDecider, requestOf } from "@/lib/testing/deciders";
import { drainJobs } from "@/lib/testing/drain-jobs";
import { expectOk, linkTokens, makeAction, makePerson, makeWorkspace, proposeOk, type TestWorkspace } from "@/lib/testing/factories";
import { decideByLink } from "./decide-by-link";
import { decideRun } from "./decide-run";
import { getDecisionByToken } from "./get-decision-by-token";
import { getWaitingRun } from "./get-waiting-run";

const ASK = { policy: { type: "always_require_approval" } } as const;
const APPROVE = { decision: "approve", comment: null, confirm: true } as const;

let workspace: TestWorkspace;
beforeEach(async () => {
  workspace = await makeWorkspace();
});

const proposeWire = async (approverEmails: string[]) => {
  await makeAction(workspace, { name: "wire", approverEmails, requiresFourEyes: true });
  return (await proposeOk(workspace, { action: "wire", payload: {} })).action_run_id;
};

describe("keys that the command line made", () => {
  test("count as the owner's, so the owner does not approve what they propose, at any of their addresses", async () => {
    const second = workspace.ownerEmail.replace("@", "+2@");
    const runId = await proposeWire([workspace.ownerEmail, second, "ann@example.com"]);
    const tokens = await linkTokens(runId);
    for (const email of [workspace.ownerEmail, second]) {
      const token = tokens.get(email) ?? "";
      expect(expectOk(await getDecisionByToken(visitorContext(), token)).decision.mayApprove).toBe(false);
      expect(await decideByLink(visitorContext(), token, APPROVE)).toMatchObject({ ok: false, code: "four_eyes" });
    }
    expect(await decideRun(workspace.ctx, { runId, decision: "approve", comment: null })).toMatchObject({ ok: false, code: "four_eyes" });
    expectOk(await decideByLink(visitorContext(), tokens.get("ann@example.com") ?? "", APPROVE));
  });

  test("say who made them: the owner, or whom the operator names", async () => {
    const made = (id: string) => getDb().apiKey.findUniqueOrThrow({ where: { id } });
    expect((await getDb().apiKey.findMany({ where: { workspaceId: workspace.workspaceId } })).map(({ createdBy }) => createdBy)).toEqual([
      workspace.ownerEmail,
      workspace.ownerEmail,
    ]);
    const nameless = operatorContext(workspace.workspaceId);
    const { id } = await createApiKey(nameless, { kind: "api", name: "Agent" });
    expect((await made(id)).createdBy).toBe(workspace.ownerEmail);
    const bob = operatorContext(workspace.workspaceId, "bob@example.com");
    expect((await made((await createApiKey(bob, { kind: "api", name: "Agent" })).id)).createdBy).toBe("bob@example.com");
    expect((await made(expectOk(await rotateApiKey(bob, { id, overlapMinutes: 0 })).id)).createdBy).toBe("bob@example.com");
  });
});

describe("an action that nobody could approve", () => {
  test("is told of, and not once somebody else may decide", async () => {
    const runId = await proposeWire([]);
    const alone = [{ name: "wire", maker: workspace.ownerEmail }];
    expect(await listUnapprovable(workspace.ctx)).toEqual(alone);
    const { id } = await getDb().user.findUniqueOrThrow({ where: { email: workspace.ownerEmail } });
    const owner = userContext({ sessionId: "", userId: id, email: workspace.ownerEmail, name: null, isOperator: false });
    expect(await getWaitingRun(owner, runId)).toMatchObject({ isApprovable: false, decision: { mayApprove: false } });

    const edit = (different: object) =>
      editAction(workspace.ctx, { name: "wire", title: "wire", requiresFourEyes: true, ...ASK, ...different });
    // The same person once more is nobody else.
    expectOk(
      await edit({ approverEmails: [workspace.ownerEmail.replace("@", "+2@").toUpperCase().replace("EXAMPLE.COM", "example.com")] }),
    );
    expect(await listUnapprovable(workspace.ctx, "wire")).toEqual(alone);
    expectOk(await edit({ approverEmails: ["ann@example.com"] }));
    expect(await listUnapprovable(workspace.ctx, "wire")).toEqual([]);
    expectOk(await edit({ approverEmails: [] }));
    const { ctx } = await makePerson(workspace, "viewer");
    expect(await listUnapprovable(ctx)).toEqual(alone);
    await makePerson(workspace, "approver");
    expect(await listUnapprovable(ctx)).toEqual([]);
    expect(await getWaitingRun(owner, runId)).toMatchObject({ isApprovable: true });
  });

  test("is one whose stages lack people besides its key's creator, whatever their roles; the owners are asked for the places that are left", async () => {
    const maker = await makeDecider(workspace, "approver");
    await getDb().apiKey.updateMany({ where: { workspaceId: workspace.workspaceId, kind: "api" }, data: { createdBy: maker.email } });
    // Their role alone decides nothing here.
    await makeDecider(workspace, "approver");
    const seen = async (stages: Partial<NewAction>, isApproved = false) => {
      const name = `wire_${crypto.randomUUID().slice(0, 8)}`;
      await makeAction(workspace, { name, requiresFourEyes: true, ...stages });
      const { action_run_id: runId } = await proposeOk(workspace, { action: name, payload: {} });
      await drainJobs();
      const asked = (await requestOf(runId)).approverEmails;
      if (isApproved)
        expectOk(await decideRun(operatorContext(workspace.workspaceId, "ann@example.com"), { runId, decision: "approve", comment: null }));
      const run = asked.includes(maker.email) ? await getWaitingRun(maker.user, runId) : null;
      return {
        isTold: (await listUnapprovable(workspace.ctx, name)).length > 0,
        ...(run && { isApprovable: run.state === "waiting" && run.isApprovable }),
        asksOwner: asked.includes(workspace.ownerEmail),
      };
    };
    const [ann, ben] = ["ann@example.com", "ben@example.com"];
    const two = { approverEmails: [maker.email, ann], approvals: 2 };
    expect(await seen(two)).toEqual({ isTold: false, isApprovable: true, asksOwner: true });
    expect(await seen(two, true)).toEqual({ isTold: false, isApprovable: true, asksOwner: true });
    const lacking = { approverEmails: [maker.email, ann, workspace.ownerEmail], approvals: 3 };
    expect(await seen(lacking)).toEqual({ isTold: true, isApprovable: false, asksOwner: true });
    expect(await seen(lacking, true)).toEqual({ isTold: true, isApprovable: false, asksOwner: true });
    expect(await seen({ ...lacking, escalationEmails: [ben] })).toEqual({ isTold: false, isApprovable: true, asksOwner: true });
    const later = { approverEmails: [ann], approvals: 1, laterStages: [{ approvals: 1, people: [maker.email] }] };
    expect(await seen(later)).toEqual({ isTold: false, asksOwner: false });
    // Nobody counts in two stages.
    expect(await seen({ ...later, approverEmails: [workspace.ownerEmail] })).toEqual({ isTold: true, asksOwner: true });
  });

  test("is none without four eyes, and none whose policy asks nobody", async () => {
    await makeAction(workspace, { name: "plain" });
    await makeAction(workspace, { name: "free", requiresFourEyes: true, policy: { type: "always_allow" } });
    expect(await listUnapprovable(workspace.ctx)).toEqual([]);
  });
});

describe("a developer", () => {
  test("does not choose who approves, nor switches four eyes; the rest is theirs", async () => {
    const { ctx, email } = await makePerson(workspace, "developer");
    const refused = { ok: false, code: "not_permitted" };
    const base = { name: "pay", title: "Pay", ...ASK };
    expect(await registerAction(ctx, { ...base, approverEmails: [email] })).toMatchObject(refused);
    expect(await registerAction(ctx, { ...base, escalationEmails: [email] })).toMatchObject(refused);
    expect(await registerAction(ctx, { ...base, requiresFourEyes: true })).toMatchObject(refused);
    expectOk(await registerAction(ctx, base));

    const { ctx: admin } = await makePerson(workspace, "admin");
    const set = { ...base, approverEmails: ["ann@example.com"], requiresFourEyes: true };
    expectOk(await editAction(admin, set));
    for (const different of [
      { approverEmails: ["ann@example.com", email.replace("@", "+2@")] },
      { escalationEmails: [email] },
      { requiresFourEyes: false },
    ]) {
      expect(await editAction(ctx, { ...set, ...different })).toMatchObject(refused);
    }
    expectOk(await editAction(ctx, { ...set, title: "Pay somebody", policy: { type: "require_approval_above_amount", threshold: "5" } }));
    expect(await getDb().registeredAction.findFirstOrThrow({ where: { workspaceId: workspace.workspaceId, name: "pay" } })).toMatchObject({
      title: "Pay somebody",
      approverEmails: ["ann@example.com"],
      requiresFourEyes: true,
    });
  });
});

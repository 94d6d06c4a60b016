import { beforeEach, describe, expect, test } from "vitest";
import { getDb } from "@/lib/db/client";
import { createGroup } from "@/lib/groups/create-group";
import { editGroup } from "@/lib/groups/edit-group";
import { removeMember } from "@/lib/members/remove-member";
import { editAction } from "@/lib/registered-actions/edit-action";
import { getActionDefaults } from "@/lib/registered-actions/get-action-defaults";
import { listActionRows } from "@/lib/registered-actions/list-action-rows";
import { getAction } from "@/lib/registered-actions/list-actions";
import { registerAction } from "@/lib/registered-actions/register-action";
import { restorePolicy } from "@/lib/registered-actions/restore-policy";
import { setActionActive } from "@/lib/registered-actions/set-action-active";
import { settingsOf } from "@/lib/registered-actions/settings-of";
import type { MemberContext } from "@/lib/security/context";
import { NotPermitted } from "@/lib/security/not-permitted";
import { expectOk, makeAction, makePerson, makeWorkspace, type TestWorkspace } from "@/lib/testing/factories";
import { managementClient } from "@/lib/testing/management-client";
import { makeGuardedWorkspace, proposeEdit, statusOf } from "@/lib/testing/policy-proposals";
import { confirmProposal } from "./confirm-proposal";
import { declineProposal, withdrawProposal } from "./end-proposal";
import { listProposals } from "./list-proposals";
import { listWaitingProposals } from "./list-waiting-proposals";
import { setPolicyRule } from "./set-policy-rule";

let workspace: TestWorkspace;
let ann: MemberContext;
let ben: MemberContext;
beforeEach(async () => {
  ({ workspace, ann, ben } = await makeGuardedWorkspace());
});

const saved = async (name = "pay") => settingsOf((await getAction(workspace.ctx, name)) ?? expect.unreachable());
const versionOf = async (name = "pay") => (await getAction(workspace.ctx, name))?.policyVersion;
const setRole = (ctx: MemberContext, role: string) =>
  getDb().member.updateMany({ where: { workspaceId: workspace.workspaceId, userId: ctx.actor.userId }, data: { role } });
const allVersions = () => getDb().policyVersion.count({ where: { workspaceId: workspace.workspaceId } });

/** Writes two versions of the policy, as long as nobody is asked for a second person. */
async function withTwoVersions(): Promise<number> {
  await getDb().workspace.updateMany({ where: { id: workspace.workspaceId }, data: { policyChangeNeedsAnotherPerson: false } });
  expectOk(await editAction(ann, { ...(await saved()), policy: { type: "always_block" } }));
  await getDb().workspace.updateMany({ where: { id: workspace.workspaceId }, data: { policyChangeNeedsAnotherPerson: true } });
  return (await getAction(workspace.ctx, "pay"))?.configVersion ?? 0;
}

async function makeAskedGroup() {
  const group = expectOk(await createGroup(ann, { name: "Finance", members: [ann.actor.email] }));
  await makeAction(workspace, { name: "grouped", approverGroup: "Finance" });
  return { id: group.id, name: "Finance", members: [ben.actor.email] };
}

/** Everything that writes what decides about a registered action, or who approves: with a member who does it, and what it changes. */
const WRITERS: Record<
  string,
  () => Promise<{ propose: () => Promise<{ ok: boolean; proposalId?: string | null }>; isDone: () => Promise<unknown> }>
> = {
  "an edit of the policy": async () => {
    const edit = { ...(await saved()), policy: { type: "always_allow" } } as const;
    return { propose: () => editAction(ann, edit), isDone: async () => (await saved()).policy.type === "always_allow" };
  },
  "an edit of the approvers, where one approval is enough": async () => {
    const edit = { ...(await saved()), approverEmails: [ann.actor.email] };
    return { propose: () => editAction(ann, edit), isDone: async () => (await saved()).approverEmails.length === 1 };
  },
  "an edit of the number of approvals": async () => {
    const edit = { ...(await saved()), approverEmails: [ann.actor.email, ben.actor.email], approvals: 2 };
    return { propose: () => editAction(ann, edit), isDone: async () => (await saved()).approvals === 2 };
  },
  "an edit of the risk": async () => {
    const edit = { ...(await saved()), riskLevel: "critical" as const };
    return { propose: () => editAction(ann, edit), isDone: async () => (await saved()).riskLevel === "critical" };
  },
  "an edit that ends self-approval's prevention, with a new title": async () => {
    const { id } = (await getAction(workspace.ctx, "pay")) ?? expect.unreachable();
    await getDb().registeredAction.update({ where: { id }, data: { requiresFourEyes: true } });
    const edit = { ...(await saved()), requiresFourEyes: false, title: "Renamed" };
    return { propose: () => editAction(ann, edit), isDone: async () => !(await saved()).requiresFourEyes };
  },
  "restoring an earlier policy": async () => {
    const configVersion = await withTwoVersions();
    return {
      propose: () => restorePolicy(ann, { name: "pay", version: 1, configVersion }),
      isDone: async () => (await versionOf()) === 3,
    };
  },
  "an activation": async () => {
    expectOk(await setActionActive(ann, { name: "pay", isActive: false }));
    return {
      propose: () => setActionActive(ann, { name: "pay", isActive: true }),
      isDone: async () => (await getAction(workspace.ctx, "pay"))?.isActive,
    };
  },
  "a change of a group that an action asks": async () => {
    const edit = await makeAskedGroup();
    return { propose: () => editGroup(ann, edit), isDone: async () => (await saved("grouped")).approverEmails[0] === ben.actor.email };
  },
  "the command line": async () => {
    const edit = { ...(await saved()), policy: { type: "always_allow" } } as const;
    return { propose: () => editAction(workspace.ctx, edit), isDone: async () => (await saved()).policy.type === "always_allow" };
  },
  "the management API": async () => {
    const manage = await managementClient({ ctx: ann }, ["actions:write"]);
    const body = { title: "pay", policy: { type: "always_allow" }, managed_by: { file: "pay.yaml", commit: null } };
    return {
      propose: async () => {
        const { status, json } = await manage("PUT", "/api/v1/manage/actions/pay", body);
        return { ok: status === 202, proposalId: String(json.proposal_id) };
      },
      isDone: async () => (await manageSees("pay")) === "pay.yaml" && (await saved()).policy.type === "always_allow",
    };
  },
  "an activation by the management API": async () => {
    const manage = await managementClient({ ctx: ann }, ["actions:write"]);
    expect(await manage("PUT", "/api/v1/manage/actions/pay/active", { active: false })).toMatchObject({ status: 200 });
    return {
      propose: async () => {
        const { status, json } = await manage("PUT", "/api/v1/manage/actions/pay/active", { active: true });
        return { ok: status === 202, proposalId: String(json.proposal_id) };
      },
      isDone: async () => (await getAction(workspace.ctx, "pay"))?.isActive,
    };
  },
  "the end of the rule": async () => ({
    propose: () => setPolicyRule(ann, { policyChangeNeedsAnotherPerson: false }),
    isDone: async () => expectOk(await setPolicyRule(ann, { policyChangeNeedsAnotherPerson: false })).proposalId === null,
  }),
};

const manageSees = async (name: string) => (await getAction(workspace.ctx, name))?.managedFile;

describe("where a second person is asked for", () => {
  test.each(Object.entries(WRITERS))("%s waits, and is written by a confirmation", async (_, prepare) => {
    const { propose, isDone } = await prepare();
    const versions = await allVersions();
    const { proposalId } = expectOk(await propose());
    if (typeof proposalId !== "string") expect.unreachable();
    expect([await isDone(), await allVersions(), await statusOf(proposalId)]).toEqual([false, versions, "pending"]);
    const again = await propose();
    expect(again.proposalId).toBe(proposalId);
    expect((await listWaitingProposals(ben)).map(({ id }) => id)).toEqual([proposalId]);
    expectOk(await confirmProposal(ben, { proposalId }));
    expect([await isDone(), await statusOf(proposalId)]).toEqual([true, "confirmed"]);
    expect(await confirmProposal(ben, { proposalId })).toMatchObject({
      code: "proposal_ended",
      detail: expect.stringContaining("confirmed it"),
    });
  });

  test("words, times, new actions, deactivations and groups that nothing asks don't wait", async () => {
    const words = { title: "Pay", description: "A", sentence: "pay {to}", approvalWindowMinutes: 9, requiresRejectComment: true };
    expect(await editAction(ann, { ...(await saved()), ...words })).toMatchObject({ ok: true, proposalId: null });
    expect(await saved()).toMatchObject(words);
    expectOk(await registerAction(ann, { name: "fresh", title: "Fresh", policy: { type: "always_allow" } }));
    expect(await setActionActive(ann, { name: "pay", isActive: false })).toEqual({ ok: true, proposalId: null });
    const { id } = expectOk(await createGroup(ann, { name: "Unasked", members: [ann.actor.email] }));
    expect(await editGroup(ann, { id, name: "Unasked", members: [ben.actor.email] })).toMatchObject({ proposalId: null });
    expect(await getDb().policyProposal.count({ where: { workspaceId: workspace.workspaceId } })).toBe(0);
  });

  test("a member who leaves stops being asked at once", async () => {
    await makeAskedGroup();
    const leaver = await makePerson(workspace, "approver");
    await makeAction(workspace, { name: "named", approverEmails: [leaver.email, ann.actor.email] });
    expectOk(await removeMember(ann, leaver.ctx.actor.userId));
    expect((await saved("named")).approverEmails).toEqual([ann.actor.email]);
  });

  test("an edit shows who proposed and who confirmed it, in the history and the activity", async () => {
    const proposalId = await proposeEdit(ann);
    expectOk(await confirmProposal(ben, { proposalId }));
    const events = await getDb().auditEvent.findMany({
      where: { workspaceId: workspace.workspaceId, OR: [{ verb: { startsWith: "proposal." } }, { verb: "action.edited" }] },
      orderBy: { id: "asc" },
    });
    expect(events.map(({ verb, actorId, data }) => [verb, actorId, (data as { proposed_by?: string }).proposed_by])).toEqual([
      ["proposal.made", ann.actor.userId, undefined],
      ["action.edited", ben.actor.userId, ann.actor.email],
      ["proposal.confirmed", ben.actor.userId, ann.actor.email],
    ]);
    const newest = await getDb().policyVersion.findFirst({ where: { workspaceId: workspace.workspaceId }, orderBy: { version: "desc" } });
    expect(newest?.createdBy).toBe(ann.actor.email);
  });
});

describe("a confirmation", () => {
  test("is someone else's: not of another session, nor where a key of the same person proposed it", async () => {
    const proposalId = await proposeEdit(ann);
    expect(await confirmProposal({ ...ann }, { proposalId })).toMatchObject({ code: "not_permitted" });
    expectOk(await withdrawProposal(ann, { proposalId }));
    const manage = await managementClient({ ctx: ann }, ["actions:write"]);
    const { json } = await manage("PUT", "/api/v1/manage/actions/pay", { title: "pay", policy: { type: "always_allow" } });
    expect(json).toMatchObject({ action: "pay", status: "pending", proposed_by: ann.actor.email });
    const ofKey = { proposalId: String(json.proposal_id) };
    expect(await confirmProposal(ann, ofKey)).toMatchObject({ code: "not_permitted" });
    expect(await declineProposal(ann, { ...ofKey, comment: null })).toMatchObject({ code: "not_permitted" });
    // The database doesn't take it either, from a second address of the same mailbox.
    const [mailbox, domain] = ann.actor.email.split("@");
    await expect(
      getDb().policyProposal.update({
        where: { id: ofKey.proposalId },
        data: { status: "confirmed", endedBy: `${mailbox}+2@${domain}`, endedAt: new Date() },
      }),
    ).rejects.toThrow("policy_proposals_two_people");
    expect(await statusOf(ofKey.proposalId)).toBe("pending");
  });

  test("is for owners and admins of the workspace", async () => {
    const proposalId = await proposeEdit(ann);
    for (const role of ["developer", "approver", "viewer"] as const) {
      const { ctx } = await makePerson(workspace, role);
      await expect(confirmProposal(ctx, { proposalId })).rejects.toThrow(NotPermitted);
      await expect(declineProposal(ctx, { proposalId, comment: null })).rejects.toThrow(NotPermitted);
      expect(await withdrawProposal(ctx, { proposalId })).toMatchObject({ code: "not_permitted" });
      expect(await listWaitingProposals(ctx)).toEqual([]);
    }
    const stranger = (await makePerson(await makeWorkspace(), "owner")).ctx;
    expect(await confirmProposal(stranger, { proposalId })).toMatchObject({ code: "not_found" });
    expect(await declineProposal(stranger, { proposalId, comment: null })).toMatchObject({ code: "not_found" });
    expect(await withdrawProposal(stranger, { proposalId })).toMatchObject({ code: "not_found" });
  });

  test("is refused once either of the two has lost the role that it needs", async () => {
    const proposalId = await proposeEdit(ann);
    await setRole(ann, "viewer");
    expect(await confirmProposal(ben, { proposalId })).toMatchObject({
      code: "not_permitted",
      detail: expect.stringContaining(ann.actor.email),
    });
    await setRole(ann, "developer");
    await setRole(ben, "developer");
    await expect(confirmProposal(ben, { proposalId })).rejects.toThrow(NotPermitted);
    await setRole(ben, "owner");
    expectOk(await confirmProposal(ben, { proposalId }));

    const { proposalId: approvers } = expectOk(await editAction(ben, { ...(await saved()), approverEmails: [ben.actor.email] }));
    await setRole(ben, "developer");
    await setRole(ann, "owner");
    expect(await confirmProposal(ann, { proposalId: approvers ?? "" })).toMatchObject({ code: "not_permitted" });
  });

  test("is of the state that the change was proposed for, and ends it otherwise", async () => {
    const proposalId = await proposeEdit(ann);
    expectOk(await editAction(ben, { ...(await saved()), title: "Renamed" }));
    expect(await listProposals(ben, { actionId: (await getAction(workspace.ctx, "pay"))?.id ?? "" })).toMatchObject([{ isStale: true }]);
    expect(await confirmProposal(ben, { proposalId })).toMatchObject({ code: "proposal_ended" });
    expect([await statusOf(proposalId), await versionOf()]).toEqual(["stale", 1]);

    const group = await makeAskedGroup();
    const { proposalId: ofGroup } = expectOk(await editGroup(ann, group));
    const chi = await makePerson(workspace, "approver");
    await getDb().approverGroupMember.create({
      data: { workspaceId: workspace.workspaceId, groupId: group.id, userId: chi.ctx.actor.userId },
    });
    expect(await listProposals(ben, { kind: "group" })).toMatchObject([{ isStale: true }]);
    expect(await confirmProposal(ben, { proposalId: ofGroup ?? "" })).toMatchObject({ code: "proposal_ended" });
    expect(await statusOf(ofGroup ?? "")).toBe("stale");
  });

  test("writes no other people than those who were shown, when a group changes that the action is yet to ask", async () => {
    const group = expectOk(await createGroup(ann, { name: "Board", members: [ann.actor.email] }));
    const { proposalId } = expectOk(await editAction(ann, { ...(await saved()), approverGroup: "Board", approverEmails: [] }));
    expectOk(await editGroup(ann, { id: group.id, name: "Board", members: [workspace.ownerEmail] }));
    expect(await confirmProposal(ben, { proposalId: proposalId ?? "" })).toMatchObject({ code: "proposal_ended" });
    expect((await saved()).approverGroup).toBeNull();
  });

  test("keeps the rules of the change: what can't be written stays pending, and nothing is half done", async () => {
    const edit = await makeAskedGroup();
    const [first, second] = [ann.actor.email, workspace.ownerEmail];
    await makeAction(workspace, { name: "twice", approverGroup: "Finance", laterStages: [{ approvals: 1, people: [second] }] });
    const { proposalId } = expectOk(await editGroup(ann, { ...edit, members: [first, second].sort() }));
    expect(await confirmProposal(ben, { proposalId: proposalId ?? "" })).toMatchObject({ ok: false, code: "validation_failed" });
    expect([await statusOf(proposalId ?? ""), (await saved("grouped")).approverEmails]).toEqual(["pending", [first]]);
  });
});

describe("a proposal", () => {
  test("takes the place of the one before, whoever made that, and is one of its action", async () => {
    const first = await proposeEdit(ann);
    const second = await proposeEdit(ben, { threshold: "900" });
    expect([await statusOf(first), await statusOf(second)]).toEqual(["replaced", "pending"]);
    expect(await confirmProposal(ben, { proposalId: first })).toMatchObject({ code: "proposal_ended" });
    expectOk(await confirmProposal(ann, { proposalId: second }));
    expect((await saved()).policy.threshold).toBe("900");
  });

  test("is shown with what it changes, and with the draft for a backtest where the policy is among that", async () => {
    await proposeEdit(ann);
    const actionId = (await getAction(workspace.ctx, "pay"))?.id ?? "";
    const [shown] = await listProposals(ben, { actionId });
    expect(shown).toMatchObject({
      isOwn: false,
      isStale: false,
      proposedBy: ann.actor.email,
      draft: { policy: { type: "require_approval_above_amount", threshold: "500" }, riskLevel: "medium" },
      changes: [
        { field: "policy_type", before: "always_require_approval", after: "require_approval_above_amount" },
        { field: "threshold", before: null, after: "500" },
      ],
    });
    expect(await listActionRows(ben, await getActionDefaults(ben))).toMatchObject([{ name: "pay", hasProposal: true }]);
    expectOk(await editAction(ann, { ...(await saved()), approverEmails: [ann.actor.email] }));
    expect(await listProposals(ann, { actionId })).toMatchObject([{ isOwn: true, draft: null, changes: [{ field: "approvers" }] }]);
  });

  test("is declined by others with a comment, and withdrawn by who made it", async () => {
    const declined = await proposeEdit(ann);
    expectOk(await declineProposal(ben, { proposalId: declined, comment: "Too high" }));
    const withdrawn = await proposeEdit(ann);
    expect(await withdrawProposal(ben, { proposalId: withdrawn })).toMatchObject({ code: "not_permitted" });
    expectOk(await withdrawProposal(ann, { proposalId: withdrawn }));
    expect(await confirmProposal(ben, { proposalId: withdrawn })).toMatchObject({ code: "proposal_ended" });
    expect(await getDb().policyProposal.findMany({ where: { id: { in: [declined, withdrawn] } }, orderBy: { id: "asc" } })).toMatchObject([
      { status: "declined", endedBy: ben.actor.email, endComment: "Too high" },
      { status: "withdrawn", endedBy: ann.actor.email },
    ]);
    expect(await versionOf()).toBe(1);
  });
});

describe("the rule", () => {
  test("is turned on by an owner, once two people could confirm", async () => {
    const alone = await makeWorkspace();
    const { ctx } = await makePerson(alone, "admin");
    await expect(setPolicyRule(ctx, { policyChangeNeedsAnotherPerson: true })).rejects.toThrow(NotPermitted);
    await getDb().member.deleteMany({ where: { workspaceId: alone.workspaceId, userId: ctx.actor.userId } });
    expect(await setPolicyRule(alone.ctx, { policyChangeNeedsAnotherPerson: true })).toMatchObject({ code: "validation_failed" });
    await makePerson(alone, "admin");
    expect(await setPolicyRule(alone.ctx, { policyChangeNeedsAnotherPerson: true })).toEqual({ ok: true, proposalId: null });
    await makeAction(alone, { name: "pay" });
    expect(await editAction(alone.ctx, { name: "pay", title: "pay", policy: { type: "always_allow" } })).toMatchObject({
      proposalId: expect.any(String),
    });
  });
});

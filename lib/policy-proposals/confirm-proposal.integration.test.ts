import { beforeEach, describe, expect, test } from "vitest";
import { getDb } from "@/lib/db/client";
import { createGroup } from "@/lib/groups/create-group";
import { editGroup } from "@/lib/groups/edit-group";
import { editAction } from "@/lib/registered-actions/edit-action";
import { getAction } from "@/lib/registered-actions/list-actions";
import type { MemberContext } from "@/lib/security/context";
import { NotPermitted } from "@/lib/security/not-permitted";
import { expectOk, makeAction, makePerson, makeWorkspace, type TestWorkspace } from "@/lib/testing/factories";
import { managementClient } from "@/lib/testing/management-client";
import {
  type GuardedWorkspace,
  makeAskedGroup,
  makeGuardedWorkspace,
  proposeEdit,
  savedSettings,
  statusOf,
} from "@/lib/testing/policy-proposals";
import { confirmProposal } from "./confirm-proposal";
import { declineProposal, withdrawProposal } from "./end-proposal";
import { listProposals } from "./list-proposals";
import { listWaitingProposals } from "./list-waiting-proposals";

let guarded: GuardedWorkspace;
let workspace: TestWorkspace;
let ann: MemberContext;
let ben: MemberContext;
beforeEach(async () => {
  guarded = await makeGuardedWorkspace();
  ({ workspace, ann, ben } = guarded);
});

const saved = (name?: string) => savedSettings(guarded, name);
const versionOf = async (name = "pay") => (await getAction(workspace.ctx, name))?.policyVersion;
const setRole = (ctx: MemberContext, role: string) =>
  getDb().member.updateMany({ where: { workspaceId: workspace.workspaceId, userId: ctx.actor.userId }, data: { role } });

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

    const group = await makeAskedGroup(guarded);
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
    const edit = await makeAskedGroup(guarded);
    const [first, second] = [ann.actor.email, workspace.ownerEmail];
    await makeAction(workspace, { name: "twice", approverGroup: "Finance", laterStages: [{ approvals: 1, people: [second] }] });
    const { proposalId } = expectOk(await editGroup(ann, { ...edit, members: [first, second].sort() }));
    expect(await confirmProposal(ben, { proposalId: proposalId ?? "" })).toMatchObject({ ok: false, code: "validation_failed" });
    expect([await statusOf(proposalId ?? ""), (await saved("grouped")).approverEmails]).toEqual(["pending", [first]]);
  });
});

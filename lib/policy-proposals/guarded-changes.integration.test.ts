import { beforeEach, describe, expect, test } from "vitest";
import { getDb } from "@/lib/db/client";
import { createGroup } from "@/lib/groups/create-group";
import { editGroup } from "@/lib/groups/edit-group";
import { removeMember } from "@/lib/members/remove-member";
import { editAction } from "@/lib/registered-actions/edit-action";
import { getAction } from "@/lib/registered-actions/list-actions";
import { registerAction } from "@/lib/registered-actions/register-action";
import { restorePolicy } from "@/lib/registered-actions/restore-policy";
import { setActionActive } from "@/lib/registered-actions/set-action-active";
import type { MemberContext } from "@/lib/security/context";
import { expectOk, makeAction, makePerson, type TestWorkspace } from "@/lib/testing/factories";
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
import { listWaitingProposals } from "./list-waiting-proposals";
import { setPolicyRule } from "./set-policy-rule";

let guarded: GuardedWorkspace;
let workspace: TestWorkspace;
let ann: MemberContext;
let ben: MemberContext;
beforeEach(async () => {
  guarded = await makeGuardedWorkspace();
  ({ workspace, ann, ben } = guarded);
});

const saved = (name?: string) => savedSettings(guarded, name);
const allVersions = () => getDb().policyVersion.count({ where: { workspaceId: workspace.workspaceId } });

/** Writes two versions of the policy, as long as nobody is asked for a second person. */
async function withTwoVersions(): Promise<number> {
  await getDb().workspace.updateMany({ where: { id: workspace.workspaceId }, data: { policyChangeNeedsAnotherPerson: false } });
  expectOk(await editAction(ann, { ...(await saved()), policy: { type: "always_block" } }));
  await getDb().workspace.updateMany({ where: { id: workspace.workspaceId }, data: { policyChangeNeedsAnotherPerson: true } });
  return (await getAction(workspace.ctx, "pay"))?.configVersion ?? 0;
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
      isDone: async () => (await getAction(workspace.ctx, "pay"))?.policyVersion === 3,
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
    const edit = await makeAskedGroup(guarded);
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
    await makeAskedGroup(guarded);
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

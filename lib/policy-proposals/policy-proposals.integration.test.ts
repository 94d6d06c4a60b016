import { beforeEach, describe, expect, test } from "vitest";
import { getDb } from "@/lib/db/client";
import { editAction } from "@/lib/registered-actions/edit-action";
import { getActionDefaults } from "@/lib/registered-actions/get-action-defaults";
import { listActionRows } from "@/lib/registered-actions/list-action-rows";
import { getAction } from "@/lib/registered-actions/list-actions";
import type { MemberContext } from "@/lib/security/context";
import { NotPermitted } from "@/lib/security/not-permitted";
import { expectOk, makeAction, makePerson, makeWorkspace, type TestWorkspace } from "@/lib/testing/factories";
import { type GuardedWorkspace, makeGuardedWorkspace, proposeEdit, savedSettings, statusOf } from "@/lib/testing/policy-proposals";
import { confirmProposal } from "./confirm-proposal";
import { declineProposal, withdrawProposal } from "./end-proposal";
import { listProposals } from "./list-proposals";
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
const versionOf = async (name = "pay") => (await getAction(workspace.ctx, name))?.policyVersion;

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

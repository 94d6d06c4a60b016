import { beforeEach, describe, expect, test } from "vitest";
import { decideByLink } from "@/lib/approvals/decide-by-link";
import { decideRun } from "@/lib/approvals/decide-run";
import { revokeApproval } from "@/lib/approvals/revoke-approval";
import { withdrawRun } from "@/lib/approvals/withdraw-run";
import { memberContext, operatorContext, visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { type CanonicalValue, canonicalText } from "@/lib/domain/json/canonical-text";
import { changeRole } from "@/lib/members/change-role";
import { disableAccount } from "@/lib/members/disable-account";
import { removeMember } from "@/lib/members/remove-member";
import { checkReceipts } from "@/lib/receipts/log/check-receipts";
import { editAction } from "@/lib/registered-actions/edit-action";
import { expectOk, linkTokens, makeAction, makePerson, makeWorkspace, proposeOk, type TestWorkspace } from "@/lib/testing/factories";
import { GRANTED_PAYLOAD, giveGrant, grantSums, typedGrant } from "@/lib/testing/grants";
import { sequenceReceipts } from "@/lib/testing/sequence-receipts";
import { deleteWorkspace } from "@/lib/workspaces/delete-workspace";
import { setApprovalRouting } from "@/lib/workspaces/set-approval-routing";
import { confirmGrant } from "./confirm-grant";
import { revokeGrant } from "./revoke-grant";
import { grantInputSchema } from "./schema";

let workspace: TestWorkspace;
let actionId: string;
const LISTED = "lee@example.com";
beforeEach(async () => {
  workspace = await makeWorkspace();
  actionId = await makeAction(workspace, { name: "pay", approverEmails: [LISTED] });
});

const pay = (payload: object = {}) => proposeOk(workspace, { action: "pay", payload: { ...GRANTED_PAYLOAD, ...payload } });
const ended = async (grantId: string) => (await getDb().standingGrant.findUniqueOrThrow({ where: { id: grantId } })).endedReason;
async function member(role: "approver" | "viewer") {
  const person = await makePerson(workspace, role);
  return { ...person, userId: person.ctx.actor.userId };
}

const GRANT = grantInputSchema.parse(typedGrant());
const SAME = { name: "pay", title: "Pay", description: "", riskLevel: "medium", policy: { type: "always_require_approval" } } as const;

/** A grant by the link of someone without an account. */
async function giveByLink(email: string): Promise<string> {
  const { action_run_id: runId } = await pay();
  const token = (await linkTokens(runId)).get(email) ?? "";
  expectOk(await decideByLink(visitorContext(), token, { decision: "approve", comment: null, confirm: true, grant: GRANT }));
  return (await getDb().standingGrant.findFirstOrThrow({ where: { runId } })).id;
}

describe("a grant ends with the change that takes its ground away", () => {
  test.each<[string, string, (email: string, userId: string) => Promise<unknown>]>([
    ["its giver is removed", "right_lost", (_email, userId) => removeMember(workspace.ctx, userId)],
    ["its giver's role can't decide any more", "right_lost", (_email, userId) => changeRole(workspace.ctx, { userId, role: "viewer" })],
    [
      "its giver's account is disabled",
      "right_lost",
      (_email, userId) => disableAccount(operatorContext(null, "op@example.com"), { userId }),
    ],
    [
      "the policy changes",
      "policy_changed",
      () =>
        edit({
          policy: {
            type: "require_approval_above_amount",
            threshold: "1",
            currency: null,
            amountField: "amount",
            currencyField: "currency",
          },
        }),
    ],
    ["the field of the recipient changes", "policy_changed", () => edit({ recipientField: "iban" })],
    ["the action becomes critical", "risk_raised", () => edit({ riskLevel: "critical" })],
    ["the workspace is deleted", "workspace_deleted", () => deleteWorkspace(workspace.ctx, { name: "Test workspace" })],
  ])("%s: %s", async (_what, reason, change) => {
    const person = await member("approver");
    const grantId = await giveGrant(workspace, { action: "pay", ctx: person.ctx });
    expect(await pay()).toMatchObject({ governance_reason: "standing_grant" });
    expectOk((await change(person.email, person.userId)) as { ok: boolean });
    expect(await ended(grantId)).toBe(reason);
    const receipt = await getDb().receipt.findFirstOrThrow({ where: { workspaceId: workspace.workspaceId, kind: "grant_end" } });
    expect(JSON.parse(receipt.body)).toMatchObject({ grant_id: grantId, reason, ended_by: null, channel: null, uses: 1 });
    // Written by the database, and yet the canonical text.
    expect(canonicalText(JSON.parse(receipt.body) as CanonicalValue)).toBe(receipt.body);
    expect(await getDb().auditEvent.count({ where: { verb: "grant.ended", subjectId: grantId } })).toBe(1);
    if (reason !== "workspace_deleted") expect(await pay()).toMatchObject({ governance_status: "pending_approval" });
  });

  test("and does not come back with the right", async () => {
    const person = await member("approver");
    await giveGrant(workspace, { action: "pay", ctx: person.ctx });
    for (const role of ["viewer", "approver"] as const) expectOk(await changeRole(workspace.ctx, { userId: person.userId, role }));
    expect(await pay()).toMatchObject({ governance_status: "pending_approval" });
  });

  test("its giver is no longer among the action's approvers", async () => {
    const grantId = await giveByLink(LISTED);
    expect(await pay()).toMatchObject({ governance_reason: "standing_grant", grant: { given_by: LISTED } });
    expectOk(await edit({ approverEmails: ["other@example.com"] }));
    expect(await ended(grantId)).toBe("right_lost");
  });

  test("its giver is no longer among the workspace's approvers", async () => {
    expectOk(await setRouting([LISTED]));
    expectOk(await edit({ approverEmails: [] }));
    const grantId = await giveByLink(LISTED);
    expectOk(await setRouting(["other@example.com"]));
    expect(await ended(grantId)).toBe("right_lost");
  });

  test("several approvals are needed", async () => {
    const grantId = await giveGrant(workspace, { action: "pay" });
    expectOk(await edit({ approverEmails: [LISTED, "other@example.com"], approvals: 2 }));
    expect(await ended(grantId)).toMatch(/approvals_changed|policy_changed/);
  });

  test("its giver revokes the approval it came with", async () => {
    const grantId = await giveGrant(workspace, { action: "pay" });
    const { runId } = await getDb().standingGrant.findUniqueOrThrow({ where: { id: grantId } });
    expectOk(await revokeApproval(workspace.ctx, { runId, comment: null }));
    expect(await ended(grantId)).toBe("approval_revoked");
  });

  test("a change of the title ends nothing", async () => {
    const grantId = await giveGrant(workspace, { action: "pay" });
    expectOk(await edit({ title: "Pay an invoice" }));
    expect(await ended(grantId)).toBeNull();
    expect(await pay()).toMatchObject({ governance_reason: "standing_grant" });
  });
});

test("even where nobody recorded the end, a right that is gone allows nothing", async () => {
  const person = await member("approver");
  const grantId = await giveGrant(workspace, { action: "pay", ctx: person.ctx });
  await getDb().$executeRaw`UPDATE members SET role = 'viewer' WHERE user_id = ${person.userId}::uuid`;
  expect(await pay()).toMatchObject({ governance_status: "pending_approval" });
  expect(await ended(grantId)).toBeNull();
});

test("a run that was withdrawn keeps its use: the agent may have carried it out without a claim", async () => {
  const grantId = await giveGrant(workspace, { action: "pay", maxUses: 1 });
  const { action_run_id: runId } = await pay();
  expect(await pay()).toMatchObject({ governance_status: "pending_approval" });
  expectOk(await withdrawRun(workspace.ctx, { runId, reason: "Not needed." }));
  expect(await grantSums(grantId)).toMatchObject({ uses: 1 });
  expect(await pay()).toMatchObject({ governance_status: "pending_approval" });
});

describe("who can't give one", () => {
  test("someone who is asked about this run alone", async () => {
    const { action_run_id: runId } = await pay();
    await getDb()
      .$executeRaw`UPDATE approval_requests SET approver_emails = approver_emails || ARRAY['deputy@example.com'] WHERE run_id = ${runId}::uuid`;
    const deputy = operatorContext(workspace.workspaceId, "deputy@example.com");
    const given = await decideRun(deputy, { runId, decision: "approve", comment: null, grant: GRANT });
    expect(given).toMatchObject({ ok: false, code: "not_permitted" });
    expectOk(await decideRun(deputy, { runId, decision: "approve", comment: null }));
  });

  test("anyone, where several approvals are needed", async () => {
    const emails = [LISTED, "other@example.com"];
    await makeAction(workspace, { name: "wire", approverEmails: emails, approvals: 2 });
    const { action_run_id: runId } = await proposeOk(workspace, { action: "wire", payload: GRANTED_PAYLOAD });
    const token = (await linkTokens(runId)).get(LISTED) ?? "";
    const given = await decideByLink(visitorContext(), token, { decision: "approve", comment: null, confirm: true, grant: GRANT });
    expect(given).toMatchObject({ ok: false, code: "not_permitted" });
  });

  test("anyone, of a run whose policy has changed since", async () => {
    const { action_run_id: runId } = await pay();
    expectOk(
      await edit({
        policy: { type: "require_approval_above_amount", threshold: "1", currency: null, amountField: "amount", currencyField: "currency" },
      }),
    );
    expect(await decideRun(workspace.ctx, { runId, decision: "approve", comment: null, grant: GRANT })).toMatchObject({
      code: "not_permitted",
    });
  });
});

test("its giver can revoke it whatever their role; others need a role that may", async () => {
  const listed = await makePerson(workspace, "developer");
  expectOk(await edit({ approverEmails: [listed.email] }));
  const grantId = await giveByLink(listed.email);
  const viewer = await member("viewer");
  await expect(revokeGrant(viewer.ctx, { grantId, channel: "console" })).rejects.toThrow();
  expectOk(await revokeGrant(listed.ctx, { grantId, channel: "console" }));
  expect(await ended(grantId)).toBe("revoked");
});

describe("for critical runs", () => {
  test("self-approval: no run of a key that its confirmer made, where the action wants another person", async () => {
    expectOk(await edit({ riskLevel: "critical" }));
    const first = await member("approver");
    const grantId = await giveGrant(workspace, { action: "pay", ctx: first.ctx });
    const owner = await getDb().user.findUniqueOrThrow({ where: { email: workspace.ownerEmail } });
    expectOk(await confirmGrant(memberContext({ userId: owner.id, email: owner.email }, workspace.workspaceId), { grantId }));
    expect(await pay()).toMatchObject({ governance_reason: "standing_grant" });
    await getDb().registeredAction.update({ where: { id: actionId }, data: { requiresFourEyes: true } });
    expect(await pay()).toMatchObject({ governance_status: "pending_approval" });
  });

  test("a grant allows nothing until a second person who could approve them confirms it", async () => {
    expectOk(await edit({ riskLevel: "critical" }));
    const first = await member("approver");
    const grantId = await giveGrant(workspace, { action: "pay", ctx: first.ctx });
    expect(await pay()).toMatchObject({ governance_status: "pending_approval" });
    expect(await confirmGrant(first.ctx, { grantId })).toMatchObject({ ok: false, code: "not_permitted" });
    const viewer = await member("viewer");
    expect(await confirmGrant(viewer.ctx, { grantId })).toMatchObject({ ok: false, code: "not_permitted" });
    const second = await member("approver");
    expectOk(await confirmGrant(second.ctx, { grantId }));
    expect(await confirmGrant(second.ctx, { grantId })).toMatchObject({ ok: false });
    expect(await pay()).toMatchObject({ governance_reason: "standing_grant", grant: { confirmed_by: second.email } });
    expectOk(await removeMember(workspace.ctx, second.userId));
    expect(await ended(grantId)).toBe("right_lost");
  });
});

async function edit(different: object) {
  const { title, approverEmails } = await getDb().registeredAction.findUniqueOrThrow({ where: { id: actionId } });
  return editAction(workspace.ctx, { ...SAME, title, approverEmails, ...different });
}

function setRouting(approverEmails: string[]) {
  return setApprovalRouting(workspace.ctx, { approverEmails, approvalWindowMinutes: null });
}

test("revoked, it allows nothing from then on, once, with a receipt that says how often it was used", async () => {
  const grantId = await giveGrant(workspace, { action: "pay" });
  await pay();
  expectOk(await revokeGrant(workspace.ctx, { grantId, channel: "console" }));
  expect(await pay()).toMatchObject({ governance_status: "pending_approval" });
  expect(await revokeGrant(workspace.ctx, { grantId, channel: "console" })).toMatchObject({ ok: false, code: "not_found" });
  const receipt = await getDb().receipt.findFirstOrThrow({ where: { kind: "grant_end", body: { contains: grantId } } });
  expect(JSON.parse(receipt.body)).toMatchObject({ ended_by: workspace.ownerEmail, reason: "revoked", uses: 1, channel: "console" });
  await sequenceReceipts(workspace.ctx);
  expect((await checkReceipts(workspace.ctx, { runId: receipt.runId ?? "" })).verdict.problems).toEqual([]);
});

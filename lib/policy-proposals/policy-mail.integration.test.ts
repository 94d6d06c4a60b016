import { beforeEach, expect, test } from "vitest";
import { getDb } from "@/lib/db/client";
import { createGroup } from "@/lib/groups/create-group";
import { deleteGroup } from "@/lib/groups/delete-group";
import { editGroup } from "@/lib/groups/edit-group";
import { removeMember } from "@/lib/members/remove-member";
import { editAction } from "@/lib/registered-actions/edit-action";
import type { MemberContext } from "@/lib/security/context";
import { drainJobs, newestMail } from "@/lib/testing/drain-jobs";
import { expectOk, makeAction, makePerson, type TestWorkspace } from "@/lib/testing/factories";
import { makeGuardedWorkspace, proposeEdit, statusOf } from "@/lib/testing/policy-proposals";
import { confirmProposal } from "./confirm-proposal";
import { declineProposal, withdrawProposal } from "./end-proposal";
import { setPolicyRule } from "./set-policy-rule";

let workspace: TestWorkspace;
let ann: MemberContext;
let ben: MemberContext;
beforeEach(async () => {
  ({ workspace, ann, ben } = await makeGuardedWorkspace());
});

/** What was queued about a proposal, and for whom. */
async function mailsOf(aboutProposalId: string): Promise<string[]> {
  const mails = await getDb().emailDelivery.findMany({ where: { aboutProposalId }, orderBy: { id: "asc" } });
  return mails.map(({ kind, toEmail }) => `${kind} ${toEmail}`).sort();
}
const asked = (...emails: string[]) => emails.map((email) => `policy_proposed ${email}`).sort();
const answered = ({ actor }: MemberContext) => `policy_answered ${actor.email}`;

test("owners and admins are asked by mail, each person once, and never who proposed it", async () => {
  for (const role of ["developer", "approver", "viewer"] as const) await makePerson(workspace, role);
  for (const { actor } of [ann, ben]) {
    const twin = await makePerson(workspace, "admin");
    const email = actor.email.replace("@", "+other@");
    await getDb().user.update({ where: { id: twin.ctx.actor.userId }, data: { email } });
  }
  const gone = await makePerson(workspace, "admin");
  await getDb().user.update({ where: { id: gone.ctx.actor.userId }, data: { disabledAt: new Date() } });
  const proposalId = await proposeEdit(ann);
  expect(await mailsOf(proposalId)).toEqual(asked(workspace.ownerEmail, ben.actor.email));
  expect(await proposeEdit(ann)).toBe(proposalId);
  expect(await mailsOf(proposalId)).toHaveLength(2);
  await getDb().member.updateMany({ where: { userId: ben.actor.userId }, data: { role: "viewer" } });
  // His other address can confirm it.
  expect((await newestMail(ben.actor.email)).subject).toBe("Proposed: Change of pay");
});

test("the mail says what would change and why, and its link decides nothing", async () => {
  const policy = { type: "require_approval_above_amount", threshold: "500" } as const;
  const { proposalId } = expectOk(await editAction(ann, { name: "pay", title: "Pay", policy }, { comment: "As agreed" }));
  const { subject, text, links } = await newestMail(ben.actor.email);
  expect(subject).toBe("Proposed: Change of pay");
  for (const expected of [
    `${ann.actor.email} proposed a policy change`,
    "Comment: As agreed",
    "Title: from pay to Pay",
    "Threshold: from none to 500.00",
  ])
    expect(text).toContain(expected);
  expect(links.map((link) => new URL(link).pathname)).toEqual([`/workspaces/${workspace.workspaceId}/actions/pay`]);
  expect(await statusOf(proposalId ?? "")).toBe("pending");
});

test("the proposer reads what others made of it, with their comment, and nothing of what they did themselves", async () => {
  const confirmed = await proposeEdit(ann);
  expectOk(await confirmProposal(ben, { proposalId: confirmed }));
  expect((await newestMail(ann.actor.email)).text).toContain(`${ben.actor.email} confirmed your policy change`);
  const declined = await proposeEdit(ann, { threshold: "600" });
  expectOk(await declineProposal(ben, { proposalId: declined, comment: "Too high" }));
  expect((await newestMail(ann.actor.email)).text).toContain("Comment: Too high");
  const stale = await proposeEdit(ann, { threshold: "700" });
  await getDb().registeredAction.updateMany({ where: { workspaceId: workspace.workspaceId }, data: { configVersion: { increment: 1 } } });
  expect(await confirmProposal(ben, { proposalId: stale })).toMatchObject({ code: "proposal_ended" });
  expect((await newestMail(ann.actor.email)).subject).toBe("Out of date: Change of pay");
  const replaced = await proposeEdit(ann, { threshold: "800" });
  const own = await proposeEdit(ben, { threshold: "900" });
  await drainJobs();
  const subjects = await getDb().mailboxMessage.findMany({ where: { toEmail: ann.actor.email, subject: { contains: "Change of pay" } } });
  // She can confirm what took its place.
  expect(subjects.map(({ subject }) => subject.split(":")[0]).sort()).toEqual([
    "Confirmed",
    "Declined",
    "Out of date",
    "Proposed",
    "Replaced",
  ]);
  expectOk(await withdrawProposal(ben, { proposalId: own }));
  expect([await mailsOf(replaced), await mailsOf(own)]).toEqual([
    [...asked(workspace.ownerEmail, ben.actor.email), answered(ann)].sort(),
    asked(workspace.ownerEmail, ann.actor.email),
  ]);
});

test("nobody is asked about what is over, or once they may no longer confirm it, nor answered once they have left", async () => {
  const over = await proposeEdit(ann);
  expectOk(await withdrawProposal(ann, { proposalId: over }));
  const open = await proposeEdit(ann, { threshold: "600" });
  await getDb().member.updateMany({ where: { userId: ben.actor.userId }, data: { role: "developer" } });
  await drainJobs();
  const sent = { where: { aboutProposalId: { in: [over, open] }, status: "sent" } };
  expect(await getDb().emailDelivery.findMany(sent)).toMatchObject([{ aboutProposalId: open, toEmail: workspace.ownerEmail }]);
  const { ctx: admin } = await makePerson(workspace, "admin");
  expectOk(await removeMember(workspace.ctx, ann.actor.userId));
  expectOk(await declineProposal(admin, { proposalId: open, comment: null }));
  expect(await mailsOf(open)).not.toContain(answered(ann));
  const leaver = await makePerson(workspace, "admin");
  const theirs = await proposeEdit(leaver.ctx, { threshold: "700" });
  expectOk(await declineProposal(admin, { proposalId: theirs, comment: null }));
  await getDb().user.update({ where: { id: leaver.ctx.actor.userId }, data: { disabledAt: new Date() } });
  await drainJobs();
  const unsent = { where: { aboutProposalId: theirs, kind: "policy_answered" } };
  expect(await getDb().emailDelivery.findMany(unsent)).toMatchObject([{ toEmail: leaver.email, notSentReason: "not_wanted" }]);
});

test("changes of groups and the end of the rule are told the same way, and what is about a group goes with it", async () => {
  const { id } = expectOk(await createGroup(ann, { name: "Finance", members: [ann.actor.email] }));
  await makeAction(workspace, { name: "grouped", approverGroup: "Finance" });
  expectOk(await editGroup(ann, { id, name: "Finance", members: [ben.actor.email] }));
  const { text, links } = await newestMail(ben.actor.email);
  expect(text).toContain(`Members: from ${ann.actor.email} to ${ben.actor.email}`);
  expect(links[0]).toMatch(/\/settings\/groups$/);
  expectOk(await setPolicyRule(ann, { policyChangeNeedsAnotherPerson: false }));
  expect((await newestMail(ben.actor.email)).links[0]).toMatch(/\/settings\/approvals$/);
  await getDb().registeredAction.updateMany({ where: { name: "grouped" }, data: { approverGroup: null } });
  const { workspaceId } = workspace;
  const endpoint = { id: crypto.randomUUID(), workspaceId, url: "https://hooks.example.com", eventTypes: ["policy.ended"] };
  await getDb().webhookEndpoint.create({ data: { ...endpoint, sealedSecret: Buffer.from([0]), createdBy: ben.actor.email } });
  expectOk(await deleteGroup(ben, id));
  expect(await getDb().policyProposal.count({ where: { groupId: id } })).toBe(0);
  const [told] = await getDb().webhookDelivery.findMany({ where: { workspaceId } });
  const ended = { group: "Finance", status: "stale", proposed_by: ann.actor.email, ended_by: ben.actor.email };
  expect(JSON.parse(told?.body ?? "{}")).toMatchObject({ type: "policy.ended", data: ended });
  const recorded = await getDb().auditEvent.findMany({ where: { workspaceId, verb: "proposal.ended", subjectId: id } });
  expect(recorded).toMatchObject([{ actorId: ben.actor.userId, data: { reason: "stale", name: "Finance" } }]);
});

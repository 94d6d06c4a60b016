import { beforeEach, describe, expect, test } from "vitest";
import { decideByLink } from "@/lib/approvals/decide-by-link";
import { decideRun } from "@/lib/approvals/decide-run";
import { getDecisionByToken } from "@/lib/approvals/get-decision-by-token";
import { operatorContext, visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { editAction } from "@/lib/registered-actions/edit-action";
import { getDroppedApprovers } from "@/lib/registered-actions/get-dropped-approvers";
import { APPROVE, makeDecider, requestOf } from "@/lib/testing/deciders";
import { drainJobs } from "@/lib/testing/drain-jobs";
import { expectOk, linkTokens, makeAction, makePerson, makeWorkspace, proposeOk, type TestWorkspace } from "@/lib/testing/factories";
import { getApproversDroppedByRouting } from "@/lib/workspaces/get-approvers-dropped-by-routing";
import { setApprovalRouting } from "@/lib/workspaces/set-approval-routing";
import { changeRole } from "./change-role";
import { disableAccount } from "./disable-account";
import { getAccountRights } from "./get-account-rights";
import { getMemberRights } from "./get-member-rights";
import { getRoleEndings } from "./get-role-endings";
import { removeMember } from "./remove-member";

const NO_LISTS = { approverEmails: [], approverGroup: null, laterStages: [], ruleApprovers: [], escalationEmails: [] };

let workspace: TestWorkspace;
let ann: Awaited<ReturnType<typeof makeDecider>>;
let ben: Awaited<ReturnType<typeof makeDecider>>;
beforeEach(async () => {
  workspace = await makeWorkspace();
  [ann, ben] = [await makeDecider(workspace, "approver"), await makeDecider(workspace, "approver")];
});

const propose = async (action: string) => (await proposeOk(workspace, { action, payload: { amount: 5 } })).action_run_id;

describe("when someone's access ends, their pending requests", () => {
  test("go to the person who was chosen, in the same transaction, and not to those of the routing", async () => {
    await makeAction(workspace, { name: "pay", approverEmails: [ann.email, "chi@example.com"] });
    const runIds = [await propose("pay"), await propose("pay"), await propose("pay")];
    const token = (await linkTokens(runIds[0] ?? "")).get(ann.email) ?? "";
    expectOk(await removeMember(workspace.ctx, ann.userId, { reassignTo: ben.email }));
    for (const runId of runIds) expect((await requestOf(runId)).approverEmails).toEqual(["chi@example.com", ben.email]);
    await drainJobs();
    for (const runId of runIds) {
      const mails = await getDb().emailDelivery.findMany({ where: { runId }, orderBy: { id: "asc" } });
      expect(mails.map(({ toEmail, askReason }) => [toEmail, askReason])).toEqual([
        [ann.email, null],
        ["chi@example.com", null],
        [ben.email, "reassignment"],
      ]);
    }
    // Who left is told that they left, and nothing of what became of the request.
    const refusal = await getDecisionByToken(visitorContext(), token);
    expect(refusal).toMatchObject({ code: "link_withdrawn", fields: { reason: "left" } });
    expect(JSON.stringify(refusal)).not.toContain(ben.email);
    const [removed] = await getDb().auditEvent.findMany({ where: { subjectId: ann.userId, verb: "member.removed" } });
    expect(removed?.data).toMatchObject({ ended: { actions: 1, runs: 0, reassigned: 3 } });
  });

  test("go the usual way where that person can't take them over", async () => {
    await makeAction(workspace, { name: "careful", approverEmails: [ann.email], requiresFourEyes: true });
    await makeAction(workspace, { name: "pay", approverEmails: [ann.email] });
    const [careful, pay] = [await propose("careful"), await propose("pay")];
    // The owner made the key that proposed both.
    expectOk(await removeMember(workspace.ctx, ann.userId, { reassignTo: workspace.ownerEmail }));
    await drainJobs();
    const reasons = async (runId: string) =>
      (await getDb().emailDelivery.findMany({ where: { runId, askReason: { not: null } } })).map(({ askReason }) => askReason);
    expect([await reasons(pay), await reasons(careful)]).toEqual([["reassignment"], ["replacement"]]);
  });

  test("follow an account that is disabled into every workspace", async () => {
    const other = await makeWorkspace();
    await getDb().member.create({ data: { workspaceId: other.workspaceId, userId: ben.userId, role: "approver" } });
    const runIds: string[] = [];
    for (const of of [workspace, other]) {
      await makeAction(of, { name: "pay", approverEmails: [ann.email] });
      runIds.push((await proposeOk(of, { action: "pay", payload: {} })).action_run_id);
    }
    const ctx = operatorContext(null);
    const { runsWaiting, successors } = await getAccountRights(ctx, { userId: ann.userId });
    expect(runsWaiting).toBe(2);
    expect(successors).toContainEqual({ email: ben.email, name: null, runs: 2 });
    expect(successors).toContainEqual({ email: workspace.ownerEmail, name: null, runs: 1 });
    expect(successors.map(({ email }) => email)).not.toContain(ann.email);
    expect(expectOk(await disableAccount(ctx, { userId: ann.userId, reassignTo: ben.email }))).toMatchObject({ runs: 0, reassigned: 2 });
    for (const runId of runIds) expect((await requestOf(runId)).approverEmails).toEqual([ben.email]);
  });
});

describe("before it ends, the dialog says who is asked instead", () => {
  test.each([
    ["the action's other approvers", { approverEmails: ["ANN", "chi@example.com"] }, []],
    ["the workspace's approvers", { approverEmails: ["ANN"] }, ["ANN", "dot@example.com"]],
    ["the owners", { approverEmails: ["ANN"] }, []],
  ])("%s, as it then happens", async (_, { approverEmails }, general) => {
    const named = (emails: readonly string[]) => emails.map((email) => (email === "ANN" ? ann.email : email));
    expectOk(
      await setApprovalRouting(workspace.ctx, { approverEmails: named(general), approvalWindowMinutes: null, escalationEmails: [] }),
    );
    await makeAction(workspace, { name: "pay", approverEmails: named(approverEmails) });
    const runId = await propose("pay");
    const { rights } = expectOk(await getMemberRights(workspace.ctx, { userId: ann.userId }));
    expect(rights.runsWaiting).toBe(1);
    expectOk(await removeMember(workspace.ctx, ann.userId));
    await drainJobs();
    expect(rights.askedInstead).toEqual((await requestOf(runId)).approverEmails.toSorted());
  });
});

describe("before it ends, each dialog counts the approvals among several that end with it", () => {
  test("as they then do", async () => {
    const two = { approverEmails: [ann.email, ben.email, "chi@example.com"], approvals: 2 };
    await makeAction(workspace, { name: "wire", ...two });
    const runIds = [await propose("wire"), await propose("wire"), await propose("wire")];
    for (const runId of runIds.slice(0, 2))
      expectOk(await decideRun(operatorContext(workspace.workspaceId, ann.email), { runId, decision: "approve", comment: null }));
    const ended = { email: ann.email, runs: 1, approvals: 2 };
    const { ctx: admin } = await makePerson(workspace, "admin");
    const lists = { ...NO_LISTS, approverEmails: [ben.email, "chi@example.com"] };
    expect(expectOk(await getDroppedApprovers(admin, { name: "wire", ...lists })).dropped).toMatchObject([ended]);
    expect(await getAccountRights(operatorContext(null), { userId: ann.userId })).toMatchObject({ runsWaiting: 1, approvalsGiven: 2 });
    const rights = { runsWaiting: 1, approvalsGiven: 2 };
    expect(expectOk(await getMemberRights(workspace.ctx, { userId: ann.userId })).rights).toMatchObject(rights);
    expectOk(await removeMember(workspace.ctx, ann.userId));
    expect(await getDb().vote.count({ where: { runId: { in: runIds }, revokedReason: "left" } })).toBe(2);
  });

  test("also where those are all that ends", async () => {
    const outsider = await makeDecider(workspace, null);
    await makeAction(workspace, { name: "wire", approverEmails: [outsider.email, ben.email], approvals: 2 });
    const runId = await propose("wire");
    expectOk(await decideRun(operatorContext(workspace.workspaceId, outsider.email), { runId, decision: "approve", comment: null }));
    // However it comes that no list names them anymore.
    await getDb().registeredAction.updateMany({ where: { runs: { some: { id: runId } } }, data: { approverEmails: [ben.email] } });
    const { userId } = outsider;
    expect(await getAccountRights(operatorContext(null), { userId })).toMatchObject({ runsWaiting: 0, approvalsGiven: 1 });
    expectOk(await disableAccount(operatorContext(null), { userId }));
    expect(await getDb().vote.findFirst({ where: { runId } })).toMatchObject({ revokedReason: "disabled" });
  });
});

describe("before an action's list is saved, the form says whose requests end and who is asked instead", () => {
  test("as it then happens", async () => {
    await makeAction(workspace, { name: "pay", approverEmails: [ann.email, ben.email], escalationEmails: ["esc@example.com"] });
    const runIds = [await propose("pay"), await propose("pay")];
    const ctx = (await makePerson(workspace, "admin")).ctx;
    const after = { ...NO_LISTS, approverEmails: ["chi@example.com", ben.email] };
    const { dropped } = expectOk(await getDroppedApprovers(ctx, { name: "pay", ...after }));
    // The escalation contact was not asked yet.
    expect(dropped).toEqual([{ email: ann.email, runs: 2, approvals: 0, askedInstead: [ben.email, "chi@example.com"].toSorted() }]);
    expect(expectOk(await getDroppedApprovers(ctx, { ...NO_LISTS, name: "pay", approverEmails: [ann.email, ben.email] }))).toEqual({
      ok: true,
      dropped: [],
    });
    expectOk(await editAction(workspace.ctx, { name: "pay", title: "Pay", ...after, policy: { type: "always_require_approval" } }));
    await drainJobs();
    for (const runId of runIds) expect((await requestOf(runId)).approverEmails.toSorted()).toEqual(dropped[0]?.askedInstead);
  });

  test("and the same for the workspace's list, but for actions that name them", async () => {
    const route = (approverEmails: string[]) =>
      setApprovalRouting(workspace.ctx, { approverEmails, approvalWindowMinutes: null, escalationEmails: [] });
    expectOk(await route([ann.email, "chi@example.com"]));
    await makeAction(workspace, { name: "general" });
    await makeAction(workspace, { name: "own", approverEmails: [ann.email] });
    const [general, own] = [await propose("general"), await propose("own")];
    const ctx = (await makePerson(workspace, "admin")).ctx;
    const { dropped } = expectOk(
      await getApproversDroppedByRouting(ctx, { approverEmails: ["chi@example.com", ben.email], escalationEmails: [] }),
    );
    expect(dropped).toEqual([{ email: ann.email, runs: 1, approvals: 0, askedInstead: [ben.email, "chi@example.com"].toSorted() }]);
    const kept = expectOk(
      await getApproversDroppedByRouting(ctx, { approverEmails: [], escalationEmails: [ann.email, "chi@example.com"] }),
    );
    expect(kept.dropped).toEqual([]);
    const nobody = expectOk(await getApproversDroppedByRouting(ctx, { approverEmails: [], escalationEmails: [] }));
    expect(nobody.dropped.map(({ email, askedInstead }) => [email, askedInstead])).toEqual([
      [ann.email, [workspace.ownerEmail]],
      ["chi@example.com", [workspace.ownerEmail]],
    ]);
    expectOk(await route(["chi@example.com", ben.email]));
    await drainJobs();
    expect((await requestOf(general)).approverEmails.toSorted()).toEqual(dropped[0]?.askedInstead);
    expect((await requestOf(own)).approverEmails).toEqual([ann.email]);
  });
});

describe("with a role that decides end the requests that someone got for it", () => {
  const userIdOf = async (email: string) => (await getDb().user.findUniqueOrThrow({ where: { email } })).id;

  test.each(["developer", "viewer"] as const)(
    "an owner who becomes a %s decides by no earlier link, and the dialog says who is asked",
    async (role) => {
      const heir = await makeDecider(workspace, "owner");
      const email = workspace.ownerEmail;
      const userId = await userIdOf(email);
      await makeAction(workspace, { name: "general" });
      await makeAction(workspace, { name: "own", approverEmails: [email.replace("@", "+work@")] });
      const [general, own] = [await propose("general"), await propose("own")];
      const token = (await linkTokens(general)).get(email) ?? "";
      const ctx = operatorContext(workspace.workspaceId, heir.email);
      const look = async (to: typeof role | "approver") => expectOk(await getRoleEndings(ctx, { userId, role: to })).dropped;
      // Whoever goes on deciding by their role keeps what they were asked.
      expect(await look("approver")).toEqual([]);
      expect(await look(role)).toEqual([{ email, runs: 1, approvals: 0, askedInstead: [heir.email] }]);
      expectOk(await changeRole(ctx, { userId, role }));
      expect(await decideByLink(visitorContext(), token, APPROVE)).toMatchObject({
        code: "link_withdrawn",
        fields: { reason: "replaced" },
      });
      await drainJobs();
      expect((await requestOf(general)).approverEmails).toEqual([heir.email]);
      // Where a list names them, they are asked as anyone else is whom it names.
      expect((await requestOf(own)).approverEmails).toEqual([email.replace("@", "+work@")]);
      const [event] = await getDb().auditEvent.findMany({ where: { subjectId: userId, verb: "member.role_changed" } });
      expect(event?.data).toMatchObject({ before: "owner", after: role, ended: { runs: 1 } });
    },
  );

  test("an owner who becomes an approver decides by the link of before", async () => {
    await makeDecider(workspace, "owner");
    await makeAction(workspace, { name: "general" });
    const runId = await propose("general");
    const token = (await linkTokens(runId)).get(workspace.ownerEmail) ?? "";
    expectOk(await changeRole(workspace.ctx, { userId: await userIdOf(workspace.ownerEmail), role: "approver" }));
    expectOk(await decideByLink(visitorContext(), token, APPROVE));
  });
});

import { beforeEach, describe, expect, test } from "vitest";
import { loadDecisionSnapshot } from "@/lib/action-runs/propose/decision-snapshot";
import { proposeRun } from "@/lib/action-runs/propose/propose-run";
import { listAskedInstead } from "@/lib/approvers/list-asked-instead";
import { openRequests } from "@/lib/approvers/withdraw-approver";
import { operatorContext, systemContext, visitorContext } from "@/lib/auth/contexts";
import { interceptRequestSchema } from "@/lib/contract/intercept";
import { getDb } from "@/lib/db/client";
import { readDecisionBody } from "@/lib/domain/log/read-receipt-body";
import { offerGrant } from "@/lib/grants/offer-grant";
import { createGroup } from "@/lib/groups/create-group";
import { deleteGroup } from "@/lib/groups/delete-group";
import { editGroup } from "@/lib/groups/edit-group";
import { getMemberRights } from "@/lib/members/get-member-rights";
import { removeMember } from "@/lib/members/remove-member";
import { editAction } from "@/lib/registered-actions/edit-action";
import { getAction } from "@/lib/registered-actions/list-actions";
import { listPolicyVersions } from "@/lib/registered-actions/list-policy-versions";
import { restorePolicy } from "@/lib/registered-actions/restore-policy";
import type { ActionSettings, NewAction } from "@/lib/registered-actions/schema";
import { settingsOf } from "@/lib/registered-actions/settings-of";
import { approveByLink, makeDecider, requestOf, statusOf } from "@/lib/testing/deciders";
import { drainJobs } from "@/lib/testing/drain-jobs";
import { expectOk, makeAction, makePerson, makeWorkspace, proposeOk, type TestWorkspace } from "@/lib/testing/factories";
import { decideRun } from "./decide-run";
import { listFirstAsked } from "./routing-of";

const OWN = "approver@example.com";
const RULES: NewAction["policy"] = {
  type: "rules",
  rules: {
    rules: [
      { name: "small", when: "amount <= 100", then: "allow" },
      { name: "large", when: "amount > 5000", then: "ask" },
      { name: "single", when: "amount > 2000", then: "ask" },
    ],
    otherwise: "ask",
  },
  changeableFields: [{ field: "amount", kind: "not_above" }],
};

let workspace: TestWorkspace;
type Decider = Awaited<ReturnType<typeof makeDecider>>;
let [ann, ben, chi]: Decider[] = [];
beforeEach(async () => {
  workspace = await makeWorkspace();
  [ann, ben, chi] = [
    await makeDecider(workspace, "approver"),
    await makeDecider(workspace, "approver"),
    await makeDecider(workspace, "approver"),
  ];
  await makeAction(workspace, { ...ACTION(), name: "pay" });
});
const emailOf = (one: Decider | undefined) => one?.email ?? expect.unreachable();
const emails = (...people: (Decider | undefined)[]) => people.map(emailOf);
const ACTION = (): Omit<NewAction, "name"> => ({
  title: "Pay",
  policy: RULES,
  approverEmails: [OWN],
  ruleApprovers: [
    { rule: "large", approvals: 2, people: emails(ann, ben) },
    { rule: "single", approvals: 1, people: emails(chi) },
  ],
});

const propose = (amount: unknown, more = {}) =>
  proposeOk(workspace, { action: "pay", payload: amount === undefined ? {} : { amount: amount as number }, ...more });
const runIdOf = async (amount: unknown, more = {}) => (await propose(amount, more)).action_run_id;
const requested = async (runId: string) => {
  const { approverEmails, stages, askedRule } = await requestOf(runId);
  return { approverEmails: approverEmails.toSorted(), stages, askedRule };
};
const settings = async (): Promise<ActionSettings> => settingsOf((await getAction(workspace.ctx, "pay")) ?? expect.unreachable());
const edit = async (different: Partial<ActionSettings>) => editAction(workspace.ctx, { ...(await settings()), ...different });
const versionOf = async () => (await getAction(workspace.ctx, "pay"))?.configVersion ?? 0;

describe("a rule's own approvers", () => {
  test("are asked in place of the action's, and as many of them must approve as it says", async () => {
    const large = await propose(6000);
    expect(large).toMatchObject({
      governance_status: "pending_approval",
      policy_rule: "large",
      approvals: { required: 2, given: 0, stages: 1 },
    });
    const runId = large.action_run_id;
    expect(await requested(runId)).toEqual({
      approverEmails: emails(ann, ben).toSorted(),
      stages: [{ approvals: 2, people: emails(ann, ben) }],
      askedRule: "large",
    });
    // The action's own approver isn't asked, and no role decides alone.
    expect(await decideRun(operatorContext(workspace.workspaceId, OWN), { runId, decision: "approve", comment: null })).toMatchObject({
      ok: false,
    });
    expectOk(await approveByLink(runId, emailOf(ann)));
    expect(await statusOf(runId)).toBe("pending_approval");
    expectOk(await approveByLink(runId, emailOf(ben)));
    expect(await statusOf(runId)).toBe("approved");
    const receipt = await getDb().receipt.findFirstOrThrow({ where: { runId, kind: "decision" } });
    expect(readDecisionBody(receipt.body)?.approvals?.required).toEqual([2]);
  });

  test("one approval is enough where the rule says so, and where it names nobody the action's are asked", async () => {
    const single = await propose(3000);
    expect(single.approvals).toBeNull();
    expect(await requested(single.action_run_id)).toEqual({ approverEmails: emails(chi), stages: null, askedRule: "single" });
    expect(await requested(await runIdOf(500))).toEqual({ approverEmails: [OWN], stages: null, askedRule: null });
    await edit({ approvals: 2, approverEmails: [OWN, "second@example.com"] });
    expect(await requested(await runIdOf(3001))).toMatchObject({ approverEmails: emails(chi), stages: null });
    expect(await requested(await runIdOf(501))).toMatchObject({ stages: [{ approvals: 2 }], askedRule: null });
  });

  test.each([
    ["no amount", undefined],
    ["an amount that can't be read", "1,000"],
  ])("%s asks whoever needs the most approvals", async (_, amount) => {
    const run = await propose(amount);
    expect(run).toMatchObject({ governance_reason: "rule_unreadable_requires_approval", policy_rule: "small", approvals: { required: 2 } });
    expect(await requested(run.action_run_id)).toMatchObject({ askedRule: "large", approverEmails: emails(ann, ben).toSorted() });
  });

  test("a process of the release before, which doesn't know them, can't ask others", async () => {
    const snapshot = await loadDecisionSnapshot(visitorContext(), workspace.credentials, "pay");
    if ("ok" in snapshot) return expect.unreachable();
    const payload = { amount: 6000 };
    const request = interceptRequestSchema.parse({ action: "pay", payload });
    const proposed = { request, provenance: { actor: null, reasoning: null, source: null }, payload, payloadText: JSON.stringify(payload) };
    const { asked_by: _, ...row } = proposeRun(workspace.credentials, snapshot, proposed).row;
    const [verdict] = await getDb().$queryRaw<{ outcome: string }[]>`
      SELECT outcome FROM daai_intercept(${JSON.stringify([{ ...row, ordinal: 0 }])}::jsonb)`;
    expect(verdict?.outcome).toBe("stale");
  });

  test("nobody approves in advance what they are asked about", async () => {
    const runId = await runIdOf(3000);
    expect(await offerGrant(workspace.ctx, { runId, person: emailOf(chi) })).toMatchObject({
      ok: false,
      detail: "The rule that asks has approvers of its own, so each of its runs is decided on its own.",
    });
  });

  test("what is changed to another rule's request can't be approved by those who were asked about this one", async () => {
    const changed = (runId: string, amount: string) =>
      decideRun(workspace.ctx, { runId, decision: "approve", comment: "Less", changes: { amount } });
    const single = await runIdOf(3000, { accepts_changes: true });
    expectOk(await changed(single, "2500"));
    const plain = await runIdOf(2000, { accepts_changes: true });
    expectOk(await changed(plain, "1000"));
    await edit({
      policy: {
        ...RULES,
        rules: { rules: [{ name: "low", when: "amount < 200", then: "ask" }], otherwise: "ask" },
      } as ActionSettings["policy"],
      ruleApprovers: [{ rule: "low", approvals: 1, people: emails(ann) }],
    });
    const high = await runIdOf(1000, { accepts_changes: true });
    expect(await changed(high, "150")).toMatchObject({
      ok: false,
      detail: expect.stringContaining(
        `The rule “low” asks others about the changed request: 1 of ${emailOf(ann)}. Reject the request with these values`,
      ),
    });
    expectOk(await changed(high, "250"));
  });
});

describe("the people change", () => {
  test("who leaves drops out of the rule, and others are asked in their place", async () => {
    const runId = await runIdOf(6000);
    const { id: userId } = await getDb().user.findUniqueOrThrow({ where: { email: emailOf(ann) } });
    expect(expectOk(await getMemberRights(workspace.ctx, { userId })).rights).toMatchObject({ actions: 1, runsWaiting: 1 });
    expectOk(await removeMember(workspace.ctx, userId));
    await drainJobs();
    expect((await settings()).ruleApprovers[0]?.people).toEqual(emails(ben));
    const after = (await requested(runId)).approverEmails;
    expect(after).not.toContain(emailOf(ann));
    // Too few of the rule's people are left, so the workspace's owner is asked as well.
    expect(after).toEqual([emailOf(ben), workspace.ownerEmail].toSorted());
  });

  test("an edit of the rule's people asks the new ones, as the form said before", async () => {
    const runId = await runIdOf(6000);
    const dot = await makeDecider(workspace, "approver");
    const ruleApprovers = [{ rule: "large", approvals: 2, people: emails(ann, dot) }];
    const open = openRequests(workspace.workspaceId, emailOf(ben));
    const instead = await listAskedInstead(getDb(), open, emailOf(ben), { ofRules: ruleApprovers });
    expectOk(await edit({ ruleApprovers }));
    await drainJobs();
    expect((await requested(runId)).approverEmails).toEqual(emails(ann, dot).toSorted());
    expect(instead).toEqual(emails(ann, dot).toSorted());
    expect((await listFirstAsked(workspace.ctx, runId)).toSorted()).toEqual(emails(ann, dot).toSorted());
  });

  test("the members of a group follow it, and it can't be deleted while a rule asks it", async () => {
    const { id } = expectOk(await createGroup(workspace.ctx, { name: "Finance", members: emails(ann, ben) }));
    expectOk(await edit({ ruleApprovers: [{ rule: "large", approvals: 2, people: [], group: "Finance" }] }));
    expect((await settings()).ruleApprovers).toEqual([
      { rule: "large", approvals: 2, people: emails(ann, ben).toSorted(), group: "Finance" },
    ]);
    expectOk(await editGroup(workspace.ctx, { id, name: "Treasury", members: emails(ben, chi) }));
    expect((await settings()).ruleApprovers).toEqual([
      { rule: "large", approvals: 2, people: emails(ben, chi).toSorted(), group: "Treasury" },
    ]);
    expect(await editGroup(workspace.ctx, { id, name: "Treasury", members: emails(chi) })).toMatchObject({ ok: false });
    expect(await deleteGroup(workspace.ctx, id)).toMatchObject({ ok: false });
    expect(await edit({ ruleApprovers: [{ rule: "large", approvals: 1, people: [], group: "Nobody" }] })).toMatchObject({
      fields: { errors: [{ path: "policy.rules.rules.1.ask.group" }] },
    });
  });
});

describe("a change of them", () => {
  test("is a new version of the policy, which restoring brings back", async () => {
    expectOk(await edit({ ruleApprovers: [] }));
    const { id } = await getDb().registeredAction.findFirstOrThrow({ where: { workspaceId: workspace.workspaceId } });
    expect((await listPolicyVersions(workspace.ctx, id)).map(({ stages }) => stages)).toEqual([
      [],
      [`“large”: 2 of ${emails(ann, ben).join(", ")}`, `“single”: 1 of ${emailOf(chi)}`],
    ]);
    expect(await requested(await runIdOf(6000))).toMatchObject({ askedRule: null });
    expectOk(await restorePolicy(workspace.ctx, { name: "pay", version: 1, configVersion: await versionOf() }));
    expect((await settings()).ruleApprovers).toHaveLength(2);
    expect(await requested(await runIdOf(6001))).toMatchObject({ askedRule: "large" });
  });

  test("is for owners and admins alone, also by restoring, and names nobody who left", async () => {
    const developer = (await makePerson(workspace, "developer")).ctx;
    const without = { ...(await settings()), ruleApprovers: [] };
    expect(await editAction(developer, without)).toMatchObject({ ok: false, code: "not_permitted" });
    // A rule that no longer asks loses them, which is such a change too.
    expect(await editAction(developer, { ...(await settings()), policy: { type: "log_only" } })).toMatchObject({
      ok: false,
      code: "not_permitted",
    });
    expectOk(await editAction(workspace.ctx, without));
    expect(await restorePolicy(developer, { name: "pay", version: 1, configVersion: await versionOf() })).toMatchObject({
      code: "not_permitted",
    });
    const { id } = await getDb().user.findUniqueOrThrow({ where: { email: emailOf(chi) } });
    expectOk(await removeMember(workspace.ctx, id));
    expect(
      await restorePolicy(systemContext(workspace.workspaceId), { name: "pay", version: 1, configVersion: await versionOf() }),
    ).toMatchObject({
      ok: false,
      fields: { errors: [{ path: "policy.rules.rules.2.ask.people" }] },
    });
  });
});

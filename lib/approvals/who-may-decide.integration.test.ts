import { beforeAll, describe, expect, test } from "vitest";
import { createApiKey } from "@/lib/api-keys/create-api-key";
import { operatorContext, systemContext, userContext, visitorContext } from "@/lib/auth/contexts";
import { decidingContext } from "@/lib/auth/deciding-context";
import { getDb } from "@/lib/db/client";
import { DECIDERS } from "@/lib/domain/access/permissions";
import { ROLES, type Role } from "@/lib/domain/access/roles";
import { personOf } from "@/lib/domain/access/same-person";
import { getLiveAudience } from "@/lib/live/get-live-audience";
import { disableAccount, enableAccount } from "@/lib/members/disable-account";
import { getAccountRights } from "@/lib/members/get-account-rights";
import { removeMember } from "@/lib/members/remove-member";
import { editAction } from "@/lib/registered-actions/edit-action";
import { setActionActive } from "@/lib/registered-actions/set-action-active";
import type { UserContext } from "@/lib/security/context";
import {
  claim,
  expectOk,
  linkToken,
  linkTokens,
  makeAction,
  makePerson,
  makeRun,
  makeWorkspace,
  proposeOk,
  type TestWorkspace,
} from "@/lib/testing/factories";
import { untilAvailable } from "@/lib/testing/until-available";
import { workOffJobs } from "@/lib/testing/work-off-jobs";
import { deleteWorkspace } from "@/lib/workspaces/delete-workspace";
import { setApprovalRouting } from "@/lib/workspaces/set-approval-routing";
import { askApprover } from "./ask-approver";
import { countWaiting } from "./count-waiting";
import { decideByLink } from "./decide-by-link";
import { decideRun } from "./decide-run";
import { decideWaitingRun } from "./decide-waiting-run";
import { getDecisionByToken } from "./get-decision-by-token";
import { listWaiting } from "./list-waiting";

const APPROVE = { decision: "approve", comment: null, confirm: true } as const;

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await makeWorkspace();
});

/** Somebody with a proven address, as a session and as a member. */
async function person(of: TestWorkspace, role: Role | null, isVerified = true) {
  const { email, ctx } = await makePerson(of, role);
  const { userId } = ctx.actor;
  if (isVerified) await getDb().user.update({ where: { id: userId }, data: { emailVerifiedAt: new Date() } });
  return { email, userId, ctx, user: userContext({ sessionId: "", userId, email, name: null, isOperator: false }) };
}

const requestOf = (runId: string) => getDb().approvalRequest.findFirstOrThrow({ where: { runId } });
const decidedBy = async (runId: string) => (await getDb().actionRun.findUniqueOrThrow({ where: { id: runId } })).decidedBy;
const seen = async (user: UserContext) => (await listWaiting(user, { limit: 500 })).runs.map(({ runId }) => runId);

test("list, count, audience, permission and decision say the same, over random people, workspaces and runs", {
  timeout: 120_000,
}, async () => {
  // A small generator of its own, so that what failed can be run again.
  let state = 20_261_128;
  const below = (n: number) => (state = (state * 48_271) % 2_147_483_647) % n;
  const oneOf = <T>(values: readonly T[]): T => values[below(values.length)] as T;

  const worlds = [await makeWorkspace(), await makeWorkspace(), await makeWorkspace()];
  const people: (Awaited<ReturnType<typeof person>> & { isVerified: boolean })[] = [];
  for (let i = 0; i < 14; i++) {
    const isVerified = below(4) > 0;
    const someone = await person(worlds[0] ?? workspace, null, isVerified);
    if (i === 13) {
      // The second address of somebody else.
      const email = (people[0]?.email ?? "").replace("@", "+two@");
      await getDb().user.update({ where: { id: someone.userId }, data: { email } });
      people.push({
        ...someone,
        email,
        isVerified,
        user: userContext({ sessionId: "", userId: someone.userId, email, name: null, isOperator: false }),
      });
    } else people.push({ ...someone, isVerified });
  }
  const isDisabled = (email: string) =>
    personOf(email) === personOf(people[5]?.email ?? "") || personOf(email) === personOf(people[13]?.email ?? "");
  await getDb().user.updateMany({
    where: { email: { in: [people[5]?.email ?? "", people[13]?.email ?? ""] } },
    data: { disabledAt: new Date() },
  });
  const roles = new Map<string, Role | "left" | null>();
  for (const [w, { workspaceId }] of worlds.entries()) {
    for (const { userId, email } of people) {
      const role = oneOf([null, null, "left", ...ROLES] as const);
      roles.set(`${w} ${email}`, role);
      if (role === null) continue;
      await getDb().member.create({ data: { workspaceId, userId, role: role === "left" ? "approver" : role } });
      if (role === "left") await getDb().member.delete({ where: { workspaceId_userId: { workspaceId, userId } } });
    }
  }
  const runs: { w: number; runId: string; asked: string[] }[] = [];
  for (let i = 0; i < 30; i++) {
    const w = below(3);
    const asked = [...new Set([oneOf(people).email, oneOf(people).email, "outside@example.com"])];
    runs.push({
      w,
      asked,
      runId: await makeRun(worlds[w] ?? workspace, "always_require_approval", { approverEmails: ["outside@example.com"] }),
    });
    // Past the commands, which would not ask whoever has left: the rule alone must hold.
    await getDb().approvalRequest.updateMany({ where: { runId: runs.at(-1)?.runId ?? "" }, data: { approverEmails: asked } });
    const request = await requestOf(runs.at(-1)?.runId ?? "");
    for (const email of asked.filter((one) => one !== "outside@example.com"))
      await getDb().decisionLink.create({
        data: {
          id: crypto.randomUUID(),
          workspaceId: request.workspaceId,
          approvalRequestId: request.id,
          approverEmail: email,
          tokenHash: crypto.getRandomValues(new Uint8Array(32)),
          expiresAt: request.expiresAt,
          createdAt: request.createdAt,
        },
      });
  }
  const deleted = worlds[2] ?? workspace;
  await getDb().workspace.update({ where: { id: deleted.workspaceId }, data: { deletedAt: new Date() } });

  let allowed = 0;
  for (const { email, isVerified, user } of people) {
    const hasLeft = (w: number) => {
      const own = people.filter((other) => personOf(other.email) === personOf(email)).map((other) => roles.get(`${w} ${other.email}`));
      return own.includes("left") && own.every((role) => role === "left" || role === null);
    };
    const may = ({ w, asked }: (typeof runs)[number]) =>
      w !== 2 &&
      !isDisabled(email) &&
      !hasLeft(w) &&
      ((DECIDERS as unknown[]).includes(roles.get(`${w} ${email}`)) || (isVerified && asked.includes(email)));
    const wanted = runs.filter(may).map(({ runId }) => runId);
    allowed += wanted.length;
    expect((await seen(user)).sort()).toEqual(wanted.toSorted());
    expect(await countWaiting(user)).toBe(wanted.length);
    const { memberOf, askedIn } = await getLiveAudience(user);
    for (const run of runs) {
      const { workspaceId } = worlds[run.w] ?? workspace;
      expect((await decidingContext(user, run.runId)) !== null).toBe(may(run));
      if (may(run)) expect(memberOf.has(workspaceId) || askedIn.has(workspaceId)).toBe(true);
      const answer = await decideRun(operatorContext(workspaceId, email), { runId: run.runId, decision: "reject", comment: null });
      // Without a session nobody's address is checked: whoever acts for the operator answers for it.
      expect(answer.ok || answer.code !== "run_not_found").toBe(
        may(run) || (run.w !== 2 && !isDisabled(email) && !hasLeft(run.w) && run.asked.includes(email)),
      );
      if (answer.ok) {
        runs.splice(runs.indexOf(run), 1);
        break;
      }
    }
  }
  expect(allowed).toBeGreaterThan(20);
});

describe("whoever is removed", () => {
  test("decides no more by link, queue or command line, is asked no more, and others are asked", async () => {
    const of = await makeWorkspace();
    const bob = await person(of, "approver");
    await makeAction(of, { name: "pay", approverEmails: [bob.email] });
    await makeAction(of, { name: "send", escalationEmails: [bob.email], approverEmails: ["ann@example.com"] });
    expectOk(await setApprovalRouting(of.ctx, { approverEmails: [], approvalWindowMinutes: null, escalationEmails: [bob.email] }));
    const { action_run_id: runId } = await proposeOk(of, { action: "pay", payload: {} });
    const token = await linkToken(runId);
    expectOk(await getDecisionByToken(visitorContext(), token));
    expectOk(await removeMember(of.ctx, bob.userId));

    const gone = { ok: false, code: "link_withdrawn", fields: { reason: "left" } };
    expect(await getDecisionByToken(visitorContext(), token)).toMatchObject(gone);
    expect(await decideByLink(visitorContext(), token, APPROVE)).toMatchObject(gone);
    expect(JSON.stringify(await getDecisionByToken(visitorContext(), token))).not.toContain("pay");
    expect(await decideWaitingRun(bob.user, { runId, decision: "approve", comment: null, isConfirmed: false })).toMatchObject({
      code: "run_not_found",
    });
    expect(await decideRun(operatorContext(of.workspaceId, bob.email), { runId, decision: "reject", comment: null })).toMatchObject({
      code: "run_not_found",
    });
    expect([await seen(bob.user), await countWaiting(bob.user)]).toEqual([[], 0]);
    expect(await askApprover(systemContext(of.workspaceId), { runId, email: bob.email, reason: "resend" })).toMatchObject({ ok: false });

    await workOffJobs();
    // His mail was on its way still; the owner is asked in his place, and later runs ask him nothing.
    const mails = await getDb().emailDelivery.findMany({ where: { runId }, orderBy: { id: "asc" } });
    expect(mails.map(({ toEmail, status, notSentReason, askReason }) => [toEmail, status, notSentReason, askReason])).toEqual([
      [bob.email, "not_sent", "withdrawn", null],
      [of.ownerEmail, "sent", null, "replacement"],
    ]);
    const later = await proposeOk(of, { action: "pay", payload: { later: true } });
    expect((await requestOf(later.action_run_id)).approverEmails).toEqual([of.ownerEmail]);
    const lists = await getDb().registeredAction.findMany({ where: { workspaceId: of.workspaceId }, orderBy: { name: "asc" } });
    expect(lists.map(({ approverEmails, escalationEmails }) => [approverEmails, escalationEmails])).toEqual([
      [[], []],
      [["ann@example.com"], []],
    ]);
    expect(await getDb().workspace.findUniqueOrThrow({ where: { id: of.workspaceId } })).toMatchObject({ escalationEmails: [] });
    expect(
      await editAction(of.ctx, { name: "pay", title: "pay", approverEmails: [bob.email], policy: { type: "always_require_approval" } }),
    ).toMatchObject({
      code: "validation_failed",
      fields: { errors: [{ path: "approverEmails" }] },
    });
  });

  test("takes their other addresses along; whoever never was a member goes on deciding", async () => {
    const bob = await person(workspace, "approver");
    const second = bob.email.toUpperCase().replace("@", "+home@").replace("EXAMPLE.COM", "example.com");
    const runId = await makeRun(workspace, "always_require_approval", { approverEmails: ["outside@example.com"] });
    expectOk(await askApprover(workspace.ctx, { runId, email: second, reason: "resend" }));
    expectOk(await removeMember(workspace.ctx, bob.userId));
    const tokens = await linkTokens(runId);
    expect(await decideByLink(visitorContext(), tokens.get(second) ?? "", APPROVE)).toMatchObject({ code: "link_withdrawn" });
    expect((await requestOf(runId)).approverEmails).toEqual(["outside@example.com"]);
    expectOk(await decideByLink(visitorContext(), tokens.get("outside@example.com") ?? "", APPROVE));
  });

  test("is asked and decides again once they are a member again", async () => {
    const bob = await person(workspace, "viewer");
    expectOk(await removeMember(workspace.ctx, bob.userId));
    await getDb().member.create({ data: { workspaceId: workspace.workspaceId, userId: bob.userId, role: "viewer" } });
    const runId = await makeRun(workspace, "always_require_approval", { approverEmails: [bob.email] });
    expectOk(await decideWaitingRun(bob.user, { runId, decision: "approve", comment: null, isConfirmed: false }));
  });

  test.each(["link", "queue"] as const)(
    "in 10 races with their approval by %s, none is kept after the removal",
    { timeout: 60_000 },
    async (way) => {
      for (let round = 0; round < 10; round++) {
        const bob = await person(workspace, "approver");
        const runId = await makeRun(workspace, "always_require_approval", { approverEmails: [bob.email] });
        const token = await linkToken(runId);
        const approve = () =>
          untilAvailable(() =>
            way === "link"
              ? decideByLink(visitorContext(), token, APPROVE)
              : decideWaitingRun(bob.user, { runId, decision: "approve", comment: null, isConfirmed: false }),
          );
        const remove = () => untilAvailable(() => removeMember(workspace.ctx, bob.userId));
        const [answer] = await (round % 2 === 0
          ? Promise.all([approve(), remove()])
          : Promise.all([remove(), approve()]).then(([removed, approved]) => [approved, removed] as const));
        const left = await getDb().formerMember.findUniqueOrThrow({
          where: { workspaceId_userId: { workspaceId: workspace.workspaceId, userId: bob.userId } },
        });
        const run = await getDb().actionRun.findUniqueOrThrow({ where: { id: runId } });
        expect(run.decidedBy).toBe(answer.ok ? bob.email : null);
        // The moment of leaving is written under the lock that a decision holds until it is kept.
        if (answer.ok) expect(run.decidedAt?.getTime()).toBeLessThanOrEqual(left.leftAt.getTime());
      }
    },
  );
});

describe("whoever's account is disabled", () => {
  const operator = operatorContext(null, "root@example.com");
  const disabledAt = async (userId: string) => (await getDb().user.findUniqueOrThrow({ where: { id: userId } })).disabledAt;

  test("decides no more by link, queue or command line, is asked no more anywhere, and others are asked", async () => {
    const [of, other] = [await makeWorkspace(), await makeWorkspace()];
    const bob = await person(of, "approver");
    await makeAction(of, { name: "pay", approverEmails: [bob.email] });
    const { action_run_id: runId } = await proposeOk(of, { action: "pay", payload: {} });
    // Where he never was a member, too.
    const elsewhere = await makeRun(other, "always_require_approval", { approverEmails: [bob.email.replace("@", "+work@")] });
    const tokens = [await linkToken(runId), await linkToken(elsewhere)];
    const key = await createApiKey({ ...bob.ctx, actor: of.ctx.actor }, { kind: "api", name: "spare" });
    await getDb().apiKey.updateMany({ where: { name: "spare", workspaceId: of.workspaceId }, data: { createdBy: bob.email } });
    expect(await getAccountRights(operator, { userId: bob.userId })).toEqual({
      sessions: 0,
      lists: 2,
      runsWaiting: 2,
      keys: ["Test workspace: spare"],
      shares: 0,
      ownedAlone: [],
    });
    expect(expectOk(await disableAccount(operator, { userId: bob.userId, revokesKeys: true }))).toMatchObject({
      actions: 2,
      runs: 2,
      keys: 1,
    });
    expect(await getDb().apiKey.findFirstOrThrow({ where: { name: "spare", workspaceId: of.workspaceId } })).toMatchObject({
      revokedAt: expect.any(Date),
    });
    expect(key.key).toBeTruthy();

    const gone = { ok: false, code: "link_withdrawn", fields: { reason: "disabled" } };
    for (const token of tokens) {
      expect(await getDecisionByToken(visitorContext(), token)).toMatchObject(gone);
      expect(await decideByLink(visitorContext(), token, APPROVE)).toMatchObject(gone);
    }
    expect(await decideWaitingRun(bob.user, { runId, decision: "approve", comment: null, isConfirmed: false })).toMatchObject({
      code: "run_not_found",
    });
    expect(await decideRun(operatorContext(of.workspaceId, bob.email), { runId, decision: "reject", comment: null })).toMatchObject({
      code: "run_not_found",
    });
    expect([await seen(bob.user), await countWaiting(bob.user)]).toEqual([[], 0]);
    expect(await askApprover(systemContext(of.workspaceId), { runId, email: bob.email, reason: "resend" })).toMatchObject({ ok: false });
    await workOffJobs();
    expect((await requestOf(runId)).approverEmails).toEqual([of.ownerEmail]);
    const later = await proposeOk(of, { action: "pay", payload: { later: true } });
    expect((await requestOf(later.action_run_id)).approverEmails).toEqual([of.ownerEmail]);
    expect(
      await editAction(of.ctx, { name: "pay", title: "pay", approverEmails: [bob.email], policy: { type: "always_require_approval" } }),
    ).toMatchObject({ code: "validation_failed", fields: { errors: [{ path: "approverEmails" }] } });

    // Enabled again, his role decides as before; the links that ended stay ended.
    expectOk(await enableAccount(operator, { userId: bob.userId }));
    expect(await decideByLink(visitorContext(), tokens[0] ?? "", APPROVE)).toMatchObject({ code: "link_withdrawn" });
    expectOk(await decideWaitingRun(bob.user, { runId, decision: "approve", comment: null, isConfirmed: false }));
  });

  test("is mailed nothing as the only owner, whose workspace goes to another owner where there is one", async () => {
    const [alone, shared] = [await makeWorkspace(), await makeWorkspace()];
    const owner = async (of: TestWorkspace) => (await getDb().user.findUniqueOrThrow({ where: { email: of.ownerEmail } })).id;
    const heir = await person(shared, "owner");
    expect((await getAccountRights(operator, { userId: await owner(alone) })).ownedAlone).toEqual(["Test workspace"]);
    for (const of of [alone, shared]) expectOk(await disableAccount(operator, { userId: await owner(of) }));
    const [first, second] = [await makeRun(alone, "always_require_approval"), await makeRun(shared, "always_require_approval")];
    expect((await requestOf(second)).approverEmails).toEqual([heir.email]);
    const token = await linkToken(first);
    await workOffJobs();
    expect(await getDb().emailDelivery.findMany({ where: { runId: first } })).toMatchObject([
      { status: "not_sent", notSentReason: "withdrawn" },
    ]);
    expect(await decideByLink(visitorContext(), token, APPROVE)).toMatchObject({ ok: false });
  });

  test("is not the operator's own", async () => {
    const { email, userId } = await person(workspace, null);
    expect(await disableAccount(operatorContext(null, email), { userId })).toMatchObject({ ok: false, code: "validation_failed" });
    expect(await disabledAt(userId)).toBeNull();
  });

  test.each(["link", "queue"] as const)(
    "in 10 races with their approval by %s, none is kept after it was disabled",
    { timeout: 60_000 },
    async (way) => {
      for (let round = 0; round < 10; round++) {
        const bob = await person(workspace, round < 5 ? "approver" : null);
        const runId = await makeRun(workspace, "always_require_approval", { approverEmails: [bob.email] });
        const token = await linkToken(runId);
        const approve = () =>
          untilAvailable(() =>
            way === "link"
              ? decideByLink(visitorContext(), token, APPROVE)
              : decideWaitingRun(bob.user, { runId, decision: "approve", comment: null, isConfirmed: false }),
          );
        const disable = () => untilAvailable(() => disableAccount(operator, { userId: bob.userId }));
        const [answer] = await (round % 2 === 0
          ? Promise.all([approve(), disable()])
          : Promise.all([disable(), approve()]).then(([disabled, approved]) => [approved, disabled] as const));
        const run = await getDb().actionRun.findUniqueOrThrow({ where: { id: runId } });
        expect(run.decidedBy).toBe(answer.ok ? bob.email : null);
        if (answer.ok) expect(run.decidedAt?.getTime()).toBeLessThanOrEqual((await disabledAt(bob.userId))?.getTime() ?? 0);
      }
    },
  );
});

describe("a replaced approver", () => {
  const edit = (of: TestWorkspace, name: string, approverEmails: string[]) =>
    editAction(of.ctx, { name, title: name, approverEmails, policy: { type: "always_require_approval" } });

  test("has a link that says so and decides nothing; the new one is asked about what waits", async () => {
    const of = await makeWorkspace();
    // By role bob may decide still: it is the link that ends.
    const bob = await person(of, "approver");
    await makeAction(of, { name: "pay", approverEmails: [bob.email, "ann@example.com"] });
    const { action_run_id: runId } = await proposeOk(of, { action: "pay", payload: {} });
    const tokens = await linkTokens(runId);
    expectOk(await edit(of, "pay", ["ann@example.com", "carol@example.com"]));
    const gone = { ok: false, code: "link_withdrawn", fields: { reason: "replaced" } };
    expect(await getDecisionByToken(visitorContext(), tokens.get(bob.email) ?? "")).toMatchObject(gone);
    expect(await decideByLink(visitorContext(), tokens.get(bob.email) ?? "", APPROVE)).toMatchObject(gone);
    expect(await decidedBy(runId)).toBeNull();
    for (let i = 0; i < 2; i++) await workOffJobs();
    expect((await requestOf(runId)).approverEmails).toEqual(["ann@example.com", "carol@example.com"]);
    expectOk(await decideByLink(visitorContext(), tokens.get("ann@example.com") ?? "", APPROVE));
  });

  test("of the workspace is one, too, but for actions that name them", async () => {
    const of = await makeWorkspace();
    const routing = (approverEmails: string[]) => setApprovalRouting(of.ctx, { approverEmails, approvalWindowMinutes: null });
    expectOk(await routing(["bob@example.com"]));
    const [general, own] = [
      await makeRun(of, "always_require_approval"),
      await makeRun(of, "always_require_approval", { approverEmails: ["bob@example.com"] }),
    ];
    const [first, second] = [await linkToken(general), await linkToken(own)];
    expectOk(await routing(["carol@example.com"]));
    expect(await getDecisionByToken(visitorContext(), first)).toMatchObject({ code: "link_withdrawn" });
    await workOffJobs();
    expect((await requestOf(general)).approverEmails).toEqual(["carol@example.com"]);
    expectOk(await decideByLink(visitorContext(), second, APPROVE));
  });
});

describe("what nobody is to run", () => {
  test("of an inactive action is neither approved nor claimed nor executable, until the action is active again", async () => {
    const [waiting, allowed] = [
      await makeRun(workspace, "always_require_approval", { approverEmails: ["ann@example.com"] }),
      await makeRun(workspace, "always_allow"),
    ];
    const nameOf = async (runId: string) => (await getDb().actionRun.findUniqueOrThrow({ where: { id: runId } })).actionName;
    const token = await linkToken(waiting);
    for (const runId of [waiting, allowed]) expectOk(await setActionActive(workspace.ctx, { name: await nameOf(runId), isActive: false }));
    const refused = { ok: false, code: "action_inactive" };
    expect(await decideByLink(visitorContext(), token, APPROVE)).toMatchObject(refused);
    expect(await decideRun(workspace.ctx, { runId: waiting, decision: "approve", comment: null })).toMatchObject(refused);
    expect(await claim(workspace, allowed)).toMatchObject(refused);
    for (const runId of [waiting, allowed]) expectOk(await setActionActive(workspace.ctx, { name: await nameOf(runId), isActive: true }));
    expectOk(await decideByLink(visitorContext(), token, APPROVE));
    expectOk(await claim(workspace, waiting));
    expectOk(await claim(workspace, allowed));
    const other = await makeRun(workspace, "always_require_approval", { approverEmails: ["ann@example.com"] });
    expectOk(await setActionActive(workspace.ctx, { name: await nameOf(other), isActive: false }));
    expectOk(await decideRun(workspace.ctx, { runId: other, decision: "reject", comment: null }));
  });

  test("in a deleted workspace is not approved, also before the worker has come by", async () => {
    const of = await makeWorkspace();
    const owner = await getDb().user.findUniqueOrThrow({ where: { email: of.ownerEmail } });
    const user = userContext({ sessionId: "", userId: owner.id, email: owner.email, name: null, isOperator: false });
    const runId = await makeRun(of, "always_require_approval", { approverEmails: ["ann@example.com"] });
    const token = await linkToken(runId);
    expectOk(await deleteWorkspace(of.ctx, { name: "Test workspace" }));
    for (const answer of [
      await decideByLink(visitorContext(), token, APPROVE),
      await decideByLink(visitorContext(), token, { ...APPROVE, decision: "reject" }),
      await getDecisionByToken(visitorContext(), token),
    ]) {
      expect(answer).toMatchObject({ ok: false, code: "link_withdrawn", fields: { reason: "workspace_deleted" } });
    }
    expect(await decideWaitingRun(user, { runId, decision: "approve", comment: null, isConfirmed: false })).toMatchObject({
      code: "run_not_found",
    });
    expect(await decideRun(of.ctx, { runId, decision: "approve", comment: null })).toMatchObject({ code: "run_not_found" });
    expect(await decidedBy(runId)).toBeNull();
  });
});

import { beforeAll, describe, expect, test } from "vitest";
import { getRunStatus } from "@/lib/action-runs/status/get-run-status";
import { operatorContext, userContext, visitorContext } from "@/lib/auth/contexts";
import { decidingContext } from "@/lib/auth/deciding-context";
import { getDb } from "@/lib/db/client";
import { DECIDERS } from "@/lib/domain/access/permissions";
import { ROLES, type Role } from "@/lib/domain/access/roles";
import { personOf } from "@/lib/domain/access/same-person";
import { getLiveAudience } from "@/lib/live/get-live-audience";
import { setActionActive } from "@/lib/registered-actions/set-action-active";
import { APPROVE, decidedBy, makeDecider, requestOf, waitingFor } from "@/lib/testing/deciders";
import { claim, expectOk, linkToken, makeRun, makeWorkspace, type TestWorkspace } from "@/lib/testing/factories";
import { deleteWorkspace } from "@/lib/workspaces/delete-workspace";
import { countWaiting } from "./count-waiting";
import { decideByLink } from "./decide-by-link";
import { decideRun } from "./decide-run";
import { decideWaitingRun } from "./decide-waiting-run";
import { getDecisionByToken } from "./get-decision-by-token";

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await makeWorkspace();
});

test("list, count, audience, permission and decision say the same, over random people, workspaces and runs", {
  timeout: 120_000,
}, async () => {
  // A small generator of its own, so that what failed can be run again.
  let state = 20_261_128;
  const below = (n: number) => (state = (state * 48_271) % 2_147_483_647) % n;
  const oneOf = <T>(values: readonly T[]): T => values[below(values.length)] as T;

  const worlds = [await makeWorkspace(), await makeWorkspace(), await makeWorkspace()];
  const people: (Awaited<ReturnType<typeof makeDecider>> & { isVerified: boolean })[] = [];
  for (let i = 0; i < 14; i++) {
    const isVerified = below(4) > 0;
    const someone = await makeDecider(worlds[0] ?? workspace, null, isVerified);
    if (i === 13) {
      // The second address of someone else.
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
    expect((await waitingFor(user)).sort()).toEqual(wanted.toSorted());
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
    const isExecutable = async () => expectOk(await getRunStatus(visitorContext(), workspace.credentials, allowed)).answer.executable;
    expect(await isExecutable()).toBe(false);
    for (const runId of [waiting, allowed]) expectOk(await setActionActive(workspace.ctx, { name: await nameOf(runId), isActive: true }));
    expect(await isExecutable()).toBe(true);
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

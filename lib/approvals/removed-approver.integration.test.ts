import { beforeAll, describe, expect, test } from "vitest";
import { operatorContext, systemContext, visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { removeMember } from "@/lib/members/remove-member";
import { editAction } from "@/lib/registered-actions/edit-action";
import { APPROVE, makeDecider, requestOf, waitingFor } from "@/lib/testing/deciders";
import { drainJobs } from "@/lib/testing/drain-jobs";
import {
  expectOk,
  linkToken,
  linkTokens,
  makeAction,
  makeRun,
  makeWorkspace,
  proposeOk,
  type TestWorkspace,
} from "@/lib/testing/factories";
import { untilAvailable } from "@/lib/testing/until-available";
import { setApprovalRouting } from "@/lib/workspaces/set-approval-routing";
import { askApprover } from "./ask-approver";
import { countWaiting } from "./count-waiting";
import { decideByLink } from "./decide-by-link";
import { decideRun } from "./decide-run";
import { decideWaitingRun } from "./decide-waiting-run";
import { getDecisionByToken } from "./get-decision-by-token";

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await makeWorkspace();
});

describe("whoever is removed", () => {
  test("decides no more by link, queue or command line, is asked no more, and others are asked", async () => {
    const of = await makeWorkspace();
    const bob = await makeDecider(of, "approver");
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
    expect([await waitingFor(bob.user), await countWaiting(bob.user)]).toEqual([[], 0]);
    expect(await askApprover(systemContext(of.workspaceId), { runId, email: bob.email, reason: "resend" })).toMatchObject({ ok: false });

    await drainJobs();
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
    const bob = await makeDecider(workspace, "approver");
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
    const bob = await makeDecider(workspace, "viewer");
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
        const bob = await makeDecider(workspace, "approver");
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

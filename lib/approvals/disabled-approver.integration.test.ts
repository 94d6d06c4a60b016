import { beforeAll, describe, expect, test } from "vitest";
import { createApiKey } from "@/lib/api-keys/create-api-key";
import { operatorContext, systemContext, visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { disableAccount, enableAccount } from "@/lib/members/disable-account";
import { getAccountRights } from "@/lib/members/get-account-rights";
import { editAction } from "@/lib/registered-actions/edit-action";
import { APPROVE, makeDecider, requestOf, waitingFor } from "@/lib/testing/deciders";
import { drainJobs } from "@/lib/testing/drain-jobs";
import { expectOk, linkToken, makeAction, makeRun, makeWorkspace, proposeOk, type TestWorkspace } from "@/lib/testing/factories";
import { untilAvailable } from "@/lib/testing/until-available";
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

describe("whoever's account is disabled", () => {
  const operator = operatorContext(null, "root@example.com");
  const disabledAt = async (userId: string) => (await getDb().user.findUniqueOrThrow({ where: { id: userId } })).disabledAt;

  test("decides no more by link, queue or command line, is asked no more anywhere, and others are asked", async () => {
    const [of, other] = [await makeWorkspace(), await makeWorkspace()];
    const bob = await makeDecider(of, "approver");
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
      approvalsGiven: 0,
      askedInstead: [of.ownerEmail, other.ownerEmail].toSorted(),
      successors: [of.ownerEmail, other.ownerEmail].toSorted().map((email) => ({ email, name: null, runs: 1 })),
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
    expect([await waitingFor(bob.user), await countWaiting(bob.user)]).toEqual([[], 0]);
    expect(await askApprover(systemContext(of.workspaceId), { runId, email: bob.email, reason: "resend" })).toMatchObject({ ok: false });
    await drainJobs();
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
    const heir = await makeDecider(shared, "owner");
    expect((await getAccountRights(operator, { userId: await owner(alone) })).ownedAlone).toEqual(["Test workspace"]);
    for (const of of [alone, shared]) expectOk(await disableAccount(operator, { userId: await owner(of) }));
    const [first, second] = [await makeRun(alone, "always_require_approval"), await makeRun(shared, "always_require_approval")];
    expect((await requestOf(second)).approverEmails).toEqual([heir.email]);
    const token = await linkToken(first);
    await drainJobs();
    expect(await getDb().emailDelivery.findMany({ where: { runId: first } })).toMatchObject([
      { status: "not_sent", notSentReason: "withdrawn" },
    ]);
    expect(await decideByLink(visitorContext(), token, APPROVE)).toMatchObject({ ok: false });
  });

  test("is not the operator's own", async () => {
    const { email, userId } = await makeDecider(workspace, null);
    expect(await disableAccount(operatorContext(null, email), { userId })).toMatchObject({ ok: false, code: "validation_failed" });
    expect(await disabledAt(userId)).toBeNull();
  });

  test.each(["link", "queue"] as const)(
    "in 10 races with their approval by %s, none is kept after it was disabled",
    { timeout: 60_000 },
    async (way) => {
      for (let round = 0; round < 10; round++) {
        const bob = await makeDecider(workspace, round < 5 ? "approver" : null);
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

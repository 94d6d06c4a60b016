import { beforeAll, describe, expect, test } from "vitest";
import { createApiKey } from "@/lib/api-keys/create-api-key";
import { memberContext, operatorContext, visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/transaction";
import { withDb } from "@/lib/security/context";
import {
  atOnce,
  credentialsOf,
  endApprovalWindow,
  expectOk,
  linkTokens,
  makeAction,
  makePerson,
  makeRun,
  makeWorkspace,
  propose,
  type TestWorkspace,
  tally,
} from "@/lib/testing/factories";
import { tableContents } from "@/lib/testing/table-contents";
import { untilAvailable } from "@/lib/testing/until-available";
import { untilWaiting } from "@/lib/testing/until-waiting";
import { decideByLink } from "./decide-by-link";
import { decideRun } from "./decide-run";
import { getDecisionByToken } from "./get-decision-by-token";

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await makeWorkspace();
});

const decide = (runId: string, by: string, decision: "approve" | "reject" | "block", comment: string | null = null) =>
  decideRun(operatorContext(workspace.workspaceId, by), { runId, decision, comment });

describe("a rejection that must say why", () => {
  const approverEmails = ["ann@example.com", "ben@example.com"];
  const makePending = () => makeRun(workspace, "always_require_approval", { approverEmails, requiresRejectComment: true });
  const missing = {
    ok: false,
    code: "validation_failed",
    fields: { errors: [{ path: "comment", message: expect.stringContaining("comment") }] },
  };

  test.each([null, "", " \n\t"])("is not recorded with %j, by link, console or command line", async (comment) => {
    const runId = await makePending();
    const token = (await linkTokens(runId)).get("ann@example.com") ?? "";
    const member = await makePerson(workspace, "approver");
    const before = await tableContents();
    expect(await decideByLink(visitorContext(), token, { decision: "reject", comment, confirm: false })).toMatchObject(missing);
    expect(await decideRun(member.ctx, { runId, decision: "reject", comment })).toMatchObject(missing);
    expect(await decide(runId, "ann@example.com", "reject", comment)).toMatchObject(missing);
    expect(await tableContents()).toEqual(before);
    expectOk(await decideByLink(visitorContext(), token, { decision: "reject", comment: "Paid yesterday.", confirm: false }));
  });

  test("asks nothing of approvals and blocks, and nothing once the run is decided or its time over", async () => {
    expectOk(await decide(await makePending(), "ann@example.com", "approve"));
    const runId = await makePending();
    expectOk(await decide(runId, "ann@example.com", "block"));
    expect(await decide(runId, "ben@example.com", "reject")).toMatchObject({ code: "already_decided" });
    const late = await makePending();
    await endApprovalWindow(late);
    expect(await decide(late, "ben@example.com", "reject")).toMatchObject({ code: "link_expired" });
  });

  test("is asked for as soon as the rule is switched on, and its page says so", async () => {
    const runId = await makeRun(workspace, "always_require_approval", { approverEmails });
    const token = (await linkTokens(runId)).get("ben@example.com") ?? "";
    expect(expectOk(await getDecisionByToken(visitorContext(), token)).decision.action.requiresRejectComment).toBe(false);
    let answer: ReturnType<typeof decide> | undefined;
    await inTransaction(getDb(), async (tx) => {
      await tx.registeredAction.updateMany({ where: { runs: { some: { id: runId } } }, data: { requiresRejectComment: true } });
      answer = decide(runId, "ann@example.com", "reject");
      // It waits for the edit to be kept; a rejection that did not look at it would be through long before.
      expect(await Promise.race([answer, untilWaiting(getDb())])).toBe("waiting");
    });
    expect(await answer).toMatchObject(missing);
    expect(expectOk(await getDecisionByToken(visitorContext(), token)).decision.action.requiresRejectComment).toBe(true);
  });
});

describe("four eyes", () => {
  /** A run proposed with a key that `maker` made. */
  async function proposedBy(
    maker: { ctx: TestWorkspace["ctx"] | Awaited<ReturnType<typeof makePerson>>["ctx"] },
    approverEmails: string[],
    requiresFourEyes = true,
  ) {
    const [api, own] = [
      await createApiKey(maker.ctx, { kind: "api", name: "Agent" }),
      await createApiKey(maker.ctx, { kind: "workspace", name: "Agent" }),
    ];
    const name = `pay_${own.id.replaceAll("-", "").slice(-12)}`;
    await makeAction(workspace, { name, approverEmails, requiresFourEyes });
    const asked = await propose({ ...workspace, credentials: credentialsOf(api.key, own.key) }, { action: name, payload: {} });
    return expectOk(asked).answer.action_run_id;
  }
  const refused = { ok: false, code: "four_eyes", detail: expect.stringContaining("someone else must approve") };

  test("whoever made the key does not approve, by link, console or command line; they may reject and block", async () => {
    const maker = await makePerson(workspace, "admin");
    const runId = await proposedBy(maker, [maker.email, "ann@example.com"]);
    const tokens = await linkTokens(runId);
    const token = tokens.get(maker.email) ?? "";
    const before = await tableContents();
    expect(await decideByLink(visitorContext(), token, { decision: "approve", comment: null, confirm: true })).toMatchObject(refused);
    expect(await decideRun(maker.ctx, { runId, decision: "approve", comment: null })).toMatchObject(refused);
    expect(await decide(runId, maker.email, "approve")).toMatchObject(refused);
    expect(await tableContents()).toEqual(before);
    expect(expectOk(await getDecisionByToken(visitorContext(), token)).decision.mayApprove).toBe(false);
    expect(expectOk(await getDecisionByToken(visitorContext(), tokens.get("ann@example.com") ?? "")).decision.mayApprove).toBe(true);
    expectOk(await decideRun(maker.ctx, { runId, decision: "reject", comment: null }));
    expectOk(await decide(await proposedBy(maker, []), maker.email, "block"));
    expectOk(await decide(await proposedBy(maker, ["ann@example.com"]), "ann@example.com", "approve"));
    expectOk(await decide(await proposedBy(maker, [], false), maker.email, "approve"));
  });

  test("in 50 races of the key's maker and another, the maker never wins an approval", { timeout: 120_000 }, async () => {
    const maker = await makePerson(workspace, "admin");
    const { userId } = (await makePerson(workspace, null)).ctx.actor;
    await getDb().user.update({ where: { id: userId }, data: { email: "ann@example.com", emailVerifiedAt: new Date() } });
    const other = memberContext({ userId, email: "ann@example.com" }, workspace.workspaceId);
    const winners: (string | null)[] = [];
    for (let round = 0; round < 50; round += 5) {
      const decided = await atOnce(5, async () => {
        const runId = await proposedBy(maker, ["ann@example.com"]);
        const approve = (ctx: typeof other) => untilAvailable(() => decideRun(ctx, { runId, decision: "approve", comment: null }));
        const [own, others] = await Promise.all([approve(maker.ctx), approve(other)]);
        expect(others.ok).toBe(true);
        expect(["four_eyes", "already_decided"]).toContain(own.ok ? "ok" : own.code);
        return (await getDb().actionRun.findUniqueOrThrow({ where: { id: runId } })).decidedBy;
      });
      winners.push(...decided);
    }
    expect(tally(winners.map(String))).toEqual({ "ann@example.com": 50 });
  });

  test("is read inside the decision's transaction", async () => {
    const maker = await makePerson(workspace, "admin");
    const runId = await proposedBy(maker, [], false);
    await inTransaction(getDb(), async (tx) => {
      await tx.registeredAction.updateMany({ where: { runs: { some: { id: runId } } }, data: { requiresFourEyes: true } });
      expect(await decideRun(withDb(maker.ctx, tx), { runId, decision: "approve", comment: null })).toMatchObject(refused);
    });
  });
});

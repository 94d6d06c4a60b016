import { beforeAll, describe, expect, test, vi } from "vitest";
import { decisionLinkContext, visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/transaction";
import { type VisitorContext, withDb } from "@/lib/security/context";
import { makeLinkToken } from "@/lib/security/link-token";
import {
  atOnce,
  endApprovalWindow,
  expectOk,
  linkToken,
  linkTokens,
  makeAction,
  makeRun,
  makeWorkspace,
  proposeOk,
  type TestWorkspace,
} from "@/lib/testing/factories";
import { tableContents } from "@/lib/testing/table-contents";
import { decideByLink } from "./decide-by-link";
import { decideRun } from "./decide-run";
import { getDecisionByToken } from "./get-decision-by-token";

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await makeWorkspace();
});

const APPROVERS = ["ann@example.com", "ben@example.com"];
const REJECT = { decision: "reject", comment: "Too much.", confirm: false } as const;

async function pendingWithLinks() {
  const runId = await makeRun(workspace, "always_require_approval", { approverEmails: APPROVERS });
  const [ann = "", ben = ""] = (await linkTokens(runId)).values();
  return { runId, ann, ben };
}

describe("getDecisionByToken", () => {
  test("shows what is to be decided, and no other run", async () => {
    await makeAction(workspace, {
      name: "refund",
      title: "Refund a customer",
      description: "Money goes back.",
      riskLevel: "high",
      approverEmails: APPROVERS,
      sentence: "pay {amount} {currency} to {customer.name}",
      policy: { type: "require_approval_above_amount", threshold: "100" },
    });
    const payload = { amount: "1250.50", currency: "EUR", customer: { name: "Ada" } };
    const { action_run_id: runId } = await proposeOk(workspace, {
      action: "refund",
      payload,
      actor: "support_agent",
      reasoning: "She asked.",
      source: { type: "ticket", ref: "T-1" },
    });
    const run = await getDb().actionRun.findUniqueOrThrow({ where: { id: runId } });
    const { decision } = expectOk(await getDecisionByToken(visitorContext(), (await linkTokens(runId)).get("ben@example.com") ?? ""));
    expect(decision).toEqual({
      runId,
      workspace: { name: "Test workspace", clientName: "Test client" },
      action: {
        name: "refund",
        title: "Refund a customer",
        description: "Money goes back.",
        riskLevel: "high",
        requiresRejectComment: false,
      },
      mayApprove: true,
      actor: "support_agent",
      sentence: "pay 1,250.50 EUR to Ada",
      amount: { decimal: "1250.5", currency: "EUR" },
      recipient: "Ada",
      reasoning: "She asked.",
      source: { type: "ticket", ref: "T-1" },
      payload,
      payloadHash: Buffer.from(run.payloadHash).toString("hex"),
      acceptsChanges: false,
      changeable: [],
      changed: null,
      proposed: payload,
      policy: {
        type: "require_approval_above_amount",
        version: 1,
        reason: "policy_amount_above_threshold",
        rule: null,
        explanation: expect.stringContaining("100"),
        fields: [{ name: "amount", value: "1250.50" }],
      },
      approverEmail: "ben@example.com",
      approvals: null,
      budgets: [],
      askedEmails: APPROVERS,
      standsInFor: null,
      takenOverFrom: null,
      isTest: false,
      previous: null,
      createdAt: run.createdAt,
      expiresAt: run.expiresAt,
    });
  });

  test("opened 1,000 times by whatever scans mails, it changes nothing", async () => {
    const { ann, ben } = await pendingWithLinks();
    const before = await tableContents();
    for (let round = 0; round < 25; round++) {
      const outcomes = await atOnce(40, (i) => getDecisionByToken(visitorContext(), i % 4 === 3 ? makeLinkToken() : i % 2 ? ann : ben));
      expect(outcomes.filter(({ ok }) => ok)).toHaveLength(30);
    }
    expect(await tableContents()).toEqual(before);
    expectOk(await decideByLink(visitorContext(), ann, REJECT));
  });
});

describe("a link", () => {
  test.each([
    ["of nobody", makeLinkToken()],
    ["empty", ""],
    ["cut off", "abc"],
    ["of another alphabet", "ä".repeat(43)],
  ])("%s tells nothing", async (_, token) => {
    const refusal = {
      ok: false,
      code: "invalid_link",
      detail: "This link isn't valid. It may be incomplete or no longer active. Use the link in the latest email.",
    };
    expect(await getDecisionByToken(visitorContext(), token)).toEqual(refusal);
    expect(await decideByLink(visitorContext(), token, REJECT)).toEqual(refusal);
  });

  test("approving takes the second step; rejecting and blocking do not", async () => {
    const { ann, ben } = await pendingWithLinks();
    const before = await tableContents();
    expect(await decideByLink(visitorContext(), ann, { decision: "approve", comment: null, confirm: false })).toMatchObject({
      code: "validation_failed",
      fields: { errors: [{ path: "confirm", message: expect.any(String) }] },
    });
    expect(await tableContents()).toEqual(before);
    expectOk(await decideByLink(visitorContext(), ann, { decision: "approve", comment: null, confirm: true }));
    expect(await decideByLink(visitorContext(), ben, REJECT)).toMatchObject({ code: "already_decided" });
    expectOk(
      await decideByLink(visitorContext(), await linkToken(await makeRun(workspace, "always_require_approval")), {
        decision: "block",
        comment: null,
        confirm: false,
      }),
    );
  });

  test("works once: its holder is told so, the others who was faster", async () => {
    const { ann, ben } = await pendingWithLinks();
    const { run } = expectOk(await decideByLink(visitorContext(), ann, REJECT));
    const fields = {
      decided_by: "ann@example.com",
      decided_at: run.decidedAt.toISOString(),
      decision: "rejected",
      comment: "Too much.",
      execution_status: "not_executed",
    };
    const before = await tableContents();
    for (const ask of [
      getDecisionByToken,
      (ctx: VisitorContext, token: string) => decideByLink(ctx, token, { ...REJECT, decision: "block" }),
    ]) {
      expect(await ask(visitorContext(), ann)).toMatchObject({ ok: false, code: "link_used", fields });
      expect(await ask(visitorContext(), ben)).toMatchObject({
        ok: false,
        code: "already_decided",
        fields: { ...fields, summary: { asked: APPROVERS, approver: "ben@example.com" } },
      });
    }
    expect(await tableContents()).toEqual(before);
  });

  test("used while it is being looked at, it is used, not overtaken by its own holder", async () => {
    const { runId, ann } = await pendingWithLinks();
    const link = await getDb().decisionLink.findFirstOrThrow({ where: { approverEmail: "ann@example.com", approvalRequest: { runId } } });
    let looking: ReturnType<typeof getDecisionByToken> | undefined;
    await inTransaction(getDb(), async (tx) => {
      await tx.$executeRaw`LOCK TABLE action_runs IN ACCESS EXCLUSIVE MODE`;
      looking = getDecisionByToken(visitorContext(), ann);
      // It has read the link and waits for the run.
      await vi.waitFor(async () => {
        const blocked = await tx.$queryRaw`SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
        expect(blocked).toHaveLength(1);
      });
      expectOk(await decideRun(withDb(decisionLinkContext(link), tx), { runId, decision: "reject", comment: null }));
    });
    expect(await looking).toMatchObject({ ok: false, code: "link_used" });
  });

  test("after a decision elsewhere, it says who was faster there", async () => {
    const { runId, ann } = await pendingWithLinks();
    expectOk(await decideRun(workspace.ctx, { runId, decision: "approve", comment: null }));
    expect(await getDecisionByToken(visitorContext(), ann)).toMatchObject({
      code: "already_decided",
      fields: { decided_by: workspace.ownerEmail, decision: "approved" },
    });
  });

  test("expires with the run", async () => {
    const { runId, ann, ben } = await pendingWithLinks();
    await endApprovalWindow(runId);
    const { expiresAt } = await getDb().actionRun.findUniqueOrThrow({ where: { id: runId } });
    const expired = { ok: false, code: "link_expired", fields: { expired_at: expiresAt?.toISOString() } };
    expect(await getDecisionByToken(visitorContext(), ann)).toMatchObject(expired);
    expect(await decideByLink(visitorContext(), ben, { ...REJECT, decision: "approve", confirm: true })).toMatchObject(expired);
    expect(await getDb().actionRun.findUniqueOrThrow({ where: { id: runId } })).toMatchObject({ governanceStatus: "pending_approval" });
  });

  test("decides its own run only", async () => {
    const [one, two] = [await pendingWithLinks(), await pendingWithLinks()];
    expectOk(await decideByLink(visitorContext(), one.ann, REJECT));
    expect(expectOk(await getDecisionByToken(visitorContext(), two.ann)).decision.runId).toBe(two.runId);
  });
});

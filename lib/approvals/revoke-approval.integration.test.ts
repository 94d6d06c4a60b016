import { beforeAll, describe, expect, test } from "vitest";
import { visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { readRevocationBody } from "@/lib/domain/log/read-receipt-body";
import {
  claim,
  claimOk,
  endLease,
  expectOk,
  linkTokens,
  makePerson,
  makeRun,
  makeWorkspace,
  report,
  type TestWorkspace,
} from "@/lib/testing/factories";
import { tableContents } from "@/lib/testing/table-contents";
import { decideByLink } from "./decide-by-link";
import { decideRun } from "./decide-run";
import { getDecisionByToken } from "./get-decision-by-token";
import { revokeApproval } from "./revoke-approval";
import { revokeByLink } from "./revoke-by-link";

const APPROVERS = ["ann@example.com", "ben@example.com"];
let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await makeWorkspace();
});

/** A run that Ann approved by her link, and the links of both. */
async function approved(action = {}): Promise<{ runId: string; ann: string; ben: string }> {
  const runId = await makeRun(workspace, "always_require_approval", { approverEmails: APPROVERS, ...action });
  const tokens = await linkTokens(runId);
  const [ann = "", ben = ""] = APPROVERS.map((email) => tokens.get(email) ?? "");
  expectOk(await decideByLink(visitorContext(), ann, { decision: "approve", comment: null, confirm: true }));
  return { runId, ann, ben };
}
const revoke = (token: string, confirm = true) => revokeByLink(visitorContext(), token, { comment: "Wrong supplier.", confirm });

describe("an approval that nobody has claimed", () => {
  test("is revoked by the link that gave it: rejected, with a receipt of its own", async () => {
    const { runId, ann, ben } = await approved();
    expect(await getDecisionByToken(visitorContext(), ann)).toMatchObject({ code: "link_used", fields: { can_revoke: true } });
    expectOk(await revoke(ann));
    const run = await getDb().actionRun.findUniqueOrThrow({
      where: { id: runId },
      include: { receipts: true, decision: true, revocation: true },
    });
    expect(run).toMatchObject({
      governanceStatus: "rejected",
      governanceReason: "approval_revoked",
      executionStatus: "not_executed",
      decidedBy: "ann@example.com",
      decisionComment: "Wrong supplier.",
      decision: { decision: "approve", decidedBy: "ann@example.com" },
      revocation: { reason: "approval_revoked", channel: "decision_link", revokedStatus: "approved" },
    });
    const receipt = run.receipts.find(({ kind }) => kind === "revocation");
    expect(readRevocationBody(receipt?.body ?? "")).toMatchObject({ revoked_by: "ann@example.com", comment: "Wrong supplier." });
    expect(await claim(workspace, runId)).toMatchObject({ code: "not_executable" });
    for (const [token, code] of [
      [ann, "link_used"],
      [ben, "already_decided"],
    ] as const) {
      expect(await getDecisionByToken(visitorContext(), token)).toMatchObject({ code, fields: { governance_reason: "approval_revoked" } });
    }
    expect(await getDb().auditEvent.findMany({ where: { subjectId: runId, verb: "run.approval_revoked" } })).toMatchObject([
      { actorType: "decision_link", data: { by: "ann@example.com", channel: "decision_link" } },
    ]);
  });

  test("is revoked by nobody else, nor without the second step", async () => {
    const { runId, ann, ben } = await approved();
    const before = await tableContents();
    expect(await revoke(ann, false)).toMatchObject({ code: "validation_failed" });
    expect(await revoke(ben)).toMatchObject({ code: "not_permitted" });
    const admin = await makePerson(workspace, "admin");
    expect(await revokeApproval(admin.ctx, { runId, comment: null })).toMatchObject({ code: "not_permitted" });
    expect(await revoke("unknown")).toMatchObject({ code: "invalid_link" });
    const after = await tableContents();
    // The admin is new; nothing of the run changed.
    for (const table of ["action_runs", "revocations", "receipts", "decisions"])
      expect(after[`public.${table}`]).toEqual(before[`public.${table}`]);
  });

  test("is revoked in the console by the member who gave it, also after a claim was released", async () => {
    const { ctx } = await makePerson(workspace, "approver");
    const runId = await makeRun(workspace, "always_require_approval");
    expect(await revokeApproval(ctx, { runId, comment: null })).toMatchObject({ code: "not_decided" });
    expectOk(await decideRun(ctx, { runId, decision: "approve", comment: null }));
    expectOk(await revokeApproval(ctx, { runId, comment: null }));
    expect(await revokeApproval(ctx, { runId, comment: null })).toMatchObject({ code: "already_decided" });
  });

  test("is not revoked by someone who has left the workspace since", async () => {
    const { ctx } = await makePerson(workspace, "approver");
    const runId = await makeRun(workspace, "always_require_approval");
    expectOk(await decideRun(ctx, { runId, decision: "approve", comment: null }));
    await getDb().member.deleteMany({ where: { userId: ctx.actor.userId } });
    expect(await revokeApproval(ctx, { runId, comment: null })).toMatchObject({ code: "run_not_found" });
  });
});

describe("an approval that the app has acted on stands", () => {
  test.each<[string, (runId: string) => Promise<unknown>, string]>([
    ["claimed", (runId) => claimOk(workspace, runId), "already_claimed"],
    [
      "in doubt",
      async (runId) => {
        await claimOk(workspace, runId);
        await endLease(runId);
      },
      "already_claimed",
    ],
    ["executed", (runId) => report(workspace, runId), "already_reported"],
  ])("%s", async (_, act, code) => {
    const { runId, ann } = await approved();
    await act(runId);
    expect(await getDecisionByToken(visitorContext(), ann)).toMatchObject({ code: "link_used", fields: { can_revoke: false } });
    expect(await revoke(ann)).toMatchObject({ code });
    expect(await getDb().revocation.count({ where: { runId } })).toBe(0);
  });
});

import { beforeAll, describe, expect, test } from "vitest";
import { visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { readDecisionBody, readVoteBody, readVoteRevocationBody } from "@/lib/domain/log/read-receipt-body";
import { readRunDocument } from "@/lib/receipts/document/get-receipt-document";
import { approveByLink, makeDecider, requestOf, statusOf, takeBackByLink, tokenOf, waitingFor } from "@/lib/testing/deciders";
import { claim, expectOk, linkTokens, makeRun, makeWorkspace, type TestWorkspace } from "@/lib/testing/factories";
import { decideByLink } from "./decide-by-link";
import { decideWaitingRun } from "./decide-waiting-run";
import { getDecisionByToken } from "./get-decision-by-token";
import { getWaitingRun } from "./get-waiting-run";
import { readApprovals } from "./read-approvals";
import { revokeOwnApproval } from "./revoke-own-approval";

const [ANN, BEN, CHI, DOT] = ["ann@finance.example", "ben@finance.example", "chi@finance.example", "dot@board.example"];
/** Two of three from finance, then one from the board. */
const WIRE = { approverEmails: [ANN, BEN, CHI], approvals: 2, laterStages: [{ approvals: 1, people: [DOT] }] };

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await makeWorkspace();
});

const wire = (action = {}) => makeRun(workspace, "always_require_approval", { ...WIRE, ...action });
const approvalsOf = async (runId: string) => (await readApprovals(workspace.ctx, [runId])).get(runId);

describe("two of three from finance, then one from the board", () => {
  test("each yes is a vote with a receipt of its own; the last one decides, and its receipt names those that counted", async () => {
    const runId = await wire();
    expect((await requestOf(runId)).approverEmails).toEqual([ANN, BEN, CHI]);
    expect(await approvalsOf(runId)).toMatchObject({ stage: 1, stages: 2, required: 2, given: 0, by: [] });
    expect(expectOk(await approveByLink(runId, ANN, "Checked the IBAN.")).run).toMatchObject({
      effect: { governanceStatus: "pending_approval", executionStatus: "not_executed" },
      approvals: { stage: 1, required: 2, given: 1, by: [ANN] },
    });
    expect((await requestOf(runId)).approverEmails).toEqual([BEN, CHI]);
    expect(await claim(workspace, runId)).toMatchObject({ code: "not_executable" });
    expect((await linkTokens(runId)).get(DOT)).toBeUndefined();

    expect(expectOk(await approveByLink(runId, CHI)).run.approvals).toMatchObject({ stage: 2, required: 1, given: 0, by: [] });
    expect(await requestOf(runId)).toMatchObject({ approverEmails: [DOT], stage: 2 });
    expect(await getDb().emailDelivery.findMany({ where: { runId, toEmail: DOT } })).toMatchObject([{ askReason: "next_stage" }]);
    // The console asks the next ones, not who approved last.
    expect(await getDb().auditEvent.findMany({ where: { subjectId: runId, verb: "run.approver_asked" } })).toMatchObject([
      { actorType: "system", data: { email: DOT } },
    ]);
    expect(await claim(workspace, runId)).toMatchObject({ code: "not_executable" });

    expect(expectOk(await approveByLink(runId, DOT)).run).toMatchObject({
      effect: { governanceStatus: "approved" },
      decidedBy: DOT,
      approvals: { stage: 2, given: 1, by: [DOT], votes: [{ by: ANN, comment: "Checked the IBAN." }, { by: CHI }, { by: DOT, stage: 2 }] },
    });
    expect(await claim(workspace, runId)).toMatchObject({ ok: true });

    expect((await readRunDocument(workspace.ctx, runId))?.askedEmails).toEqual([ANN, BEN, CHI, DOT]);
    const receipts = await getDb().receipt.findMany({ where: { runId }, orderBy: { id: "asc" } });
    expect(receipts.map(({ kind, ordinal }) => [kind, ordinal])).toEqual([
      ["vote", 1],
      ["vote", 2],
      ["vote", 3],
      ["decision", 0],
    ]);
    const decision = readDecisionBody(receipts[3]?.body ?? "");
    expect(decision?.approvals).toEqual({
      required: [2, 1],
      votes: [ANN, CHI, DOT].map((by, index) => ({ by, receipt_id: receipts[index]?.id, stage: index === 2 ? 2 : 1 })),
    });
    expect(receipts.slice(0, 3).map(({ body }) => readVoteBody(body))).toMatchObject([
      {
        voter: ANN,
        stage: 1,
        stages: 2,
        approvals_required: 2,
        payload_commitment: decision?.payload_commitment,
        comment: "Checked the IBAN.",
      },
      { voter: CHI, payload_commitment: decision?.payload_commitment },
      { voter: DOT, stage: 2, approvals_required: 1, payload_commitment: decision?.payload_commitment },
    ]);
  });

  test("who has approved sees so, and who is still needed, by their link", async () => {
    const runId = await wire();
    expectOk(await approveByLink(runId, ANN));
    expect(await getDecisionByToken(visitorContext(), await tokenOf(runId, ANN))).toMatchObject({
      code: "already_approved",
      fields: { own_by: ANN, can_revoke: true, approvals: { stage: 1, required: 2, given: 1, by: [ANN] }, waiting_for: [BEN, CHI] },
    });
    expect(await getDecisionByToken(visitorContext(), await tokenOf(runId, BEN))).toMatchObject({
      decision: { approvals: { given: 1, by: [ANN] }, askedEmails: [BEN, CHI] },
    });
    expectOk(await approveByLink(runId, BEN));
    // Enough others have approved.
    expect(await getDecisionByToken(visitorContext(), await tokenOf(runId, CHI))).toMatchObject({
      code: "not_asked",
      fields: { own_by: null, can_revoke: false, approvals: { stage: 2 }, waiting_for: [DOT] },
    });
    expect(await approveByLink(runId, CHI)).toMatchObject({ code: "not_asked" });
    expect(await statusOf(runId)).toBe("pending_approval");
  });

  test.each(["reject", "block"] as const)("one %s ends it, in any stage", async (decision) => {
    for (const yes of [[], [ANN], [ANN, BEN]]) {
      const runId = await wire();
      for (const email of yes) expectOk(await approveByLink(runId, email));
      const last = yes.length === 2 ? DOT : CHI;
      expectOk(await decideByLink(visitorContext(), await tokenOf(runId, last), { decision, comment: "No.", confirm: true }));
      expect(await statusOf(runId)).toBe(decision === "reject" ? "rejected" : "blocked");
      expect(await approveByLink(runId, BEN)).toMatchObject({ ok: false });
      expect(await claim(workspace, runId)).toMatchObject({ code: "not_executable" });
    }
  });

  test("a person takes their yes back until it is decided, and can then say no", async () => {
    const runId = await wire();
    expectOk(await approveByLink(runId, ANN));
    expectOk(await approveByLink(runId, BEN));
    expectOk(await takeBackByLink(runId, ANN));
    expect(await approvalsOf(runId)).toMatchObject({ stage: 1, given: 1, by: [BEN] });
    expect(await requestOf(runId)).toMatchObject({ stage: 1, approverEmails: expect.arrayContaining([ANN, CHI]) });
    // The board's link waits for the stage before it again.
    expect(await approveByLink(runId, DOT)).toMatchObject({ ok: false });
    const [revocation] = await getDb().receipt.findMany({ where: { runId, kind: "vote_revocation" } });
    expect(readVoteRevocationBody(revocation?.body ?? "")).toMatchObject({ revoked_by: ANN, comment: "I misread it." });
    expect(await takeBackByLink(runId, ANN)).toMatchObject({ ok: false });
    expectOk(await approveByLink(runId, CHI));
    // The board is asked again by the link that it has.
    expect(await requestOf(runId)).toMatchObject({ stage: 2, approverEmails: [DOT] });
    expectOk(await approveByLink(runId, DOT));
    expect(await statusOf(runId)).toBe("approved");
    const decision = await getDb().receipt.findFirstOrThrow({ where: { runId, kind: "decision" } });
    expect(readDecisionBody(decision.body)?.approvals?.votes.map(({ by }) => by)).toEqual([BEN, CHI, DOT]);
  });

  test.each([
    ["before the decision", "pending_approval", [ANN]],
    ["after it", "rejected", [ANN, BEN, DOT]],
  ])("%s, a person who is signed in under another spelling of their address revokes it in the console", async (_, after, approving) => {
    const people = [await makeDecider(workspace, null), await makeDecider(workspace, "viewer"), await makeDecider(workspace, "approver")];
    for (const { email, user } of people) {
      const spelled = email.replace("@", "+wire@");
      const runId = await wire({ approverEmails: [spelled, BEN, CHI] });
      for (const one of approving) expectOk(await approveByLink(runId, one === ANN ? spelled : one));
      expect(await getWaitingRun(user, runId)).toMatchObject(after === "rejected" ? { canRevoke: true } : { closed: { canRevoke: true } });
      // It gives them back their own yes, and no say in the rest.
      expect((await decideWaitingRun(user, { decision: "reject", comment: null, isConfirmed: true, runId })).ok).toBe(false);
      expectOk(await revokeOwnApproval(user, { runId, comment: null }));
      expect(await statusOf(runId)).toBe(after);
    }
    const stranger = await makeDecider(workspace, null);
    const runId = await wire();
    for (const one of approving) expectOk(await approveByLink(runId, one));
    expect([await getWaitingRun(stranger.user, runId), (await revokeOwnApproval(stranger.user, { runId, comment: null })).ok]).toEqual([
      null,
      false,
    ]);
  });

  test("after the decision, each of those who approved can revoke it until it is claimed", async () => {
    const runId = await wire();
    for (const email of [ANN, BEN, DOT]) expectOk(await approveByLink(runId, email));
    expect(await getDecisionByToken(visitorContext(), await tokenOf(runId, BEN))).toMatchObject({
      code: "link_used",
      fields: { can_revoke: true },
    });
    expect(await takeBackByLink(runId, CHI)).toMatchObject({ ok: false });
    expectOk(await takeBackByLink(runId, BEN));
    expect(await statusOf(runId)).toBe("rejected");
    expect(await claim(workspace, runId)).toMatchObject({ code: "not_executable" });
  });

  test("an owner who is named decides in the console, whether or not their address was verified; a stranger only if it was", async () => {
    const [owner, stranger] = [await makeDecider(workspace, "owner", false), await makeDecider(workspace, null, false)];
    const runId = await wire({ approverEmails: [owner.email, stranger.email, BEN] });
    const answer = { decision: "approve", comment: null, isConfirmed: true, runId } as const;
    expect([await waitingFor(owner.user), await waitingFor(stranger.user)]).toEqual([[runId], []]);
    expect(await decideWaitingRun(stranger.user, answer)).toMatchObject({ code: "run_not_found" });
    expectOk(await decideWaitingRun(owner.user, answer));
    expect(await waitingFor(owner.user)).toEqual([]);
    expect(await approvalsOf(runId)).toMatchObject({ given: 1, by: [owner.email] });
  });

  test("in the console, those who are asked decide, and nobody by their role alone", async () => {
    const [finance, board, owner] = [
      await makeDecider(workspace, "approver"),
      await makeDecider(workspace, null),
      await makeDecider(workspace, "owner"),
    ];
    const runId = await wire({ approverEmails: [finance.email, BEN], laterStages: [{ approvals: 1, people: [board.email] }] });
    const answer = { decision: "approve", comment: null, isConfirmed: true, runId } as const;
    expect(await waitingFor(finance.user)).toContain(runId);
    for (const other of [board, owner]) {
      expect(await waitingFor(other.user)).not.toContain(runId);
      expect((await decideWaitingRun(other.user, answer)).ok).toBe(false);
    }
    expectOk(await approveByLink(runId, BEN));
    expectOk(await decideWaitingRun(finance.user, answer));
    expect(await waitingFor(finance.user)).not.toContain(runId);
    expect(await waitingFor(board.user)).toContain(runId);
    expectOk(await decideWaitingRun(board.user, answer));
    expect(await statusOf(runId)).toBe("approved");
  });
});

test("while nobody is asked, who was asked before is told so", async () => {
  const runId = await wire();
  await getDb().approvalRequest.updateMany({ where: { runId }, data: { approverEmails: [] } });
  expect(await approveByLink(runId, ANN)).toMatchObject({
    code: "not_asked",
    detail: "Nobody is asked to decide this run right now. An owner or admin can name other approvers for its action.",
  });
});

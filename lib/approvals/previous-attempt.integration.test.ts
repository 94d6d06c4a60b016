import { beforeAll, describe, expect, test } from "vitest";
import { listRuns } from "@/lib/action-runs/list/list-runs";
import { listedRunDocument } from "@/lib/action-runs/list/run-document";
import { getRunStory } from "@/lib/action-runs/show/get-run-story";
import { runView } from "@/lib/action-runs/show/run-view";
import { accountContext, visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { renderApprovalMail } from "@/lib/email/render-approval-mail";
import { firstAttempt, HAPPENED } from "@/lib/testing/attempts";
import { expectOk, linkToken, makeAction, makeWorkspace, proposeOk, type TestWorkspace } from "@/lib/testing/factories";
import { getDecisionByToken } from "./get-decision-by-token";
import { getWaitingRun } from "./get-waiting-run";

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await makeWorkspace();
  await makeAction(workspace, { name: "asked" });
});

const viewOf = async (runId: string) => expectOk(await getDecisionByToken(visitorContext(), await linkToken(runId))).decision;

describe("a request that asks again", () => {
  test.each([
    ["rejected", { status: "rejected", reason: "rejected_by_human", comment: "Charged once.", error: null }],
    ["blocked by a person", { status: "blocked", reason: "manually_blocked_by_approver", comment: "Charged once.", error: null }],
    ["expired", { status: "rejected", reason: "approval_expired", by: null, comment: null, error: null }],
    ["withdrawn", { status: "rejected", reason: "withdrawn", by: null, comment: "Paid by hand.", error: null }],
    ["revoked", { status: "rejected", reason: "approval_revoked", comment: "Charged once.", error: null }],
    ["lapsed", { status: "rejected", reason: "approval_lapsed", by: null, comment: null, error: null }],
    ["failed after an approval", { status: "failed", reason: "approved_by_human", comment: null, error: "The bank refused." }],
  ] as const)("shows its approver that the one before was %s", async (happened, previous) => {
    const { runId, again } = await firstAttempt(workspace, "asked", happened);
    const { action_run_id: next } = await proposeOk(workspace, again);
    const ended = await getDb().actionRun.findUniqueOrThrow({ where: { id: runId } });
    const { previous: shown } = await viewOf(next);
    expect(shown).toEqual({
      runId,
      by: workspace.ownerEmail,
      ...previous,
      endedAt: ended.executionReportedAt ?? ended.decidedAt,
      isSamePayload: true,
    });
    const ownerId = (await getDb().user.findUniqueOrThrow({ where: { email: workspace.ownerEmail } })).id;
    const card = await getWaitingRun(accountContext({ id: ownerId, email: workspace.ownerEmail }, getDb()), next);
    expect(card?.decision.previous).toEqual(shown);
  });

  test("says when the payload is another, in both parts of the email too, and the first one says nothing", async () => {
    const { again } = await firstAttempt(workspace, "asked", "rejected");
    const { action_run_id: next } = await proposeOk(workspace, { ...again, payload: { amount: 1480 } });
    const view = await viewOf(next);
    expect(view.previous?.isSamePayload).toBe(false);
    const mail = await renderApprovalMail(view, "https://console.example.com/decide/x", { askReason: null, hasTwin: false });
    for (const part of [mail.text, mail.html.replace(/<!-- -->/g, "")]) {
      expect(part).toContain("You rejected an earlier version of this request on");
      expect(part).toContain("Charged once");
    }
    const { action_run_id: first } = await proposeOk(workspace, { action: "asked", payload: {} });
    expect((await viewOf(first)).previous).toBeNull();
  });

  test("cannot put lines of its own into the email by what its app reported", async () => {
    const { runId, again } = await firstAttempt(workspace, "asked", "failed after an approval");
    const view = await viewOf((await proposeOk(workspace, again)).action_run_id);
    const error = "x\nReview and decide:\nhttps://evil.example.com";
    const mail = await renderApprovalMail(
      { ...view, previous: view.previous && { ...view.previous, runId, error } },
      "https://console.example.com/decide/x",
      {
        askReason: null,
        hasTwin: false,
      },
    );
    expect(mail.text.match(/^Review and decide:$/gm)).toHaveLength(1);
  });

  test("is listed with the run before it, and each run's page leads to the other", async () => {
    const { runId, again } = await firstAttempt(workspace, "asked", "rejected");
    const { action_run_id: next } = await proposeOk(workspace, again);
    const { runs } = await listRuns(workspace.ctx, { ids: [runId, next] }, { sort: "created", direction: "desc", limit: 10 });
    expect(runs.map(listedRunDocument).map((run) => [run.action_run_id, run.attempt, run.previous_run_id])).toEqual([
      [next, 2, runId],
      [runId, 1, null],
    ]);
    const pageOf = async (id: string) => {
      const story = await getRunStory(workspace.ctx, id);
      return story && runView(story, "http://localhost:3000/api");
    };
    expect(await pageOf(runId)).toMatchObject({ attempt: 1, previous: null, nextRunId: next });
    expect(await pageOf(next)).toMatchObject({ attempt: 2, previous: { runId, comment: "Charged once." }, nextRunId: null });
    await HAPPENED.rejected(workspace, next);
    expect(await pageOf(next)).toMatchObject({ previous: { runId } });
  });
});

import { v7 as uuidv7 } from "uuid";
import { beforeAll, describe, expect, test } from "vitest";
import { eraseRun } from "@/lib/action-runs/erase-run";
import { releaseClaim } from "@/lib/action-runs/execute/release-claim";
import { renewClaim } from "@/lib/action-runs/execute/renew-claim";
import { settleRun } from "@/lib/action-runs/execute/settle-run";
import { decideRun } from "@/lib/approvals/decide-run";
import { withdrawRun } from "@/lib/approvals/withdraw-run";
import { getDb } from "@/lib/db/client";
import {
  asSdk,
  claimOk,
  endLease,
  expectOk,
  makeAction,
  makeRun,
  makeWorkspace,
  proposeOk,
  report,
  type TestWorkspace,
} from "@/lib/testing/factories";
import { getRunStory } from "./get-run-story";
import { runTimeline } from "./run-timeline";

let workspace: TestWorkspace;

beforeAll(async () => {
  workspace = await makeWorkspace();
});

async function titles(runId: string) {
  const story = await getRunStory(workspace.ctx, runId);
  if (!story) throw new Error("no story");
  return runTimeline(story).map(({ title, rest }) => `${title} ${rest}`);
}

describe("a run's timeline", () => {
  test("tells of a question, its answer, the claim, the outcome and the receipts", async () => {
    await makeAction(workspace, { name: "pay_invoice", policy: { type: "require_approval_above_amount", threshold: "250" } });
    const { action_run_id: runId } = await proposeOk(workspace, {
      action: "pay_invoice",
      actor: "finance_agent",
      payload: { amount: "1840.00" },
    });
    expectOk(await decideRun(workspace.ctx, { runId, decision: "approve", comment: "Checked by phone." }));
    const claimToken = await claimOk(workspace, runId);
    await report(workspace, runId, { claimToken });
    const story = await getRunStory(workspace.ctx, runId);
    const steps = story ? runTimeline(story) : [];
    expect(steps.map(({ title }) => title)).toEqual([
      "Proposed",
      "Policy required approval",
      "Email queued",
      `Approved by ${workspace.ownerEmail}`,
      "Decision receipt written",
      "Claimed",
      "Executed",
      "Execution receipt written",
    ]);
    expect(steps[1]).toMatchObject({
      tone: "wait",
      rest: `version 1, require_approval_above_amount, asked ${workspace.ownerEmail}`,
      note: "1,840.00 is above the threshold of 250.00, so a person decides.",
    });
    expect(steps[3]).toMatchObject({ quote: "Checked by phone.", rest: "from the command line" });
    expect(steps[5]?.rest).toBe("by worker worker-1 for 60 s");
    expect(steps[6]?.rest).toBe("as reported by the app");
  });

  test("names the receipt of a withdrawal after an approval", async () => {
    const runId = await makeRun(workspace, "always_allow");
    expectOk(await withdrawRun(workspace.ctx, { runId, reason: "Paid by hand." }));
    expect((await titles(runId)).filter((title) => title.includes("receipt"))).toEqual([
      "Decision receipt written not in the log yet",
      "Revocation receipt written not in the log yet",
    ]);
  });

  test("tells what the policy did alone, and of a failure in the app's words", async () => {
    expect(await titles(await makeRun(workspace, "always_block"))).toEqual([
      expect.stringMatching(/^Proposed by an agent that gave no name, with key /),
      "Policy blocked it version 1, always_block",
      "Decision receipt written not in the log yet",
    ]);
    const unknown = await proposeOk(workspace, { action: "delete_ledger", payload: {} });
    expect((await titles(unknown.action_run_id))[1]).toBe("Blocked ");
    const failing = await makeRun(workspace, "always_allow");
    await report(workspace, failing, { outcome: "failed", error: "The bank said no." });
    const story = await getRunStory(workspace.ctx, failing);
    expect(story && runTimeline(story).find(({ kind }) => kind === "outcome")).toMatchObject({ tone: "stop", quote: "The bank said no." });
  });

  test("tells of doubt, of a release and of who settled it", async () => {
    const runId = await makeRun(workspace, "always_allow");
    await claimOk(workspace, runId);
    await endLease(runId);
    expect(await titles(runId)).toContain("Claim expired without a report the run is in doubt");
    expectOk(await settleRun(workspace.ctx, { runId, settlement: "released", settledBy: "ada@example.com" }));
    expect((await titles(runId)).at(-1)).toBe("Released for another try by ada@example.com");
    await claimOk(workspace, runId);
    await endLease(runId);
    expectOk(await settleRun(workspace.ctx, { runId, settlement: "executed", settledBy: "ada@example.com" }));
    expect(await titles(runId)).toContain("Marked as executed by ada@example.com, who settled the run");
  });

  test("a claim renewed many times is one step, and neither an audit event nor news each time", async () => {
    const runId = await makeRun(workspace, "always_allow");
    const claimToken = await claimOk(workspace, runId);
    const renew = (leaseSeconds: number) => asSdk(workspace, (ctx) => renewClaim(ctx, { runId, claimToken, leaseSeconds })).then(expectOk);
    const events = () => getDb().auditEvent.count({ where: { subjectId: runId, verb: "run.claim_renewed" } });
    for (const seconds of [60, 70, 80, 90]) await renew(seconds);
    expect(await events()).toBe(0);
    const told = (await titles(runId)).filter((title) => title.startsWith("Claim"));
    expect(told).toEqual(["Claimed by worker worker-1 for 60 s", "Claim renewed most recently for 90 s"]);
    // One that ends a doubt is worth being told.
    await endLease(runId);
    await renew(100);
    expect(await events()).toBe(1);
    expect((await titles(runId)).filter((title) => title.startsWith("Claim renewed"))).toEqual(["Claim renewed for 100 s"]);
    await asSdk(workspace, (ctx) => releaseClaim(ctx, { runId, claimToken })).then(expectOk);
    expect(await getDb().actionRun.findUnique({ where: { id: runId } })).toMatchObject({ claimRenewedAt: null });
  });

  test("renewals that were audited before can be read, and however many there are, the story is short", async () => {
    const runId = await makeRun(workspace, "always_allow");
    const { workspaceId } = workspace;
    await getDb().auditEvent.createMany({
      data: Array.from({ length: 1000 }, (_, index) => ({
        ...{ id: uuidv7({ msecs: Date.UTC(2026, 0, 1) + index * 1000 }), workspaceId, verb: "run.claim_renewed", actorType: "api_key" },
        ...{
          subjectType: "run",
          subjectId: runId,
          data: { lease_seconds: index },
          createdAt: new Date(Date.UTC(2026, 0, 1) + index * 1000),
        },
      })),
    });
    const story = await getRunStory(workspace.ctx, runId);
    expect(story?.auditEvents).toHaveLength(200);
    const told = await titles(runId);
    expect(told).toContain("Claim renewed for 999 s");
    expect(told).not.toContain("Claim renewed for 1 s");
    expect(told).toContain("Earlier events not shown here");
  });

  test("says nothing of an erased payload's values", async () => {
    const runId = await makeRun(workspace, "always_allow");
    expectOk(await eraseRun(workspace.ctx, { runId, reason: "Asked for.", erasedBy: "ann@example.com" }));
    const story = await getRunStory(workspace.ctx, runId);
    expect(story && runTimeline(story)[1]?.note).toBeUndefined();
    expect(story && runTimeline(story).at(-1)).toMatchObject({ title: "Personal data erased", quote: "Asked for." });
  });
});

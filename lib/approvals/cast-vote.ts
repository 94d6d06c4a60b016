import { v7 as uuidv7 } from "uuid";
import { refuseUnknownRun } from "@/lib/action-runs/status/get-run-status";
import { publishRunChange } from "@/lib/action-runs/status/run-changes";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { bytes } from "@/lib/db/bytes";
import type { ActionRun } from "@/lib/db/generated/client";
import { databaseNow, rollBack } from "@/lib/db/transaction";
import { isSamePerson } from "@/lib/domain/access/same-person";
import { voteReceiptBody } from "@/lib/domain/log/vote-receipt-body";
import { isComplete, stagesOf } from "@/lib/domain/runs/approvals";
import { checked } from "@/lib/domain/runs/checked-texts";
import { decisionEffect } from "@/lib/domain/runs/statuses";
import { publishChange } from "@/lib/live/publish-change";
import { writeReceipt } from "@/lib/receipts/log/write-receipt";
import { commitTo } from "@/lib/security/commitment";
import type { WorkspaceContext } from "@/lib/security/context";
import { channelOf } from "./channel-of";
import { endStaleVotes } from "./end-stale-votes";
import { lockRequest } from "./lock-request";
import { mayDecide } from "./may-decide";
import { prepareChange } from "./prepare-change";
import { readAnswers, readPlaces } from "./read-answers";
import { readApprovals } from "./read-approvals";
import { readReceiptChange } from "./read-receipt-change";
import { refuseDecided } from "./refuse-decided";
import { refuseUnasked } from "./refuse-unasked";
import { findCurrentChange, refuseUnseenChange } from "./refuse-unseen-change";
import { settleStage } from "./settle-stage";
import { writeChange } from "./write-change";
import { type DecisionOutcome, type PersonalDecision, writeDecision } from "./write-decision";

/** Whether one yes is not enough for the run. */
export async function needsVotes({ db, workspaceId }: WorkspaceContext, runId: string): Promise<boolean> {
  const request = await db.approvalRequest.findFirst({ where: { workspaceId, runId } });
  return request !== null && stagesOf(request) !== null;
}

/**
 * Records a yes where several are needed, and with the last one the decision. Votes on one run follow each other under its request's lock,
 * so exactly one of them is the last. Vote, receipt, audit event and the emails to the next stage are one transaction.
 */
export async function castVote(
  ctx: WorkspaceContext,
  {
    runId,
    voter,
    comment,
    changes,
    payloadHash,
  }: { runId: string; voter: string; comment: string | null } & Pick<PersonalDecision, "changes" | "payloadHash">,
): Promise<DecisionOutcome> {
  const { db, workspaceId } = ctx;
  const request = await lockRequest(ctx, { runId });
  const run = await lockPendingRun(ctx, runId);
  if (!request || !run) return refuseEnded(ctx, runId);
  await endStaleVotes(ctx, runId);
  // Asked again under the lock: an answer in their place may have come first.
  if (!(await mayDecide(ctx, runId, voter)) || (await readAnswers(ctx, request))(voter)) return refuseUnasked(ctx, runId, voter);
  const unseen = await refuseUnseenChange(ctx, run, { payloadHash: payloadHash ?? null, changesIt: changes != null });
  if (unseen) return unseen;
  const prepared = changes ? await prepareChange(ctx, { runId, typed: changes, isApproval: true }) : null;
  if (prepared && !prepared.ok) return prepared;
  const channel = channelOf(ctx);
  if (channel === "api" || channel === "expiry") throw new Error("Only people vote.");
  const [id, createdAt, place] = [uuidv7(), await databaseNow(db), (await readPlaces(ctx, request))(voter)];
  const approved = prepared ? bytes(prepared.change.payloadHash) : ((await findCurrentChange(ctx, runId))?.hash ?? null);
  const vote = { id, workspaceId, runId, stage: request.stage, voter, place, channel, comment, createdAt };
  await db.vote.create({ data: { ...vote, ...(approved && { payloadHash: bytes(Buffer.from(approved)) }) } });
  if (prepared) {
    const made = { kind: "change", voteId: id, changedBy: voter, reason: comment ?? "", createdAt } as const;
    await writeChange(ctx, run, { ...made, change: prepared.change });
    // Whoever had said yes said it to another payload.
    await endStaleVotes(ctx, runId);
  }
  const ordinal = 1 + (await db.receipt.count({ where: { workspaceId, runId, kind: "vote" } }));
  const stages = stagesOf(request) ?? [];
  const body = voteReceiptBody({
    receiptId: id,
    ordinal,
    runId,
    workspaceId,
    action: run.actionName,
    channel,
    comment,
    stage: request.stage,
    stages: stages.length,
    required: stages[request.stage - 1]?.approvals ?? 1,
    voter,
    inPlaceOf: isSamePerson(place, voter) ? null : place,
    policyVersion: run.policyVersion?.version ?? null,
    payloadCommitment: commitmentOf(run),
    change: await readReceiptChange(ctx, run),
    votedAt: createdAt.toISOString(),
  });
  await writeReceipt(ctx, { id, workspaceId, runId, kind: "vote", ordinal, body, createdAt });
  await recordAuditEvent(ctx, {
    verb: "run.vote_cast",
    subjectType: "run",
    subjectId: runId,
    data: { by: voter, channel, stage: request.stage },
  });
  const approvals = (await readApprovals(ctx, [runId])).get(runId);
  if (!approvals) throw new Error(`Run ${runId} has no stages.`);
  if (isComplete(approvals)) {
    const outcome = await writeDecision(ctx, { runId, decision: "approve", effect: decisionEffect("approve"), decidedBy: voter, comment });
    return outcome.ok ? { ok: true, run: { ...outcome.run, approvals } } : rollBack(outcome);
  }
  await settleStage(ctx, request);
  await publishVote(ctx, runId);
  return {
    ok: true,
    run: { runId, effect: pendingEffect(run), decidedBy: voter, decidedAt: createdAt, comment, receiptId: id, approvals },
  };
}

/** What a run is while approvals are missing. */
export function pendingEffect(run: ActionRun) {
  return { governanceStatus: "pending_approval", reason: checked(run).governanceReason, executionStatus: "not_executed" } as const;
}
export type PendingEffect = ReturnType<typeof pendingEffect>;

/** Locks a run against every decision until the transaction ends. Null: it is decided or overdue. */
export async function lockPendingRun({ db, workspaceId }: WorkspaceContext, runId: string) {
  const locked = await db.$queryRaw<{ id: string }[]>`
    SELECT run.id FROM action_runs run WHERE run.workspace_id = ${workspaceId}::uuid AND run.id = ${runId}::uuid
      AND run.governance_status = 'pending_approval' AND NOT daai_is_overdue(run, clock_timestamp()) FOR NO KEY UPDATE`;
  return locked.length === 0 ? null : db.actionRun.findUnique({ where: { id: runId }, include: { policyVersion: true } });
}

export async function refuseEnded({ db, workspaceId }: WorkspaceContext, runId: string) {
  const run = await db.actionRun.findFirst({ where: { id: runId, workspaceId }, include: { decision: true } });
  return run ? refuseDecided(run) : refuseUnknownRun();
}

/** Open pages, and a status request that waits, see how far the run is. */
export async function publishVote({ db, workspaceId }: WorkspaceContext, runId: string): Promise<void> {
  await publishRunChange(db, runId);
  await publishChange(db, workspaceId, "runs", "approvals", "receipts");
}

function commitmentOf({ payloadSalt, payloadText }: ActionRun): string {
  if (payloadSalt === null || payloadText === null) throw new Error("A pending run has its payload.");
  return commitTo(payloadSalt, payloadText);
}

import { v7 as uuidv7 } from "uuid";
import { refuseUnknownRun } from "@/lib/action-runs/status/get-run-status";
import { publishRunChange } from "@/lib/action-runs/status/run-changes";
import { readRunClock } from "@/lib/action-runs/status/run-clock-sql";
import { type AuditVerb, recordAuditEvent } from "@/lib/audit/record-audit-event";
import { rollBack } from "@/lib/db/transaction";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import type { Approvals } from "@/lib/domain/runs/approvals";
import type { Decision, DecisionEffect } from "@/lib/domain/runs/statuses";
import type { GrantInput } from "@/lib/grants/schema";
import { publishChange } from "@/lib/live/publish-change";
import type { WorkspaceContext } from "@/lib/security/context";
import { channelOf } from "./channel-of";
import { refuseDecided } from "./refuse-decided";
import { findCurrentChange } from "./refuse-unseen-change";
import { reserveChanged } from "./reserve-changed";
import { writeDecisionReceipt } from "./write-decision-receipt";

/** A person's decision on a run. */
export interface PersonalDecision {
  readonly decision: Decision;
  readonly comment: string | null;
  /** What they typed into its changeable fields, by field: to approve it with a change, or to propose one with a rejection. */
  readonly changes?: Readonly<Record<string, string>> | null;
  /** The hash of the payload that they were shown, in hex. */
  readonly payloadHash?: string | null;
  /** The same approved in advance, with an approval. */
  readonly grant?: GrantInput | null;
}

export interface DecidedRun {
  runId: string;
  effect: DecisionEffect;
  decidedBy: string | null;
  decidedAt: Date;
  comment: string | null;
  receiptId: string;
  /** Where several approvals are needed: how far it is. While they are missing, the run stays pending. */
  approvals?: Approvals;
}

export type DecisionOutcome = { ok: true; run: DecidedRun } | Refusal;

const VERBS = { expire: "run.expired", withdraw: "run.withdrawn" } as const satisfies Record<string, AuditVerb>;

/**
 * The only way out of `pending_approval`: one conditional UPDATE determines who was first, and the loser gets who it was. Decision,
 * receipt, audit event and the link's use are one transaction.
 */
export async function writeDecision(
  ctx: WorkspaceContext,
  answer: {
    runId: string;
    decision: Decision | "expire" | "withdraw";
    effect: DecisionEffect;
    decidedBy: string | null;
    comment: string | null;
  },
): Promise<DecisionOutcome> {
  const { runId, decision, effect, decidedBy, comment } = answer;
  const { workspaceId, actor, db } = ctx;
  const channel = channelOf(ctx);
  const change = decision === "approve" ? await findCurrentChange(ctx, runId) : null;
  if (change) {
    // Before the run: intercepts lock budgets before run_counts, too.
    const over = await reserveChanged(ctx, { runId, changeId: change.id });
    if (over) return rollBack(over);
  }
  const clock = await readRunClock(db, runId);
  // The last moment that counts for the deadline: while the run is frozen, its time stands still.
  const [now, moment] = [clock.now, clock.frozenSince ?? clock.now];
  const { count } = await db.actionRun.updateMany({
    where: {
      id: runId,
      workspaceId,
      governanceStatus: "pending_approval",
      expiresAt: decision === "expire" ? { lte: moment } : { gt: moment },
    },
    data: {
      governanceStatus: effect.governanceStatus,
      governanceReason: effect.reason,
      executionStatus: effect.executionStatus,
      decidedAt: now,
      decidedBy,
      decisionComment: comment,
    },
  });
  const run = await db.actionRun.findFirst({
    where: { id: runId, workspaceId },
    include: { policyVersion: true, decision: true },
  });
  if (!run) return refuseUnknownRun();
  if (count === 0) return change ? rollBack(refuseDecided(run)) : refuseDecided(run);
  // Its author may have left since.
  if (decision === "approve" && hexOf(run.approvedPayloadHash) !== hexOf(change?.hash))
    return rollBack(
      refuse(
        "request_changed",
        "This request changed while you approved it, so your approval wasn't recorded. Read it again, then decide.",
      ),
    );
  const linkId = actor.type === "decision_link" ? actor.linkId : null;
  await db.decision.create({ data: { id: uuidv7(), workspaceId, runId, decision, channel, decidedBy, linkId, comment, createdAt: now } });
  if (linkId !== null) await db.decisionLink.update({ where: { id: linkId }, data: { usedAt: now } });
  const receiptId = await writeDecisionReceipt(ctx, run, { channel, decidedAt: now });
  await recordAuditEvent(ctx, {
    verb: decision === "expire" || decision === "withdraw" ? VERBS[decision] : "run.decided",
    subjectType: "run",
    subjectId: runId,
    data: { decision, by: decidedBy, channel },
  });
  await publishRunChange(db, runId);
  await publishChange(db, workspaceId, "runs", "approvals", "receipts");
  return { ok: true, run: { runId, effect, decidedBy, decidedAt: now, comment, receiptId } };
}

function hexOf(hash: Uint8Array | null | undefined): string | null {
  return hash ? Buffer.from(hash).toString("hex") : null;
}

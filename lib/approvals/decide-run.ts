import { v7 as uuidv7 } from "uuid";
import { refuseUnknownRun } from "@/lib/action-runs/status/get-run-status";
import { announceRunChange } from "@/lib/action-runs/status/run-changes";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { databaseNow, inTransaction } from "@/lib/db/transaction";
import type { DecisionChannel } from "@/lib/domain/log/receipt-body";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { type Decision, type DecisionEffect, decisionEffect, EXPIRY_EFFECT } from "@/lib/domain/runs/statuses";
import { announceChange } from "@/lib/live/announce-change";
import { type Actor, type MemberContext, type WorkspaceContext, withDb } from "@/lib/security/context";
import { checkDecisionRules } from "./check-decision-rules";
import { mayDecide } from "./may-decide";
import { refuseDecided } from "./refuse-decided";
import { writeDecisionReceipt } from "./write-decision-receipt";

export interface DecidedRun {
  runId: string;
  effect: DecisionEffect;
  decidedBy: string | null;
  decidedAt: Date;
  comment: string | null;
  receiptId: string;
}

type Outcome = { ok: true; run: DecidedRun } | Refusal;

/**
 * A person's answer to a pending run. First answer wins: one conditional UPDATE decides who was first, and the loser is
 * told who it was. Decision, receipt, audit event and the use of the link are one transaction with it.
 */
export function decideRun(
  ctx: WorkspaceContext<Extract<Actor, { type: "user" | "decision_link" | "operator" }>>,
  { runId, decision, comment }: { runId: string; decision: Decision; comment: string | null },
): Promise<Outcome> {
  const decidedBy = ctx.actor.email;
  if (decidedBy === null) return Promise.resolve(refuse("validation_failed", "Say who decides."));
  return inTransaction(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    if (!(await mayDecide(inner, runId, decidedBy))) {
      return refuse(
        "run_not_found",
        `Run not found, or ${decidedBy} can't decide it. Ask an approver of the action, or give them a role that can decide.`,
      );
    }
    const refusal = await checkDecisionRules(inner, { runId, decision, decidedBy, comment });
    return refusal ?? settle(inner, { runId, decision, effect: decisionEffect(decision), decidedBy, comment });
  });
}

/**
 * The answer to what waits in a workspace that was deleted, in the name of who deleted it: nobody may decide there any more, so
 * that this asks nobody's permission. Does nothing while the workspace is there.
 */
export function blockDeletedRun(ctx: MemberContext, { runId, comment }: { runId: string; comment: string }): Promise<Outcome> {
  return inTransaction(ctx.db, async (tx) => {
    const { workspaceId, actor } = ctx;
    if ((await tx.workspace.count({ where: { id: workspaceId, deletedAt: { not: null } } })) === 0) return refuseUnknownRun();
    const answer = { decision: "block", effect: decisionEffect("block"), decidedBy: actor.email, comment } as const;
    return settle(withDb(ctx, tx), { runId, ...answer });
  });
}

/** The clock's answer: nobody decided in time. Does nothing to a run whose time is not over. */
export function expireRun(ctx: WorkspaceContext<Extract<Actor, { type: "system" }>>, runId: string): Promise<Outcome> {
  return inTransaction(ctx.db, (tx) =>
    settle(withDb(ctx, tx), { runId, decision: "expire", effect: EXPIRY_EFFECT, decidedBy: null, comment: null }),
  );
}

const CHANNELS: Partial<Record<Actor["type"], DecisionChannel>> = {
  decision_link: "decision_link",
  user: "console",
  operator: "admin_cli",
  system: "expiry",
};

async function settle(
  ctx: WorkspaceContext,
  answer: { runId: string; decision: Decision | "expire"; effect: DecisionEffect; decidedBy: string | null; comment: string | null },
): Promise<Outcome> {
  const { runId, decision, effect, decidedBy, comment } = answer;
  const { workspaceId, actor, db } = ctx;
  const channel = CHANNELS[actor.type];
  if (!channel) throw new Error(`${actor.type} does not decide runs.`);
  const now = await databaseNow(db);
  const { count } = await db.actionRun.updateMany({
    where: {
      id: runId,
      workspaceId,
      governanceStatus: "pending_approval",
      expiresAt: decision === "expire" ? { lte: now } : { gt: now },
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
  if (count === 0) return refuseDecided(run);
  const linkId = actor.type === "decision_link" ? actor.linkId : null;
  await db.decision.create({ data: { id: uuidv7(), workspaceId, runId, decision, channel, decidedBy, linkId, comment, createdAt: now } });
  if (linkId !== null) await db.decisionLink.update({ where: { id: linkId }, data: { usedAt: now } });
  const receiptId = await writeDecisionReceipt(ctx, run, { channel, decidedAt: now });
  await recordAuditEvent(ctx, {
    verb: decision === "expire" ? "run.expired" : "run.decided",
    subjectType: "run",
    subjectId: runId,
    data: { decision, by: decidedBy, channel },
  });
  await announceRunChange(db, runId);
  await announceChange(db, workspaceId, "runs", "approvals", "receipts");
  return { ok: true, run: { runId, effect, decidedBy, decidedAt: now, comment, receiptId } };
}

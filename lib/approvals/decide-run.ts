import { refuseUnknownRun } from "@/lib/action-runs/status/get-run-status";
import { inTransaction } from "@/lib/db/transaction";
import { refuse } from "@/lib/domain/refusals/refusal";
import { type Decision, decisionEffect, EXPIRY_EFFECT } from "@/lib/domain/runs/statuses";
import { type Actor, type MemberContext, type WorkspaceContext, withDb } from "@/lib/security/context";
import { castVote, needsVotes } from "./cast-vote";
import { checkDecisionRules } from "./check-decision-rules";
import { lockRequest } from "./lock-request";
import { mayDecide } from "./may-decide";
import { refuseUnasked } from "./refuse-unasked";
import { type DecisionOutcome, writeDecision } from "./write-decision";

/**
 * Records a person's decision on a pending run. The first one wins: one conditional UPDATE determines it, and the loser gets who it was.
 * Where several approvals are needed, an approval is a vote, and the last one decides.
 * Decision, receipt, audit event and the link's use are one transaction.
 */
export function decideRun(
  ctx: WorkspaceContext<Extract<Actor, { type: "user" | "decision_link" | "operator" }>>,
  { runId, decision, comment }: { runId: string; decision: Decision; comment: string | null },
): Promise<DecisionOutcome> {
  const decidedBy = ctx.actor.email;
  if (decidedBy === null) return Promise.resolve(refuse("validation_failed", "Say who decides."));
  return inTransaction(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    if (!(await mayDecide(inner, runId, decidedBy))) return refuseUnasked(inner, runId, decidedBy);
    const refusal = await checkDecisionRules(inner, { runId, decision, decidedBy, comment });
    if (refusal) return refusal;
    if (await needsVotes(inner, runId)) {
      if (decision === "approve") return castVote(inner, { runId, voter: decidedBy, comment });
      // Answers follow each other, so nobody ends a run after their own yes, or after their stage.
      await lockRequest(inner, { runId });
      if (!(await mayDecide(inner, runId, decidedBy))) return refuseUnasked(inner, runId, decidedBy);
    }
    return writeDecision(inner, { runId, decision, effect: decisionEffect(decision), decidedBy, comment });
  });
}

/**
 * Blocks a pending run of a deleted workspace in the name of the member who deleted it. Checks no permission, because no one may decide
 * there anymore. Does nothing while the workspace exists.
 */
export function blockDeletedRun(ctx: MemberContext, { runId, comment }: { runId: string; comment: string }): Promise<DecisionOutcome> {
  return inTransaction(ctx.db, async (tx) => {
    const { workspaceId, actor } = ctx;
    if ((await tx.workspace.count({ where: { id: workspaceId, deletedAt: { not: null } } })) === 0) return refuseUnknownRun();
    const answer = { decision: "block", effect: decisionEffect("block"), decidedBy: actor.email, comment } as const;
    return writeDecision(withDb(ctx, tx), { runId, ...answer });
  });
}

/** Expires a run that no one decided in time. Does nothing before its deadline. */
export function expireRun(ctx: WorkspaceContext<Extract<Actor, { type: "system" }>>, runId: string): Promise<DecisionOutcome> {
  return inTransaction(ctx.db, (tx) =>
    writeDecision(withDb(ctx, tx), { runId, decision: "expire", effect: EXPIRY_EFFECT, decidedBy: null, comment: null }),
  );
}
